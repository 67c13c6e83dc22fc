"""No number, negation or telephone number changes unseen, wherever it stands and whatever else changed."""

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editorial.checks.checked_pages import CheckedPage
from editorial.checks.critical_words import Sort
from editorial.checks.numbers import ChangedNumber
from editorial.editions.kinds import kind_named
from editorial.editions.section_names import name_sections
from editorial.editions.tree import diff, inline
from editorial.editions.tree.nodes import Node, Tree
from editorial.reviews.change_claims import minor_blockers
from editorial.reviews.critical_changes import find_critical_changes
from editorial.reviews.highlights import find_highlights
from tests.editions.strategies import few_examples, trees
from tests.editions.test_tree_diff import paragraph, section, tree

ARTICLE = kind_named("article")


def told(old: Tree, new: Tree) -> list[tuple[str, str, str]]:
    """[(sort, before, after)]"""
    return [
        (str(found.attribute or found.sort), " ".join(found.before), " ".join(found.after))
        for change in diff.compare_trees(old, new)
        for found in find_critical_changes(ARTICLE, change, "en")
    ]


def linked(address: str, text: str = "call us") -> list[dict]:
    return [{"text": text, **({"link": address})}]


def table(caption: str, cell: str) -> Node:
    row = Node("row", "r", children=(Node("cell", "r.c", words={"text": [{"text": cell}]}),))
    return Node("table", "t", {"header": "none", "columns": ["c"]}, {"caption": caption}, (row,))


def reference(**attrs: str) -> Node:
    return Node("reference", "ref-one", {"key": "one", "title": "A label", **attrs})


def runs(*texts: str, mark: str = "sup") -> list[dict]:
    """Words of which every second is marked."""
    return [{"text": text, **({"marks": [mark]} if place % 2 else {})} for place, text in enumerate(texts)]


CASES = [
    ("a number", paragraph("Take 24 a day."), paragraph("Take 42 a day."), [("number", "24", "42")]),
    ("a unit", paragraph("Take 5 mg."), paragraph("Take 5 mcg."), [("number", "5 mg", "5 mcg")]),
    ("a span", paragraph("Within 24 hours."), paragraph("Within 24 days."), [("number", "24 hours", "24 days")]),
    ("how often", paragraph("Take it daily."), paragraph("Take it weekly."), [("number", "daily", "weekly")]),
    ("a sign", paragraph("If ≥ 10"), paragraph("If ≤ 10"), [("comparison", "≥", "≤")]),
    ("more or less", paragraph("more than 10"), paragraph("less than 10"), [("comparison", "more than", "less than")]),
    ("a date", paragraph("On 3 March 2026"), paragraph("On 4 March 2026"), [("date", "3 March 2026", "4 March 2026")]),
    ("a negation", paragraph("Do stop it."), paragraph("Do not stop it."), [("negation", "", "not stop")]),
    ("its place", paragraph("Do not stop; call."), paragraph("Stop; do not call."),
     [("negation", "not stop;", "not call.")]),
    ("a drug", paragraph("with carboplatin"), paragraph("with cisplatin"), [("name", "carboplatin", "cisplatin")]),
    ("a name", paragraph("Ask Dr Ruiz."), paragraph("Ask Dr Rios."), [("name", "Ruiz", "Rios")]),
    ("a target", paragraph(linked("https://a.example/")), paragraph(linked("https://b.example/")),
     [("link", "<https://a.example/>", "<https://b.example/>")]),
    ("a telephone", paragraph(linked("tel:+1555")), paragraph(linked("tel:+1556")),
     [("phone", "<tel:+1555>", "<tel:+1556>")]),
    ("a document", paragraph([{"text": "It", "document": 3}]), paragraph([{"text": "It", "document": 4}]),
     [("link", "</documents/3/>", "</documents/4/>")]),
    ("a link gone", paragraph(linked("https://a.example/")), paragraph("call us"),
     [("link", "<https://a.example/>", "")]),
    ("a power", paragraph(runs("10", "9")), paragraph("109"), [("number", "10⁹", "109")]),
    ("a raised word", paragraph(runs("m", "2", " of")), paragraph("m2 of"), [("raised", "m²", "m2")]),
    ("a citation", paragraph([{"text": "x"}, {"cite": "one-2020"}]), paragraph([{"text": "x"}, {"cite": "one-2021"}]),
     [("source", "[@one-2020]", "[@one-2021]")]),
    ("a caption", table("24 hours", "x"), table("42 hours", "x"), [("number", "24 hours", "42 hours")]),
    ("a cell", table("x", "24"), table("x", "42"), [("number", "24", "42")]),
    ("an attribute", reference(doi="10.1/24"), reference(doi="10.1/42"), [("doi", "10.1/24", "10.1/42")]),
    ("an address", reference(url="https://a.example"), reference(url="https://b.example"),
     [("url", "https://a.example", "https://b.example")]),
    ("a day", reference(accessed="2026-01-02"), reference(accessed="2026-02-02"),
     [("accessed", "2026-01-02", "2026-02-02")]),
    ("words of a drawing", Node("figure", "f", {"drawn": ["5 mg"]}), Node("figure", "f", {"drawn": ["50 mg"]}),
     [("drawn", "['5 mg']", "['50 mg']")]),
    ("a list that starts later", Node("list", "l", {"start": 2}), Node("list", "l", {"start": 3}),
     [("start", "2", "3")]),
    ("a care level", section("s", care="urgent"), section("s", care="emergency"), [("care", "urgent", "emergency")]),
    # Nothing that matters.
    ("other words", paragraph("It helps."), paragraph("It may help."), []),
    ("bold", paragraph(runs("Take ", "5 mg", mark="strong")), paragraph("Take 5 mg"), []),
    ("a space", paragraph("Take 5 mg"), paragraph("Take 5\u00a0mg"), []),
    ("words about a number", paragraph("Take 5 mg now."), paragraph("You take 5 mg, please."), []),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), [pytest.param(*rest, id=name) for name, *rest in CASES])
def test_what_patients_act_on_is_told_with_what_it_was(old, new, expected):
    assert told(tree(section("s0", old)), tree(section("s0", new))) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([paragraph("Take 5 mg. Do not stop.", "a")], [paragraph("Take 5 mg.", "a"), paragraph("Do not stop.", "b")]),
        (
            [paragraph("One.", "a"), paragraph("Take 5 mg.", "b")],
            [paragraph("Take 5 mg.", "b"), paragraph("One.", "a")],
        ),
    ],
)
def test_what_only_moved_or_was_split_is_none(old, new):
    assert told(tree(section("s", *old)), tree(section("s", *new))) == []


def written(texts: Tree) -> str:
    """Every word, link, citation and attribute of a tree: found otherwise than by comparing."""
    found = []
    for node in texts.walk():
        for words in node.words.values():
            for run in [{"text": words}] if isinstance(words, str) else words:
                found.append(f" {run.get('text', '')} {inline.address(run)} {run.get('cite', '')} ")
        found += [str(value) for name, value in node.facts.items() if name not in ("level", "ordered", "header")]
    return " ".join(found)


def listed(old: Tree, new: Tree, *, is_folded: bool = False) -> tuple[str, str]:
    """All that is listed: (before, after); folded, 10⁹ is 109."""
    sections = name_sections(ARTICLE, old, new)
    highlights = find_highlights(ARTICLE, old, diff.compare_trees(old, new), "en", sections=sections)
    assert all(highlight.place and highlight.label for highlight in highlights)
    words = [word for highlight in highlights for word in highlight.words]
    sides = (" ".join(getattr(word, side) for word in words) for side in ("before", "after"))
    before, after = (unicodedata.normalize("NFKC", side) if is_folded else side for side in sides)
    return before, after


def count(text: str, *patterns: str) -> Counter[str]:
    return Counter(found for pattern in patterns for found in re.findall(pattern, text))


@few_examples
@given(trees(), trees())
def test_every_number_that_came_or_went_between_any_two_pages_is_listed(old, new):
    before, after = (count(written(page), r"\d") for page in (old, new))
    gone, come = (count(text, r"\d") for text in listed(old, new, is_folded=True))
    assert before - after <= gone
    assert after - before <= come


CRITICAL = ("24 hours", "5 mg", "not", "never", "911", "≥ 3", "2026-03-04", "HER2", "without", "two", "10⁹")
PLAIN = ("call", "the team", "at once", "and", "rest", "if it hurts", "then")
sentences = st.lists(st.sampled_from(CRITICAL + PLAIN), min_size=1, max_size=8)


@given(st.lists(sentences, min_size=1, max_size=4), st.data())
def test_one_critical_word_that_is_put_in_taken_out_or_swapped_anywhere_is_listed(texts, data):
    place = data.draw(st.integers(0, len(texts) - 1))
    position = data.draw(st.integers(0, len(texts[place]) - 1))
    was = texts[place][position]
    now = data.draw(st.sampled_from([word for word in CRITICAL if word != was]))
    changed = [*texts[place][:position], now, *texts[place][position + 1 :]]
    blocks = [paragraph(" ".join(words), f"b-{number}") for number, words in enumerate(texts)]
    other = [*blocks[:place], paragraph(" ".join(changed), f"b-{place}"), *blocks[place + 1 :]]
    for old, new, side in ((blocks, other, 1), (other, blocks, 0)):
        found = listed(tree(section("s", *old)), tree(section("s", *new)))
        assert all(part in found[side] for part in now.split())


@given(st.lists(st.sampled_from(CRITICAL + PLAIN), min_size=6, max_size=16), st.data())
def test_a_critical_word_that_changed_in_a_paragraph_that_moved_is_listed(words, data):
    place = data.draw(st.integers(0, len(words) - 1))
    now = data.draw(st.sampled_from([word for word in CRITICAL if word != words[place]]))
    changed = [*words[:place], now, *words[place + 1 :]]
    old = tree(section("s", paragraph("One.", "a"), paragraph(" ".join(words), "b")), section("t"))
    new = tree(section("s", paragraph("One.", "a")), section("t", paragraph(" ".join(changed), "z")))
    found = listed(old, new)
    assert all(part in found[1] for part in now.split())
    if words[place] in CRITICAL:
        assert all(part in found[0] for part in words[place].split())


@given(st.lists(st.sampled_from(CRITICAL + PLAIN), min_size=6, max_size=16), st.data())
def test_a_critical_word_that_changed_in_paragraphs_that_were_cut_anew_is_listed(words, data):
    place = data.draw(st.integers(0, len(words) - 1))
    now = data.draw(st.sampled_from([word for word in CRITICAL if word != words[place]]))
    changed = [*words[:place], now, *words[place + 1 :]]

    def cut(texts: list[str], key: str) -> list[Node]:
        ends = sorted(data.draw(st.sets(st.integers(1, len(texts) - 1), max_size=2)))
        runs = [texts[start:end] for start, end in zip([0, *ends], [*ends, None], strict=True)]
        return [paragraph(" ".join(run), f"{key}{number}" if number else "b") for number, run in enumerate(runs)]

    old, new = (tree(section("s", *cut(texts, key))) for texts, key in ((words, "o"), (changed, "n")))
    found = listed(old, new)
    before, after = (count(written(page), r"\d") for page in (old, new))
    gone, come = (count(text, r"\d") for text in listed(old, new, is_folded=True))
    assert before - after <= gone
    assert after - before <= come
    assert all(part in found[1] for part in now.split())
    if words[place] in CRITICAL:
        assert all(part in found[0] for part in words[place].split())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(sentences, sentences)
def test_what_is_listed_of_words_is_never_minor_and_all_else_may_be(db, one, other):
    old, new = (tree(section("s", paragraph(" ".join(words)))) for words in (one, other))
    new = new.with_root(replace(new.root, attrs={"minor": True}))
    document, base = SimpleNamespace(kind="article", key=""), SimpleNamespace(tree=old, number=1)
    blockers = list(minor_blockers(document, new, base, diff.compare_trees(old, new)))
    assert bool(blockers) == any(listed(old, new))


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_another_telephone_number_behind_the_same_words_is_listed(one, other):
    old, new = (tree(section("s", paragraph(linked(f"tel:+{number}")))) for number in (one, other))
    assert (f"tel:+{other}" in listed(old, new)[1]) == (one != other)


@given(sentences, sentences)
def test_what_the_check_for_changed_numbers_finds_is_listed(one, other):
    """So a page that lists what matters most need not tell it again."""
    base, page = (tree(section("s", paragraph(" ".join(words)))) for words in (one, other))
    found = list(ChangedNumber().find(CheckedPage(None, page, base, date(2026, 1, 5))))
    assert not found or any(listed(base, page))


def test_a_change_names_its_section_and_its_block_and_advice_comes_first():
    old = tree(section("s", paragraph("24", "a")), section("t", paragraph("24", "b"), care="emergency"))
    new = tree(*(replace(part, children=(paragraph("42", part.children[0].id),)) for part in old.root.children))
    highlights = find_highlights(
        ARTICLE, old, diff.compare_trees(old, new), "en", sections=name_sections(ARTICLE, old, new)
    )
    assert [(found.node_id, found.place, found.label) for found in highlights if found.words] == [
        ("b", "About t", "Paragraph"), ("a", "About s", "Paragraph"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("left", "entered", "told"),
    [
        ({"care": "urgent"}, {}, [("care level", "Call today", "")]),
        ({}, {"care": "emergency"}, [("care level", "", "Emergency")]),
        ({"care": "urgent"}, {"care": "urgent"}, []),
        ({}, {}, []),
    ],
)
def test_a_sentence_that_moves_to_advice_of_another_level_is_told_and_never_minor(db, left, entered, told):
    one, two, moved = (paragraph(text, key) for key, text in zip("abm", ("One.", "Two.", "Lie down."), strict=True))
    old = tree(section("s", one, moved, **left), section("t", two, **entered))
    new = tree(section("s", one, **left), section("t", two, moved, **entered))
    changes = diff.compare_trees(old, new)
    highlights = find_highlights(ARTICLE, old, changes, "en", sections=name_sections(ARTICLE, old, new))
    words = [(word.label, word.before, word.after) for found in highlights for word in found.words]
    assert words == told
    new = new.with_root(replace(new.root, attrs={"minor": True}))
    document, base = SimpleNamespace(kind="article", key=""), SimpleNamespace(tree=old, number=1)
    assert any("care level" in line for line in minor_blockers(document, new, base, changes)) == bool(told)


def test_sorts_are_told_in_the_order_of_what_harms_first():
    old, new = (tree(section("s", paragraph(text))) for text in ("Call Ana on 3.", "Never call Eva on 4."))
    assert [sort for sort, *_words in told(old, new)] == ["negation", "number", "name"]
    assert next(iter(Sort)) == Sort.CARE
