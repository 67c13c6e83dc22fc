"""The blocks that an import makes, and how they are written: only elements that the editor has too."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from ..tree import inline

Runs = inline.Runs


@dataclass(frozen=True, slots=True)
class Paragraph:
    words: Runs


@dataclass(frozen=True, slots=True)
class Heading:
    """Its words are plain: what is raised in them is written with Unicode's signs."""

    level: int  # that of the source, 1 to 6; of what is written, 3 or 4
    words: Runs


@dataclass(slots=True)
class Listing:
    """A list; each item holds blocks."""

    is_ordered: bool
    start: int = 1
    items: list[list["Block"]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cell:
    words: Runs
    is_header: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its caption is plain. With `has_header_row`, its first row holds headings."""

    caption: Runs
    rows: list[list[Cell]]
    has_header_row: bool = False


Block = Paragraph | Heading | Listing | Grid


def write_blocks(blocks: Sequence[Block]) -> str:
    """HTML in the dialect of the editor."""
    return "".join(map(_written, blocks))


def _written(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{inline.to_html(block.words)}</p>"
    if isinstance(block, Heading):
        return f"<h{block.level}>{escape(inline.plain(block.words))}</h{block.level}>"
    if isinstance(block, Listing):
        tag = "ol" if block.is_ordered else "ul"
        start = f' start="{block.start}"' if block.is_ordered and block.start != 1 else ""
        return f"<{tag}{start}>{''.join(f'<li>{write_blocks(item)}</li>' for item in block.items)}</{tag}>"
    caption = f"<caption>{escape(inline.plain(block.caption))}</caption>" if block.caption else ""
    first = 1 if block.has_header_row else 0
    head, body = ("".join(map(_row, rows)) for rows in (block.rows[:first], block.rows[first:]))
    return (
        f"<table>{caption}{f'<thead>{head}</thead>' if head else ''}{f'<tbody>{body}</tbody>' if body else ''}</table>"
    )


def _row(cells: list[Cell]) -> str:
    tags = [("th" if cell.is_header else "td", inline.to_html(cell.words)) for cell in cells]
    return f"<tr>{''.join(f'<{tag}>{words}</{tag}>' for tag, words in tags)}</tr>"
