"""The texts of a translation, each beside its source."""

from dataclasses import dataclass
from typing import cast

from editorial.editions.known_names import KnownNames
from editorial.editions.tree.nodes import Node

from ..checked_pages import CheckedPage
from .drug_names import find_names
from .term_base import find_terms
from .text_pairs import TextPair, make_pair


@dataclass(frozen=True)
class TranslatedText:
    """One text of a translation beside its source. `source_words` is the block of the source with this text alone."""

    node: Node
    name: str
    source_words: Node
    pair: TextPair


def find_translated_texts(page: CheckedPage) -> list[TranslatedText]:
    """Every text that is translated, beside its source, in reading order; none on a page that is no translation.

    Of the block alone that the page is asked about.
    """
    if "translated_texts" not in page.kept:
        page.kept["translated_texts"] = _read_texts(page)
    return cast(list[TranslatedText], page.kept["translated_texts"])


def _read_texts(page: CheckedPage) -> list[TranslatedText]:
    if page.source is None or page.source.language == page.language:
        return []
    names, terms = find_names(tuple(KnownNames().names)), find_terms(page.language)
    sources = {node.id: node for node in page.source.walk()}
    return [
        TranslatedText(
            node,
            name,
            Node(source.type, source.id, words={name: source.words[name]}),
            make_pair(
                source.words[name], words, page.language, source_language=page.source.language, names=names, terms=terms
            ),
        )
        for node in ([page.nodes[page.about]] if page.about in page.nodes else page.nodes.values())
        if (source := sources.get(node.id))
        for name, words in node.words.items()
        if words and source.words.get(name)
    ]
