"""Checks about how hard words are: sentences, paragraphs, reading level."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.editions.tree.nodes import Node

from . import readability
from .checked_pages import CheckedPage, count_words
from .contract import Check, FindingPlace

QUOTED = 90  # characters of a quote


def shorten_quote(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[: QUOTED - 1].rstrip()}…"


class LongSentence(Check):
    """GOV.UK's content guidance splits sentences of more than 25 words; Spanish and Vietnamese need more of them."""

    id = "long-sentence"
    name = gettext_lazy("Long sentence")
    why = gettext_lazy("Readers who are ill or anxious lose the thread. Split it into two sentences.")
    most = {"en": 25, "es": 30, "ar": 25, "zh-hans": 60, "vi": 40}
    languages = frozenset(most)

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        most = self.most[page.language]
        for text in page.texts:
            for sentence in text.sentences:
                if (words := count_words(sentence)) > most:
                    yield FindingPlace(
                        text.node, shorten_quote(sentence), _("%(count)d words") % {"count": words}, word=text.name
                    )


class LongParagraph(Check):
    """plainlanguage.gov allows 150 words; on a phone that is more than a screen."""

    id = "long-paragraph"
    name = gettext_lazy("Long paragraph")
    why = gettext_lazy("It fills a phone screen, and readers skip it. Split it, or make it a list.")
    most = {"en": 100, "es": 110, "ar": 90, "zh-hans": 200, "vi": 140}
    languages = frozenset(most)

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        for text in page.texts:
            if (words := count_words(text.plain)) > self.most[page.language]:
                yield FindingPlace(
                    text.node, shorten_quote(text.plain), _("%(count)d words") % {"count": words}, word=text.name
                )


class ReadingLevel(Check):
    """A section at a time, because a formula over a page hides its hard parts."""

    id = "reading-level"
    name = gettext_lazy("Reading level above the target")
    why = gettext_lazy(
        "Half of all adults read no better than the target. Use shorter words and sentences. This is an estimate: drug "
        "names count as long words."
    )
    languages = frozenset(readability.FORMULAS)

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        root, target = page.tree.root, readability.target_grade(page.language)
        if target is None:
            return
        hard = [place for part in root.children if (place := self._spot(page, part, target))]
        # Where no part is long enough to be measured, the page is measured as a whole.
        whole = None if hard else self._spot(page, root, target)
        yield from hard or filter(None, [whole])

    @staticmethod
    def _spot(page: CheckedPage, part: Node, target: int) -> FindingPlace | None:
        texts = page.texts_in(part)
        grade = readability.estimate_grade(texts, page.language)
        if grade is None or grade < target + 1:
            return None
        detail = _("grade %(grade)d; target: %(target)d") % {"grade": int(grade), "target": target}
        return FindingPlace(part, shorten_quote(part.plain("heading") or texts[0].plain), detail, with_children=True)
