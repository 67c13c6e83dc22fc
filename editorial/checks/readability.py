"""How hard a text is to read, as years of school, and how long it takes. Counting alone: no network, no word lists.

textstat, the library for it, downloads a dictionary of pronunciation for its English formulas, and loads a whole
language toolkit for the few lines that these are.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from editorial.editions.tree.nodes import Tree

from .checked_pages import RunningText, count_words, find_running_texts

LEAST = 50  # words: a formula says nothing about a shorter text

# Words a minute of people of 18 to 35 years reading aloud; of Chinese, characters. From Trauzettel-Klosinski S, Dietz
# K, Standardized assessment of reading performance: the New International Reading Speed Texts IReST. Invest Ophthalmol
# Vis Sci 2012;53(9):5452-61, doi:10.1167/iovs.11-8284. It has no Vietnamese: there, its mean over 17 languages.
SPEED = {"en": 228, "es": 218, "ar": 138, "zh-hans": 255}
MEAN_SPEED = 184

_SIGN = re.compile(r"[^\W_]")
# A vowel that is heard alone, with the weak ones that glide into it and out of it; else weak ones alone.
_NUCLEUS = re.compile(r"[iuü]?[aeoáéó](?:[iuy](?![aeoáéóíú]))?|[íú]|[iuü]+|y\b")
_SILENT_U = re.compile(r"(?<=q)u|(?<=g)u(?=[eiéí])")


@dataclass(frozen=True, slots=True)
class Formula:
    """`grade` takes (words, sentences) and returns years of school."""

    name: str
    grade: Callable[[list[str], int], float]


def _automated(words: list[str], sentences: int) -> float:
    """Senter RJ, Smith EA. Automated Readability Index. AMRL-TR-66-220, 1967."""
    signs = sum(map(_count_signs, words))
    return 4.71 * signs / len(words) + 0.5 * len(words) / sentences - 21.43


def _crawford(words: list[str], sentences: int) -> float:
    """Crawford AN. A Spanish language Fry-type readability procedure: elementary level. Bilingual Education Paper
    Series 7(8), 1984.
    """
    sounds = sum(map(count_syllables, words))
    return -20.5 * sentences / len(words) + 4.9 * sounds / len(words) - 3.407


@lru_cache(maxsize=8192)
def _count_signs(word: str) -> int:
    return len(_SIGN.findall(word))


@lru_cache(maxsize=8192)
def count_syllables(word: str) -> int:
    """Syllables of a Spanish word, which its spelling tells; at least one."""
    return len(_NUCLEUS.findall(_SILENT_U.sub("", word.lower()))) or 1


# Where a formula is known that counts alone. There is none for Arabic, Chinese or Vietnamese.
FORMULAS = {
    "en": Formula("Automated Readability Index", _automated),
    "es": Formula("Crawford", _crawford),
}


def target_grade(language: str) -> int | None:
    """The grade that texts in a language should not be above."""
    return settings.READING_TARGETS.get(language)


def estimate_grade(texts: Iterable[RunningText], language: str) -> float | None:
    """Years of school that the texts ask for; None where no formula is known or there are too few words."""
    formula = FORMULAS.get(language)
    sentences = [sentence for text in texts if not text.is_fragment for sentence in text.sentences]
    words = [word for sentence in sentences for word in sentence.split() if _count_signs(word)]
    if formula is None or len(words) < LEAST:
        return None
    return max(0.0, formula.grade(words, len(sentences)))


@dataclass(frozen=True, slots=True)
class ReadingMeasure:
    """How long a page is to read, in words and minutes, and how hard. `is_known`: whether a formula is known."""

    words: int
    minutes: int
    grade: float | None
    target: int | None
    is_known: bool

    @property
    def school_grade(self) -> int | None:
        """The grade in which a child can read it: whole years, because no formula knows better."""
        return None if self.grade is None else int(self.grade)

    @property
    def is_above(self) -> bool:
        return self.grade is not None and self.target is not None and self.grade >= self.target + 1


def measure_tree(tree: Tree, texts: Iterable[RunningText] | None = None) -> ReadingMeasure:
    """What a reader has before them: everything that is written out but for the note on what changed.

    `texts` are those of the tree that run in sentences, where they were found already.
    """
    language = tree.language
    words = sum(
        count_words(node.plain(name))
        for node in tree.walk()
        for name in node.words
        if name not in ("change_note", "alt")
    )
    return ReadingMeasure(
        words=words,
        minutes=max(1, round(words / SPEED.get(language, MEAN_SPEED))),
        grade=estimate_grade(find_running_texts(tree.root) if texts is None else texts, language),
        target=target_grade(language),
        is_known=language in FORMULAS,
    )
