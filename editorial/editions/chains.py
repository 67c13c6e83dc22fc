"""The chains of records that there are, for whoever looks at all of them: a checkpoint of their heads.

Each document has a chain of its own, and so has each table of records that are about no single document: see
models/records.py.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from .models import ChainHead, Document, SiteRecord, record_models, site_record_models


class Head(NamedTuple):
    """The end of a chain: the chain's key, how many records it has, and the digest of the last one."""

    key: int
    length: int
    digest: str


@dataclass(frozen=True, slots=True)
class ChainGroup:
    """Chains of one sort.

    `heads` brings the head of each that has records, by key, in one query however many there are. `digests_at` takes
    {key: number of a record} and brings {key: the digest of that record}, without those that are not there. `label`
    tells a chain's name to people. The group's own name is stored in checkpoints and never changes.
    """

    name: str
    heads: Callable[[], Iterator[Head]]
    digests_at: Callable[[Mapping[int, int]], dict[int, str]]
    label: Callable[[int], str]


def chain_groups() -> list[ChainGroup]:
    """All of them."""
    documents = ChainGroup("documents", _document_heads, _document_digests_at, _document_label)
    return [documents, *map(_site_group, site_record_models())]


def _document_heads() -> Iterator[Head]:
    heads = ChainHead.objects.filter(count__gt=0).order_by("pk").values_list("pk", "count", "digest")
    return (Head(*head) for head in heads.iterator(chunk_size=2000))


def _document_digests_at(numbers: Mapping[int, int]) -> dict[int, str]:
    digests = {}
    for model in record_models():
        records = model._base_manager.filter(document__in=numbers).values_list("document", "sequence", "record_digest")
        digests.update({key: digest for key, sequence, digest in records if numbers[key] == sequence})
    return digests


def _document_label(key: int) -> str:
    document = Document.objects.filter(pk=key).first()
    return str(document) if document else f"document {key}"


def _site_group(model: type[SiteRecord]) -> ChainGroup:
    """The one chain of a table, under the key 1."""
    label = str(model._meta.verbose_name_plural)
    return ChainGroup(
        model._meta.label_lower, partial(_site_heads, model), partial(_site_digests_at, model), lambda _key: label
    )


def _site_heads(model: type[SiteRecord]) -> Iterator[Head]:
    newest = model._base_manager.order_by("-sequence").values_list("sequence", "record_digest")[:1]
    return (Head(1, *head) for head in newest)


def _site_digests_at(model: type[SiteRecord], numbers: Mapping[int, int]) -> dict[int, str]:
    records = model._base_manager.filter(sequence__in=numbers.values()).values_list("record_digest", flat=True)
    return dict(enumerate(records, start=1))
