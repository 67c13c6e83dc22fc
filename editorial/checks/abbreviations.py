"""The check for abbreviations that nothing on the page explains."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from editorial.editions.tree import inline

from .checked_pages import CheckedPage, RunningText
from .contract import Check, FindingPlace

# Two capitals or more, or one and digits: "CPS", "PD-L1", "HER2", "mRNA"; not the names of trials, which are longer.
# Chinese stands beside them without a space.
_ABBREVIATION = re.compile(
    r"(?<![A-Za-z\d-])(?:[a-z]{0,2}[A-Z][A-Z\d]{1,5}(?:-[A-Z\d]{1,8}){0,3}|[A-Z]{1,5}-[A-Z]{1,3}\d*)(?=s?(?![A-Za-z\d]))"
)
_STAGE = re.compile(r"[IVX]+[A-C]?\d?(?:-[IVX]+[A-C]?\d?)*")
# Known to everybody, or explained nowhere: their letters are their name. And words that are written large.
KNOWN = frozenset({
    "US", "USA", "UK", "EU", "EE", "UU", "OK", "TV", "AM", "PM", "ID", "PDF", "FAQ", "DNA", "RNA", "ADN", "ARN", "HIV",
    "VIH", "AIDS", "SIDA", "COVID-19", "COVID", "FDA", "EMA", "MHRA", "NHS", "SMS",
    "NOT", "NO", "DO", "STOP", "CALL", "NEVER", "ONLY", "ALWAYS", "AND", "OR", "MUST", "NOW", "SI", "NUNCA", "SOLO",
})  # fmt: skip

_QUOTE = "[“”\"«»‘’']?"
_ALSO = (
    "(?:or|(?:also )?(?:called|known as)|abbreviated(?: as| to)?|o|(?:también )?(?:llamad[oa]|conocid[oa] como)"
    "|abreviad[oa](?: como)?|en inglés|hay(?: gọi là)?|(?:gọi|viết) tắt là|viết tắt|简称|缩写为?|英文"
    "|أو|(?:و?ت|و?ي)سمى|اختصار(?:ًا|اً|ا))"
)
# In brackets after its words: nothing else may stand before it there, and nothing but more about it after it.
_OPENED = re.compile(rf"\w\W?\s?[(（]\s?(?:{_ALSO}[,:：]?\s?)?{_QUOTE}$", re.IGNORECASE)
_CLOSED = re.compile(rf"s?{_QUOTE}\s?[)）,;，；]")
# Words in brackets after it: two at least, and not how grave it is or where more is said.
_WORDS_AFTER = re.compile(
    rf"s?{_QUOTE}\s?[(（]\s?{_QUOTE}"
    r"(?!(?:is|are|can|see|and|or|for example|e\.g|such|which|if|not|about|grade|stage|es|son|ver|véase|grado|xem"
    r"|انظر|见|参见)\b)"
    r"(?:[^\W\d_]+(?:[-’'][^\W\d_]+)*\s[^\W\d_]|[㐀-鿿]{4})",
    re.IGNORECASE,
)
# What is called so: readers know then that it is a name, and of what.
_CALLED = re.compile(
    r"(?:\w,? (?:called|named|known as|llamad[oa]s?|conocid[oa]s? como|gọi là|(?:و?ت|و?ي)سمى) |称为\s?|叫做?\s?)"
    rf"{_QUOTE}$",
    re.IGNORECASE,
)
_MEANS = re.compile(
    r"\s(?:stands for|is short for|means|significa|quiere decir|son las siglas|(?:là )?viết tắt|nghĩa là|تعني|يعني)\b"
    r"|\s?(?:是[^。]{2,20}(?:缩写|简称)|(?:的意思|指的)是|代表|هي? اختصار| هو اختصار)"
)


class Abbreviation(Check):
    """Explained means: in brackets after its words, before them in brackets, named so, or linked to its explanation."""

    id = "abbreviation"
    name = gettext_lazy("Unexplained abbreviation")
    why = gettext_lazy(
        "Readers may not know it. Spell it out, with the abbreviation in brackets, or link it to the glossary."
    )

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        # What the page is about, it explains.
        explained = {*KNOWN, *(match[0] for match in _abbreviations(page.tree.root.plain("title")))}
        for text in page.texts:
            content, links = _joined(text)
            for match in _abbreviations(content):
                if match[0] in explained:
                    continue
                explained.add(match[0])
                is_linked = any(start <= match.start() < end for start, end in links)
                if not is_linked and not _is_explained(content, match):
                    yield FindingPlace(text.node, match[0], word=text.name)


def _abbreviations(content: str) -> Iterator[re.Match[str]]:
    return (match for match in _ABBREVIATION.finditer(content) if not _STAGE.fullmatch(match[0]))


def _joined(text: RunningText) -> tuple[str, list[tuple[int, int]]]:
    """The words without their marks, and where the links in them begin and end."""
    content, links = "", []
    for run in [{"text": text.words}] if isinstance(text.words, str) else text.words:
        start = len(content)
        content += run.get("text", " " if "break" in run else "")
        if inline.address(run):
            links.append((start, len(content)))
    return content, links


def _is_explained(content: str, match: re.Match[str]) -> bool:
    before, after = content[max(0, match.start() - 80) : match.start()], content[match.end() : match.end() + 80]
    return bool(
        (_OPENED.search(before) and _CLOSED.match(after))
        or _WORDS_AFTER.match(after)
        or _CALLED.search(before)
        or _MEANS.match(after)
        or _is_named_beside(match[0], before, after)
    )


def _is_named_beside(short: str, before: str, after: str) -> bool:
    """As in "cytokine release syndrome, or CRS": the words begin with its letters."""
    words = r"[\s-]+".join(rf"{letter}[a-z]*" for letter in short if letter.isalpha())
    return bool(
        re.search(rf"\b{words},? or $", before, re.IGNORECASE) or re.match(rf"s?,? or {words}\b", after, re.IGNORECASE)
    )
