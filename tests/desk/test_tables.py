"""Tables on the desk: each row, column and cell that changed is told in words, and each cell is a place of its own."""

import pytest

from editorial.desk.edition.blocks import rows_of
from editorial.editions.kinds import kind_named
from editorial.editions.tree import diff, prose
from editorial.editions.tree.align import keep_ids
from editorial.editions.working.conflicts import as_lines
from tests.editions.test_tree_diff import section, tree
from tests.editions.test_tree_tables import COUNT, HEAD, LIVER, SCHEDULE, stored

WIDE = "<tr><th>Test</th><th>How often</th><th>Why</th></tr>"
ALSO = "<tr><td>Thyroid</td><td></td></tr>"


def lines(typed: str) -> list[str]:
    """The blocks that an edition's page shows as not the same: label, name, what became of each."""
    old, new = tree(section("s", *SCHEDULE)), tree(section("s", *keep_ids(SCHEDULE, prose.parse(typed))))
    rows = rows_of(kind_named("article"), diff.compare_trees(old, new), {}, {}, {})
    shown = (f"{row.label}: {row.name} · {row.summary}" for row in rows if not row.is_quiet)
    return [line.replace("\u2068", "").replace("\u2069", "") for line in shown]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (stored(HEAD, COUNT, LIVER), []),
        (stored(HEAD, COUNT, LIVER.replace("3", "6")), ["Cell of a table: column How often, row 3:  · changed"]),
        (
            stored(HEAD, COUNT, LIVER, ALSO),
            ["Row of a table: Thyroid · added", "Cell of a table: column Test, row 4:  · added"],
        ),
        (
            stored(HEAD, LIVER),
            [
                "Row of a table: Blood count · removed",
                "Cell of a table: column Test, row 2:  · removed",
                "Cell of a table: column How often, row 2:  · removed",
            ],
        ),
        (stored(HEAD, LIVER, COUNT), ["Row of a table: Liver · moved"]),
        (
            stored(WIDE, COUNT.replace("</tr>", "<td></td></tr>"), LIVER.replace("</tr>", "<td></td></tr>")),
            [
                "Table:  · changed; columns: Test | How often → Test | How often | Why",
                "Cell of a table: column Why, row 1:  · added",
            ],
        ),
    ],
)
def test_what_became_of_a_table_is_told_in_words(typed, told):
    assert lines(typed) == told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (stored(HEAD, COUNT), stored(HEAD.replace("th>", "td>"), COUNT)),
        ("<p>10<sup>9</sup>/L</p>", "<p>109/L</p>"),
        ("<p>a</p>", "<h3>a</h3>"),
        ("<h3>a</h3><h3>b</h3>", "<h3>a</h3><h4>b</h4>"),
        ("<ol><li>a</li></ol>", '<ol start="2"><li>a</li></ol>'),
        ("<ol><li>a</li></ol>", "<ul><li>a</li></ul>"),
    ],
)
def test_what_two_people_saved_otherwise_is_compared_as_other_text(old, new):
    assert as_lines(old) != as_lines(new)
