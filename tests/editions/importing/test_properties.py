"""Whatever HTML comes in: its words and numbers come out in order, or are named in the list of changes."""

import re
from collections import Counter

from hypothesis import assume, example, given
from hypothesis import strategies as st

from editorial.editions.blockers import Blocked
from editorial.editions.importing.foreign_html import Imported, read_html
from editorial.editions.tree import prose
from tests.editions.importing import foreign

TAGS = {
    "p", "h3", "h4", "ul", "ol", "li", "strong", "em", "sub", "sup", "a", "br", "table", "caption", "thead", "tbody",
    "tr", "th", "td",
}  # fmt: skip
# Elements within which words touch, so that they are one word to a reader.
TOUCHING = r"</?(?:strong|em|sub|sup|a)\b[^>]*>"

RAISED_HEADING = foreign.Part(
    "b", ' style="vertical-align:super"', (foreign.Part("h1", "", (foreign.Part("", ""),), False),), False
)


def read(html: str) -> Imported:
    """Nothing to show where it is refused in words."""
    try:
        return read_html(html)
    except Blocked as blocked:
        assert all(blocked.blockers)
        assume(False)
        raise


def shown_text(html: str) -> str:
    return re.sub(r"<[^>]*>", " ", re.sub(TOUCHING, "", html))


@given(foreign.documents)
@example([foreign.Part("sup", ' style="mso-hide:all"', (foreign.Part("", ""),), False)])
@example([RAISED_HEADING])
def test_every_word_is_kept_in_its_order_and_apart_or_named_in_the_list(document):
    html = foreign.write(document)
    imported = read(html)
    text = shown_text(imported.html)
    kept = foreign.numbers(text)
    assert {*kept, *foreign.numbers(" ".join(imported.changes))} == set(foreign.numbers(html)), (html, imported)
    assert kept == sorted(set(kept)), html  # none is doubled either
    touching = {pair[0] for pair in re.finditer(r"w\d+x(?=w\d+x)", text)}
    apart = re.sub(r"</?(?:p|div|td|th|tr|table|li|ul|ol|h\d|section|blockquote|br|hr|img|pre|dl)\b[^>]*>", " ", html)
    alone = {word for word in re.findall(r"w\d+x", apart) if re.search(rf"{word}(?:\s|$)", apart)}
    assert not touching & alone, html


@given(foreign.documents)
@example([])
def test_what_was_read_is_in_the_editors_dialect_and_is_read_as_it_is(document):
    html = read(foreign.write(document)).html
    assert set(re.findall(r"</?([\w:-]+)", html)) <= TAGS
    again = read_html(html)
    assert again.html == html
    assert all("headings" in change for change in again.changes)  # a table without some says so again


@given(foreign.documents)
def test_the_content_tree_has_the_same_words(document):
    html = read(foreign.write(document)).html
    stored = prose.write(prose.parse(html))
    assert Counter(foreign.numbers(stored)) == Counter(foreign.numbers(html))
    assert list(prose.typed_blockers(html)) == []


@given(st.text("<>/=\"' &;!-apulibrhefsctxdonj:13", max_size=80))
def test_no_soup_is_a_fault(soup):
    html = read(soup).html
    assert set(re.findall(r"</?([\w:-]+)", html)) <= TAGS


@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_a_merged_cell_is_in_each_place_that_it_covered_and_told(across, down, data):
    place = data.draw(st.integers(0, 3))
    cells = "".join(f"<td>a{column}</td>" for column in range(place))
    merged = f"<td colspan={across} rowspan={down}>here</td>"
    # Rows below it, each of which has a cell of its own before and after.
    below = "".join(f"<tr>{cells}<td>b{row}</td></tr>" for row in range(down - 1))
    first = "".join(f"<th>h{column}</th>" for column in range(place + across + 1))
    imported = read_html(f"<table><tr>{first}</tr><tr>{cells}{merged}<td>z</td></tr>{below}</table>")
    assert imported.html.count("<td>here</td>") == across * down
    assert any("here" in change for change in imported.changes) == (across * down > 1)
