"""From elements to blocks: paragraphs, headings, lists and tables, each word with its marks."""

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from editorial.text_hygiene import count_unseen, is_blank

from ..blockers import refuse_if
from ..tree import inline
from ..tree.addresses import mend_address
from ..tree.inline import raised_text
from . import limits
from .block_words import is_strong, join_lines, replace_headings, split_lines, strip_strong, trim_words
from .blocks import Block, Cell, Grid, Heading, Listing, Paragraph, Runs
from .elements import HEADINGS, LISTS, is_block, shown_words
from .formulas import formula_pieces
from .grids import MOST_COLUMNS, SourceTable, read_table
from .marks import Context, enter
from .report import Change, Report
from .styles import Styles
from .symbols import replace_symbols

_WIDE_SPACE = re.compile("(?:[ \t\r\n\f]+\u00a0|\u00a0[ \t\r\n\f\u00a0])[ \t\r\n\f\u00a0]*")
_BREAK: inline.Run = {"break": True}


class Reader:
    """Reads elements into blocks. One for each text, and for each part of it whose blocks are gathered alone."""

    def __init__(self, styles: Styles, report: Report, quotes: int = 0):
        self._styles, self._report = styles, report
        self._blocks: list[Block] = []
        self._runs: Runs = []
        self._quotes = quotes  # how many quotations the words stand in

    def read(self, element: Element, context: Context) -> list[Block]:
        """The blocks within an element."""
        self._children(element, context)
        self._end_paragraph()
        return self._blocks

    def _apart(self, element: Element, context: Context) -> list[Block]:
        return Reader(self._styles, self._report, self._quotes).read(element, context)

    def _children(self, element: Element, context: Context) -> None:
        self._text(element.text or "", context)
        for child in element:
            self._element(child, context)
            self._text(child.tail or "", context)

    def _element(self, element: Element, context: Context) -> None:
        tag, style = str(element.tag), self._styles.of(element)
        self._tell(element)
        context = enter(context, element, style, self._report)
        if tag == "br":
            self._runs.append(_BREAK)
        elif tag in HEADINGS or (level := _outline_level(element, style.get("mso-outline-level", ""))):
            self._heading(element, int(tag[1]) if tag in HEADINGS else level, replace(context, is_heading=True))
        elif tag in LISTS:
            self._end_paragraph()
            self._list(element, context)
        elif tag == "table":
            self._end_paragraph()
            self._table(element, context)
        elif tag == "math":
            self._formula(element, context)
        elif tag == "q":
            self._quotation(element, context)
        elif tag == "rt":
            self._text(" (", context)
            self._children(element, context)
            self._text(")", context)
        elif is_block(element, style.get("display", "")):
            if tag == "dt":
                context = replace(context, marks=context.marks | {"strong"})
            self._end_paragraph()
            self._children(element, context)
            self._end_paragraph()
        else:
            self._children(element, context)

    def _tell(self, element: Element) -> None:
        """Tell of what an element means and its words alone do not."""
        tag, style = element.tag, self._styles.of(element)
        if tag in ("abbr", "acronym") and element.get("title"):
            self._report.add(Change.EXPLANATION, f"{shown_words(element)}: {element.get('title')}")
        if tag == "bdo" or "override" in style.get("unicode-bidi", ""):
            self._report.add(Change.DIRECTION, shown_words(element))
        if tag == "a" and mend_address(element.get("href", "")) and not shown_words(element):
            self._report.add(Change.LINK, element.get("href", ""))
        told = {
            "blockquote": Change.QUOTATION, "pre": Change.SPACED, "listing": Change.SPACED, "xmp": Change.SPACED,
            "rt": Change.READING_AID,
        }  # fmt: skip
        if (change := told.get(str(tag))) and shown_words(element):
            self._report.add(change, shown_words(element) if tag == "rt" else "")
        if tag == "dl" and element.find("dt") is not None:
            self._report.add(Change.DEFINITION)

    def _text(self, text: str, context: Context) -> None:
        if unseen := count_unseen(text):
            self._report.add(Change.INVISIBLE, count=unseen)
        if context.font:
            text, replaced, unknown = replace_symbols(text, context.font)
            for letter, sign in replaced:
                self._report.add(Change.SYMBOL, f"{letter} → {sign}")
            for letter in unknown:
                self._report.add(Change.UNKNOWN_SYMBOL, letter)
        lines = re.split(r"\r\n|\r|\n", text) if context.keeps_lines else [text]
        for place, line in enumerate(lines):
            if place:
                self._runs.append(_BREAK)
            self._run(_WIDE_SPACE.sub(" ", line), context)

    def _run(self, text: str, context: Context) -> None:
        if not text:
            return
        run: inline.Run = {"text": text}
        if context.marks:
            run["marks"] = sorted(context.marks)
        if context.link:
            run["link"] = context.link
        self._runs.append(run)

    def _end_paragraph(self) -> None:
        """What was read since the last block is a paragraph; several where empty lines part it."""
        lines: list[Runs] = [[]]
        breaks = 0
        for run in self._runs:
            breaks = breaks + 1 if "break" in run else breaks if is_blank(run["text"]) else 0
            if breaks == 2:
                lines.append([])
            lines[-1].append(run)
        self._runs = []
        for line in lines:
            if words := trim_words(line):
                self._blocks.append(Paragraph(words))

    def _heading(self, element: Element, level: int, context: Context) -> None:
        self._end_paragraph()
        if words := self._plain_words(element, context):
            self._blocks.append(Heading(level, words))

    def _plain_words(self, element: Element, context: Context) -> Runs:
        """What stands where no link may: on one line."""
        words = join_lines(self._apart(element, context))
        for link in dict.fromkeys(run["link"] for run in words if "link" in run):
            self._report.add(Change.LINK, link)
        return words

    def _quotation(self, element: Element, context: Context) -> None:
        opening, closing = ("“", "”") if self._quotes % 2 == 0 else ("‘", "’")
        self._quotes += 1
        self._text(opening, context)
        self._children(element, context)
        self._text(closing, context)
        self._quotes -= 1

    def _formula(self, element: Element, context: Context) -> None:
        pieces = [(text, mark) for text, mark in formula_pieces(element) if text]
        self._report.add(Change.FORMULA, "".join(raised_text(text, mark) if mark else text for text, mark in pieces))
        for text, mark in pieces:
            self._text(text, replace(context, marks=context.marks | {mark} if mark else context.marks))

    def _list(self, element: Element, context: Context) -> None:
        if _is_lettered(element, self._styles):
            self._report.add(Change.LETTERED)
        is_ordered = element.tag == "ol"
        start = _whole(element.get("start", ""))
        if start is None and is_ordered and element.get("start", "").strip():
            self._report.add(Change.LETTERED, element.get("start", ""))
        number = 1 if start is None else start
        made = Listing(is_ordered, number)
        self._blocks.append(made)
        for text, child in _pieces(element):
            if text.strip():
                outside = Reader(self._styles, self._report)
                outside._text(text, context)
                made.items.append(outside.read(Element("li"), context))
                number += 1
            if child is None:
                continue
            value = _whole(child.get("value", "")) if child.tag == "li" else None
            if is_ordered and value is not None and value != number:
                number = value
                made = Listing(True, number, [])
                self._blocks.append(made)
            holder = Element("li")
            self._tell(child)
            if child.tag == "li":
                item = self._apart(child, enter(context, child, self._styles.of(child), self._report))
            else:
                holder.append(child)
                tail, child.tail = child.tail, None
                item = self._apart(holder, context)
                child.tail = tail
            item = list(replace_headings(item, self._report))
            if child.tag != "li" and made.items and item and not isinstance(item[0], Paragraph):
                made.items[-1] += item  # a list beside the items belongs to the one before
            elif item:
                made.items.append(item)
                number += 1
        self._blocks = [block for block in self._blocks if not isinstance(block, Listing) or block.items]

    def _table(self, element: Element, context: Context) -> None:
        table = read_table(element)
        is_nested = next(element.iter("table"), element) is not element or len(list(element.iter("table"))) > 1
        cells = sum(len(row) for row in table.rows)
        if is_nested or table.width > MOST_COLUMNS or cells < 2:
            if is_nested and cells > 1:
                self._report.add(Change.NESTED)
            elif table.width > MOST_COLUMNS:
                self._report.add(Change.WIDE)
            self._rows_as_text(table, context, is_nested=is_nested)
            return
        for cell in table.merged:
            self._report.add(Change.MERGED, shown_words(cell))
        if table.header_rows > 1:
            self._report.add(Change.HEADER_ROWS, count=table.header_rows - 1)
        words = {id(cell): self._cell_words(cell, context) for row in table.rows for cell in row if cell is not None}
        self._refuse_too_long(table, words)
        has_row = table.header_rows > 0
        if not has_row and not table.has_header_column:
            has_row = len(table.rows) > 1 and all(is_strong(words.get(id(cell), [])) for cell in table.rows[0])
            self._report.add(Change.BOLD_ROW if has_row else Change.NO_HEADER)
            if has_row:
                words |= {id(cell): strip_strong(words.get(id(cell), [])) for cell in table.rows[0]}
        rows = [
            [
                Cell(
                    words.get(id(cell), []),
                    (has_row and place == 0) or (column == 0 and table.has_header_column),
                )
                for column, cell in enumerate(row)
            ]
            for place, row in enumerate(table.rows)
        ]
        self._blocks.append(Grid(self._caption(table, context), rows, has_row))

    def _rows_as_text(self, table: SourceTable, context: Context, *, is_nested: bool) -> None:
        """Each row a paragraph, its cells parted by a bar; where cells hold tables, each cell by itself."""
        if caption := self._caption(table, context):
            self._blocks.append(Paragraph(caption))
        seen: set[int] = set()
        for row in table.rows:
            cells = [cell for cell in row if cell is not None and id(cell) not in seen]
            seen |= {id(cell) for cell in cells}
            parts = [self._apart(cell, context) for cell in dict.fromkeys(cells)]
            if is_nested or any(len(part) > 1 or not isinstance(part[0], Paragraph) for part in parts if part):
                for part in parts:
                    self._blocks += part
                continue
            words: Runs = []
            for part in parts:
                words += ([{"text": " | "}] if words else []) + join_lines(part)
            if words := inline.normalise(words):
                self._blocks.append(Paragraph(words))

    def _caption(self, table: SourceTable, context: Context) -> Runs:
        return self._plain_words(table.caption, context) if table.caption is not None else []

    def _cell_words(self, cell: Element, context: Context) -> Runs:
        context = enter(context, cell, self._styles.of(cell), self._report)
        words: Runs = []
        for line in split_lines(self._apart(cell, context), self._report):
            words += ([_BREAK] if words else []) + line
        words = inline.normalise(words)
        return strip_strong(words) if cell.tag == "th" and is_strong(words) else words

    def _refuse_too_long(self, table: SourceTable, words: dict[int, Runs]) -> None:
        """Before what merged cells hold is written into each place that they covered."""
        lengths = {key: len(inline.plain(runs)) for key, runs in words.items()}
        length = sum(lengths.get(id(cell), 0) for row in table.rows for cell in row)
        refuse_if(limits.length_blockers(length))


def _outline_level(element: Element, outline: str) -> int:
    """The level of a paragraph that is a heading by its style; 0 for any other element."""
    if element.tag not in ("p", "div"):
        return 0
    level = outline or (element.get("aria-level", "2") if element.get("role") == "heading" else "")
    if not level and (match := re.fullmatch(r"MsoHeading([1-9])|Mso(Title)", element.get("class", ""))):
        level = match[1] or "1"
    return min(int(level), 6) if re.fullmatch(r"[1-9]", level) else 0


def _pieces(element: Element) -> Iterator[tuple[str, Element | None]]:
    """(text before it, child) of every child, and the text after the last one with None."""
    text = element.text or ""
    for child in element:
        yield text, child
        text = child.tail or ""
    yield text, None


def _whole(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text.strip()) else None


def _is_lettered(element: Element, styles: Styles) -> bool:
    kinds = [element.get("type", ""), *(styles.of(part).get("list-style-type", "") for part in [element, *element[:1]])]
    return element.tag == "ol" and (
        "reversed" in element.attrib or any(re.fullmatch(r"[aAiI]|.*(alpha|roman|latin|greek)", kind) for kind in kinds)
    )
