"""Each text of the demonstration beside its translation: what checks of translations are measured by."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from editorial.accounts.languages import column, target_languages
from editorial.editions.tree import inline, prose

from .content_files import content_names, read_content


class TranslatedPair(NamedTuple):
    file: str
    language: str
    source: str  # as it is typed: text or HTML
    target: str


def find_pairs() -> Iterator[TranslatedPair]:
    """Every text in every language, paragraph by paragraph."""
    for name in [*content_names("*"), *content_names("drugs/*")]:
        for texts in _texts(read_content(name)):
            for language in target_languages():
                if target := texts.get(column(language)):
                    yield from (TranslatedPair(name, language, *pair) for pair in _units(texts["en"], target))


def _texts(data: Any) -> Iterator[dict[str, str]]:
    if isinstance(data, dict):
        if isinstance(data.get("en"), str):
            yield data
        else:
            for value in data.values():
                yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


def _units(source: str, target: str) -> Iterator[tuple[str, str]]:
    if "<p>" not in source and "<ul>" not in source and "<table>" not in source:
        yield source, target
        return
    old, new = (list(prose.find_words(prose.parse(html))) for html in (source, target))
    for (before, word), (after, _word) in zip(old, new, strict=True):
        yield _typed(before.words[word]), _typed(after.words[word])


def _typed(words: Any) -> str:
    return inline.to_html(words)
