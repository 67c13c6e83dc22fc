"""Findings beside the reasons for which people left them, each until the words change."""

from collections.abc import Iterable
from dataclasses import dataclass

from editorial.editions.models import Document

from .contract import Finding
from .models import Dismissal


@dataclass(frozen=True, slots=True)
class Answered:
    """A finding, and the dismissal that answers it; None while it is open."""

    finding: Finding
    dismissal: Dismissal | None

    @property
    def is_open(self) -> bool:
        return self.dismissal is None


def answered(found: Iterable[Finding], document: Document, language: str) -> list[Answered]:
    """Each finding with its answer, if it has one. One query."""
    given = {each.place: each for each in Dismissal.objects.filter(document=document, language=language)}
    return [Answered(each, None if each.check.is_blocker else given.get(each.place)) for each in found]
