"""All records of some documents, as proving them asks for them: a query for each table, and no content in memory."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from typing import Any

from .frozen_contents import FrozenContent, read_content
from .models import ChainHead, Dependency, Document, Edition, Record, Reliance, record_models


@dataclass(slots=True)
class DocumentRecords:
    """The records of one document: `records[Release]` are its releases, the oldest first."""

    by_model: dict[type[Record], list[Any]] = field(default_factory=lambda: defaultdict(list))
    head: tuple[int, str] | None = None  # the number and the digest of the last, as the chain's head says
    contents: dict[int, FrozenContent] = field(default_factory=dict)  # by edition
    # By edition: the documents that it embeds, and of each the pieces that are kept as shown by it.
    embedded: dict[int, dict[int, set[str]]] = field(default_factory=dict)

    def __getitem__(self, model: type[Record]) -> list[Any]:
        return self.by_model[model]

    def in_order(self) -> list[Any]:
        """All of them, as the chain links them."""
        return sorted(chain.from_iterable(self.by_model.values()), key=attrgetter("sequence"))

    def is_intact(self, record: Record) -> bool:
        """Whether a record still holds what was written; of an edition, by the digest that its bytes have."""
        if isinstance(record, Edition):
            return record.is_intact_with(content=self.contents[record.pk].digest)
        return record.is_intact


def load_records(documents: Collection[Document]) -> dict[int, DocumentRecords]:
    """{key of a document: its records}. Raises TypeError or ValueError where a column cannot be read."""
    loaded = {document.pk: DocumentRecords() for document in documents}
    for model in record_models():
        records = model._base_manager.filter(document__in=loaded).order_by("document", "sequence")
        for record in records.defer("content") if model is Edition else records:
            loaded[record.document_id].by_model[model].append(record)
    for document, count, digest in ChainHead.objects.filter(document__in=loaded).values_list(
        "document_id", "count", "digest"
    ):
        loaded[document].head = (count, digest)
    _load_contents(loaded)
    return loaded


def _load_contents(loaded: dict[int, DocumentRecords]) -> None:
    translated = {
        key
        for of in loaded.values()
        for edition in of[Edition]
        if edition.source_edition_id
        for key in (edition.pk, edition.source_edition_id)
    }
    contents = Edition.objects.filter(document__in=loaded).values_list("document_id", "pk", "content")
    for document, key, content in contents.order_by().iterator(chunk_size=20):
        loaded[document].contents[key] = read_content(bytes(content or b""), with_structure=key in translated)
    embedded = Dependency.objects.filter(edition__document__in=loaded, how=Reliance.EMBEDS)
    for document, edition, other, piece in embedded.values_list(
        "edition__document_id", "edition_id", "document_id", "pieces__piece"
    ):
        pieces = loaded[document].embedded.setdefault(edition, {}).setdefault(other, set())
        if piece is not None:
            pieces.add(piece)
