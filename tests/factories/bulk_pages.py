"""Live pages in numbers that the services could not write in the time of a test: each with records of its own."""

from datetime import timedelta

from django.core.management.color import no_style
from django.db import connection
from django.utils import timezone

from editorial.editions.models import ChainHead, Document, Edition, Record, Release, Review, SignOff
from editorial.editions.models.records import GENESIS
from editorial.editions.tree.nodes import digest_of
from tests.factories.unguarded import unguarded


def add_pages(live: Edition, count: int, *, translation: Edition | None = None) -> list[Document]:
    """So many pages like that of a live edition, each with another title, signed and released as it was.

    Every other one has a `translation` of its own, if one is given. The records are linked and digested as the services
    do, but written past the triggers, and without rows that only the desk asks for. The caller rebuilds the lists.
    """
    start = Document.objects.count()
    documents = Document.objects.bulk_create(
        (Document(kind=live.document.kind, slug=f"like-{start + number:07}") for number in range(count)), batch_size=500
    )
    ChainHead.objects.bulk_create([ChainHead(document=item) for item in documents], ignore_conflicts=True)
    copies = _Copies()
    for number, document in enumerate(documents):
        source = copies.add(live, document, number, None)
        if translation and number % 2:
            copies.add(translation, document, number, source)
    with unguarded():
        for model, records in copies.records.items():
            model._base_manager.bulk_create(records, batch_size=200)
        heads = ChainHead.objects.in_bulk([document.pk for document in documents])
        for document_id, (sequence, digest) in copies.heads.items():
            heads[document_id].count, heads[document_id].digest = sequence, digest
        ChainHead.objects.bulk_update(heads.values(), ["count", "digest"], batch_size=200)
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(copies.records)):  # the keys were given here
            cursor.execute(sql)
    return documents


class _Copies:
    """Records to be written, with the keys that they will have."""

    def __init__(self) -> None:
        self.records: dict[type[Record], list[Record]] = {model: [] for model in (Edition, Review, SignOff, Release)}
        self.keys = {
            model: model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
            for model in self.records
        }
        self.heads: dict[int, tuple[int, str]] = {}
        self.now = timezone.now()
        self.models: dict[int, tuple[SignOff, Release, bytes]] = {}

    def add(self, live: Edition, document: Document, number: int, source: Edition | None) -> Edition:
        """An edition of the document like the live one, with the records that release it."""
        if live.pk not in self.models:
            sign_off = live.sign_offs.select_related("review").latest("sequence")
            self.models[live.pk] = sign_off, live.releases.latest("sequence"), bytes(live.content)
        sign_off, release, content = self.models[live.pk]
        self.at = self.now - timedelta(seconds=number)
        title = f"{chr(ord('A') + number % 26)}{number:06} {live.title}"
        # As in the canonical bytes: the first title is that of the root, which comes before those of its children.
        content = content.replace(f'"title":"{live.title}"'.encode(), f'"title":"{title}"'.encode())
        named = {"number": 1, "content_digest": digest_of(content), "document": document}
        edition = self._append(
            live, **named, title=title, content=content, source_edition=source, base_edition=None, last_contribution=0
        )
        review = self._append(sign_off.review, document=document, edition=edition)
        signed = {"edition": edition, "review": review, "review_digest": review.record_digest}
        signature = self._append(
            sign_off, **named, **signed, source_digest=source.content_digest if source else "", seen_with=[]
        )
        self._append(release, **named, edition=edition, released_from=self.at, met_by=[signature.record_digest])
        return edition

    def _append(self, model: Record, **changed) -> Record:
        """A copy of a record, as the next link of its document's chain."""
        kind, document = type(model), changed["document"]
        self.keys[kind] += 1
        sequence, digest = self.heads.get(document.pk, (0, GENESIS))
        columns = {field.attname: getattr(model, field.attname) for field in kind._meta.concrete_fields}
        columns |= {"id": self.keys[kind], "sequence": sequence + 1, "previous_digest": digest, "recorded_at": self.at}
        record = kind(**columns)
        for name, value in changed.items():
            setattr(record, name, value)
        record.record_digest = record.digest()
        self.heads[document.pk] = record.sequence, record.record_digest
        self.records[kind].append(record)
        return record
