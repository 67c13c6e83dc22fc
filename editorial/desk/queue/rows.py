"""The rows of a list as people read them: what each item is and why it is there. One query for a page of rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, TypedDict, cast

from django.conf import settings
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from editorial.editions.kinds import kind_of
from editorial.editions.models import Edition
from editorial.reviews.models import Extent, Recheck
from editorial.reviews.recheck_lines import RecheckLine, group_lines

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    from .items import QueuedEdition

    class RecheckFacts(TypedDict):
        """What rows say of a recheck."""

        is_certain: bool
        what_changed: str

    QueuedRecheck = WithAnnotations[Recheck, RecheckFacts]

BATCH = 500  # editions at once


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One item. `what` are short names, `why` says of each open line what happened to what."""

    edition: "QueuedEdition"
    kind: str
    what: list[str]
    asked_by: str
    extent: Extent | None = None
    why: list[RecheckLine] = field(default_factory=list)
    due_on: date | None = None
    is_overdue: bool = False
    for_whom: tuple[str, ...] = ()  # who is away, where a deputy sees it in their stead

    @property
    def rank(self) -> int | None:
        return getattr(self.edition, "rank", None)

    @property
    def since(self) -> datetime | None:
        """Since when it waits; None of a page that is only due."""
        return self.edition.since

    @property
    def acted_at(self) -> datetime | None:
        return getattr(self.edition, "acted_at", None)


def build_rows(editions: "Iterable[QueuedEdition]", now: datetime) -> list[QueueRow]:
    """In the order of `editions`, a page of what items.py returned."""
    editions, today = list(editions), timezone.localdate(now)
    rechecks: dict[int, list[QueuedRecheck]] = {}
    for recheck in _rechecks(editions):
        rechecks.setdefault(recheck.edition_id, []).append(recheck)
    rows = []
    for edition in editions:
        why = group_lines(rechecks.get(edition.pk, []))
        is_due = edition.is_released and edition.due_on is not None
        rows.append(
            QueueRow(
                edition,
                str(kind_of(edition.document).label),
                list(_what(edition, why, is_due)),
                _asked_by(edition, why),
                None if edition.is_released else getattr(edition, "extent", None),
                why,
                edition.due_on,
                edition.due_on is not None and edition.due_on <= today,
            )
        )
    return rows


def stream_rows(editions: "QuerySet[QueuedEdition]", now: datetime) -> Iterator[QueueRow]:
    """The same of a list of any length, read from the database and held in memory a batch at a time."""
    rest = editions.iterator(chunk_size=BATCH)
    while batch := list(islice(rest, BATCH)):
        yield from build_rows(batch, now)


def _asked_by(edition: "QueuedEdition", why: list[RecheckLine]) -> str:
    """Who submitted it, or whose act opened its first recheck; nobody asks for a page that is only due."""
    if not edition.is_released:
        return edition.recorded_by_name
    return why[0].rechecks[0].opened_by_name if why else ""


def _rechecks(editions: "list[QueuedEdition]") -> "Iterator[QueuedRecheck]":
    # Named in the source language, whatever was signed last; by its address where nothing was submitted yet.
    newest = Edition.objects.filter(document=OuterRef("document"), language=settings.SOURCE_LANGUAGE)
    what_changed = Coalesce(
        Subquery(newest.order_by("-number").values("title")[:1]), F("document__slug"), output_field=CharField()
    )
    rechecks = Recheck.objects.open().select_related("settlement").with_certainty()
    rechecks = rechecks.annotate(what_changed=what_changed).order_by("opened_at", "pk")
    of_editions = rechecks.filter(edition__in=[edition.pk for edition in editions])
    yield from cast("Iterable[QueuedRecheck]", of_editions)


def _what(edition: "QueuedEdition", why: list[RecheckLine], is_due: bool) -> Iterator[str]:
    if not edition.is_released:
        yield pgettext("edition", "new") if edition.is_new else pgettext("edition", "changed")
        if edition.source_edition_id:
            yield _("translation")
        if edition.wants_back_check:
            yield _("back-check")
    if why:
        yield _("recheck")
    if is_due:
        yield _("re-review")
