"""The words of blocks by themselves: where blocks cannot stand, in cells, headings and items."""

from collections.abc import Iterator

from editorial.text_hygiene import is_blank

from ..tree import inline
from .blocks import Block, Grid, Heading, Listing, Paragraph, Runs
from .report import Change, Report


def trim_words(runs: Runs) -> Runs:
    """Normalised; empty where nothing can be seen, without no-break spaces at both ends."""
    words = inline.normalise(runs)
    if is_blank(inline.plain(words)):
        return []
    first, last = words[0], words[-1]
    if "text" in first and first["text"].startswith("\u00a0"):
        words[0] = {**first, "text": first["text"].lstrip("\u00a0 ")}
    if "text" in (last := words[-1]) and last["text"].endswith("\u00a0"):
        words[-1] = {**last, "text": last["text"].rstrip("\u00a0 ")}
    return inline.normalise(words)


def join_lines(blocks: list[Block]) -> Runs:
    words: Runs = []
    for line in split_lines(blocks, None):
        words += ([{"text": " "}] if words else []) + [{"text": " "} if "break" in run else run for run in line]
    return inline.normalise(words)


def split_lines(blocks: list[Block], report: Report | None) -> Iterator[Runs]:
    """The words of blocks, each block's by themselves; those of a list with their bullets and numbers."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.words
        elif isinstance(block, Heading):
            if report:
                report.add(Change.HEADING_INSIDE, inline.plain(block.words))
            yield make_strong(block.words)
        elif isinstance(block, Listing):
            if report:
                report.add(Change.CELL_LIST)
            for number, item in enumerate(block.items, block.start):
                marker: Runs = [{"text": f"{number}. " if block.is_ordered else "• "}]
                for line in split_lines(item, None):
                    yield marker + line
                    marker = []
        else:
            for row in block.rows:
                for cell in row:
                    yield cell.words


def join_blocks(blocks: list[Block], report: Report) -> list[Block]:
    """One paragraph with a line for each block, and for each row of a table."""
    words: Runs = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            report.add(Change.FLATTENED)
        if isinstance(block, Grid):
            rows = [block.caption, *(_join_cells([cell.words for cell in row]) for row in block.rows)]
        else:
            rows = list(split_lines([block], None))
        for row in filter(None, rows):
            words += ([{"break": True}] if words else []) + row
    return [Paragraph(words)] if (words := inline.normalise(words)) else []


def _join_cells(cells: list[Runs]) -> Runs:
    words: Runs = []
    for cell in filter(None, cells):
        words += ([{"text": " | "}] if words else []) + cell
    return words


def make_strong(words: Runs) -> Runs:
    return inline.normalise([
        {**run, "marks": sorted({*run.get("marks", []), "strong"})} if "text" in run else run for run in words
    ])  # fmt: skip


def is_strong(words: Runs) -> bool:
    return all("strong" in run.get("marks", []) for run in words if "text" in run)


def strip_strong(words: Runs) -> Runs:
    """Without what a heading is anyway."""
    plain = []
    for run in words:
        marks = [mark for mark in run.get("marks", []) if mark != "strong"]
        rest = {key: value for key, value in run.items() if key != "marks"}
        plain.append({**rest, "marks": marks} if marks else rest)
    return inline.normalise(plain)


def replace_headings(blocks: list[Block], report: Report) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Heading):
            report.add(Change.HEADING_INSIDE, inline.plain(block.words))
            yield Paragraph(make_strong(block.words))
        else:
            yield block
