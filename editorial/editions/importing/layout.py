"""Where blocks may stand: headings by their levels, and tables outside lists."""

from ..tree import inline
from .blocks import Block, Grid, Heading, Listing
from .report import Change, Report

_LEVELS = (3, 4)  # of the headings within a section, which is itself a heading of level 2


def level_headings(blocks: list[Block], report: Report) -> list[Block]:
    """Headings at the levels of a section. None is skipped: what stands below another is one level below it."""
    open_levels: list[int] = []  # of the source
    made: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            while open_levels and open_levels[-1] >= block.level:
                open_levels.pop()
            open_levels.append(block.level)
            level = _LEVELS[min(len(open_levels), len(_LEVELS)) - 1]
            if level != block.level:
                report.add(Change.HEADING, inline.plain(block.words))
            block = Heading(level, block.words)
        made.append(block)
    return made


def lift_grids(blocks: list[Block]) -> list[Block]:
    """The same, where tables that stood in a list part it: the list goes on below with the next number."""
    lifted: list[Block] = []
    for block in blocks:
        if isinstance(block, Listing):
            lifted += _parted(block)
        else:
            lifted.append(block)
    return lifted


def _parted(listing: Listing) -> list[Block]:
    parts: list[Block] = []
    current = Listing(listing.is_ordered, listing.start)
    for number, item in enumerate(listing.items, listing.start):
        item = lift_grids(item)
        place = next((place for place, block in enumerate(item) if isinstance(block, Grid)), len(item))
        if item[:place]:
            current.items.append(item[:place])
        if item[place:]:
            parts += [current, *item[place:]] if current.items else item[place:]
            current = Listing(listing.is_ordered, number + 1)
    return [*parts, current] if current.items else parts
