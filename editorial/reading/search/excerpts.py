"""A passage of a page's own words that has what somebody looked for: cut out, never composed.

Of whole sentences, because the half of one may say something else, as “2 mg for each” does of a dose. Only one that is
very long is cut itself.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from editorial.editions.tree.nodes import Node

from . import analysis
from .indexed_words import find_texts

LENGTH = 220  # characters, about two lines on a wide screen
LONGEST_SENTENCE = 500  # characters; what is longer is no sentence that one reads in a list
_BEFORE = 70  # of which before the first word that was found
_ENDS = "。！？；，、"  # after these, Chinese may be cut
_SENTENCE_END = re.compile(r"(?<=[.!?؟])\s+|(?<=[。！？])")


class Fragment(NamedTuple):
    text: str
    is_marked: bool


def find_excerpt(root: Node, language: str, concepts: Collection[Collection[Sequence[str]]]) -> list[Fragment]:
    """The passage with most of what was looked for, the first where several have as much; [] for a page without text.

    `concepts` are the things that were named, each with the ways to say it, in stems.
    """
    best, passage, answer, is_heading = -1, "", "", False
    for _node, name, text in find_texts(root):
        if is_heading:
            is_heading, answer = False, "" if name == "heading" else text
        said = set(analysis.stems(text, language))
        count = sum(any(said.issuperset(way) for way in ways) for ways in concepts)
        if count > best:
            best, passage, answer, is_heading = count, text, "", name == "heading"
        if best == len(concepts) and not is_heading:
            break
    passage = _with_answer(passage, answer)
    wanted = frozenset(stem for ways in concepts for way in ways for stem in way)
    return _mark(_cut(passage, language, wanted), language, wanted) if passage else []


def _with_answer(heading: str, answer: str) -> str:
    """What stands under a heading, after it where it asks and there is room for both: a heading alone tells nothing."""
    if not answer or not _SENTENCE_END.search(f"{heading} "):
        return answer or heading
    first_sentence = _SENTENCE_END.split(answer, maxsplit=1)[0]
    joined = f"{heading}{'' if heading[-1] in _ENDS else ' '}{answer}"
    return joined if len(heading) + 1 + len(first_sentence) <= LENGTH else answer


def _cut(text: str, language: str, wanted: frozenset[str]) -> str:
    text = " ".join(text.split())
    if len(text) <= LENGTH:
        return text
    first = next((word.start for word in analysis.find_words(text, language) if word.stem in wanted), 0)
    start, end = _whole_sentences(text, first)
    if end - start <= LONGEST_SENTENCE:
        return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"
    start = _step_back(text, max(0, first - _BEFORE)) if first > _BEFORE else 0
    end = start + LENGTH
    if end < len(text):
        space = max(text.rfind(" ", start, end), *(text.rfind(sign, start, end) + 1 for sign in _ENDS))
        end = space if space > first else end
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


def _whole_sentences(text: str, place: int) -> tuple[int, int]:
    """(start, end) of the sentence at this place, with as many of the next as fit in LENGTH."""
    start, end = 0, 0
    for sentence_start, sentence_end in _sentences(text):
        if sentence_end <= place:
            continue
        if not end:
            start = sentence_start
        elif sentence_end - start > LENGTH:
            break
        end = sentence_end
    return start, end


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield start, end.start()
        start = end.end()
    yield start, len(text)


def _step_back(text: str, place: int) -> int:
    """To the beginning of a word, or of what follows a sign in Chinese."""
    back = max(text.rfind(" ", 0, place), *(text.rfind(sign, 0, place) for sign in _ENDS))
    return back + 1 if back >= 0 and place - back < _BEFORE else place


def _mark(text: str, language: str, wanted: frozenset[str]) -> list[Fragment]:
    spans: list[list[int]] = []
    for word in analysis.find_words(text, language):
        if word.stem in wanted:
            if spans and word.start <= spans[-1][1]:
                spans[-1][1] = max(spans[-1][1], word.end)
            else:
                spans.append([word.start, word.end])
    fragments, place = list[Fragment](), 0
    for start, end in spans:
        fragments += [Fragment(text[place:start], False), Fragment(text[start:end], True)]
        place = end
    return [fragment for fragment in [*fragments, Fragment(text[place:], False)] if fragment.text]
