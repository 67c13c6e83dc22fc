"""Bounds of a text: whatever is typed is parsed, or refused in words, and never in more than one pass."""

from time import process_time

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from editorial.editions.blockers import Blocked
from editorial.editions.tree import bounds, inline, prose

TAGS = ["p", "b", "i", "em", 'a href="/x"', "ul", "li", "div", "span", "blockquote", "h3", "textarea", "svg", "style",
        "table", "td", "br", 'strong title="</b>"', "math", "button"]  # fmt: skip
SIGNS = [
    *(f"<{tag}>" for tag in TAGS), *(f"</{tag.split()[0]}>" for tag in TAGS), "x", " ", "<!--", "-->", "--!>",
    "<![CDATA[", "]]>", "<!x>", "<", "<b '", '"',
]  # fmt: skip


@given(st.lists(st.sampled_from(SIGNS), max_size=8), st.integers(1, 400))
@example(["<b>"], 500)
@example(["<ul><li>"], 500)
@example(["<br>"], 3000)
@example(["<ul>", "x"], 7)
@example(["<ol>", "x", "<table><tr><td>"], 3)
@example(["<p><b id=1><textarea></b></textarea></p>"], 300)
@example(["<b><svg><![CDATA[></svg></b>]]>"], 300)
def test_any_text_is_parsed_or_refused_in_words(signs, times):
    text = "".join(signs) * times
    try:
        blocks = prose.parse(text)
    except Blocked as blocked:
        assert "levels deep" in blocked.blockers[0]
    else:
        assert prose.parse(prose.write(blocks)) == blocks


@given(st.lists(st.sampled_from(SIGNS), max_size=8), st.integers(1, 40))
def test_levels_are_never_fewer_than_a_parser_makes_of_it(signs, times):
    text = "".join(signs) * times
    _elements, levels = bounds.measure_html(text)
    if levels <= bounds.DEEPEST:
        clean = html5lib.parseFragment(prose.sanitise(text), treebuilder="etree", namespaceHTMLElements=False)
        assert _depth(clean) <= levels + 3  # an element that is open twice counts once more where it is opened again


def _depth(root) -> int:
    deepest, waiting = 0, [(root, 0)]
    while waiting:
        element, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in element]
    return deepest


@pytest.mark.parametrize(
    "html",
    [
        "<p>A <strong>b</strong></p>" * 1000,
        "<p>a<p>b<li>c" * 200,
        '<ul><li><p>a</p><ul><li><a href="/a/?b>c">b</a></li></ul></li></ul>' * 100,
        "<b><i>a</b></i>" * 200,
        "<!-- <b> <b> --><!DOCTYPE html><p>1 < 2 </3></p>" * 100,
    ],
)
def test_what_people_write_is_within_the_bounds(html):
    assert list(bounds.text_blockers(html, is_html=True)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x" * (bounds.LONGEST_TEXT + 1), "200001 characters"),
        ("<b>" * 51, "more than 50 levels deep"),
        ("<p>a</p>" * 2001, "more than 2000 paragraphs"),
    ],
)
def test_what_is_out_of_bounds_is_told_what_to_do(text, words):
    [told] = bounds.text_blockers(text, is_html=True)
    assert words in told
    assert "Split it" in told or "Paste it again as plain text" in told


def test_a_plain_text_may_hold_any_signs():
    assert list(bounds.text_blockers("<b>" * 100)) == []


def test_a_page_is_bounded_as_a_whole():
    most = bounds.LONGEST_PAGE
    assert list(bounds.page_blockers(["x" * (most // 2)] * 2)) == []
    assert "Move a part of it" in next(bounds.page_blockers(["x" * (most // 2)] * 3))


@pytest.mark.parametrize(
    "sign", ["<b>", "<b '", '<b "', "<b a=", "<!--", "<![CDATA[", "</b>", "<b></b>", "<p>", "<", "<!x>", "<b/", "<b =="]
)
def test_measuring_takes_one_pass(sign):
    before = process_time()
    bounds.measure_html((sign * bounds.LONGEST_TEXT)[: bounds.LONGEST_TEXT])
    assert process_time() - before < 1


def test_breaks_at_both_ends_fall_away_however_many_there_are():
    runs = [{"break": True}] * 5000
    assert inline.normalise([*runs, {"text": " a "}, *runs, {"text": "b "}, *runs])[0] == {"text": "a "}
    assert inline.normalise(runs) == []
