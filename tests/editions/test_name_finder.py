"""Known names in a text, as people write them."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.editions.name_finder import NameFinder, _composed, _folded, keep_finder

TEXTS = [
    ("Zebramab and ZEBRAMAB.", ["zebramab"], ["Zebramab", "ZEBRAMAB"]),
    ("unzebramab zebramabs zebramab2", ["zebramab"], []),
    ("a zebramab-like drug", ["zebramab"], ["zebramab"]),
    ("zebramab hydrochloride", ["zebramab", "zebramab hydrochloride"], ["zebramab hydrochloride"]),
    # Signs that fold to others in some alphabet, or that look like a space or a hyphen.
    ("atezolızumab", ["atezolizumab"], []),
    ("ATEZOLİZUMAB", ["atezolizumab"], []),
    ("İ atezolizumab ı", ["atezolizumab"], ["atezolizumab"]),
    ("İstanbul İbu", ["İbu"], ["İbu"]),
    ("zebramab\u00a0plus T\u2011VEC", ["zebramab plus", "T-VEC"], ["zebramab\u00a0plus", "T\u2011VEC"]),
    ("tê\u0301 bào", ["tế bào"], ["tế bào"]),
    # Letters with accents are letters, Chinese has no spaces, and Arabic joins its small words to a name.
    ("un señor", ["or"], []),
    ("使用斑马单抗治疗", ["斑马单抗"], ["斑马单抗"]),
    ("检测PD-L1很重要", ["pd-l1"], ["PD-L1"]),
    ("والورم الورم للورم ورم الـورم", ["ورم"], ["ورم"] * 5),
    ("تورم", ["ورم"], []),
]


@pytest.mark.parametrize(("text", "names", "found"), TEXTS)
def test_names_are_found_as_whole_words_whatever_their_case(text, names, found):
    assert [written for written, _value in NameFinder((name, name) for name in names).find(text)] == found


def test_a_part_of_a_compound_is_another_word_where_that_is_asked_for():
    names = NameFinder([("cell", 1)], in_compounds=False)
    assert list(names.find("T-cell, cell-like, cell")) == [("cell", 1)]


def test_no_names_are_found_nowhere():
    assert not NameFinder([])
    assert list(NameFinder([("", 1)]).find("Some words.")) == []


@given(
    st.lists(st.text("aiıİIkKſsßΣσς\u0307 -.", min_size=1), min_size=1),
    st.text("aiıİIkKſsßΣσς\u0307 -." + string.ascii_letters),
)
def test_whatever_is_found_is_one_of_the_names(names, text):
    for _written, value in NameFinder((name, name) for name in names).find(text):
        assert value in names


ALPHABET = "aAbß -.'İıتورمالفكبـ单抗"


@given(
    st.lists(st.text(ALPHABET, min_size=1, max_size=7), min_size=1, max_size=12),
    st.lists(st.text(ALPHABET, max_size=9) | st.sampled_from(["ab", "ورم", "للورم", "单抗"]), max_size=8).map("".join),
    st.booleans(),
)
def test_what_is_found_is_what_one_pattern_of_all_names_finds(names, text, in_compounds):
    """Which tries each name at each sign."""
    folded = sorted({_folded(_composed(name)) for name in names}, key=len, reverse=True)
    beside = r"[^\W_㐀-鿿豈-﫿]" if in_compounds else r"(?:-|[^\W_㐀-鿿豈-﫿])"
    joined = "(?:[وف]?(?:لل|[بكل]?(?:ال)?)ـ?)"
    pattern = rf"(?<!{beside}){joined}({'|'.join(map(re.escape, folded))})(?!{beside})"
    found = [
        value for _written, value in NameFinder(zip(names, names, strict=True), in_compounds=in_compounds).find(text)
    ]
    assert [_folded(_composed(name)) for name in found] == [
        match[1] for match in re.finditer(pattern, _folded(_composed(text)))
    ]


def test_a_finder_is_kept_while_its_names_are_the_same_rows():
    def find(*names: str):
        return keep_finder("a test", [(name, 1) for name in names], lambda rows: rows)

    finder = find("zebramab")
    assert find("zebramab") is finder
    assert [name for name, _value in find("zebramab", "quaggamab").find("Zebramab and quaggamab")] == [
        "Zebramab",
        "quaggamab",
    ]
