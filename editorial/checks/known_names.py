"""Names that the site's pages know, such as those of drugs: apps above this one say which."""

from collections.abc import Callable, Iterable

from .name_finder import NameFinder, build_finder

NameSource = Callable[[str], Iterable[str]]  # names in a language and those that are the same in all

_sources: list[NameSource] = []


def add_names(source: NameSource) -> None:
    """Make the names of an app known. They are asked for whenever texts are compared, and change with the pages."""
    _sources.append(source)


def find_known_names(language: str) -> NameFinder[str]:
    """All of them in one language."""
    return build_finder((name, name) for source in _sources for name in source(language))
