"""A whole library as its desk has it: far more pages than the services could write, in every state that lists tell."""

from datetime import datetime, timedelta
from hashlib import sha256
from itertools import count as count_from

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

from editorial.accounts.languages import target_languages
from editorial.editions.models import (
    ChainHead,
    Document,
    Edition,
    EndCause,
    Meaning,
    Record,
    Release,
    ReleaseEnd,
    Review,
    SignOff,
    Verdict,
    WorkingVersion,
)
from editorial.reading.list_rows import rebuild_lists
from editorial.reviews.models import Cause, Contributor, Extent, Recheck
from tests.factories import bulk_rows
from tests.factories.unguarded import unguarded

PER_BATCH = 1_000
YEAR = timedelta(days=365)


def add_library(model: Edition, signer, count: int) -> None:
    """So many articles like a live one, most of them read in all languages; each was signed twice in the source's.

    Of a hundred, four wait for a signature and one was sent back; two are due for review and two have a recheck; one
    translation of three is outdated and another is missing. Digests are of nothing, and no triggers looked on.
    """
    for start in range(0, count, PER_BATCH):
        bulk_rows.create_articles(min(PER_BATCH, count - start))
        documents = list(Document.objects.order_by("-pk")[: min(PER_BATCH, count - start)])
        batch = _Batch(model, signer)
        for number, document in enumerate(documents, start):
            batch.add(document, number)
        batch.write()
    rebuild_lists()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class _Batch:
    """Rows to be written, with the keys that they will have."""

    def __init__(self, model: Edition, signer) -> None:
        self.model, self.signer, self.now = model, signer, timezone.now()
        self.rows: dict[type, list] = {
            kind: [] for kind in (Edition, Review, SignOff, Release, ReleaseEnd, Recheck, WorkingVersion)
        }
        self.keys = {
            kind: count_from((kind._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1)
            for kind in self.rows
        }
        self.heads: dict[int, tuple[int, str]] = {}

    def add(self, document: Document, number: int) -> None:
        at = self.now - 2 * YEAR + timedelta(minutes=number)
        is_due = number % 100 in (1, 2)
        first = self._edition(document, settings.SOURCE_LANGUAGE, 1, at, None)
        before = self._release(first, at, due_on=at + YEAR)
        at += timedelta(days=500)
        source = self._edition(document, settings.SOURCE_LANGUAGE, 2, at, None)
        self._record(ReleaseEnd, document, at, release=before, released_until=at, cause=EndCause.SUPERSEDED)
        self._release(source, at, due_on=self.now + (timedelta(days=30) if is_due else YEAR))
        for language, turn in zip(target_languages(), count_from()):
            if (number + turn) % 100 in (3, 4):
                continue
            is_outdated = (number + turn) % 100 == 5
            translation = self._edition(document, language, 1, at, first if is_outdated else source)
            self._release(translation, at, due_on=self.now + YEAR)
        recent = self.now - timedelta(days=number % 40, hours=1)
        if number % 100 in (10, 11, 12, 13, 14):
            newest = self._edition(document, settings.SOURCE_LANGUAGE, 3, recent, None)
            if number % 100 == 14:
                self._record(
                    Review, document, recent, edition=newest, verdict=Verdict.SENT_BACK, remarks="Say it plainly."
                )
        if number % 100 in (20, 21):
            self._row(
                Recheck, edition=source, cause=Cause.EVENT, document=self.model.document, because=f"library {number}",
                opened_at=recent, opened_by=self.signer, opened_by_name="Somebody",
            )  # fmt: skip

    def write(self) -> None:
        with unguarded():
            for kind, rows in self.rows.items():
                kind._base_manager.bulk_create(rows, batch_size=200)
            heads = [
                ChainHead(document_id=pk, count=count, digest=digest) for pk, (count, digest) in self.heads.items()
            ]
            ChainHead.objects.filter(document__in=self.heads).delete()
            ChainHead.objects.bulk_create(heads, batch_size=200)
            editions = self.rows[Edition]
            Extent.objects.bulk_create(
                [Extent(edition=item, words=500, words_changed=50, sections_changed=1) for item in editions],
                batch_size=200,
            )
            Contributor.objects.bulk_create(
                [Contributor(edition=item, user_id=item.recorded_by_id) for item in editions], batch_size=200
            )
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), list(self.rows)):  # the keys were given here
                cursor.execute(sql)

    def _edition(self, document: Document, language: str, number: int, at: datetime, source: Edition | None) -> Edition:
        edition = self._record(
            Edition, document, at, language=language, number=number, title=f"Page {document.pk} ({language})",
            content=self.model.content, content_digest=self.model.content_digest, source_edition=source,
            required_sign_offs=1, contributors=[{"id": self.model.recorded_by_id, "name": "Somebody"}],
            review_interval_months=12,
        )  # fmt: skip
        if number == 1:
            self._row(WorkingVersion, document=document, language=language, token=1, changed_at=at - YEAR / 365)
        return edition

    def _release(self, edition: Edition, at: datetime, *, due_on: datetime) -> Release:
        named = {
            "edition": edition, "language": edition.language, "number": edition.number,
            "content_digest": edition.content_digest,
        }  # fmt: skip
        signed_at = at - timedelta(hours=edition.document_id % 200)
        review = self._record(Review, edition.document, at, edition=edition, verdict=Verdict.ACCEPTED)
        self._record(
            SignOff, edition.document, at, **named, review=review, review_digest=review.record_digest,
            signer_name="Somebody", signer_letters="MD", signer_specialty="medical-oncology",
            signer_slug="somebody", signer_valid_until=due_on.date(), signer_languages=[edition.language],
            meaning=Meaning.SIGNED, meaning_words="Signed.", review_due_on=due_on.date(),
        )  # fmt: skip
        edition.recorded_at = signed_at
        return self._record(Release, edition.document, at, **named, released_from=at, met_by=[])

    def _record(self, kind: type[Record], document: Document, at: datetime, **fields):
        sequence, before = self.heads.get(document.pk, (0, "0" * 64))
        digest = sha256(f"{document.pk} {sequence}".encode()).hexdigest()
        self.heads[document.pk] = sequence + 1, digest
        signs = kind in (Review, SignOff, Release)
        return self._row(
            kind, document=document, sequence=sequence + 1, recorded_at=at, recorded_by_name="Somebody",
            recorded_by=self.signer if signs else self.model.recorded_by,
            previous_digest=before, record_digest=digest, **fields,
        )  # fmt: skip

    def _row(self, kind: type, **fields):
        row = kind(pk=next(self.keys[kind]), **fields)
        self.rows[kind].append(row)
        return row
