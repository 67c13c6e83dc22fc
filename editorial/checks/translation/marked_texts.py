"""A text with its marks apart: words, links, citations, assertions and tags."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from editorial.editions.tree import inline

_CITATION = re.compile(r"\[@([^\[\]\s]{1,100})\]")
_ASSERTION = re.compile(r"\[=\s?([^\[\]]{1,200})\]")
_MARK = re.compile(
    rf"\s?(?:{_CITATION.pattern}|{_ASSERTION.pattern})(?=\s?(?:[.,;:!?。，；：！？؟،؛]|$))|{_CITATION.pattern}|{_ASSERTION.pattern}"
)
_MARKDOWN = re.compile(r"\[([^\[\]]{0,300})\]\(\s*([^()\s]{1,500})\s*\)")
_ANCHOR = re.compile(
    r"<a\s[^<>]{0,300}?href\s*=\s*[\"']([^\"'<>]{0,500})[\"'][^<>]{0,200}>((?:(?!<a\s).){0,3000}?)</a\s{0,9}>",
    re.I | re.S,
)
_RAISED = re.compile(r"<(sup|sub)>([^<>]{0,40})</\1>", re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:p|li|ul|ol|h\d|td|th|tr|br|table|div)\b[^<>]{0,100}>", re.IGNORECASE)
_TAG = re.compile(r"</?([a-z][a-z0-9]{0,10})(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"%\(\w{1,40}\)[sd]|\{\w{1,40}\}")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>()，。、]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]+")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """`plain` are the words that readers read, in NFC; `links` are (label, address); the counters count what is marked.

    `addresses` stand in the words themselves.
    """

    plain: str
    links: tuple[tuple[str, str], ...]
    citations: Counter[str]
    assertions: Counter[str]
    tags: Counter[str]
    addresses: tuple[str, ...]

    @property
    def words(self) -> str:
        """The words without the addresses in them."""
        return _ADDRESS.sub(" ", self.plain)


@lru_cache(maxsize=1024)
def read_marks(text: str) -> MarkedText:
    """Of plain text in which links are HTML or Markdown, and what else is marked as people type it."""
    text = _VOWELS.sub("", unicodedata.normalize("NFC", text))
    citations, assertions = Counter(_CITATION.findall(text)), Counter(map(str.strip, _ASSERTION.findall(text)))
    text = _MARK.sub("", text)
    text = _RAISED.sub(lambda mark: inline.raised_text(mark[2], mark[1].lower()), text)
    links: list[tuple[str, str]] = []

    def take(label: str, address: str) -> str:
        links.append((_without_tags(label), unescape(address)))
        return label

    text = _MARKDOWN.sub(lambda link: take(link[1], link[2]), text)
    text = _ANCHOR.sub(lambda link: take(link[2], link[1]), text)
    tags = Counter(_TAG_NAMES.get(tag.lower(), tag.lower()) for tag in _TAG.findall(text))
    tags += Counter(_PLACEHOLDER.findall(text))
    plain = _without_tags(text)
    return MarkedText(plain, tuple(links), citations, assertions, tags, tuple(_ADDRESS.findall(plain)))


# Signs of Arabic vowels, which are written or not, but for those that end a word; and the stretcher.
_VOWELS = re.compile("[\u064c\u064e-\u0652\u0640]")
_TAG_NAMES = {"b": "strong", "i": "em"}


def _without_tags(text: str) -> str:
    return unescape(_TAG.sub("", _BLOCK.sub(" ", text)))
