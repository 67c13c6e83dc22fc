"""What ended of what an edition asserts, and the sentences of its page that say it."""

from collections.abc import Collection, Iterable

from editorial.checks.assertions import find_asserting_sentence
from editorial.checks.checked_pages import RunningText
from editorial.editions.tree import inline
from editorial.editions.tree.nodes import Tree

from .models import FactChange, Recheck


def find_ended_facts(lines: Iterable[Iterable[Recheck]]) -> dict[int, set[str]]:
    """{key of a recheck: facts, as they are written in marks, that ended by its reason} of all of these. One query."""
    digests = {recheck.pk: recheck.because for rechecks in lines for recheck in rechecks}
    changes = FactChange.objects.filter(record_digest__in=set(digests.values())) if digests else ()
    ended = {change.record_digest: {told["fact"] for told in change.ended} for change in changes}
    return {key: ended.get(digest, set()) for key, digest in digests.items()}


def find_asserting_sentences(tree: Tree, facts: Collection[str]) -> list[str]:
    """The sentences that assert any of these, in reading order, each once."""
    sentences = (
        find_asserting_sentence(RunningText(node, name, words), fact)
        for node in tree.walk()
        for name, words in node.words.items()
        for fact in inline.facts(words)
        if fact in facts
    )
    return list(dict.fromkeys(filter(None, sentences)))
