"""Known names in a text, as people write them."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.checks.name_finder import NameFinder

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
