"""The check that no sign stands under two urgencies: readers must not have to choose between two cards."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.editions.kinds import kind_named
from editorial.editions.labels import isolate
from editorial.editions.models.dependencies import Reliance
from editorial.editions.tree import inline
from editorial.editions.tree.links import find_pieces
from editorial.editions.tree.nodes import Node
from editorial.reading.embeds import tree_extras

from .checked_pages import CheckedPage
from .contract import Check, FindingPlace
from .urgent_signs import SIGNS

CARE = "care"  # the attribute of a block that asks the reader to act
ORDER = ("emergency", "urgent", "non-urgent")
_NO_SIGNS = frozenset({"what_to_do"})  # words that say what to do about a sign, and may name worse ones


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sign stands: the block of the page that it is shown in, and of which page its words are."""

    node: Node
    word: str
    quote: str
    level: str
    source: str  # the title of the page that the piece is of; "" for the page's own words


class SignUnderTwoUrgencies(Check):
    """Looked for on the page and in the pieces that it shows, for the signs that are known in the page's language:
    fever, chills, breathlessness, dizziness, a fast heartbeat, chest pain, fainting, a seizure, confusion, and a
    swollen face, lips or throat.
    """

    id = "sign-under-two-urgencies"
    name = gettext_lazy("Sign under two care levels")
    why = gettext_lazy(
        "Someone who has this sign now cannot tell what to do. Name it under one care level only, on the page and in "
        "the pieces that it shows."
    )
    languages = frozenset(SIGNS)

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        signs: dict[str, list[_Place]] = {}
        for sign, place in _find_places(page):
            signs.setdefault(sign, []).append(place)
        for places in signs.values():
            first = min(places, key=lambda place: ORDER.index(place.level))
            others = [place for place in places if place.level != first.level]
            if not others:
                continue
            # What its author can change: the words of this page if any of the two are, else the piece.
            own = [place for place in others if not place.source]
            shown = own or ([first] if not first.source else others)
            for place in shown:
                opposite = others[0] if place is first else first
                yield FindingPlace(place.node, place.quote, _describe(page, place, opposite), word=place.word)


def _describe(page: CheckedPage, place: _Place, other: _Place) -> str:
    labels = kind_named(page.tree.kind).attributes.values.get(CARE, {})
    level, other_level = (str(labels.get(key, key)) for key in (place.level, other.level))
    values = {"level": isolate(level), "other": isolate(other_level), "words": isolate(other.quote)}
    if other.source:
        message = _("It stands under “%(level)s” here, and under “%(other)s” in a piece of %(page)s: “%(words)s”.")
        return message % {**values, "page": isolate(other.source)}
    return _("It stands under “%(level)s” here, and under “%(other)s” as “%(words)s”.") % values


def _find_places(page: CheckedPage) -> Iterator[tuple[str, _Place]]:
    """(sign, where it stands), of the page's own words and then of its pieces. No statement where it has no piece."""
    yield from _find_signs(page.tree.root, page.language)
    pieces = [node for node in find_pieces(page.tree.root) if node.attrs.get("document")]
    if not pieces:
        return
    embedded = [(node.attrs["document"], Reliance.EMBEDS) for node in pieces]
    extras = tree_extras(page.tree, embedded, timezone.now())
    for node in pieces:
        context = extras.pieces[node.id]
        if context["state"] == "live" and context["shows_care"]:
            for sign, place in _find_signs(context["root"], page.language):
                yield sign, _Place(node, "", place.quote, place.level, context["page"]["title"])


def _find_signs(root: Node, language: str) -> Iterator[tuple[str, _Place]]:
    for block in root.walk():
        level = block.attrs.get(CARE, "")
        if level not in ORDER:
            continue
        for node in block.walk():
            for word, words in node.words.items():
                if word not in _NO_SIGNS:
                    text = unicodedata.normalize("NFC", inline.plain(words))
                    for sign, pattern in _patterns(language).items():
                        if match := pattern.search(text):
                            yield sign, _Place(node, word, match[0], level, "")


@cache
def _patterns(language: str) -> dict[str, re.Pattern[str]]:
    return {sign: re.compile(pattern, re.IGNORECASE) for sign, pattern in SIGNS[language].items()}
