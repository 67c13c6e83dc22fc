"""Monographs with events, made through the services that people use."""

from datetime import date
from itertools import count

from django.utils import timezone

from drugs.models import Approval, ApprovalEvent, Verification
from drugs.services import create_monograph, record_event, save_monograph, verify_event
from drugs.services.verifications import find_disagreements
from editorial.accounts.roles import Role
from editorial.editions.models import Document
from editorial.editions.working.copies import version_token
from editorial.library.models import Reference
from editorial.library.services import create_reference
from tests.factories import pages, people

_numbers = count(1)
LABEL = "zebra-label"  # what the words of every part cite
APPROVAL = {
    "cancer": "triple-negative", "stage": "advanced", "line": "first", "authority": "FDA",
    "partners": "with chemotherapy", "plain": "For cancer that has spread.", "terms": "Metastatic disease.",
    "meaning": "Talk with your care team.",
}  # fmt: skip
PRODUCT = {"brand": "Zebra", "application_number": "BLA100001", "formulation": "A liquid."}
PARTS = {
    "products": [PRODUCT],
    "doses": [
        {
            "dose": "200", "unit": "mg", "every": 3, "every_unit": "weeks", "number": 0,
            "phase": f"From the start[@{LABEL}]",
        }
    ],
    "side_effects": [
        {"name": f"Tiredness[@{LABEL}]"},
        {
            "name": "Sick lungs", "serious": True, "care_level": "urgent", "signs": f"A new cough.[@{LABEL}]",
            "what_to_do": "Call your care team today.",
        },
    ],
    "boxed_warnings": [{"title": "Low white cells", "text": f"You may get infections.[@{LABEL}]"}],
    "biomarkers": [{"name": "PD-L1", "comparison": ">=", "cutoff": "10", "unit": "CPS", "test": "A kit"}],
    "approvals": [APPROVAL],
}  # fmt: skip


def drug_admin(**fields):
    return people.person(Role.DRUG_ADMIN, **fields)


def source(user, read_on: date | None = None) -> Reference:
    """A reference of its own, read today unless `read_on` says otherwise."""
    number = next(_numbers)
    return create_reference(
        user=user, key=f"decision-{number}", title=f"Decision {number}", source="FDA, 2020", doi="", pmid="",
        url=f"https://example.org/decisions/{number}", accessed_on=read_on or timezone.localdate(),
    )  # fmt: skip


def monograph(user, **parts) -> Document:
    """A monograph that is ready to be submitted but for its events; `parts` as in `edit`."""
    pages.put_references(user, pages.reference(LABEL, title="Zebra: prescribing information"))
    slug = parts.pop("slug", f"drug-{next(_numbers)}")
    document = create_monograph(slug, parts.pop("title", "Zebramab"), user=user).document
    edit(document, user, **{"lead": "A drug.", "how_it_works": "<p>It helps.</p>", **PARTS, **parts})
    return document


def edit(document: Document, user, *, reason: str = "", **given):
    """Save the source language, as from a form that was opened just now."""
    parts = {name: given.pop(name) for name in list(given) if name in (*PARTS, "topics")}
    token = version_token(document, "en")
    return save_monograph(document, user=user, token=token, reason=reason, fields=given, **parts)


def approval(document: Document, place: int = 0) -> Approval:
    return list(Approval.objects.filter(monograph__document=document))[place]


def event(document: Document, user, kind: str = "granted", on: date = date(2020, 11, 13), **fields) -> ApprovalEvent:
    """Record a decision about the first approval; a grant is regular unless `pathway` says otherwise."""
    given = {"pathway": "regular" if kind == "granted" else "", "approval": None, **fields}
    given["approval"] = given["approval"] or approval(document)
    given["reference"] = given.get("reference") or source(user)
    return record_event(document, user=user, kind=kind, happened_on=on, **given)


def verify(event: ApprovalEvent, user, **fields) -> Verification:
    """Let somebody verify an event with a sentence that says it, who has seen what disagrees with it."""
    given = {"password": people.PASSWORD, "sentence": f"It was {event.get_kind_display()}.", **fields}
    given.setdefault("seen", [item.key for item in find_disagreements(event, given["sentence"])])
    return verify_event(event, user=user, **given)


def verified(document: Document, user, verifier, *args, **fields) -> ApprovalEvent:
    """An event that somebody else verified."""
    made = event(document, user, *args, **fields)
    verify(made, verifier)
    return made
