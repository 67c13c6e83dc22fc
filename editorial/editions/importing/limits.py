"""How much foreign HTML is read at all, told before any parser sees it."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from ..tree import bounds

LONGEST_MARKUP = 2_000_000  # characters: word processors write twenty of markup for one of text
MOST_ELEMENTS = 20_000
MOST_TAGS = 60_000  # start and end tags and comments

_RAW = re.compile(r"<(style|script)\b", re.IGNORECASE)
_RAW_END = {name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("style", "script")}


def markup_blockers(html: str) -> Iterator[str]:
    """Why foreign HTML cannot be read, in the editor's words."""
    if too_long := list(length_blockers(count_text(html), len(html))):
        yield from too_long
        return
    elements, levels = bounds.measure_html(html)  # one that is too deep ends early
    if levels > bounds.DEEPEST:
        yield from bounds.depth_blockers(html)
    elif elements > MOST_ELEMENTS or html.count("<") > MOST_TAGS:
        yield _("This text has too much formatting to be read at once. Paste it in parts, or paste it as plain text.")


def length_blockers(length: int, markup: int = 0) -> Iterator[str]:
    """The same by the number of characters of its text, and with its markup."""
    if markup > LONGEST_MARKUP or length > bounds.LONGEST_TEXT:
        yield _(
            "This text is too long to be read at once: a text can have at most %(most)d characters. Paste it in parts."
        ) % {"most": bounds.LONGEST_TEXT}


def count_text(html: str) -> int:
    """How many characters of HTML are text; about so, in one pass."""
    total = place = 0
    while (start := html.find("<", place)) >= 0:
        total += start - place
        if html.startswith("<!--", start):
            end = html.find("-->", start)
            place = len(html) if end < 0 else end + 3
        elif raw := _RAW.match(html, start):
            raw_end = _RAW_END[raw[1].lower()].search(html, start)
            place = raw_end.start() if raw_end else len(html)
            place = max(place, start + 1)
        else:
            end = html.find(">", start)
            if end < 0:
                return total + len(html) - start
            place = end + 1
    return total + len(html) - place
