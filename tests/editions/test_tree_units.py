"""Words and structure: a translation is the source's tree with other words."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from editorial.editions.tree import html, inline
from editorial.editions.tree.nodes import Node, Tree
from editorial.editions.tree.units import find_units, translate_tree, tree_structure
from tests.editions.strategies import trees


def in_other_words(tree: Tree) -> dict:
    """{place: words} that keep the citations."""
    return {
        unit.place: f"ar {unit.source}" if isinstance(unit.source, str) else [{"text": "ar "}, *unit.source]
        for unit in find_units(tree)
    }


@given(trees())
def test_translation_has_the_structure_of_its_source(source):
    target = translate_tree(source, in_other_words(source), "ar")
    assert tree_structure(target) == tree_structure(source)
    assert target.language == "ar"


@given(trees())
def test_translation_holds_the_translators_words_and_no_other(source):
    words = in_other_words(source)
    target = translate_tree(source, words, "ar")
    assert {unit.place: unit.source for unit in find_units(target)} == words


@given(trees(), st.data())
def test_missing_words_are_empty_and_never_the_sources(source, data):
    words = in_other_words(source)
    kept = data.draw(st.sets(st.sampled_from(sorted(words))))
    target = translate_tree(source, {place: words[place] for place in kept}, "ar")
    assert {unit.place for unit in find_units(target)} == kept
    assert (tree_structure(target) == tree_structure(source)) is (kept == words.keys())


@given(trees())
def test_words_that_have_no_place_in_the_source_are_left_out(source):
    words = in_other_words(source)
    strays = {("gone", "text"): [{"text": "stray"}], ("article", "unknown"): "stray"}
    assert translate_tree(source, words | strays, "ar") == translate_tree(source, words, "ar")


@given(trees())
def test_units_are_every_text_once_in_reading_order(tree):
    places = [unit.place for unit in find_units(tree)]
    assert len(set(places)) == len(places)
    order = [node.id for node in tree.walk()]
    assert [order.index(block) for block, _word in places] == sorted(order.index(block) for block, _word in places)
    assert set(places) == {(node.id, name) for node in tree.walk() for name, words in node.words.items() if words}


def test_units_put_the_title_before_the_lead():
    root = Node("article", "article", words={"lead": "L", "change_note": "C", "title": "T"})
    assert [unit.place[1] for unit in find_units(Tree("article", "en", root))] == ["title", "lead", "change_note"]


def test_structure_tells_what_words_do_not():
    base = Node(
        "section",
        "s",
        {"care": "urgent"},
        {"heading": "H"},
        (Node("paragraph", "b", words={"text": [{"text": "a"}, {"cite": "x"}]}),),
    )
    child = base.children[0]
    shapes = [
        base,
        replace(base, attrs={"care": "emergency"}),
        replace(base, children=()),
        replace(base, words={"heading": ""}),
        replace(base, id="other"),
        replace(base, children=(replace(child, type="item"),)),
        replace(base, children=(replace(child, words={"text": [{"text": "a"}]}),)),
        replace(base, children=(replace(child, words={"text": [{"text": "a"}, {"cite": "x"}, {"cite": "x"}]}),)),
    ]
    seen = [tree_structure(Tree("article", "en", shape)) for shape in shapes]
    assert all(seen.count(item) == 1 for item in seen)


def test_structure_does_not_tell_words():
    one, two = (Tree("article", "en", Node("article", "article", words={"title": title})) for title in ("a", "b"))
    assert tree_structure(one) == tree_structure(two)


@given(trees())
def test_digest_of_words_follows_the_words(tree):
    for unit in find_units(tree):
        other = replace(unit, source=in_other_words(tree)[unit.place])
        assert unit.is_of(unit.digest)
        assert not unit.is_of(other.digest)


def test_right_to_left_words_are_kept_letter_by_letter():
    typed = "\u200fخذ 200 mg (كيترودا) كل 3 أسابيع\u200e"
    assert inline.from_text(typed) == [{"text": typed}]
    assert html.render_words(inline.from_text(typed)) == typed
