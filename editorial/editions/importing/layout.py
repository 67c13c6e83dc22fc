"""Where blocks may stand: headings by their levels, tables outside lists, and lists within few others."""

from collections.abc import Iterator

from ..tree import inline
from .blocks import Block, Grid, Heading, Listing
from .report import Change, Report

_LEVELS = (3, 4)  # of the headings within a section, which is itself a heading of level 2
DEEPEST_LIST = 6  # levels; the content tree keeps no more


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


def limit_levels(blocks: list[Block], report: Report, level: int = 1) -> list[Block]:
    """The same, where items of lists that are nested too deeply stand in the deepest list that can be kept."""
    return [
        Listing(
            block.is_ordered,
            block.start,
            [limit_levels(item, report, level + 1) for item in block.items]
            if level < DEEPEST_LIST
            else list(_flat_items(block, report)),
        )
        if isinstance(block, Listing)
        else block
        for block in blocks
    ]


def _flat_items(listing: Listing, report: Report) -> Iterator[list[Block]]:
    for item in listing.items:
        own: list[Block] = []
        for block in item:
            if not isinstance(block, Listing):
                own.append(block)
                continue
            if own:
                yield own
            own = []
            report.add(Change.DEEP_LIST, count=len(block.items))
            yield from _flat_items(block, report)
        if own:
            yield own
