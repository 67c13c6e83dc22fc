"""What a list of results shows of a page: whole sentences of its own, because half of one may say something else."""

import pytest

from editorial.editions.tree.nodes import Node
from editorial.reading.search import analysis, excerpts

BEFORE = "It is given into a vein, in a clinic or a hospital, by people who are trained to do so. " * 3
DOSE = "Children get 2 mg of quagga for each kilogram of weight, at most 200 mg, every three weeks."
AFTER = "Adults get more of it, and how much more their care team says before they begin. " * 3
CHINESE = "通过静脉给药，在诊所或医院进行。" * 20


def cut(text: str, word: str, language: str = "en") -> str:
    root = Node("article", "a", children=(Node("paragraph", "p", words={"text": [{"text": text}]}),))
    ways = [[tuple(analysis.stems(word, language))]]
    return "".join(fragment.text for fragment in excerpts.find_excerpt(root, language, ways))


@pytest.mark.parametrize("text", [DOSE, BEFORE + DOSE, DOSE + " " + AFTER, BEFORE + DOSE + " " + AFTER])
def test_a_sentence_is_shown_whole_wherever_it_stands(text):
    shown = cut(text, "quagga")
    assert DOSE in shown
    assert len(shown) <= excerpts.LENGTH + 2
    assert shown.strip("…").endswith(".")


def test_a_chinese_sentence_is_shown_whole():
    shown = cut(CHINESE + "斑驴每公斤二毫克，每三周一次。" + CHINESE, "斑驴", "zh-hans")
    assert "斑驴每公斤二毫克，每三周一次。" in shown
    assert len(shown) <= excerpts.LENGTH + 2


@pytest.mark.parametrize(
    ("heading", "answer", "language", "shown"),
    [
        ("How long does quagga last?", "Up to a year.", "en", "How long does quagga last? Up to a year."),
        ("How long quagga lasts", "Up to a year.", "en", "Up to a year."),
        ("How long does quagga last?", "", "en", "How long does quagga last?"),
        ("How long does quagga last?", AFTER, "en", f"How long does quagga last? {AFTER[:161]}…"),
        ("كم تدوم الكواغا؟", "حتى سنة.", "ar", "كم تدوم الكواغا؟ حتى سنة."),
        ("斑驴持续多久？", "最多一年。", "zh-hans", "斑驴持续多久？最多一年。"),
    ],
)
def test_under_a_heading_that_was_found_its_answer_is_shown(heading, answer, language, shown):
    answers = (Node("paragraph", "p", words={"text": [{"text": answer}]}),) if answer else ()
    section = Node("section", "s", words={"heading": [{"text": heading}]}, children=answers)
    root = Node("article", "a", children=(section, Node("section", "t", words={"heading": [{"text": "More"}]})))
    word = {"en": "quagga", "ar": "الكواغا", "zh-hans": "斑驴"}[language]
    ways = [[tuple(analysis.stems(word, language))]]
    found = excerpts.find_excerpt(root, language, ways)
    assert "".join(fragment.text for fragment in found) == shown


def test_what_has_no_end_is_cut():
    assert len(cut("word " * 400 + "quagga " + "word " * 400, "quagga")) <= excerpts.LENGTH + 2
