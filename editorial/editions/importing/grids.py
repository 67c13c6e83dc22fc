"""Tables as rows of equal length: merged cells stand in each place that they covered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from .elements import CELLS, shown_words

MOST_COLUMNS = 8
_WIDEST = 60  # columns that are looked at; what is wider is no table here


@dataclass(frozen=True, slots=True)
class SourceTable:
    """The cells of a table by row; a merged cell is in several places. `header_rows` of them are headings."""

    caption: Element | None
    rows: list[list[Element | None]]
    header_rows: int
    has_header_column: bool
    merged: list[Element]

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)


def read_table(table: Element) -> SourceTable:
    """Rows and columns that hold nothing, or nothing of their own, fall away."""
    caption = next((child for child in table if child.tag == "caption"), None)
    sections = _sections(table)
    rows: list[list[Element | None]] = []
    head = 0
    for section in sections:
        rows += (added := list(_filled(section)))
        head += len(added) if section and section[0][1] else 0
    width = max(map(len, rows), default=0)
    cells = {id(cell): cell for row in rows for cell in row if cell is not None}
    blank = {key for key, cell in cells.items() if not _has_words(cell)}
    # A cell without words says nothing wherever it is.
    rows = [[None if id(cell) in blank else cell for cell in [*row, *[None] * (width - len(row))]] for row in rows]
    shown = [any(cell is not None for cell in row) for row in rows]
    head = sum(shown[:head])
    rows = [row for row, is_shown in zip(rows, shown, strict=True) if is_shown]
    columns = [list(column) for column in zip(*rows, strict=True)]
    kept = [
        column
        for place, column in enumerate(columns)
        if any(cell is not None for cell in column)
        and not (place and all(cell is before for cell, before in zip(column, columns[place - 1], strict=True)))
    ]
    rows = [list(row) for row in zip(*kept, strict=True)]
    if not head:
        head = next((place for place, row in enumerate(rows) if not _is_header(row)), len(rows))
    body = rows[head:]
    has_column = bool(body) and all(row[0] is not None and row[0].tag == "th" for row in body)
    counts: dict[int, int] = {}
    for row in rows:
        for cell in row:
            counts[id(cell)] = counts.get(id(cell), 0) + (cell is not None)
    merged = [cell for key, cell in cells.items() if counts.get(key, 0) > 1]
    return SourceTable(caption, rows, head, has_column, merged)


def _sections(table: Element) -> list[list[tuple[Element, bool]]]:
    """The rows of each part of a table, in the order in which they are shown: (row, whether it is in its head)."""
    rank = {"thead": 0, "tfoot": 2}
    parts = [child for child in table if child.tag in ("thead", "tbody", "tfoot", "tr")]
    return [
        [(row, part.tag == "thead") for row in ([part] if part.tag == "tr" else part) if row.tag == "tr"]
        for part in sorted(parts, key=lambda part: rank.get(str(part.tag), 1))
    ]


def _filled(section: list[tuple[Element, bool]]) -> Iterator[list[Element | None]]:
    """Each row of one part, with the cells that reach into it from the rows above."""
    reaching: dict[int, tuple[Element, int]] = {}  # by column: (cell, how many further rows it covers)
    for place, (source, _is_head) in enumerate(section):
        row: list[Element | None] = []
        left = len(section) - place - 1
        for cell in [child for child in source if child.tag in CELLS]:
            _fill(row, reaching)
            down = _span(cell, "rowspan")
            down = left if down == 0 else min(down - 1, left)
            for _column in range(max(1, min(_span(cell, "colspan"), _WIDEST))):
                if down:
                    reaching[len(row)] = (cell, down + 1)  # this row takes one off
                row.append(cell)
        _fill(row, reaching)
        for column in [column for column in reaching if column >= len(row)]:
            row += [None] * (column + 1 - len(row))
            row[column] = reaching[column][0]
        reaching = {column: (cell, down - 1) for column, (cell, down) in reaching.items() if down > 1}
        yield row


def _fill(row: list[Element | None], reaching: dict[int, tuple[Element, int]]) -> None:
    while len(row) in reaching:
        row.append(reaching[len(row)][0])


def _span(cell: Element, name: str) -> int:
    match = re.match(r"\s*(\d{1,5})", cell.get(name, ""))
    return int(match[1]) if match else 1


def _is_header(row: list[Element | None]) -> bool:
    return any(cell is not None for cell in row) and all(cell is None or cell.tag == "th" for cell in row)


def _has_words(cell: Element) -> bool:
    return bool(shown_words(cell).strip("\u00a0 "))
