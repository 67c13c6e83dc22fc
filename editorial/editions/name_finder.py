"""Known names in a text: drugs, words of the glossary."""

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import lru_cache
from itertools import product
from threading import Lock
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")
Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)

# A letter or digit of a script that has spaces between its words.
_BESIDE = r"[^\W_㐀-鿿豈-﫿]"
_ARABIC = re.compile("[\u0600-\u06ff]")
# Words that Arabic writes as one with the next: and, so; by, as, for, the.
_JOINS = ["".join(words) for words in product(("", "و", "ف"), ("", "ال", "ب", "بال", "ك", "كال", "ل", "لال", "لل"))]
_JOINED = re.compile(f"(?:{'|'.join(sorted(_JOINS, key=len, reverse=True))})ـ?")
_JOINABLE = "وفلبكاـ"  # with what one of them begins
_BEGINNING = 4  # signs by which names are looked up: no longer than most names, and few share them
_MOST_KEPT = 8  # finders of a few languages: of thousands of names, to read them anew takes longer than to find them
_SAME = str.maketrans("\u00a0\u202f\u2010\u2011’", "  --'")


class NameFinder(Generic[Value_co]):
    """Names, each with what it stands for, whatever their case; of two alike the later one.

    `in_compounds` says whether a name counts beside a hyphen, as in "zebramab-based".

    A text is read once, however many names there are: where a word begins, those are compared that begin as it does.
    """

    def __init__(self, names: Iterable[tuple[str, Value_co]], *, in_compounds: bool = True):
        self._values = {fold_name(name): value for name, value in names if name}
        self._by_beginning: dict[str, list[str]] = {}  # each list has the longest first
        for name in sorted(self._values, key=len, reverse=True):
            self._by_beginning.setdefault(name[:_BEGINNING], []).append(name)
        self._lengths = sorted({len(beginning) for beginning in self._by_beginning}, reverse=True)
        beside = _BESIDE if in_compounds else rf"(?:-|{_BESIDE})"
        first = "".join(re.escape(sign) for sign in sorted({name[0] for name in self._values}))
        self._start = re.compile(rf"(?<!{beside})(?=[{_JOINABLE}{first}])")
        self._end = re.compile(rf"(?!{beside})")
        # Of a page that is looked at again and again, most texts are as they were.
        self._find = lru_cache(maxsize=2048)(lambda text: tuple(self._search(text)))

    def __bool__(self) -> bool:
        return bool(self._values)

    def find(self, text: str) -> Iterator[tuple[str, Value_co]]:
        """(name as it is written there, what it stands for) of every name in a text, in reading order."""
        return iter(self._find(text))

    def _search(self, text: str) -> Iterator[tuple[str, Value_co]]:
        text = _composed(text)
        # Names and text are folded alike before they are compared, so what matches is a name to the letter. A pattern
        # that ignores case has letters equal which no folding makes equal, such as "i" and "ı".
        folded, read = _folded(text), 0
        for match in self._start.finditer(folded) if self else ():
            if match.start() < read:
                continue  # within the name before
            for start in _starts(folded, match.start()):
                if name := self._name_at(folded, start):
                    read = start + len(name)
                    yield text[start:read], self._values[name]
                    break

    def _name_at(self, folded: str, start: int) -> str:
        """The longest name that stands here as a word; "" where none does."""
        for length in self._lengths:
            for name in self._by_beginning.get(folded[start : start + length], ()):
                if folded.startswith(name, start) and self._end.match(folded, start + len(name)):
                    return name
        return ""


def build_finder(names: Iterable[tuple[str, Value]], *, in_compounds: bool = True) -> NameFinder[Value]:
    """A finder of these names, which is kept for those who ask for the same ones next. The values are hashable."""
    return _kept_finder(tuple(names), in_compounds)


@lru_cache(maxsize=_MOST_KEPT)
def _kept_finder(names: tuple[tuple[str, Any], ...], in_compounds: bool) -> NameFinder[Any]:
    return NameFinder(names, in_compounds=in_compounds)


def keep_finder(
    key: Hashable,
    rows: list[Row],
    read: Callable[[Iterable[Row]], Iterable[tuple[str, Value]]],
    *,
    in_compounds: bool = True,
) -> NameFinder[Value]:
    """A finder of the names that are read from these rows, which is kept for whoever asks by this key next.

    Rows that are as they were are compared and no more: of thousands of names that is the least that can be done with
    what was just asked for.
    """
    kept = _kept_rows.get(key)
    if kept is None or kept[0] != rows:
        kept = rows, NameFinder(read(rows), in_compounds=in_compounds)
        with _keeping:
            while len(_kept_rows) >= _MOST_KEPT:
                _kept_rows.pop(next(iter(_kept_rows)))
            _kept_rows[key] = kept
    return kept[1]


_keeping = Lock()
_kept_rows: dict[Hashable, tuple[list[Any], NameFinder[Any]]] = {}


def fold_name(name: str) -> str:
    """What two names have in common that are found as one."""
    return _folded(_composed(name))


def joined_forms(name: str) -> list[str]:
    """The name as a text may write it: in Arabic also as one word with a small one before it."""
    return [join + name for join in _JOINS] if _ARABIC.search(name) else [name]


def _starts(folded: str, start: int) -> Iterator[int]:
    """Where a name may begin in the word that begins here: after what Arabic writes as one with it, the most first."""
    if folded[start] in _JOINABLE and (joined := _JOINED.match(folded, start)):
        yield from (end for end in range(joined.end(), start, -1) if _JOINED.fullmatch(folded, start, end))
    yield start


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _folded(text: str) -> str:
    """The text in lower case, sign for sign: places in it are places in the text."""
    lowered = text.translate(_SAME).lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text.translate(_SAME))
