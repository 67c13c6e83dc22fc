"""Foreign HTML for properties: nested elements with numbered words, as programs and people write it."""

import re
import unicodedata
from dataclasses import dataclass

from hypothesis import strategies as st

INLINE = [
    "b", "i", "u", "em", "strong", "span", "font", "sub", "sup", "code", "small", "ins", "q", "kbd", "o:p", "mark",
    "label", "cite", "a", "del", "s", "strike", "tt", "big", "bdi", "time", "w:sdt", "abbr", "nobr",
]  # fmt: skip
BLOCK = [
    "div", "section", "blockquote", "h1", "h2", "h3", "h5", "p", "pre", "center", "details", "figure", "article",
    "fieldset", "address", "template", "noscript", "button", "iframe", "select", "svg", "video",
]  # fmt: skip
ATTRIBUTES = [
    "", "", "", ' style="font-weight:700"', ' style="font-weight:normal"', ' style="text-decoration:line-through"',
    ' style="display:none"', ' style="vertical-align:super"', ' class="MsoNormal"', ' style="mso-hide:all"',
    ' class="MsoListParagraph" style="mso-list:l0 level1 lfo1"', ' href="https://example.org/a"', ' href="#_ftn1"',
    ' href="javascript:alert(1)"', ' start="4"', ' dir="rtl"', " hidden", ' style="white-space:pre-wrap"',
    ' class=MsoFootnoteText', ' style="mso-list:Ignore"', " title='a > b'", ' style="display:block"', " role=heading",
    ' style="mso-outline-level:2"', ' id="sdfootnote1"',
]  # fmt: skip


@dataclass(frozen=True)
class Part:
    """An element, or a word where there is no tag; a "|" in its attributes leaves its end tag out."""

    tag: str
    attributes: str = ""
    parts: tuple["Part", ...] = ()
    is_closed: bool = True


words = st.sampled_from(["", " "]).map(lambda space: Part("", space))
attributes = st.sampled_from(ATTRIBUTES)


def _element(tags: list[str], parts: st.SearchStrategy) -> st.SearchStrategy:
    inner = st.lists(parts, max_size=4).map(tuple)
    return st.builds(Part, st.sampled_from(tags), attributes, inner, st.integers(0, 9).map(bool))


def _rows(parts: st.SearchStrategy) -> st.SearchStrategy:
    cells = st.builds(Part, st.sampled_from(["td", "th"]), attributes, st.lists(parts, max_size=3).map(tuple))
    rows = st.builds(Part, st.just("tr"), st.just(""), st.lists(cells, min_size=1, max_size=10).map(tuple))
    return st.builds(Part, st.just("table"), attributes, st.lists(rows, min_size=1, max_size=4).map(tuple))


def _lists(parts: st.SearchStrategy) -> st.SearchStrategy:
    items = st.builds(
        Part, st.sampled_from(["li", "li", "li", "ul", "p"]), attributes, st.lists(parts, max_size=3).map(tuple)
    )
    return st.builds(
        Part, st.sampled_from(["ul", "ol", "menu", "dl"]), attributes, st.lists(items, max_size=4).map(tuple)
    )


void = st.sampled_from(["br", "hr", "img", "wbr", "input"]).map(Part)
parts = st.recursive(
    words | words | void,
    lambda below: st.one_of(_element(INLINE, below), _element(BLOCK, below), _rows(below), _lists(below)),
    max_leaves=25,
)
documents = st.lists(parts, min_size=1, max_size=6)


def write(document: list[Part]) -> str:
    """Its HTML; every word has a number of its own, in order: w1x, w2x, …"""
    count = 0

    def written(part: Part) -> str:
        nonlocal count
        if not part.tag:
            count += 1
            return f"{part.attributes}w{count}x"
        if part.tag in ("br", "hr", "img", "wbr", "input"):
            return f"<{part.tag}>"
        end = f"</{part.tag}>" if part.is_closed or part.tag in ("table", "tr", "td", "th") else ""
        return f"<{part.tag}{part.attributes}>{''.join(map(written, part.parts))}{end}"

    return "".join(map(written, document))


def numbers(text: str) -> list[int]:
    """The numbers of the words in a text, in its order. Where no mark can stand, Unicode's signs raise them: ʷ¹ˣ."""
    return [int(number) for number in re.findall(r"w(\d+)x", unicodedata.normalize("NFKC", text))]
