"""A library as it is after years, with far more pages than the services could write, in every state that lists tell."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count as count_from
from typing import Any, NamedTuple

from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from articles.models import Article
from drugs.models import KIND, Monograph
from editorial.editions.models import (
    ChainHead,
    Dependency,
    Document,
    Edition,
    EditionWording,
    EndCause,
    Record,
    Release,
    ReleaseEnd,
    Review,
    SearchText,
    ShownPiece,
    SignOff,
    Verdict,
    WorkingVersion,
)
from editorial.editions.models.records import GENESIS
from editorial.editions.tree.nodes import digest_of
from editorial.editions.working import search_texts
from editorial.library.glossary.models import GlossaryEntry
from editorial.reading.list_rows import refresh_lists
from editorial.reviews.models import Cause, Contributor, Extent, Recheck
from editorial.reviews.queue_rows import rebuild_open_rechecks
from tests.factories.unguarded import unguarded

PER_BATCH = 500
YEAR = timedelta(days=365)
DRAFTS = {"article": Article, "glossary": GlossaryEntry, KIND: Monograph}
SLUG = "library-"
TRANSLATED = ("es", "ar")


def add_library(count: int, tell: Callable[[int], None] = lambda done: None) -> None:
    """So many documents more like the demonstration's live ones, three editions each, signed and released as those.

    Of twenty, sixteen are articles, three are glossary entries and one is a drug. Half were revised in the source's
    language; almost all are there in Spanish, half in Arabic. Of a hundred, five have a newer edition that waits or was
    sent back, two are due for review, two have a recheck, one translation is outdated and two are missing.

    Titles are each document's own, and so are the digests and the chains of its records: readers get these pages. They
    rest on the demonstration's, as their patterns do. They are written past the triggers, in batches, and without the
    history of their drafts. `tell` gets how many are done.
    """
    patterns = {kind: list(_find_patterns(kind)) for kind in DRAFTS}
    start = Document.objects.filter(slug__startswith=SLUG).count()
    with unguarded():
        for first in range(start, start + count, PER_BATCH):
            numbers = range(first, min(first + PER_BATCH, start + count))
            with transaction.atomic():
                batch = _Batch(patterns)
                for document, number in zip(_create_documents(numbers), numbers, strict=True):
                    batch.add(document, number)
                batch.write()
                refresh_lists([document.pk for document in batch.documents], timezone.now())
            tell(numbers.stop - start)
        rebuild_open_rechecks()  # a trigger keeps these
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def library_slug(number: int) -> str:
    return f"{SLUG}{number:07}"


def kind_of(number: int) -> str:
    turn = number % 20
    return KIND if turn == 0 else "glossary" if turn < 4 else "article"


class _Pattern(NamedTuple):
    """A live edition and the records that released it, as columns.

    `rests_on` has what it rests on, each with the pieces that it shows; `words` are those that the desk finds it by.
    """

    edition: dict[str, Any]
    review: dict[str, Any]
    sign_off: dict[str, Any]
    release: dict[str, Any]
    rests_on: list[tuple[dict[str, Any], list[str]]]
    words: str


def _find_patterns(kind: str) -> Iterator[dict[str, _Pattern]]:
    """{language: pattern} of each live document of this kind that is there in all of TRANSLATED."""
    languages = (settings.SOURCE_LANGUAGE, *TRANSLATED)
    live = Edition.objects.filter(document__kind=kind, number=1, releases__isnull=False, language__in=languages)
    documents: dict[int, dict[str, _Pattern]] = {}
    for edition in live.exclude(document__slug__startswith=SLUG).order_by("document", "pk"):
        sign_off = edition.sign_offs.select_related("review").latest("sequence")
        text = SearchText.objects.filter(document=edition.document_id, language=edition.language).first()
        records = (edition, sign_off.review, sign_off, edition.releases.latest("sequence"))
        documents.setdefault(edition.document_id, {})[edition.language] = _Pattern(
            *(_columns(record) for record in records), _rests_on(edition), words=text.words if text else ""
        )
    return (patterns for patterns in documents.values() if len(patterns) == len(languages))


def _rests_on(edition: Edition) -> list[tuple[dict[str, Any], list[str]]]:
    dependencies = Dependency.objects.filter(edition=edition)
    return [
        (_columns(item), list(ShownPiece.objects.filter(dependency=item).values_list("piece", flat=True)))
        for item in dependencies
    ]


def _columns(record: Model) -> dict[str, Any]:
    return {field.attname: getattr(record, field.attname) for field in record._meta.concrete_fields}


def _create_documents(numbers: range) -> list[Document]:
    documents = Document.objects.bulk_create(
        Document(kind=kind_of(number), slug=library_slug(number)) for number in numbers
    )
    ChainHead.objects.bulk_create([ChainHead(document=item) for item in documents], ignore_conflicts=True)
    return documents


class _Batch:
    """Rows to be written, with the keys that they will have."""

    def __init__(self, patterns: dict[str, list[dict[str, _Pattern]]]) -> None:
        self.patterns, self.now = patterns, timezone.now()
        self.documents: list[Document] = []
        self.rows: dict[type, list] = {
            kind: [] for kind in (Edition, Review, SignOff, Release, ReleaseEnd, Recheck, WorkingVersion)
        }
        self.keys = {
            kind: count_from((kind._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1)
            for kind in (*self.rows, Dependency)
        }
        self.dependencies: list[tuple[int, int, int, str]] = []
        self.pieces: list[tuple[int, str]] = []
        self.wordings: list[tuple[int, int, str]] = []
        self.drafts: list[Article | GlossaryEntry | Monograph] = []
        self.texts: list[SearchText] = []
        self.heads: dict[int, tuple[int, str]] = {}

    def add(self, document: Document, number: int) -> None:
        """Rows of the document in the library's place of this number."""
        pages = self.patterns[document.kind]
        page, share, is_revised = pages[number // 20 % len(pages)], number % 100, bool(number % 2)
        source_page = page[settings.SOURCE_LANGUAGE]
        self.documents.append(document)
        self._draft(document, number, source_page)
        at = self.now - 2 * YEAR + timedelta(minutes=number % 100_000)
        first = source = self._edition(document, number, source_page, 1, at, None)
        if is_revised:
            before = self._release(first, source_page, at, due_on=at + YEAR)
            at += timedelta(days=500)
            source = self._edition(document, number, source_page, 2, at, None)
            self._record(ReleaseEnd, document, at, {"recorded_by_id": before.recorded_by_id, "recorded_by_name": "-"},
                         release=before, released_until=at, cause=EndCause.SUPERSEDED)  # fmt: skip
        is_due = share in (1, 2)
        self._release(source, source_page, at, due_on=self.now + (timedelta(days=30) if is_due else YEAR))
        for language in TRANSLATED:
            if share in (3, 4) or (language == "ar" and is_revised):
                continue
            of = first if share == 5 else source  # one of a hundred is outdated
            translation = self._edition(document, number, page[language], 1, at, of)
            self._release(translation, page[language], at, due_on=self.now + YEAR)
        recent = self.now - timedelta(days=number % 40, hours=1)
        if share in (10, 11, 12, 13, 14):
            newest = self._edition(document, number, source_page, source.number + 1, recent, None)
            if share == 14:
                said = {"verdict": Verdict.SENT_BACK, "remarks": "Say it plainly."}
                self._record(Review, document, recent, source_page.review, edition_id=newest.pk, **said)
        if share in (21, 22):
            signer = source_page.sign_off
            self._row(
                Recheck, edition=source, cause=Cause.EVENT, document=document, because=f"library {number}",
                opened_at=recent, opened_by_id=signer["recorded_by_id"], opened_by_name=signer["recorded_by_name"],
            )  # fmt: skip

    def write(self) -> None:
        for draft in DRAFTS.values():
            draft.objects.bulk_create([row for row in self.drafts if isinstance(row, draft)])
        _keep_texts(self.texts)
        for kind, rows in self.rows.items():
            kind._base_manager.bulk_create(rows, batch_size=200)
        heads = [ChainHead(document_id=pk, count=count, digest=digest) for pk, (count, digest) in self.heads.items()]
        ChainHead.objects.filter(document__in=self.heads).delete()
        ChainHead.objects.bulk_create(heads, batch_size=200)
        editions = self.rows[Edition]
        Extent.objects.bulk_create(
            [Extent(edition=item, words=500, words_changed=50, sections_changed=1) for item in editions],
            batch_size=200,
        )
        Contributor.objects.bulk_create(
            [Contributor(edition=item, user_id=person["id"]) for item in editions for person in item.contributors],
            batch_size=200,
        )
        with connection.cursor() as cursor:
            # Two of three rows are these: the ORM takes as long for them as for all others.
            table = Dependency._meta.db_table
            cursor.executemany(
                f"INSERT INTO {table} (id, edition_id, document_id, how) VALUES (%s, %s, %s, %s)", self.dependencies
            )
            table = ShownPiece._meta.db_table
            cursor.executemany(f"INSERT INTO {table} (dependency_id, piece) VALUES (%s, %s)", self.pieces)
            table = EditionWording._meta.db_table
            cursor.executemany(
                f"INSERT INTO {table} (edition_id, says_as_id, critical) VALUES (%s, %s, %s)", self.wordings
            )
            for sql in connection.ops.sequence_reset_sql(no_style(), list(self.keys)):  # the keys were given here
                cursor.execute(sql)

    def _draft(self, document: Document, number: int, page: _Pattern) -> None:
        """Its row with no more than a title, and the words that it is found by, with some of its own."""
        title = _title(number, page)
        self.drafts.append(DRAFTS[document.kind](document=document, title_en=title))
        words = f"{page.words} rare{number} thousand{number % 1000}"
        self.texts.append(SearchText(document=document, language=settings.SOURCE_LANGUAGE, words=words))

    def _edition(
        self, document: Document, number: int, page: _Pattern, which: int, at: datetime, source: Edition | None
    ) -> Edition:
        title, old_title = _title(number, page), page.edition["title"]
        # As in the canonical bytes: the first title is that of the root, which comes before those of its children.
        title_now = f"{title} ({which})" if which > 1 else title
        content = page.edition["content"].replace(f'"title":"{old_title}"'.encode(), f'"title":"{title_now}"'.encode())
        edition = self._record(
            Edition, document, at - timedelta(hours=number % 200), page.edition, number=which, title=title_now,
            content=content, content_digest=digest_of(content), source_edition_id=source and source.pk,
            base_edition_id=None, last_contribution=0, required_sign_offs=1,
        )  # fmt: skip
        if source:
            edition.source_edition = source
        self.wordings.append((edition.pk, source.pk if source else edition.pk, "[]"))
        for columns, pieces in page.rests_on:
            key = next(self.keys[Dependency])
            self.dependencies.append((key, edition.pk, columns["document_id"], columns["how"]))
            self.pieces += [(key, piece) for piece in pieces]
        if which == 1:
            self._row(WorkingVersion, document=document, language=edition.language, token=1, changed_at=at - YEAR / 365)
        return edition

    def _release(self, edition: Edition, page: _Pattern, at: datetime, *, due_on: datetime) -> Release:
        document = edition.document
        named = {"edition_id": edition.pk, "number": edition.number, "content_digest": edition.content_digest}
        review = self._record(Review, document, at, page.review, edition_id=edition.pk)
        signature = self._record(
            SignOff, document, at, page.sign_off, **named, review_id=review.pk, review_digest=review.record_digest,
            source_digest=edition.source_edition.content_digest if edition.source_edition_id else "", seen_with=[],
            review_due_on=due_on.date(), release_not_before=None,
        )  # fmt: skip
        return self._record(
            Release, document, at, page.release, **named, released_from=at, met_by=[signature.record_digest]
        )

    def _record(self, kind: type[Record], document: Document, at: datetime, columns: dict[str, Any], **changed: Any):
        """The next link of the document's chain, with the columns of another."""
        sequence, digest = self.heads.get(document.pk, (0, GENESIS))
        link = {"sequence": sequence + 1, "previous_digest": digest, "recorded_at": at, "id": next(self.keys[kind])}
        own = {name: value for name, value in columns.items() if name != "document_id"}
        record = kind(**{**own, **link, **changed}, document=document)
        record.record_digest = record.digest()
        self.heads[document.pk] = record.sequence, record.record_digest
        self.rows[kind].append(record)
        return record

    def _row(self, kind: type, **fields: Any) -> None:
        self.rows[kind].append(kind(pk=next(self.keys[kind]), **fields))


def _title(number: int, page: _Pattern) -> str:
    """Of its own, in every letter's part of a list."""
    return f"{chr(ord('A') + number % 26)}{number:06} {page.edition['title']}"


def _keep_texts(texts: list[SearchText]) -> None:
    SearchText.objects.bulk_create(texts)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            rows = [(text.pk, text.words) for text in texts]
            cursor.executemany(f"INSERT INTO {search_texts.INDEX} (rowid, words) VALUES (%s, %s)", rows)
