"""The lines in which rechecks are listed: one for each edition, cause and changed page, however often that changed.

Each change has a row of its own, for the record. Whoever looks at a page again looks at it once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet

from editorial.editions.compiled_questions import AT, DIGEST, DOCUMENT, find_rows
from editorial.editions.models import Document, Edition

from .models import Recheck, RecheckQuerySet, Settlement, SettlementProposal

if TYPE_CHECKING:
    from .models.rechecks import RecheckWithCertainty


@dataclass(frozen=True, slots=True)
class RecheckLine:
    """Rechecks of one edition for one cause and one changed document, the oldest first: open, or settled together."""

    rechecks: "tuple[RecheckWithCertainty, ...]"

    @property
    def newest(self) -> "RecheckWithCertainty":
        """Up to which the line was brought up to date. Dismissing it settles all of the line."""
        return self.rechecks[-1]

    @property
    def edition(self) -> Edition:
        return self.newest.edition

    @property
    def document(self) -> Document:
        """What changed."""
        return self.newest.document

    @property
    def what_changed(self) -> str:
        """Its title, where a list asked for it; else ""."""
        return getattr(self.newest, "what_changed", "")

    @property
    def is_certain(self) -> bool:
        """Whether the edition shows or repeats what changed. Else it leads there or names it, and may rest on it."""
        return any(recheck.is_certain for recheck in self.rechecks)

    @property
    def is_about_safety(self) -> bool:
        return self.newest.is_about_safety

    @property
    def since(self) -> datetime:
        return self.rechecks[0].opened_at

    @property
    def proposals(self) -> list[SettlementProposal]:
        """What others propose to settle it with, the newest last; where they were loaded with it."""
        return [proposal for recheck in self.rechecks for proposal in recheck.proposals.all()]

    @property
    def settlement(self) -> Settlement | None:
        return getattr(self.newest, "settlement", None)


def load_lines(editions: Iterable[int], *, with_settled: bool = False) -> list[RecheckLine]:
    """The open lines of these editions (keys), or all of them, the oldest first, with proposals. Two queries."""
    rechecks = Recheck.objects.all() if with_settled else Recheck.objects.open()
    rechecks = rechecks.filter(edition__in=editions).select_related("edition__document", "document", "settlement")
    return group_lines(rechecks.defer("edition__content").prefetch_related("proposals").with_certainty())


def group_lines(rechecks: "Iterable[RecheckWithCertainty]") -> list[RecheckLine]:
    """Lines of rechecks that come in the order in which they were opened; a line stands where its first one does.

    Their settlements were selected with them.
    """
    lines: dict[tuple[Any, ...], list[RecheckWithCertainty]] = {}
    for recheck in rechecks:
        settlement = getattr(recheck, "settlement", None)
        settled = (settlement.outcome, settlement.settled_at, settlement.settled_by_id) if settlement else ()
        lines.setdefault((recheck.edition_id, recheck.cause, recheck.document_id, *settled), []).append(recheck)
    return [RecheckLine(tuple(line)) for line in lines.values()]


def find_line(newest: Recheck) -> list[Recheck]:
    """The open rechecks of the line that `newest` brought up to date; not what came after it."""
    return list(_open_alike(newest).filter(pk__lte=newest.pk))


def has_newer(recheck: Recheck) -> bool:
    """Whether its line was brought up to date since, and is open."""
    return _open_alike(recheck).filter(pk__gt=recheck.pk).exists()


def _open_alike(recheck: Recheck) -> RecheckQuerySet:
    return Recheck.objects.open().filter(edition=recheck.edition_id, cause=recheck.cause, document=recheck.document_id)


def find_earlier_reasons(document: int, because: str, opened_at: datetime) -> dict[int, set[str]]:
    """{edition's key: digests of the reasons for which its line was open already}, of what one change opened then.

    `document` is the one that changed, by its key. One query; editions whose line is new are not among them.
    """
    reasons: dict[int, set[str]] = {}
    for edition, reason in find_rows(_ask_earlier, document=document, digest=because, at=opened_at):
        reasons.setdefault(edition, set()).add(reason)
    return reasons


def _ask_earlier() -> QuerySet[Recheck, Any]:
    newer = Recheck.objects.filter(
        because=DIGEST, opened_at=AT, edition=OuterRef("edition"), cause=OuterRef("cause"), pk__gt=OuterRef("pk")
    )
    earlier = Recheck.objects.open().filter(Exists(newer), document=DOCUMENT).order_by()
    return earlier.values_list("edition_id", "because")
