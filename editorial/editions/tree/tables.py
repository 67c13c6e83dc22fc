"""Tables: what they look like in the editor's HTML, which of them can be kept, and what their columns are called.

A table is a rectangle. Its rows and columns have ids that stay, and a cell is named by both: "b-7kq2m9xa.c-3fx8d2ke".
In HTML each cell carries that name, and the first row's cells tell the columns.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from . import inline
from .nodes import Node, new_id

MOST_COLUMNS = 8
NO_HEADER, HEADER_ROW, HEADER_COLUMN, HEADER_BOTH = "none", "row", "column", "both"
PARTS = ("thead", "tbody", "tfoot")
TAGS = frozenset({"table", "caption", *PARTS, "tr", "th", "td"})


def read_table(element: Element, read_cell: Callable[[Element], inline.Runs]) -> Node | None:
    """The table, None where it has no words. Short rows are filled up: for those, see `table_blockers`."""
    elements = [(row, [cell for cell in row if cell.tag in ("td", "th")]) for row in _row_elements(element)]
    elements = [(row, cells) for row, cells in elements if cells]
    width = max((len(cells) for _row, cells in elements), default=0)
    texts = [[read_cell(cell) for cell in cells] + [[]] * (width - len(cells)) for _row, cells in elements]
    caption = next((_caption(child) for child in element if child.tag == "caption"), "")
    if not caption and not any(words for row in texts for words in row):
        return None
    names = [row.get("data-id", "") for row, _cells in elements]
    columns = _columns([[cell.get("data-id", "") for cell in cells] for _row, cells in elements], names, width)
    rows = tuple(_row(name, columns, words) for name, words in zip(names, texts, strict=True))
    attrs = {"header": _header(elements), "columns": columns}
    return Node("table", element.get("data-id", ""), attrs, {"caption": caption} if caption else {}, rows)


def captioned(table_id: str, caption: str) -> Node:
    """A table of which only the caption is told, as a translation is stored: its structure is its source's."""
    return Node("table", table_id, {"header": NO_HEADER, "columns": []}, {"caption": caption})


def _row_elements(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in PARTS:
            yield from (row for row in child if row.tag == "tr")


def _caption(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _columns(cell_ids: list[list[str]], row_ids: list[str], width: int) -> list[str]:
    """The columns' ids, as many "" where the cells do not name them all, each once."""
    none = [""] * width
    if not cell_ids or not all(row_ids):
        return none
    prefix = f"{row_ids[0]}."
    columns = [cell_id.removeprefix(prefix) for cell_id in cell_ids[0]]
    expected = [[f"{row_id}.{column}" for column in columns] for row_id in row_ids]
    is_whole = len(columns) == width == len({*columns}) and "" not in columns and cell_ids == expected
    return columns if is_whole else none


def _row(row_id: str, columns: Sequence[str], words: Sequence[inline.Runs]) -> Node:
    cells = (
        Node("cell", cell_id(row_id, column), words={"text": text}) for column, text in zip(columns, words, strict=True)
    )
    return Node("row", row_id, children=tuple(cells))


def cell_id(row_id: str, column: str) -> str:
    """A cell's id; "" where the row or the column has none yet."""
    return f"{row_id}.{column}" if row_id and column else ""


def _header(rows: list[tuple[Element, list[Element]]]) -> str:
    """Whether the first row, the first column or both are headings. An empty corner may be anything."""
    if not rows:
        return NO_HEADER
    first = rows[0][1]
    corner_is_header = first[0].tag == "th" or not "".join(first[0].itertext()).strip()
    right, below = first[1:], [cells[0] for _row, cells in rows[1:]]
    is_row = corner_is_header and (all(cell.tag == "th" for cell in right) if right else first[0].tag == "th")
    is_column = corner_is_header and (all(cell.tag == "th" for cell in below) if below else first[0].tag == "th")
    return {(True, True): HEADER_BOTH, (True, False): HEADER_ROW, (False, True): HEADER_COLUMN}.get(
        (is_row, is_column), NO_HEADER
    )


def is_header(table: Node, row: int, column: int) -> bool:
    """Whether the cell in this place, counted from 0, is a heading."""
    header = table.attrs["header"]
    return (row == 0 and header in (HEADER_ROW, HEADER_BOTH)) or (
        column == 0 and header in (HEADER_COLUMN, HEADER_BOTH)
    )


def write_table(table: Node) -> str:
    """As it is stored and given to the editor."""
    caption = table.plain("caption")
    rows = "".join(_written_row(table, place, row) for place, row in enumerate(table.children))
    return (
        f"<table{_mark(table)}>"
        + (f"<caption>{escape(caption)}</caption>" if caption else "")
        + (f"<tbody>{rows}</tbody>" if rows else "")
        + "</table>"
    )


def _written_row(table: Node, place: int, row: Node) -> str:
    cells = ((cell, "th" if is_header(table, place, column) else "td") for column, cell in enumerate(row.children))
    inner = "".join(f"<{tag}{_mark(cell)}>{inline.to_html(cell.words['text'])}</{tag}>" for cell, tag in cells)
    return f"<tr{_mark(row)}>{inner}</tr>"


def _mark(node: Node) -> str:
    return f' data-id="{escape(node.id)}"' if node.id else ""


def with_ids(table: Node, table_id: str, row_ids: Sequence[str], columns: Sequence[str]) -> Node:
    """The table under these ids; a row or a column whose id is "" gets a fresh one."""
    columns = [column or new_id("c") for column in columns]
    rows = []
    for row, known in zip(table.children, row_ids, strict=True):
        row_id = known or new_id()
        cells = (replace(cell, id=cell_id(row_id, column)) for cell, column in zip(row.children, columns, strict=True))
        rows.append(replace(row, id=row_id, children=tuple(cells)))
    return replace(table, id=table_id or new_id(), attrs={**table.attrs, "columns": columns}, children=tuple(rows))


def column_names(table: Node) -> list[str]:
    """What people call the columns: the words of their headings, else their numbers from 1."""
    first = table.children[0].children if table.children else ()
    has_names = table.attrs["header"] in (HEADER_ROW, HEADER_BOTH)
    names = [cell.plain("text") if has_names else "" for cell in first]
    return [name or str(number) for number, name in enumerate(names, 1)]


def row_name(node: Node) -> str:
    """What people call a row of a table: the words of its first cell that has any; "" of any other block."""
    cells = node.children if node.type == "row" else ()
    return next(filter(None, (cell.plain("text") for cell in cells)), "")


def cell_places(nodes: Iterable[Node]) -> dict[str, tuple[str, int]]:
    """{cell id: (what its column is called, the number of its row from 1)} of the tables among these nodes."""
    return {
        cell.id: (name, number)
        for table in nodes
        if table.type == "table"
        for number, row in enumerate(table.children, 1)
        for name, cell in zip(column_names(table), row.children, strict=True)
    }


def table_blockers(root: Element) -> Iterator[str]:
    """Why a table that was typed cannot be kept, in the editor's words. `root` holds HTML with merged cells told."""
    for table in root.iter("table"):
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in _row_elements(table)]
        cells = [cell for row in rows for cell in row]
        widths = {len(row) for row in rows if row}
        if any(cell.find(".//table") is not None for cell in cells):
            yield _("A table stands within a cell of another table. Make two tables of them, one after the other.")
        elif any(_span(cell, name) > 1 for cell in cells for name in ("colspan", "rowspan")):
            yield _("A table has merged cells. Split them: each cell of a table stands in one row and one column.")
        elif max(widths, default=0) > MOST_COLUMNS:
            yield _(
                "A table has %(count)d columns and can have at most %(most)d. Split it, or turn its rows into columns."
            ) % {"count": max(widths), "most": MOST_COLUMNS}
        elif len(widths) > 1:
            yield _("The rows of a table differ in their number of cells. Give each row as many.")
        elif not rows:
            yield _("A table has a caption and no cells. Add a row, or take the table out.")


def _span(cell: Element, name: str) -> int:
    value: Any = cell.get(name, "1")
    return int(value) if value.isascii() and value.isdigit() else 1
