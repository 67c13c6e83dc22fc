"""The box for a page that explains to readers why another was taken down: by its address or its words."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from editorial.accounts.languages import source_column
from editorial.editions.kinds import kind_named, kind_of
from editorial.editions.models import Document
from editorial.editions.working.search_texts import find_documents
from editorial.reading.gate import is_explanation
from editorial.reading.site_words import SITE_WORDS

from .writing.key_field import KeyField, NamedKeyInput

MOST = 8  # pages: who sees none of theirs types another letter


def explanations() -> "QuerySet[Document]":
    """Those with a title: without, nobody would know which is which, and nobody could sign it."""
    titled = kind_named(SITE_WORDS).model._default_manager.filter(document=OuterRef("pk"))
    return Document.objects.filter(
        Exists(titled.filter(**{f"{source_column('title')}__gt": ""})), is_explanation(), is_discarded=False
    )


def find_explanations(typed: str) -> "QuerySet[Document]":
    """A few of those with the beginnings of all words that were typed; the newest without a word."""
    typed = typed.replace("\0", "")
    found = explanations()
    if not typed.strip():
        return found.order_by("-pk")[:MOST]
    return found.filter(Q(slug__icontains=typed.strip()) | Q(pk__in=find_documents(typed))).order_by("slug")[:MOST]


class ExplanationField(KeyField):
    """Reads the address of an explanation and gives its document."""

    widget = NamedKeyInput

    def __init__(self, **options: Any) -> None:
        super().__init__(Document.objects.none(), column="slug", suggest=find_explanations, **options)

    def read_all(self, keys: Any) -> Any:
        return {document.slug: document for document in explanations().filter(slug__in=keys)}

    def label_of(self, row: Any) -> str:
        return kind_of(row).title(row)
