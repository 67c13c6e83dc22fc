"""Marks as numbered tags: what is typed with them is what the marks were, and nothing is half there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.editions.tree import inline
from editorial.editions.tree.nodes import Node
from editorial.editions.tree.units import Unit
from editorial.translations.tags import Tagged, find_tags, read_tagged, read_typed, to_typed, write_tagged

WORDS = st.text(st.sampled_from("ab cé 漢ع4%"), min_size=1, max_size=8)
MARKS = st.sampled_from([
    {}, {"marks": ["strong"]}, {"marks": ["em", "strong"]}, {"marks": ["sup"]}, {"link": "https://www.cancer.gov/x"},
    {"link": "tel:911", "marks": ["strong"]}, {"document": 17}, {"document": 17, "block": "s-7kq2m9xa"},
])  # fmt: skip
RUNS = st.lists(
    st.one_of(
        st.builds(lambda text, mark: {"text": text, **mark}, WORDS, MARKS),
        st.sampled_from([{"cite": "schmid-2020"}, {"asserts": "FDA: 2 drugs"}, {"break": True}]),
    ),
    max_size=6,
).map(inline.normalise)


def unit_of(words) -> Unit:
    return Unit(("b-1", "text"), Node("paragraph", "b-1", words={"text": words}), words)


@given(source=RUNS, target=RUNS)
def test_every_mark_comes_back_from_its_tag(source, target):
    unit = unit_of(source)
    tags = find_tags(unit, target)
    for words in (source, target):
        tagged = read_tagged(write_tagged(words, tags), unit, tags)
        single = [run for run in words if "cite" in run or "asserts" in run]
        if len(single) == len({str(run) for run in single}):
            assert tagged.problems == []
        assert tagged.words == words
        assert inline.comparable(read_typed(to_typed(tagged.words, unit), unit)) == inline.comparable(words)


@given(source=RUNS, typed=st.text(st.sampled_from("a1⟦/⟧ 2\n"), max_size=20))
def test_whatever_is_typed_is_read_or_refused(source, typed):
    unit = unit_of(source)
    tagged = read_tagged(typed, unit, find_tags(unit))
    if not tagged.problems:
        assert "⟦" not in inline.plain(tagged.words)
        assert "⟧" not in inline.plain(tagged.words)


def test_a_source_that_is_text_has_no_tags():
    unit = Unit(("article", "title"), Node("article", "article"), "A title")
    assert find_tags(unit) == []
    assert read_tagged("Un título", unit, []) == Tagged("Un título", [], [])
    assert read_tagged("Un ⟦1⟧ título⟦/1⟧", unit, []).problems == [
        "The source has no tag ⟦1⟧.", "The source has no tag ⟦/1⟧.",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["Dos [@schmid-2020] y uno", "Dos y uno⟦1⟧"])
def test_a_citation_may_be_typed_out(typed):
    unit = unit_of([{"text": "One "}, {"cite": "schmid-2020"}])
    tagged = read_tagged(typed, unit, find_tags(unit))
    assert (tagged.problems, tagged.missing) == ([], [])
