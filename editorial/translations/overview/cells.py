"""The desk's rows as people see them: a sign and a word for each state, how much is done, and where it leads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editorial.accounts.languages import bcp47, own_name
from editorial.editions.fields import Label

from ..models import TO_DO, ListedTranslation, Rank, TranslationState
from .reckoning import rank_of
from .source_changes import critical_label


@dataclass(frozen=True, slots=True)
class Cell:
    """One page in one language. `percent` is None where nothing is being done."""

    language: str
    lang: str
    language_name: str
    state: str
    label: Label
    url: str
    percent: int | None
    amount: str  # how much there is to do, or by how much it is outdated
    critical: Label  # on what lives depend, where readers wait for it
    is_harmful: bool
    readers_wait_since: datetime | None


def make_cell(row: ListedTranslation, written: Collection[str]) -> Cell:
    """`written` are the languages that whoever looks translates into: those cells lead to the editor."""
    rank = rank_of(row.position)
    is_waited_for = rank in (Rank.HARMFUL, Rank.CRITICAL, Rank.OPEN)
    return Cell(
        language=row.language,
        lang=bcp47(row.language),
        language_name=own_name(row.language),
        state=row.state,
        label=TranslationState(row.state).label,
        url=_url(row, written),
        percent=_percent(row),
        amount=_amount(row),
        critical=critical_label(row.kind, row.critical) if is_waited_for else "",
        is_harmful=rank == Rank.HARMFUL,
        readers_wait_since=row.since if is_waited_for or row.state == TranslationState.WAITING else None,
    )


def _url(row: ListedTranslation, written: Collection[str]) -> str:
    if row.language in written and row.state in TO_DO:
        return reverse("translations:translate", args=[row.document_id, row.language])
    if row.edition_id:
        return reverse("desk:edition", args=[row.edition_id])
    return reverse("desk:document", args=[row.document_id])


def _percent(row: ListedTranslation) -> int | None:
    """Rounded down: only what is whole is 100."""
    if row.state != TranslationState.IN_WORK:
        return None
    return row.units_done * 100 // row.units if row.units else 0


def _amount(row: ListedTranslation) -> str:
    if row.state == TranslationState.MISSING:
        return ngettext("%(words)s word", "%(words)s words", row.words) % {"words": row.words}
    if not row.is_outdated:
        return ""
    if not row.units_changed:
        return _("facts changed")
    texts = ngettext("%(texts)s text", "%(texts)s texts", row.units_changed) % {"texts": row.units_changed}
    words = ngettext("%(words)s word changed", "%(words)s words changed", row.words) % {"words": row.words}
    return f"{texts} · {words}"
