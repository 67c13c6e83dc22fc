"""Translations with all their records, far more than the services could write: for the memory, which verifies them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection

from editorial.editions.models import ChainHead, Document, Edition, Record, Release, Review, SignOff
from editorial.editions.models.records import GENESIS
from editorial.editions.tree.nodes import Node, Tree, digest_of, to_bytes
from editorial.translations.memory.rows import refresh_memory
from tests.factories.unguarded import unguarded

PAGES_AT_ONCE = 50


def add_translations(signed: Edition, pages: Iterable[Sequence[tuple[str, str]]], at: datetime) -> None:
    """A page of each list of (source text, its translation), released at `at` as the translation `signed` was.

    Of the source there is an edition alone, which is all that the memory reads of it.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
    sign_off = signed.sign_offs.select_related("review").get()
    patterns = {Review: sign_off.review, SignOff: sign_off, Release: signed.releases.get()}
    batch: list[Sequence[tuple[str, str]]] = []
    for page in pages:
        batch.append(page)
        if len(batch) == PAGES_AT_ONCE:
            _write(signed, patterns, batch, at)
            batch = []
    if batch:
        _write(signed, patterns, batch, at)


def _write(signed: Edition, patterns: dict, pages: list[Sequence[tuple[str, str]]], at: datetime) -> None:
    start = Document.objects.count()
    documents = Document.objects.bulk_create(
        Document(kind="article", slug=f"memory-{start + number}") for number in range(len(pages))
    )
    sources = _create(
        _edition(signed.source_edition, document, 1, [source for source, _target in page], at)
        for document, page in zip(documents, pages, strict=True)
    )
    editions = _create(
        _edition(signed, document, 2, [target for _source, target in page], at, source_edition_id=source.pk)
        for document, page, source in zip(documents, pages, sources, strict=True)
    )
    reviews = _create(_record(patterns[Review], edition, 3, at, edition_id=edition.pk) for edition in editions)
    sign_offs = _create(
        _record(
            patterns[SignOff], edition, 4, at, edition_id=edition.pk, content_digest=edition.content_digest,
            review_id=review.pk, review_digest=review.record_digest, number=edition.number, seen_with=[],
        )
        for edition, review in zip(editions, reviews, strict=True)
    )  # fmt: skip
    _create(
        _record(
            patterns[Release], edition, 5, at, edition_id=edition.pk, content_digest=edition.content_digest,
            number=edition.number, released_from=at, met_by=[sign_off.record_digest],
        )
        for edition, sign_off in zip(editions, sign_offs, strict=True)
    )  # fmt: skip
    with unguarded():
        ChainHead.objects.bulk_create(ChainHead(document=document) for document in documents)
    refresh_memory([document.pk for document in documents], at)


def _edition(
    pattern: Edition, document: Document, sequence: int, texts: Sequence[str], at: datetime, **columns
) -> Edition:
    blocks = tuple(Node("paragraph", f"p-{number}", words={"text": text}) for number, text in enumerate(texts))
    root = Node("article", "article", words={"title": texts[0]}, children=blocks)
    content = to_bytes(Tree("article", pattern.language, root))
    return _record(
        pattern, document, sequence, at, title=texts[0][:300], content=content, content_digest=digest_of(content),
        number=1, base_edition_id=None, last_contribution=0, **columns,
    )  # fmt: skip


def _record(pattern: Record, subject: Document | Edition, sequence: int, at: datetime, **columns) -> Record:
    """A record with the columns of another, of a document that it is the `sequence`-th of."""
    names = [field.attname for field in pattern._meta.concrete_fields if not field.primary_key]
    document = subject if isinstance(subject, Document) else subject.document
    own = {
        "document_id": document.pk, "sequence": sequence, "recorded_at": at,
        "previous_digest": GENESIS if sequence == 1 else f"{document.pk}-{sequence}",
    }  # fmt: skip
    record = type(pattern)(**{name: getattr(pattern, name) for name in names} | own | columns)
    if isinstance(subject, Edition):
        record.document = document
    record.record_digest = record.digest()
    return record


def _create(records: Iterable[Record]) -> list:
    found = list(records)
    with unguarded():
        return type(found[0])._base_manager.bulk_create(found)
