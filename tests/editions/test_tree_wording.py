"""What counts as another word of a source text, and what is typography alone."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.editions.tree import inline
from editorial.editions.tree.nodes import Node
from editorial.editions.tree.units import Unit, digest_words
from editorial.editions.tree.wording import digest_wording, is_typographic

TYPOGRAPHY = [
    ("Call your team.", "Call your team"),
    ("Call your team now!", "Call your team now."),
    ("Wait... then call", "Wait… then call"),
    ("If it hurts call us.", "If it hurts, call us."),
    ("Rest; then eat", "Rest: then eat"),
    ("It “helps” you", 'It "helps" you'),
    ("It «helps» you", "It helps you"),
    ("You can't wait", "You can’t wait"),
    ("the patients' room", "the patients’ room"),
    ("a well‐known drug", "a well‑known drug"),
    ("Rest - it helps", "Rest – it helps"),
    ("Rest – it helps", "Rest—it helps".replace("—", " — ")),
    ("5-10 days", "5–10 days"),
    ("5 – 10 days", "5-10 days"),
    ("Take 5 mg twice", "Take 5\u00a0mg  twice"),
    ("Take 5mg twice", "Take 5 mg twice"),
    ("at < 5 %", "at <5%"),
    ("• Rest", "Rest"),
    ("Rest (at home)", "Rest, at home"),
    ("about 10⁹ cells", [{"text": "about 10"}, {"text": "9", "marks": ["sup"]}, {"text": " cells"}]),
    ([{"text": "Do not wait"}], [{"text": "Do "}, {"text": "not", "marks": ["strong"]}, {"text": " wait."}]),
    ([{"text": "Rest"}, {"break": True}, {"text": "Eat"}], [{"text": "Rest Eat"}]),
    ([{"text": "Rest."}, {"cite": "a"}], [{"text": "Rest"}, {"cite": "a"}, {"text": "."}]),
    ([{"text": "Ask us", "link": "tel:1"}], [{"text": "Ask ", "link": "tel:1"},
     {"text": "us.", "link": "tel:1", "marks": ["em"]}]),
    ("请休息，然后打电话。", "请休息 然后打电话"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), TYPOGRAPHY)
def test_typography_alone_changes_no_word(before, after):
    assert is_typographic(before, after)
    assert digest_wording(before) == digest_wording(after)


def linked(text: str, address: str = "https://a.example/", **rest) -> list:
    return [{"text": "Ask "}, {"text": text, "link": address, **rest}, {"text": " today please"}]


CHANGES = [
    ("1.5 mg", "15 mg"), ("1.5 mg", "1,5 mg"), ("1,000 mg", "1000 mg"), ("1 000 mg", "1000 mg"), ("1,5", "1, 5"),
    ("Grade 3.5", "Grade 3. 5"), ("take .5 mg", "take 5 mg"), ("at 5:30", "at 530"), ("at 5:30", "at 5 30"),
    ("1·5 mg", "15 mg"), ("1٫5", "15"), ("5 (6)", "5 6"),
    ("5 %", "5"), ("5 %", "5 ‰"), ("< 5", "5"), ("< 5", "> 5"), ("≥ 5", "> 5"), ("≥ 5", "≤ 5"), ("± 5", "5"),
    ("5 × 2", "5 2"), ("= 5", "5"), ("~5", "5"), ("+5", "5"),
    ("-5 °C", "5 °C"), ("at −5 °C", "at 5 °C"), ("5-10 days", "5 10 days"), ("5–10 days", "510 days"),
    ("10 -5", "10-5"), ("10−5", "10-5"),
    ("10² cells", "102 cells"), ("10⁹", "10⁸"),
    ([{"text": "10"}, {"text": "9", "marks": ["sup"]}], [{"text": "109"}]),
    ([{"text": "H"}, {"text": "2", "marks": ["sub"]}], [{"text": "H"}, {"text": "2", "marks": ["sup"]}]),
    ([{"text": "x"}, {"text": "(a", "marks": ["sup"]}, {"text": " b"}],
     [{"text": "x"}, {"text": "(a b", "marks": ["sup"]}]),
    ("You can eat.", "You can eat?"), ("Is it safe?", "Is it safe"), ("هل هذا آمن؟", "هل هذا آمن"),
    ("5 mg", "5 g"), ("5 mg", "5 mcg"), ("5 mg/kg", "5 mg kg"), ("5'", "5"), ('5"', "5"), ("5'", '5"'),
    ("carboplatin", "cisplatin"), ("T-DM1", "TDM1"), ("re-sign", "resign"), ("can't", "cant"), ("I'll", "Ill"),
    ("a therapist", "a the rapist"), ("any time", "anytime"), ("polish", "Polish"), ("and/or", "and or"),
    ("do not", "do"), ("in March", "in May"), ("call 555-0101", "call 555-0102"), ("call 555 0101", "call 5550101"),
    (linked("us"), linked("us", "https://b.example/")), (linked("us"), linked("us", "tel:+1555")),
    (linked("us"), [{"text": "Ask us today please"}]),
    (linked("us"), [{"text": "Ask us "}, {"text": "today", "link": "https://a.example/"}, {"text": " please"}]),
    ([{"text": "A b"}, {"cite": "a"}], [{"text": "A b"}, {"cite": "b"}]),
    ([{"text": "A"}, {"cite": "a"}, {"text": " b"}], [{"text": "A b"}, {"cite": "a"}]),
    ([{"text": "A"}, {"asserts": "FDA: x"}], [{"text": "A"}]),
    ("خذ حبة", "خذ حبه"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), CHANGES)
def test_what_may_be_read_otherwise_is_no_typography(before, after):
    assert not is_typographic(before, after)
    assert digest_wording(before) != digest_wording(after)


WORDS = st.lists(st.sampled_from(
    ["Take", "do", "not", "call", "5", "mg", "10", "pembrolizumab", "can't", "2.5", "<", "≥", "%", "March", "HER2",
     "3–4", "555-0101", "with", "T-DM1", "1,000", "food"]
), min_size=1, max_size=12)  # fmt: skip
JOINTS = [" ", "\u00a0", "  ", ", ", ". ", "! ", "; ", ": ", "… ", " – ", " — ", " (", ") ", " “", "” ", "\n"]
NUMBER_OR_SIGN = re.compile(r"^[\d<≥%]|\d$")


@st.composite
def differing_typography(draw) -> tuple[str, str]:
    """One text in two typographies. What stands between two numbers is none: there a space stays."""
    words = draw(WORDS)
    texts = []
    for _side in range(2):
        text = words[0]
        for before, word in pairwise(words):
            is_plain = NUMBER_OR_SIGN.search(before) and NUMBER_OR_SIGN.search(word)
            text += (" " if is_plain else draw(st.sampled_from(JOINTS))) + word
        texts.append(text + draw(st.sampled_from(["", ".", "!", "…", " "])))
    return texts[0], texts[1]


@given(differing_typography())
def test_no_typography_between_words_makes_a_unit_stale(texts):
    units = [Unit(("b", "text"), Node("paragraph", "b"), inline.from_text(text)) for text in texts]
    assert units[0].digest == units[1].digest
    assert units[0].is_of(units[1].digest)


@given(WORDS, st.data())
def test_every_other_sign_makes_a_unit_stale(words, data):
    """A letter, a digit or a sign more, less or instead, wherever it stands."""
    text = " ".join(words)
    places = [place for place, sign in enumerate(text) if sign.isalnum() or sign in "<≥%"]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from(["", "7", "q", "Q", "≤", "²", "?", "+", "−"]))
    if other != text[place]:
        assert not is_typographic(text, text[:place] + other + text[place + 1 :])


@given(WORDS, st.data())
def test_every_sign_between_two_digits_makes_a_unit_stale(words, data):
    text = " ".join([*words, "12345"])
    place = len(text) - data.draw(st.integers(1, 4))
    sign = data.draw(st.sampled_from([*".,:;' -–\u00a0()·٫٬"]))
    assert not is_typographic(text, text[:place] + sign + text[place:])


@given(WORDS)
def test_digests_that_were_kept_keep_meaning_just_those_words(words):
    text = " ".join(words)
    unit, mended = (Unit(("b", "text"), Node("paragraph", "b"), words) for words in (text, f"{text}."))
    kept = digest_words(text)
    assert unit.is_of(kept)
    assert not mended.is_of(kept)  # what was stale stays so
    assert kept != unit.digest


@given(st.text(max_size=60), st.text(max_size=60))
def test_texts_of_one_wording_have_the_same_letters_and_digits(one, other):
    if is_typographic(one, other):
        assert [sign for sign in one if sign.isalnum()] == [sign for sign in other if sign.isalnum()]
