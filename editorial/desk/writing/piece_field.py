"""The box for a piece of another page: found by the page's words and the piece's label, and named beside its key."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from editorial.editions.kinds import Kind, all_kinds
from editorial.editions.search_words import index_text, query_words

from ..page_search import named_pages, pages_at, pages_of, pages_with_words
from .key_field import NamedKeyInput, SearchedField

MOST = 8  # pieces: who sees none of theirs types another letter


def name_pieces(keys: Collection[str]) -> dict[str, str]:
    """{"17:approvals": "Pembrolizumab: approvals table"} of the keys that name a piece of a page that is there.

    One query for each kind of page of which there are some.
    """
    split = {key: key.partition(":")[::2] for key in keys}
    pages = {page for page, _piece in split.values() if page.isascii() and page.isdigit() and len(page) < 18}
    names: dict[str, str] = {}
    for kind in _kinds() if pages else ():
        for row in pages_of(kind).filter(pk__in=pages):
            names |= dict(_pieces(kind, row))
    return {key: names[key] for key in keys if key in names}


def find_pieces(query: str) -> dict[str, str]:
    """The same of at most MOST pieces for what somebody typed: its own of a key, the newest pages' of no words at all.

    Pages of which the address begins so come first, then those of which the title holds all of it, then those with all
    its words, or with all but those that the label of the piece has. Every word may be the beginning of one. The number
    of queries and rows is bounded.
    """
    words = query_words(query)
    found = name_pieces([query])
    for names in _searches(query, words):
        for key, name in names:
            found.setdefault(key, name)
            if len(found) == MOST:
                return found
    return found


def _searches(query: str, words: list[str]) -> Iterator[Iterator[tuple[str, str]]]:
    """(key, name) of what each way to search finds, the best first; one that nobody asks for takes no query."""
    if not words:
        yield from (_all_pieces(kind, pages_of(kind).order_by("-pk")) for kind in _kinds())
        return
    for search in (pages_at, named_pages, pages_with_words):
        for kind in _kinds():
            yield _all_pieces(kind, search(kind, query))
    for kind in _kinds():
        for piece, declared in kind.embedding.pieces.items():
            label = index_text([str(declared.label)]).split()
            others = [word for word in words if not any(part.startswith(word) for part in label)]
            if len(others) < len(words):
                rows = pages_with_words(kind, " ".join(others)) if others else pages_of(kind).order_by("document__slug")
                yield _one_piece(kind, rows, piece)


def _kinds() -> list[Kind]:
    return [kind for kind in all_kinds() if kind.embedding.pieces]


def _all_pieces(kind: Kind, rows: QuerySet[Any]) -> Iterator[tuple[str, str]]:
    for row in rows[:MOST]:
        yield from _pieces(kind, row)


def _one_piece(kind: Kind, rows: QuerySet[Any], piece: str) -> Iterator[tuple[str, str]]:
    for row in rows[:MOST]:
        yield f"{row.pk}:{piece}", dict(_pieces(kind, row))[f"{row.pk}:{piece}"]


def _pieces(kind: Kind, row: Any) -> Iterator[tuple[str, str]]:
    yield from ((f"{row.pk}:{name}", f"{row}: {piece.label}") for name, piece in kind.embedding.pieces.items())


class PieceField(SearchedField):
    """Reads and gives "17:approvals", or "" where nothing was typed."""

    widget = NamedKeyInput
    default_error_messages = {
        "unknown": _(
            "No piece is called “%(key)s”. Type a few letters of the page's title, then choose from the list."
        ),
        "choices": _("“%(key)s” isn't the key of a piece. Type one of these keys: %(choices)s."),
    }

    def read_all(self, keys: Collection[str]) -> dict[str, str]:
        return name_pieces(keys)

    def suggest(self, typed: str) -> dict[str, str]:
        return find_pieces(typed)

    def to_python(self, value: Any) -> str:
        return self.as_key(value) if super().to_python(value) else ""
