"""Writing monographs, through `editing` like every working copy."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from editorial.editions.blockers import refuse_if
from editorial.editions.models import Document
from editorial.editions.working.copies import create_document, editing, save_row
from editorial.editions.working.rows import save_parts, set_words

from ..models import Biomarker, Monograph

KIND = "monograph"
PLAIN = ("title", "pronunciation", "drug_class", "lead", "change_note")
PROSE = ("how_it_works", "how_given", "tell_team")
# {related name: translated fields of its rows}, in the order in which they are saved: approvals name biomarkers.
PARTS = {
    "products": ("formulation",),
    "doses": ("phase",),
    "side_effects": ("name", "signs", "what_to_do"),
    "boxed_warnings": ("title", "text"),
    "biomarkers": ("meaning",),
    "approvals": ("partners", "plain", "terms", "meaning"),
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
    with editing(document, "en", user=user, token=token, note=reason):
        monograph = Monograph.objects.get(document=document)
        for name, value in (fields or {}).items():
            if name == "review_interval_months":
                monograph.review_interval_months = value
            else:
                set_words(monograph, name, value, form="prose" if name in PROSE else "plain")
        save_row(monograph, user=user, reason=reason)
        given = {name: list(parts.get(name, ())) for name in PARTS}
        refuse_if(_blockers(monograph, given))
        for name, words in PARTS.items():
            kinds = dict.fromkeys(words, "plain")
            save_parts(monograph, name, given[name], words=kinds, user=user, reason=reason)
        return monograph


def _blockers(monograph: Monograph, given: dict[str, list[dict]]):
    """What the model's own rules say of each row, with the row's name before it."""
    for related, rows in given.items():
        manager = getattr(monograph, related)
        known = {each.pk: each for each in manager.all()}
        for row in rows:
            part = known.get(row.get("id")) or manager.model(monograph=monograph)
            shared = {name: value for name, value in row.items() if name not in ("id", *PARTS[related])}
            for name, value in shared.items():
                setattr(part, name, value)
            checked = [field.name for field in part._meta.fields if field.name not in shared]
            try:
                part.full_clean(exclude=checked, validate_unique=False)
            except ValidationError as error:
                label = part._meta.verbose_name
                yield from (f"{label}: {problem}" for problem in error.messages)
            if related == "side_effects":
                yield from _side_effect_blockers(row)
        yield from _biomarker_blockers(monograph, related, rows)


def _side_effect_blockers(row: dict):
    if row.get("serious") and not row.get("care_level") and "care_level" in row:
        yield _("“%(name)s” is serious: say how soon a reader has to act.") % {"name": row.get("name", "")}
    if not row.get("serious") and row.get("care_level"):
        yield _("“%(name)s” has a care level, so mark it as serious.") % {"name": row.get("name", "")}


def _biomarker_blockers(monograph: Monograph, related: str, rows: list[dict]):
    if related != "approvals":
        return
    own = set(Biomarker.objects.filter(monograph=monograph).values_list("pk", flat=True))
    if any(row.get("biomarker") and row["biomarker"].pk not in own for row in rows):
        yield _("An approval names a biomarker of another drug. Choose one of this page.")
