"""Checks about how hard words are: sentences, paragraphs, reading level, abbreviations."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.editions.tree.nodes import Node

from . import readability
from .checks import Check, Spot
from .pages import Page, Text, count_words, running

QUOTED = 90  # characters of a quote


def shortened(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1].rstrip()}…"


class LongSentence(Check):
    """GOV.UK's content guidance splits sentences of more than 25 words; Spanish and Vietnamese need more of them."""

    id = "long-sentence"
    name = gettext_lazy("Long sentence")
    why = gettext_lazy("Somebody who is ill or afraid loses the thread. Say it in two sentences.")
    most = {"en": 25, "es": 30, "ar": 25, "zh-hans": 60, "vi": 40}

    def find(self, page: Page) -> Iterator[Spot]:
        most = self.most[page.language]
        for text in page.texts:
            for sentence in text.sentences:
                if (words := count_words(sentence)) > most:
                    yield Spot(text.node, shortened(sentence), _("%(count)d words") % {"count": words}, word=text.name)


class LongParagraph(Check):
    """plainlanguage.gov allows 150 words; on a phone that is more than a screen."""

    id = "long-paragraph"
    name = gettext_lazy("Long paragraph")
    why = gettext_lazy("It fills a phone's screen, and people skip it. Split it, or make a list of it.")
    most = {"en": 100, "es": 110, "ar": 90, "zh-hans": 200, "vi": 140}

    def find(self, page: Page) -> Iterator[Spot]:
        for text in page.texts:
            if (words := count_words(text.plain)) > self.most[page.language]:
                yield Spot(text.node, shortened(text.plain), _("%(count)d words") % {"count": words}, word=text.name)


class ReadingLevel(Check):
    """A section at a time, because a formula over a page hides its hard parts."""

    id = "reading-level"
    name = gettext_lazy("Reading level above the target")
    why = gettext_lazy(
        "Half of all grown-ups read no better. Shorter words and sentences help everybody. It is an estimate: names of "
        "drugs count as long words."
    )
    languages = frozenset(readability.FORMULAS)

    def find(self, page: Page) -> Iterator[Spot]:
        root, target = page.tree.root, readability.target(page.language)
        if target is None:
            return
        hard = [spot for part in root.children if (spot := self._spot(part, page.language, target))]
        # Where no part is long enough to be measured, the page is measured as a whole.
        whole = None if hard else self._spot(root, page.language, target)
        yield from hard or filter(None, [whole])

    @staticmethod
    def _spot(part: Node, language: str, target: int) -> Spot | None:
        texts = list(running(part))
        found = readability.grade(texts, language)
        if found is None or found < target + 1:
            return None
        told = _("grade %(grade)d, the target is %(target)d") % {"grade": int(found), "target": target}
        return Spot(part, shortened(part.plain("heading") or texts[0].plain), told, deep=True)


# Two capitals or more, or one and digits: "CPS", "PD-L1", "HER2", "mRNA"; not the names of trials, which are longer.
# Chinese stands beside them without a space.
_ABBREVIATION = re.compile(
    r"(?<![A-Za-z\d-])(?:[a-z]{0,2}[A-Z][A-Z\d]{1,5}(?:-[A-Z\d]+)*|[A-Z]{1,5}-[A-Z]{1,3}\d*)(?=s?(?![A-Za-z\d]))"
)
_BRACKETS = ("(", "（")
_STAGE = re.compile(r"[IVX]+")
# Known to everybody, or explained nowhere: their letters are their name.
KNOWN = frozenset({
    "US", "USA", "UK", "EU", "EE", "UU", "OK", "TV", "AM", "PM", "ID", "PDF", "FAQ", "DNA", "RNA", "ADN", "ARN", "HIV",
    "VIH", "AIDS", "SIDA", "COVID-19", "FDA", "EMA", "MHRA",
})  # fmt: skip


class Abbreviation(Check):
    """Explained means: in brackets after its words, before them in brackets, or linked to its explanation."""

    id = "abbreviation"
    name = gettext_lazy("Abbreviation that is not explained")
    why = gettext_lazy(
        "Readers do not know it. Write the words and put it in brackets after them, or link it to the glossary."
    )

    def find(self, page: Page) -> Iterator[Spot]:
        title = Text(page.tree.root, "title", page.tree.root.plain("title"))  # what the page is about, it explains
        told = {*KNOWN, *(short for short, _is_explained in _abbreviations(title))}
        for text in page.texts:
            for short, is_explained in _abbreviations(text):
                if short not in told and not is_explained:
                    yield Spot(text.node, short, word=text.name)
                told.add(short)


def _abbreviations(text: Text) -> Iterator[tuple[str, bool]]:
    """(abbreviation, whether it is explained there)."""
    runs = [{"text": text.words}] if isinstance(text.words, str) else text.words
    for run in runs:
        content = run.get("text", "")
        for found in _ABBREVIATION.finditer(content):
            if not _STAGE.fullmatch(found[0]):
                before, after = content[: found.start()].rstrip()[-1:], content[found.end() :].lstrip("s ")[:1]
                yield found[0], "link" in run or before in _BRACKETS or after in _BRACKETS
