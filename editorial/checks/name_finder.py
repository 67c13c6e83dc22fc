"""Known names in a text: drugs, words of the glossary."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

Value = TypeVar("Value")

# A letter or digit of a script that has spaces between its words.
_BESIDE = r"[^\W_㐀-鿿豈-﫿]"
# Words that Arabic writes as one with the next: and, so, by, as, for, the.
_JOINED = "(?:[وف]?(?:لل|[بكل]?(?:ال)?)ـ?)"
_ARABIC = re.compile("[\u0600-\u06ff]")
_SAME = str.maketrans("\u00a0\u202f\u2010\u2011’", "  --'")


class NameFinder(Generic[Value]):
    """Names, each with what it stands for, whatever their case; of two alike the later one.

    `in_compounds` says whether a name counts beside a hyphen, as in "zebramab-based".
    """

    def __init__(self, names: Iterable[tuple[str, Value]], *, in_compounds: bool = True):
        self._values = {_folded(_composed(name)): value for name, value in names if name}
        beside = _BESIDE if in_compounds else rf"(?:-|{_BESIDE})"
        longest_first = sorted(self._values, key=len, reverse=True)
        joined = _JOINED if any(map(_ARABIC.search, longest_first)) else ""
        self._pattern = re.compile(rf"(?<!{beside}){joined}({'|'.join(map(re.escape, longest_first))})(?!{beside})")

    def __bool__(self) -> bool:
        return bool(self._values)

    def find(self, text: str) -> Iterator[tuple[str, Value]]:
        """(name as it is written there, what it stands for) of every name in a text, in reading order."""
        text = _composed(text)
        # Names and text are folded alike before they are compared, so what matches is a name to the letter. A pattern
        # that ignores case has letters equal which no folding makes equal, such as "i" and "ı".
        for match in self._pattern.finditer(_folded(text)) if self else ():
            yield text[match.start(1) : match.end(1)], self._values[match[1]]


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _folded(text: str) -> str:
    """The text in lower case, sign for sign: places in it are places in the text."""
    lowered = text.translate(_SAME).lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := sign.lower()) == 1 else sign for sign in text.translate(_SAME))
