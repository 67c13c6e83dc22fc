"""Checks of what a page asserts: that it is so today, and that readers see none of its marks."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.editions.assertions import find_facts, find_untruths
from editorial.editions.tree import inline

from .checked_pages import CheckedPage, RunningText
from .contract import Check, FindingPlace


class UntrueAssertion(Check):
    """Marked in the text, [=FDA: 2 drugs for triple-negative]: by the decisions in force today it is otherwise."""

    id = "untrue-assertion"
    name = gettext_lazy("Assertion that is not true")
    why = gettext_lazy(
        "Readers rely on what the page says. Correct the sentence and its mark, which stands between [= and ]."
    )
    is_blocker = True

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        facts = find_facts(page.tree)
        untruths = find_untruths(facts, page.today) if facts else {}
        for node in page.nodes.values():
            for name, words in node.words.items():
                for fact in inline.facts(words):
                    if fact in untruths:
                        yield FindingPlace(node, f"[={fact}]", untruths[fact], word=name)
                    elif not find_asserting_sentence(RunningText(node, name, words), fact):
                        message = _("Nothing stands before the mark “%(mark)s”. Put it behind the words that say it.")
                        yield FindingPlace(node, f"[={fact}]", message % {"mark": f"[={fact}]"}, word=name)
                if "[=" in inline.plain(words):
                    yield FindingPlace(node, _begun_mark(inline.plain(words)), str(_UNREADABLE), word=name)


_UNREADABLE = gettext_lazy(
    "Readers would see this mark as it is typed. Write it as in [=FDA: 2 drugs for triple-negative], without bold or "
    "links in it, and not in a title."
)


def _begun_mark(text: str) -> str:
    start = text.index("[=")
    return text[start : start + 60]


def find_asserting_sentence(text: RunningText, fact: str) -> str:
    """The sentence in which the mark of a fact stands, or behind which; "" where no words stand before it there."""
    if isinstance(text.words, str):
        return ""
    place = next(place for place, run in enumerate(text.words) if run.get("asserts") == fact)
    before = RunningText(text.node, text.name, text.words[:place]).sentences
    if not before:
        return ""
    for sentence in text.sentences:
        if sentence.startswith(before[-1]):
            return sentence
    return before[-1]
