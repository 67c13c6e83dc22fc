"""How much changed: every word that came, went or was replaced counts once, and every section that it is in."""

import pytest
from hypothesis import given

from editorial.editions.tree import diff
from editorial.editions.tree.change_size import measure_change
from tests.editions.strategies import texts, trees
from tests.editions.test_tree_diff import paragraph, section, tree

OLD = tree(section("one", paragraph("A b c d.")), section("two", paragraph("E f.", "b-2")))


@pytest.mark.parametrize(
    ("old", "new", "words", "changed", "sections"),
    [
        (None, OLD, 11, 11, 3),  # the title, two headings of two words, six words
        (OLD, OLD, 11, 0, 0),
        (OLD, tree(section("one", paragraph("A x c d.")), OLD.root.children[1]), 11, 1, 1),
        (OLD, tree(section("one", paragraph("A b c d e f.")), OLD.root.children[1]), 13, 3, 1),
        (OLD, tree(section("one", paragraph("A.")), OLD.root.children[1]), 8, 4, 1),
        (OLD, tree(OLD.root.children[1]), 5, 6, 1),  # a section is gone
        (OLD, tree(*reversed(OLD.root.children)), 11, 0, 1),  # moved
        (OLD, tree(section("one"), section("two", paragraph("E f.", "b-2"), paragraph("A b c d.", "b-9"))), 11, 0, 2),
        (OLD, tree(section("one", paragraph("A b c d."), care="now"), OLD.root.children[1]), 11, 0, 1),
        (None, tree(paragraph("免疫治疗 now")), 6, 6, 2),  # Chinese by character
    ],
)
def test_extent(old, new, words, changed, sections):
    found = measure_change(old, new)
    assert (found.words, found.words_changed, found.sections_changed) == (words, changed, sections)


@given(trees())
def test_nothing_changed_in_the_same_tree_and_all_in_a_new_one(new):
    same, first = measure_change(new, new), measure_change(None, new)
    assert (same.words_changed, same.sections_changed) == (0, 0)
    assert first.words_changed == first.words == same.words


@given(texts, texts)
def test_a_text_has_at_most_its_words_and_the_old_ones_to_look_at(old, new):
    words, changed = diff.count_changed_words(diff.word_parts(old, new))
    before, _none = diff.count_changed_words(diff.word_parts(old, old))
    assert abs(words - before) <= changed <= words + before
