"""Writing monographs, through `editing` like every working copy."""

from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from editorial.editions.blockers import in_words, refuse_if
from editorial.editions.models import Document
from editorial.editions.working.copies import create_document, editing, save_row
from editorial.editions.working.rows import save_parts, set_words

from ..models import Approval, Monograph
from .events import events_of

KIND = "monograph"
PLAIN = ("title", "pronunciation", "drug_class", "lead", "change_note")
PROSE = ("how_it_works", "how_given", "tell_team")
# {related name: {translated field of its rows: its form}}, in the order in which they are saved: approvals name
# biomarkers. What is cited is what states a fact.
PARTS = {
    "products": {"formulation": "plain"},
    "doses": {"phase": "cited"},
    "side_effects": {"name": "cited", "signs": "cited", "what_to_do": "cited"},
    "boxed_warnings": {"title": "plain", "text": "cited"},
    "biomarkers": {"meaning": "cited"},
    "approvals": {"partners": "plain", "plain": "plain", "terms": "cited", "meaning": "cited"},
}


def create_monograph(slug: str, title: str, *, user) -> Monograph:
    """A new monograph that has only a name. Raises Blocked when the address is taken."""
    with transaction.atomic():
        document = create_document(KIND, slug, user=user)
        monograph = Monograph(document=document)
        with editing(document, "en", user=user, token=0, note=_("created")):
            set_words(monograph, "title", title)
            save_row(monograph, user=user, reason=_("created"))
        return monograph


def save_monograph(
    document: Document, *, user, token: int | None, reason: str = "", fields: dict | None = None,
    **parts: Iterable[dict],
) -> Monograph:  # fmt: skip
    """Save the source language. `fields` are the monograph's own, `parts` rows of `save_parts` by related name.

    Raises Blocked, with all that stands in the way, or Stale.
    """
    given = {name: list(parts.pop(name, ())) for name in PARTS}
    if parts:
        raise TypeError(f"A monograph has no {', '.join(parts)}.")
    with editing(document, "en", user=user, token=token, note=reason):
        monograph = Monograph.objects.get(document=document)
        for name, value in (fields or {}).items():
            if name == "review_interval_months":
                monograph.review_interval_months = value
            else:
                set_words(monograph, name, value, form="prose" if name in PROSE else "plain")
        refuse_if(_blockers(monograph, given))
        save_row(monograph, user=user, reason=reason)
        for name, words in PARTS.items():
            save_parts(monograph, name, given[name], words=words, user=user, reason=reason)
        return monograph


def _blockers(monograph: Monograph, given: dict[str, list[dict]]) -> Iterator[str]:
    """What the models' own rules say of the monograph as it would be, each part's with its name before it."""
    yield from _own_rules(monograph)
    for related, rows in given.items():
        manager = getattr(monograph, related)
        known = {each.pk: each for each in manager.all()}
        for place, row in enumerate(rows, 1):
            part = known.get(row.get("id")) or manager.model(monograph=monograph)
            was_retired, label = part.retired, f"“{part}”" if row.get("id") in known else place
            for name, value in row.items():
                if name in PARTS[related]:
                    set_words(part, name, value, form=PARTS[related][name])
                elif name != "id":
                    setattr(part, name, value)
            found = list(_own_rules(part))
            if related == "approvals":
                found += _approval_blockers(part, was_retired)
            yield from (f"{part._meta.verbose_name} {label}: {problem}" for problem in found)


def _own_rules(row: models.Model) -> Iterator[str]:
    try:
        row.full_clean(exclude=["document", "monograph"], validate_unique=False)
    except ValidationError as error:
        yield from in_words(error, type(row))


def _approval_blockers(approval: Approval, was_retired: bool) -> Iterator[str]:
    if approval.biomarker and approval.biomarker.monograph_id != approval.monograph_id:
        yield _("It names a biomarker of another drug. Choose one of this page.")
    if approval.retired and not was_retired and any(events_of(approval)):
        yield _("What a regulator decided stays on the page. If it never did, take its decisions back first.")
