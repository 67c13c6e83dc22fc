"""What was recorded of a page, in any order and at any time, without the questions of the services."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.db import connection, transaction

from editorial.editions import triggers
from editorial.editions.models import (
    ChainHead,
    Document,
    Edition,
    EndCause,
    Release,
    ReleaseEnd,
    Withdrawal,
)
from editorial.reading.list_rows import refresh_lists

START = datetime(2026, 1, 5, 17, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Past:
    """A page of which releases, their ends and withdrawals are recorded without the questions of the services."""

    def __init__(self, model: Edition, kind: str) -> None:
        self.model, self.at = model, START
        self.sequences, self.numbers = count(1), count(1)
        self.document = Document.objects.create(kind=kind, slug="a-past")
        ChainHead.objects.get_or_create(document=self.document)
        self.source: Edition | None = None

    def write(self, record: Any) -> Any:
        record.document, record.sequence = self.document, next(self.sequences)
        record.recorded_at, record.recorded_by = self.at, self.model.recorded_by
        record.record_digest = f"{self.document.pk}-{record.sequence}"
        record.save(force_insert=True)
        return record

    def do(self, what: str, wait: int, language: str, delay: int) -> None:
        self.at += wait * SECOND
        getattr(self, what)(language, self.at + delay * SECOND)
        self.refresh()

    def refresh(self) -> None:
        refresh_lists([self.document.pk], self.at)

    def release(self, language: str, since: datetime) -> None:
        if language != "en" and self.source is None:
            return
        edition = self.freeze(language)
        self.end(language, since)
        self.source = edition if language == "en" else self.source
        self.write(
            Release(
                edition=edition, language=language, number=edition.number, content_digest="", released_from=since,
                met_by=[],
            )
        )  # fmt: skip

    def freeze(self, language: str) -> Edition:
        edition = Edition(
            language=language, number=next(self.numbers), title="Zebra", content=b"", content_digest="",
            source_edition=None if language == "en" else self.source, required_sign_offs=1, contributors=[],
            review_interval_months=1,
        )  # fmt: skip
        return self.write(edition)

    def end(self, language: str, until: datetime) -> None:
        of_document = Release.objects.filter(document=self.document, language=language)
        for release in of_document.open_after(self.at):
            at = max(until, release.released_from)
            self.write(ReleaseEnd(release=release, released_until=at, cause=EndCause.SUPERSEDED))

    def withdraw(self, language: str, since: datetime) -> None:
        self.write(Withdrawal(language=language, withdrawn_from=since, reason="-", credentials="-"))
        for code in [language] if language else ["en", "es"]:
            self.end(code, since)


@contextmanager
def recorded_past(model: Edition, kind: str, past_type: type[Past] = Past) -> Iterator[Any]:
    """A past of a document of its own, which is gone afterwards, as all is that happened to the triggers meanwhile."""
    with transaction.atomic():
        connection.check_constraints()  # PostgreSQL alters no table with deferred checks to come
        triggers.lift(connection)
        yield past_type(model, kind)
        transaction.set_rollback(True)
