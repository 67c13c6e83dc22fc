"""Tables and what stands above and below the line: kept, compared and named by what stays."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.editions.blockers import Blocked
from editorial.editions.tree import diff, html, inline, prose
from editorial.editions.tree.align import keep_ids
from editorial.editions.tree.nodes import Node
from editorial.editions.tree.units import digest_words, find_units, translate_tree, tree_structure
from tests.editions.strategies import runs, tables
from tests.editions.test_tree_diff import found, section, tree

SCHEDULE = prose.with_fresh_ids(
    prose.parse(
        "<table><caption>Blood tests</caption>"
        "<tr><th>Test</th><th>How often</th></tr>"
        "<tr><td>Blood count</td><td>before each dose</td></tr>"
        "<tr><td>Liver</td><td>every 3 weeks</td></tr></table>"
    )
)


def saved(typed: str, old=SCHEDULE) -> Node:
    """The table as a save leaves it: typed without ids, because the editor drops them."""
    (table,) = keep_ids(old, prose.parse(typed))
    return table


def grid(table: Node) -> list[list[str]]:
    return [[cell.plain("text") for cell in row.children] for row in table.children]


def without_ids(table: Node) -> Node:
    rows = tuple(
        replace(row, id="", children=tuple(replace(cell, id="") for cell in row.children)) for row in table.children
    )
    return replace(table, id="", attrs={**table.attrs, "columns": [""] * len(table.attrs["columns"])}, children=rows)


@given(tables())
def test_every_cell_is_named_by_its_row_and_its_column(table):
    (known,) = prose.with_fresh_ids((table,))
    columns = known.attrs["columns"]
    assert [[cell.id for cell in row.children] for row in known.children] == [
        [f"{row.id}.{column}" for column in columns] for row in known.children
    ]
    ids = [node.id for node in known.walk()]
    assert len({*ids}) == len(ids) and len({*columns}) == len(columns)


@st.composite
def rearranged(draw):
    """(a table whose cells all differ, what somebody made of its rows and columns: old places, None for new)."""
    height, width = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    rows = [[f"w{row}x{column}" for column in range(width)] for row in range(height)]
    new_rows = draw(st.permutations(range(height)))[: draw(st.integers(1, height))]
    new_columns = draw(st.permutations(range(width)))[: draw(st.integers(1, width))]
    for places in (new_rows, new_columns):
        if draw(st.booleans()):
            places.insert(draw(st.integers(0, len(places))), None)
    return rows, new_rows, new_columns


def table_of(rows: list[list[str]]) -> Node:
    body = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    (table,) = prose.parse(f"<table><caption>Doses and days</caption>{body}</table>")
    return table


@given(rearranged())
def test_rows_and_columns_keep_their_ids_wherever_they_go(case):
    rows, new_rows, new_columns = case
    (old,) = prose.with_fresh_ids((table_of(rows),))
    made = [
        [f"new{i}y{j}" if row is None or column is None else rows[row][column] for j, column in enumerate(new_columns)]
        for i, row in enumerate(new_rows)
    ]
    (new,) = keep_ids((old,), (table_of(made),))
    known_rows, known_columns = {row.id for row in old.children}, {*old.attrs["columns"]}
    expected_rows = [None if place is None else old.children[place].id for place in new_rows]
    expected_columns = [None if place is None else old.attrs["columns"][place] for place in new_columns]
    assert [row.id if row.id in known_rows else None for row in new.children] == expected_rows
    assert [name if name in known_columns else None for name in new.attrs["columns"]] == expected_columns
    assert grid(new) == made


def test_a_changed_cell_keeps_its_id_and_its_translation_counts_as_outdated():
    new = saved(prose.write(SCHEDULE).replace("every 3 weeks", "every 6 weeks"))
    assert [node.id for node in new.walk()] == [node.id for node in SCHEDULE[0].walk()]
    old_units, new_units = ({unit.place: unit for unit in find_units(tree(table))} for table in (SCHEDULE[0], new))
    assert old_units.keys() == new_units.keys()
    changed = [place for place in old_units if old_units[place].digest != new_units[place].digest]
    assert changed == [(SCHEDULE[0].children[2].children[1].id, "text")]


def test_every_cell_and_the_caption_are_units_to_translate():
    source = tree(*SCHEDULE)
    units = find_units(source)
    assert [inline.plain(unit.source) for unit in units] == [
        "T", "Blood tests", "Test", "How often", "Blood count", "before each dose", "Liver", "every 3 weeks",
    ]  # fmt: skip
    target = translate_tree(source, {unit.place: unit.source for unit in units}, "es")
    assert tree_structure(target) == tree_structure(source)


@given(tables())
def test_a_translation_that_is_stored_flat_holds_every_cell_and_the_caption(table):
    (known,) = prose.with_fresh_ids((table,))
    words = {unit.place: unit.source for unit in find_units(tree(known)) if unit.place[0] != "article"}
    stored = prose.write(tuple(prose.unit_block(place, text) for place, text in words.items()))
    assert {(node.id, name): node.words[name] for node, name in prose.find_words(prose.parse(stored))} == words


REFUSED = {
    "<table><tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr></table>": "merged cells",
    "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>": "merged cells",
    "<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>": "within a cell",
    f"<table><tr>{'<td>a</td>' * 9}</tr></table>": "9 columns and can have at most 8",
    "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>": "differ in their number of cells",
    "<table data-id=x><caption>C</caption></table>": "no cells",
    "<p>a</p><div><TABLE><tr><td colspan=2>a</td></tr></TABLE></div>": "merged cells",
}


@pytest.mark.parametrize(("typed", "words"), REFUSED.items())
def test_a_table_that_cannot_be_kept_is_refused_in_words(typed, words):
    (told,) = prose.typed_blockers(typed)
    assert words in told


@given(tables())
def test_a_table_that_was_kept_is_never_refused(table):
    assert list(prose.typed_blockers(prose.write((table,)))) == []


@pytest.mark.parametrize("typed", [*REFUSED, f"<table>{'<tr>' + '<td>a</td>' * 8 + '</tr>'}</table>"])
def test_no_two_cells_run_together_whatever_the_table(typed):
    try:
        blocks = prose.parse(typed)
    except Blocked:
        return
    assert not any("aa" in text or "ab" in text for text in diff_texts(blocks))
    assert prose.parse(prose.write(blocks)) == blocks


def diff_texts(blocks) -> list[str]:
    return [inline.plain(node.words[name]) for node, name in prose.find_words(blocks)]


# -- what a comparison tells


def told(typed: str) -> list[tuple[str, str, list]]:
    changes = found(tree(*SCHEDULE), tree(saved(typed)))
    return [(change.status, change.node.type, change.attrs) for change in changes.values()]


def stored(*rows: str, caption: str = "Blood tests") -> str:
    return f"<table><caption>{caption}</caption>{''.join(rows)}</table>"


HEAD = "<tr><th>Test</th><th>How often</th></tr>"
COUNT = "<tr><td>Blood count</td><td>before each dose</td></tr>"
LIVER = "<tr><td>Liver</td><td>every 3 weeks</td></tr>"
TOLD = {
    "nothing": (stored(HEAD, COUNT, LIVER), []),
    "a cell": (stored(HEAD, COUNT, LIVER.replace("3", "6")), [("changed", "cell", [])]),
    "the caption": (stored(HEAD, COUNT, LIVER, caption="Blood tests at home"), [("changed", "table", [])]),
    "a row that came": (
        stored(HEAD, COUNT, "<tr><td>Thyroid</td><td>at the start</td></tr>", LIVER),
        [("added", "row", []), ("added", "cell", []), ("added", "cell", [])],
    ),
    "a row that went": (
        stored(HEAD, LIVER),
        [("removed", "row", []), ("removed", "cell", []), ("removed", "cell", [])],
    ),
    "a row that moved": (stored(HEAD, LIVER, COUNT), [("moved", "row", [])]),
    "headings": (
        stored(HEAD.replace("th>", "td>"), COUNT, LIVER),
        [("changed", "table", [("header", "row", "none")])],
    ),
    "a column that went": (
        stored("<tr><th>Test</th></tr><tr><td>Blood count</td></tr><tr><td>Liver</td></tr>"),
        [("changed", "table", [("columns", "Test | How often", "Test")]), *[("removed", "cell", [])] * 3],
    ),
    "columns that changed places": (
        stored(
            "<tr><th>How often</th><th>Test</th></tr><tr><td>before each dose</td><td>Blood count</td></tr>"
            "<tr><td>every 3 weeks</td><td>Liver</td></tr>"
        ),
        [("changed", "table", [("columns", "Test | How often", "How often | Test")])],
    ),
}


@pytest.mark.parametrize(("typed", "expected"), TOLD.values(), ids=TOLD)
def test_rows_columns_and_cells_that_changed_are_told(typed, expected):
    assert told(typed) == expected


def test_a_table_that_moved_to_another_section_is_told_once():
    (there,) = keep_ids((), SCHEDULE)
    old = tree(section("one", *SCHEDULE), section("two"))
    new = tree(section("one"), section("two", there))
    assert [(change.status, change.node.type) for change in found(old, new).values()] == [("moved", "table")]


def test_two_tables_with_one_caption_are_two_where_their_cells_differ():
    (other,) = keep_ids((), prose.parse(stored(HEAD, LIVER)))
    old, new = tree(section("one", *SCHEDULE), section("two")), tree(section("one"), section("two", other))
    statuses = {change.status for change in found(old, new).values()}
    assert statuses == {"removed", "added"}


# -- above and below the line


POWER = [{"text": "10"}, {"text": "9", "marks": ["sup"]}, {"text": "/L"}]
DIGITS = [{"text": "109/L"}]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (POWER, "10⁹/L"),
        ([{"text": "H"}, {"text": "2", "marks": ["sub"]}, {"text": "O"}], "H₂O"),
        ([{"text": "10"}, {"text": "-3", "marks": ["sup"]}], "10⁻³"),
        ([{"text": "1"}, {"text": "st", "marks": ["strong", "sup"]}], "1ˢᵗ"),
        ([{"text": "x"}, {"text": "день", "marks": ["sup"]}], "x^(день)"),
        ([{"text": "AUC"}, {"text": "0–t", "marks": ["sub"]}], "AUC_(0–t)"),
    ],
)
def test_words_without_marks_say_what_stands_above_and_below_the_line(words, text):
    assert inline.plain(words) == inline.typed_text(words) == text
    assert diff.strip_mark_signs(diff.comparable_text(words)) == text


def test_a_power_is_no_number_of_as_many_digits_in_any_comparison():
    assert inline.plain(POWER) != inline.plain(DIGITS)
    assert digest_words(POWER) != digest_words(DIGITS)
    one, two = (tree(Node("paragraph", "b-1", words={"text": words})) for words in (POWER, DIGITS))
    (change,) = found(one, two).values()
    assert change.status == "changed" and not change.is_only_formatting
    assert diff.count_changed_words(change.parts["text"]) == (1, 1)


@given(runs(), st.sampled_from(["sub", "sup"]))
def test_raising_or_lowering_a_word_never_passes_for_formatting_only(words, mark):
    plain = [{key: value for key, value in run.items() if key != "marks"} for run in words]
    raised = [{**run, "marks": [mark]} if run.get("text", "").strip() else run for run in plain]
    old, new = (tree(Node("paragraph", "b-1", words={"text": inline.normalise(item)})) for item in (plain, raised))
    for change in found(old, new).values():
        assert change.status == "changed"
        assert not change.is_only_formatting


# -- what readers get


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<p>10<sup>9</sup>/L</p>", f"<p>10{html.POWER}<sup>9</sup>/L</p>"),
        ("<p>10<sup>-3</sup></p>", f"<p>10{html.POWER}<sup>-3</sup></p>"),
        ("<p>1<sup>st</sup> CO<sub>2</sub></p>", "<p>1<sup>st</sup> CO<sub>2</sub></p>"),
    ],
)
def test_a_power_is_copied_and_read_out_as_one(typed, shown):
    assert html.render_blocks(prose.parse(typed)) == shown


def test_readers_get_a_named_region_with_headings_that_say_what_they_head():
    shown = html.render_blocks(SCHEDULE)
    caption = f"caption-{SCHEDULE[0].id}"
    assert f'<div class="table" role="region" tabindex="0" aria-labelledby="{caption}"><table>' in shown
    assert f'<caption id="{caption}">Blood tests</caption>' in shown
    assert '<th scope="col">Test</th><th scope="col">How often</th>' in shown
    (both,) = prose.with_fresh_ids(
        prose.parse("<table><tr><th></th><th>a</th></tr><tr><th>b</th><td>c</td></tr></table>")
    )
    shown = html.render_blocks([both])
    assert 'aria-label="Table"' in shown
    assert '<th scope="row">b</th><td>c</td>' in shown


def test_a_wide_table_with_headings_has_a_label_at_each_cell_for_where_its_rows_become_cards():
    typed = "<table><tr><th>A</th><th>B &amp; C</th><th></th></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>"
    shown = html.render_blocks(prose.parse(typed))
    assert 'class="table table-stacks"' in shown
    assert '<td data-label="B &amp;amp; C">2</td><td data-label="3">3</td>'.replace("amp;amp", "amp") in shown
    assert "table-stacks" not in html.render_blocks(prose.parse(typed.replace("th>", "td>")))


@pytest.mark.parametrize(("level", "tags"), [(2, ["h2", "h3"]), (3, ["h3", "h4"]), (6, ["h6", "h6"])])
def test_subheadings_stand_one_below_the_other(level, tags):
    blocks = prose.parse("<h3>a</h3><h4>b</h4>")
    shown = html.render_blocks(blocks, level=level)
    assert [shown[1:3], shown[shown.index(">a<") :].split("<")[2][:2]] == tags


def test_a_list_starts_for_readers_where_it_starts_in_the_editor():
    assert html.render_blocks(prose.parse('<ol start="4"><li>a</li></ol>')) == '<ol start="4"><li>a</li></ol>'
