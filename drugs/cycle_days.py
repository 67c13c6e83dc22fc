"""The days of a cycle on which a drug is given, as people type them: "1, 8" or "1-21". Pure functions."""

import re

from django.utils.translation import gettext as _

Stretches = tuple[tuple[int, int], ...]  # (first day, last day), in order, with days between them

_STRETCH = re.compile(r"(\d{1,4})(?:\s*[-\u2010-\u2013]\s*(\d{1,4}))?")
_BETWEEN = re.compile(r"\s*[,;\u060c\u3001]\s*|\s+")


def read_cycle_days(text: str) -> Stretches:
    """The days in `text`, each once; () where nothing was typed. Raises ValueError for anything but days."""
    days: set[int] = set()
    joined = re.sub(r"\s*([-\u2010-\u2013])\s*", r"\1", text.strip())
    for written in filter(None, _BETWEEN.split(joined)):
        match = _STRETCH.fullmatch(written)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            raise ValueError(written)
        days |= {*range(first, last + 1)}
    return _stretches(sorted(days))


def write_cycle_days(stretches: Stretches) -> str:
    """The same, always written in one way: two days that follow each other are told one by one."""
    return ", ".join(
        f"{first}-{last}" if last > first + 1 else ", ".join(map(str, range(first, last + 1)))
        for first, last in stretches
    )


def normal_cycle_days(text: str) -> str:
    """As `write_cycle_days` writes it; what is no list of days stays as it is."""
    try:
        return write_cycle_days(read_cycle_days(text))
    except ValueError:
        return text


def find_cycle_problem(text: str, length: int) -> str:
    """What is wrong with the days of a cycle of `length` days, in words; "" where nothing is."""
    try:
        stretches = read_cycle_days(text)
    except ValueError as error:
        return _("“%(typed)s” isn't a day of a cycle. Type days like 1, 8 or 1-21.") % {"typed": error}
    if not stretches:
        return ""
    last = stretches[-1][1]
    if last > length:
        return _(
            "Day %(day)d is after the end of the cycle, which is day %(length)d. Correct the days or the cycle."
        ) % {
            "length": length,
            "day": last,
        }
    if length > 1 and stretches == ((1, length),):
        return _("These are all the days of the cycle. Leave them empty and enter every 1 day.")
    return ""


def _stretches(days: list[int]) -> Stretches:
    found: list[tuple[int, int]] = []
    for day in days:
        if found and day == found[-1][1] + 1:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return tuple(found)
