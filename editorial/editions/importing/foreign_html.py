"""HTML that was written elsewhere, by a word processor or for a web page, in the editor's own dialect.

It is read as a tree; what cannot come along is taken out of it and told (omissions.py); lists that were written as
paragraphs are put together again (flat_lists.py); what is left is read into blocks. No word and no number is lost
unless the list of changes has it, and words that stood apart stay apart.
"""

from dataclasses import dataclass

from editorial.text_hygiene import clean_html

from ..blockers import refuse_if
from ..tree import bounds
from . import flat_lists, limits, omissions
from .block_words import join_blocks
from .blocks import write_blocks
from .elements import parse_html
from .layout import level_headings, lift_grids, limit_levels
from .marks import Context
from .reader import Reader
from .report import Report
from .styles import Styles


@dataclass(frozen=True, slots=True)
class Imported:
    """A text in the editor's dialect, and what was changed or left out to make it, each in words."""

    html: str
    changes: list[str]


def read_html(html: str, *, is_one_block: bool = False) -> Imported:
    """Read foreign HTML. Raises Blocked, in words, for what is too long, too deeply nested or too formatted.

    With `is_one_block`, its words are those of one paragraph, a line for each block, as a translation's are.
    """
    refuse_if(limits.markup_blockers(html))
    report = Report()
    root = parse_html(html)
    styles = Styles("".join(sheet.itertext()) for sheet in root.iter("style"))
    omissions.leave_out(root, styles, report)
    flat_lists.gather_lists(root, styles, report)
    blocks = limit_levels(lift_grids(Reader(styles, report).read(root, Context())), report)
    blocks = join_blocks(blocks, report) if is_one_block else level_headings(blocks, report)
    made = clean_html(write_blocks(blocks))
    refuse_if(bounds.text_blockers(made, is_html=True))
    return Imported(made, report.sentences())
