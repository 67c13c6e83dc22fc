"""A translation from another page as this unit can have it: no link, citation or fact that its own source lacks."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from editorial.editions.tree import inline

from .texts import Words


@dataclass(frozen=True, slots=True)
class AdaptedText:
    """`dropped` are the links (by their words), citations and facts that were left out, `lacking` those that the open
    source has and the text does not; both as people type them.
    """

    words: Words
    dropped: tuple[str, ...]
    lacking: tuple[str, ...]


def adapt_text(target: Words, source: Words, opened: Words) -> AdaptedText:
    """`source` is what the target translates, `opened` the source of the unit that it is suggested for."""
    runs = inline.from_text(target) if isinstance(target, str) else target
    links = _KeptLinks(_addresses(source), _addresses(opened))
    room = _marks(opened)
    kept: inline.Runs = []
    dropped: list[str] = []
    for run in runs:
        mark = _mark(run)
        if mark:
            room[mark] -= 1
            (kept.append(run) if room[mark] >= 0 else dropped.append(mark))
            continue
        if (address := inline.address(run)) and not links.allow(address):
            dropped.append(run["text"])
            run = {name: value for name, value in run.items() if name in ("text", "marks")}
        kept.append(run)
    words: Words = inline.normalise(kept)
    if isinstance(opened, str):
        words = inline.plain(words)
    return AdaptedText(words, tuple(dropped), tuple(_lacking(words, opened)))


class _KeptLinks:
    """Which links a text may keep: those of the open source, and where both sources link to the same pages of another
    site, what the translation has in their place, which may be the page in its own language.
    """

    def __init__(self, source: set[str], opened: set[str]) -> None:
        self._opened = opened
        self._hosts = _hosts(source & opened) - _hosts(source - opened)

    def allow(self, address: str) -> bool:
        return address in self._opened or bool(_hosts({address}) & self._hosts)


def _hosts(addresses: set[str]) -> set[str]:
    parts = map(urlsplit, addresses)
    return {part.hostname for part in parts if part.scheme in ("http", "https") and part.hostname}


def _addresses(words: Words) -> set[str]:
    return set() if isinstance(words, str) else {link for run in words if (link := inline.address(run))}


def _mark(run: inline.Run) -> str:
    """A citation or a fact as it is typed; "" for words."""
    return inline.typed_text([run]) if "cite" in run or "asserts" in run else ""


def _marks(words: Words) -> Counter[str]:
    return Counter() if isinstance(words, str) else Counter(mark for run in words if (mark := _mark(run)))


def _lacking(words: Words, opened: Words) -> Iterator[str]:
    yield from (_marks(opened) - _marks(words)).elements()
    if not isinstance(opened, str):
        addresses = _addresses(words)
        hosts = _hosts(addresses)
        for run in opened:
            link = inline.address(run)
            if link and link not in addresses and not _hosts({link}) & hosts:
                yield run["text"]
