"""One article, everybody who works on it, and a clock that stands still until it is moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import time_machine
from django.utils import timezone

from editorial.editions.models import Document, Edition, Release
from tests.factories import pages, people
from tests.factories.pages import submit

DAY = timedelta(days=1)


class Workplace:
    """One article, everybody who works on it, and their clock."""

    def __init__(self):
        self.opens_at, self.clock = datetime(2026, 1, 5, 17, tzinfo=UTC), None
        with at_work(self):
            self.author, self.reviewer, self.translator = people.author(), people.reviewer(), people.translator("es")
            self.head, self.operator = people.head(), people.operator()
            self.document = pages.article(self.author)

    def submitted(self, title: str = "First") -> Edition:
        self.clock.shift(timedelta(milliseconds=1))
        pages.edit(self.document, self.author, title=title)
        return submit(self.document, "en", user=self.author)

    def published(self, title: str = "First") -> Edition:
        edition = self.submitted(title)
        pages.sign(edition, self.reviewer)
        return edition

    def scheduled(self, title: str, days: int) -> Edition:
        """Released so many whole days from the start."""
        edition = self.submitted(title)
        pages.sign(edition, self.reviewer, publish_at=timezone.now() + days * DAY)
        return edition


@contextmanager
def at_work(workplace: Workplace) -> Iterator[Workplace]:
    """Inside it is when work there ended last, until its clock is moved."""
    with time_machine.travel(workplace.opens_at, tick=False) as workplace.clock:
        yield workplace
        workplace.opens_at = timezone.now()
    workplace.clock = None


def live(document: Document, at: datetime | None = None, *, language: str = "en") -> Edition | None:
    """What the gate lets be read; never two."""
    found = Release.objects.live(at or timezone.now()).filter(document=document, language=language)
    editions = [release.edition for release in found]
    assert len(editions) < 2
    return editions[0] if editions else None
