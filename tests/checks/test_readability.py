"""How hard and how long a text is to read, by published formulas that count alone."""

import pytest

from editorial.checks import readability
from editorial.checks.checked_pages import RunningText
from editorial.editions.tree.nodes import Node, Tree

EASY = "You may feel tired. Rest when you need to. Call us if you feel ill. We are here for you. " * 6


def page(lead: str, language: str = "en") -> Tree:
    return Tree("article", language, Node("article", "article", words={"title": "", "lead": lead}))


def test_grades_are_those_of_the_published_formulas():
    """Four sentences of 13 words: of four letters each, and of two syllables each."""
    texts = [RunningText(Node("p", "p"), "text", " ".join(["four"] * 13) + ".")] * 4
    assert readability.estimate_grade(texts, "en") == pytest.approx(4.71 * 4 + 0.5 * 13 - 21.43)
    texts = [RunningText(Node("p", "p"), "text", " ".join(["casa"] * 13) + ".")] * 4
    assert readability.estimate_grade(texts, "es") == pytest.approx(-0.205 * 100 / 13 + 0.049 * 200 - 3.407)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("inmunoterapia", 6), ("ciudad", 2), ("maíz", 2), ("leer", 2), ("aunque", 2), ("pingüino", 3), ("guerra", 2),
        ("mayor", 2), ("hay", 1), ("y", 1), ("también", 2), ("quimioterapia", 5), ("b", 1),
    ],
)  # fmt: skip
def test_spanish_syllables_are_told_from_the_spelling(word, count):
    assert readability.count_syllables(word) == count


@pytest.mark.parametrize(
    ("language", "is_known"), [("en", True), ("es", True), ("ar", False), ("zh-hans", False), ("vi", False)]
)
def test_a_language_without_a_formula_has_no_grade_and_says_so(language, is_known):
    measure = readability.measure_tree(page(EASY, language))
    assert measure.is_known == is_known
    assert (measure.grade is not None) == is_known
    assert measure.words > 50


def test_time_counts_words_or_in_chinese_characters():
    assert readability.measure_tree(page("word " * 454)).minutes == 2
    chinese = readability.measure_tree(page("字" * 509, "zh-hans"))
    assert (chinese.words, chinese.minutes) == (509, 2)
