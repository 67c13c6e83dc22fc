"""The demonstration's files: texts by language, and the places of their words in a tree."""

import tomllib
from pathlib import Path

from editorial.accounts.languages import column, target_languages
from editorial.editions.tree import inline, prose

CONTENT = Path(__file__).parent / "content"
TERMS = CONTENT / "terms.csv"

Words = dict[tuple[str, str], str]  # {place: what a translator types}


def read_content(name: str) -> dict:
    """One file, by its name below the content folder and without its ending."""
    with (CONTENT / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def content_names(pattern: str) -> list[str]:
    """The files that match a pattern, named as `read_content` takes them."""
    paths = CONTENT.glob(f"{pattern}.toml")
    return sorted(path.relative_to(CONTENT).with_suffix("").as_posix() for path in paths)


def translated_languages(data: dict) -> list[str]:
    """The languages besides the source that a text has."""
    return [language for language in target_languages() if column(language) in data]


def plain_words(place: tuple[str, str], data: dict, language: str) -> Words:
    """A plain text in one language; empty if it has none."""
    text = data.get(column(language), "")
    return {place: text} if text else {}


def prose_words(source: str, data: dict, language: str) -> Words:
    """{place: HTML}: translated prose under the ids of the source's blocks, which come in the same order."""
    target = data.get(column(language), "")
    if not target:
        return {}
    texts = zip(_texts(source), _texts(target), strict=True)
    return {(old.id, name): _as_typed(new.words[name]) for (old, name), (new, _name) in texts}


def _texts(html: str) -> list:
    return list(prose.find_words(prose.parse(html)))


def _as_typed(words: str | inline.Runs) -> str:
    return words if isinstance(words, str) else inline.to_html(words)
