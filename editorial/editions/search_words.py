"""The words of a text as the desk's search compares them: the same on every database, whatever the marks and capitals.

A word is a run of letters and digits. Chinese and Japanese, which put no spaces between words, are cut into pairs of
characters, and a word of one character is the beginning of a pair.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST_WORD = 60  # characters; what is longer is found by its beginning
LARGEST_TEXT = 800_000  # bytes; PostgreSQL indexes one text of at most a mebibyte
MOST_WORDS = 20  # of a query

# Letters that Unicode does not take apart into a plain one and its mark.
_PLAIN = str.maketrans({
    "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe",
    "\u0671": "\u0627",  # alef wasla
    "\u0640": None,  # tatweel, which only stretches a word
})  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")


def fold(text: str) -> str:
    """A text without capitals, marks and what cannot be seen; with the digits 0 to 9."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(map(_fold_character, text)).translate(_PLAIN)


def index_text(texts: Iterable[str]) -> str:
    """Every word of these texts once, sorted, with one space between them; "" where there is none."""
    words = sorted({word for text in texts for word in _words(text)})
    size = 0
    for place, word in enumerate(words):
        size += len(word.encode()) + 1
        if size > LARGEST_TEXT:
            return " ".join(words[:place])
    return " ".join(words)


def query_words(query: str) -> list[str]:
    """The beginnings of words that a text must all have, to be found by what somebody typed."""
    words = dict.fromkeys(
        word for run in _WORD.findall(fold(query)) for word in _cut(run, is_whole=False)
    )  # fmt: skip
    return list(words)[:MOST_WORDS]


def _fold_character(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "M" or category == "Cf":
        return ""
    return str(unicodedata.decimal(character)) if category == "Nd" else character


def _words(text: str) -> Iterator[str]:
    for run in _WORD.findall(fold(text)):
        yield from _cut(run, is_whole=True)


def _cut(run: str, *, is_whole: bool) -> Iterator[str]:
    """A run of letters as words. A text keeps the last character of a Chinese run too; a query asks for pairs alone."""
    place = 0
    for unspaced in _UNSPACED.finditer(run):
        if run[place : unspaced.start()]:
            yield run[place : unspaced.start()][:LONGEST_WORD]
        characters = unspaced[0]
        pairs = [characters[start : start + 2] for start in range(len(characters))]
        yield from pairs if is_whole or len(pairs) == 1 else pairs[:-1]
        place = unspaced.end()
    if run[place:]:
        yield run[place:][:LONGEST_WORD]
