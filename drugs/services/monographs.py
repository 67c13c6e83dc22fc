"""Writing monographs, through `editing` like every working copy."""

from collections.abc import Iterable, Iterator
from copy import copy as copied
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from editorial.editions.blockers import refuse_if, validation_blockers
from editorial.editions.kinds import kind_of
from editorial.editions.models import Document
from editorial.editions.working.copies import create_document, editing, save_row
from editorial.editions.working.rows import save_copy, set_fields, set_words, write_parts
from editorial.editions.working_copy import WorkingCopy

from ..fields import PARTS, PLAIN, PROSE
from ..models import KIND, Approval, BoxedWarning, Monograph
from .events import events_of


def create_monograph(slug: str, title: str, *, user) -> Monograph:
    """A new monograph that has only a name. Raises Blocked when the address is taken."""
    with transaction.atomic():
        document = create_document(KIND, slug, user=user)
        monograph = Monograph(document=document)
        with editing(document, "en", user=user, token=0, note=_("created")):
            set_words(monograph, "title", title)
            save_row(monograph, user=user, reason=_("created"))
        return monograph


def write_monograph(copy: WorkingCopy, *, fields: dict[str, Any] | None = None, **parts: Iterable[dict]) -> None:
    """Set the source language in memory. `fields` are the monograph's own, `parts` rows of `write_parts` by related
    name.

    Raises Blocked, with all that stands in the way.
    """
    rows = {name: list(parts.pop(name, ())) for name in PARTS}
    if parts:
        raise TypeError(f"A monograph has no {', '.join(parts)}.")
    words = dict.fromkeys(PLAIN, "plain") | dict.fromkeys(PROSE, "prose")
    set_fields(copy.row, fields or {}, words=words)
    refuse_if(_blockers(copy.row, rows))
    for name, forms in PARTS.items():
        write_parts(copy, name, rows[name], words=forms)


def save_monograph(document: Document, *, user, token: int | None, reason: str = "", **typed: Any) -> Monograph:
    """Save the source language: `typed` is what `write_monograph` takes. Raises Blocked or WorkingCopyChanged."""
    with editing(document, "en", user=user, token=token, note=reason) as locked:
        copy = kind_of(locked).read_copy(locked)
        write_monograph(copy, **typed)
        save_copy(copy, user=user, reason=reason)
        return copy.row


def _blockers(monograph: Monograph, given: dict[str, list[dict]]) -> Iterator[str]:
    """What the models' own rules say of the monograph as it would be, each part's with its name before it."""
    yield from _own_rules(monograph)
    for related, rows in given.items():
        manager = getattr(monograph, related)
        known = {each.pk: each for each in manager.all()}
        for place, row in enumerate(rows, 1):
            part = known.get(row.get("id")) or manager.model(monograph=monograph)
            before, label = copied(part), f"“{part}”" if row.get("id") in known else place
            for name, value in row.items():
                if name in PARTS[related]:
                    set_words(part, name, value, form=PARTS[related][name])
                elif name != "id":
                    setattr(part, name, value)
            found = list(_own_rules(part))
            if related == "approvals":
                found += _approval_blockers(part, before)
            if related == "boxed_warnings":
                found += _warning_blockers(part)
            yield from (f"{part._meta.verbose_name} {label}: {problem}" for problem in found)


def _own_rules(row: models.Model) -> Iterator[str]:
    try:
        row.full_clean(exclude=["document", "monograph"], validate_unique=False)
    except ValidationError as error:
        yield from validation_blockers(error, type(row))


def _warning_blockers(warning: BoxedWarning) -> Iterator[str]:
    if warning.approval and warning.approval.monograph_id != warning.monograph_id:
        yield _("It goes with an approval of another drug. Choose one of this page.")
    if warning.partner and warning.partner.kind != KIND:
        yield _("Its partner is not a drug of this site. Choose one from the list.")
    if warning.partner_id == warning.monograph_id:
        yield _("It names the drug itself as its partner. Choose another, or none.")


def _approval_blockers(approval: Approval, before: Approval) -> Iterator[str]:
    if approval.biomarker and approval.biomarker.monograph_id != approval.monograph_id:
        yield _("It names a biomarker of another drug. Choose one of this page.")
    is_retired, is_moved = approval.retired and not before.retired, approval.authority != before.authority
    if not before.pk or not (is_retired or is_moved) or not any(events_of(before)):
        return
    if is_retired:
        yield _("What a regulator decided stays on the page. If it never did, take its decisions back first.")
    if is_moved:
        yield _(
            "Its decisions were recorded as those of %(authority)s. Add an approval of its own for another authority, "
            "or take its decisions back first."
        ) % {"authority": before.get_authority_display()}
