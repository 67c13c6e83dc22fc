"""The demonstration's monographs: written by the drug admin, their events verified by somebody else, then signed."""

from decimal import Decimal

from django.db import transaction

from drugs.fields import MONOGRAPH
from drugs.models import Approval, ApprovalEvent, Monograph, Product
from drugs.services import create_monograph, record_event, save_monograph, verify_event
from drugs.services.verifications import find_disagreements
from editorial.accounts.languages import source_text
from editorial.editions.fields import PROSE
from editorial.editions.models import Document
from editorial.editions.working.copies import version_token
from editorial.library.models import Reference, Topic

from .content_files import Words, plain_words, prose_words, read_content, translated_languages
from .people import PASSWORD
from .signing import REASON, is_signed, sign, translate

# Who reads the sources of what the drug admin recorded; the other reviewer signs.
RECORDER, VERIFIER = "drugadmin", "reviewer2"
# What stands for the sentence of a source.
NO_SENTENCE = "This demonstration quotes no sentence about %(drug)s. Open the source to read what it says."


def begin_monograph(name: str, people: dict) -> Document:
    """The monograph with nothing but its name, so that other pages can link to it."""
    data = read_content(name)
    existing = Document.objects.filter(kind="monograph", slug=data["slug"]).first()
    return existing or create_monograph(data["slug"], data["title"]["en"], user=people[RECORDER]).document


@transaction.atomic
def write_monograph(name: str, people: dict) -> None:
    """Write one monograph, and record and verify its events, unless that was done before."""
    data, document = read_content(name), begin_monograph(name, people)
    if Approval.objects.filter(monograph__document=document).exists():
        return
    _save(
        document,
        people,
        fields={field: data.get(field, {}).get("en", "") for field in MONOGRAPH.words} | _interval(data),
        topics=Topic.objects.filter(slug__in=data["topics"]),
    )
    _save(document, people, **{related: [_row(related, part) for part in data.get(related, [])] for related in _FIRST})
    monograph = Monograph.objects.get(document=document)
    markers = {
        marker["key"]: row for marker, row in zip(data.get("biomarkers", []), monograph.biomarkers.all(), strict=True)
    }
    approvals = [
        _row("approvals", approval)
        | {name: markers.get(approval.get(name)) for name in MARKERS}
        | {"partner": _partner(approval, people)}
        for approval in data["approvals"]
    ]
    _save(document, people, approvals=approvals)
    keys = [approval["key"] for approval in data["approvals"]]
    approvals_by_key = dict(zip(keys, monograph.approvals.all(), strict=True))
    products = {product.brand: product for product in monograph.products.all()}
    doses = [_dose(dose, products, approvals_by_key) for dose in data.get("doses", [])]
    warnings = [_warning(warning, approvals_by_key, people) for warning in data.get("boxed_warnings", [])]
    _save(document, people, doses=doses, boxed_warnings=warnings)
    for approval_data, approval in zip(data["approvals"], monograph.approvals.all(), strict=True):
        for event in sorted(approval_data["events"], key=lambda event: event["on"]):
            _record(document, event, people, approval=approval)
    for event in data.get("events", []):
        _record(document, event, people, product=products[event["product"]])


@transaction.atomic
def publish_monograph(name: str, people: dict) -> bool:
    """Sign and translate what was written; False if that was done before."""
    data, document = read_content(name), begin_monograph(name, people)
    if is_signed(document):
        return False
    monograph = Monograph.objects.get(document=document)
    sign(document, "en", people, writer=RECORDER)
    for language in translated_languages(data["title"]):
        translate(document, language, _words(monograph, data, language), people)
    return True


NAMING_APPROVALS = ("doses", "boxed_warnings")
_FIRST = [part.related for part in MONOGRAPH.parts if part.related not in ("approvals", *NAMING_APPROVALS)]
NUMBERS = ("cutoff", "dose", "most", "weight")
MARKERS = ("biomarker", "biomarker_2", "biomarker_3")  # of an approval, each named by its key in the file


def _save(document: Document, people: dict, **fields) -> None:
    save_monograph(document, user=people[RECORDER], token=version_token(document, "en"), reason=REASON, **fields)


def _interval(data: dict) -> dict:
    return {"review_interval_months": data["review_interval_months"]}


def _row(related: str, data: dict) -> dict:
    """A part as the service takes it: facts as they are, words in the source language."""
    row = {
        name: value["en"] if name in MONOGRAPH.part(related).words else value
        for name, value in data.items()
        if name not in ("key", "events", *MARKERS)
    }
    return row | {name: Decimal(row[name]) if row[name] else None for name in NUMBERS if name in row}


def _dose(data: dict, products: dict, approvals: dict) -> dict:
    """A dose: of every product and for every use, unless it names a brand or an approval."""
    return _row("doses", data) | {
        "product": products[data["product"]] if "product" in data else None,
        "approval": approvals[data["approval"]] if "approval" in data else None,
    }


def _warning(data: dict, approvals: dict, people: dict) -> dict:
    """A boxed warning: the drug's own, or that of a partner, which goes with an approval."""
    return _row("boxed_warnings", data) | {
        "partner": _partner(data, people),
        "approval": approvals[data["approval"]] if "approval" in data else None,
    }


def _partner(data: dict, people: dict) -> Document | None:
    partner = data.get("partner")
    return begin_monograph(f"drugs/{partner}", people) if partner else None


def _record(document: Document, data: dict, people: dict, **decided_on: Approval | Product) -> None:
    """Record one event of an approval or a product, and verify it where the file says that somebody did."""
    event = record_event(
        document,
        user=people[RECORDER],
        **decided_on,
        kind=data["kind"],
        pathway=data.get("pathway", ""),
        happened_on=data["on"],
        announced_on=data.get("announced"),
        application=data.get("application", ""),
        submission=data.get("submission", ""),
        reference=Reference.objects.get(key=data["reference"]),
    )
    if data["verified"]:
        _verify(event, people)


def _verify(event: ApprovalEvent, people: dict) -> None:
    """By somebody who is invented, and quotes nothing: whoever wants to know opens the source."""
    sentence = NO_SENTENCE % {"drug": source_text(Monograph.objects.get(document=event.document_id), "title")}
    seen = [disagreement.key for disagreement in find_disagreements(event, sentence)]
    verify_event(event, user=people[VERIFIER], password=PASSWORD, sentence=sentence, seen=seen)


def _words(monograph: Monograph, data: dict, language: str) -> Words:
    words: Words = {}
    for field, declared in MONOGRAPH.words.items():
        if declared.form == PROSE:
            words |= prose_words(source_text(monograph, field), data.get(field, {}), language)
        else:
            words |= plain_words(("monograph", field), data.get(field, {}), language)
    for fields in MONOGRAPH.parts:
        for part, part_data in zip(getattr(monograph, fields.related).all(), data.get(fields.related, []), strict=True):
            for field in fields.words:
                words |= plain_words((part.block_id, field), part_data.get(field, {}), language)
    return words
