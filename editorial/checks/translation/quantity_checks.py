"""Checks of numbers: doses, percentages, temperatures and all others, how often, and whether at least or at most."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, zip_longest

from django.utils.translation import gettext_lazy

from .contract import Difference, TranslationCheck, differs
from .languages import find_words
from .numerals import DOSE_UNITS
from .quantity_matching import QuantityDifference
from .text_pairs import Side, TextPair

MOST = 50  # bounds that are compared in one sentence


class _QuantityCheck(TranslationCheck):
    needs_reason = True

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        for difference in pair.quantity_differences:
            if self.is_mine(difference):
                source, target = ((side.written if side else "") for side in (difference.source, difference.target))
                yield Difference(target or source, differs(source, target))

    def is_mine(self, difference: QuantityDifference) -> bool:
        raise NotImplementedError


class TranslatedDose(_QuantityCheck):
    id = "translated-dose"
    name = gettext_lazy("Dose differs from the source")
    why = gettext_lazy("Another number or unit is another dose. Correct it, or say why it is right.")

    def is_mine(self, difference: QuantityDifference) -> bool:
        return difference.unit in DOSE_UNITS


class TranslatedPercentage(_QuantityCheck):
    id = "translated-percentage"
    name = gettext_lazy("Percentage differs from the source")
    why = gettext_lazy("Readers decide by it. Correct it, or say why it is right.")

    def is_mine(self, difference: QuantityDifference) -> bool:
        return difference.unit == "%"


class TranslatedTemperature(_QuantityCheck):
    id = "translated-temperature"
    name = gettext_lazy("Temperature differs from the source")
    why = gettext_lazy("It tells readers when to call. Correct the number and the scale, or say why they are right.")

    def is_mine(self, difference: QuantityDifference) -> bool:
        return difference.unit in ("°C", "°F")


class TranslatedNumber(_QuantityCheck):
    id = "translated-number"
    name = gettext_lazy("Number differs from the source")
    why = gettext_lazy(
        "The translation has to say the same numbers, in digits or in words. Correct it, or say why it is right."
    )

    def is_mine(self, difference: QuantityDifference) -> bool:
        return difference.unit not in DOSE_UNITS | {"%", "°C", "°F"}


class TranslatedFrequency(TranslationCheck):
    id = "translated-frequency"
    name = gettext_lazy("How often differs from the source")
    why = gettext_lazy("“A day” and “a week” are different treatments. Check both texts.")
    needs_reason = True

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        source, target = (_frequencies(side.marks.words, side.language) for side in (pair.source, pair.target))
        # One that is left out may be told otherwise; one in the place of another is wrong.
        lost, added = (source.keys() - target.keys(), target.keys() - source.keys())
        if lost and added:
            old, new = next(iter(sorted(lost))), next(iter(sorted(added)))
            yield Difference(target[new], differs(source[old], target[new]))


@cache
def _frequency_patterns(language: str) -> list[tuple[re.Pattern[str], str]]:
    words = find_words(language)
    start, end = (r"(?<![^\W_])", r"(?![^\W_])") if words and words.has_spaces else ("", "")
    table = words.frequencies if words else {}
    return [(re.compile(f"{start}(?:{pattern}){end}", re.IGNORECASE), unit) for pattern, unit in table.items()]


def _frequencies(text: str, language: str) -> dict[str, str]:
    """{unit: as it is written}"""
    found = {}
    for pattern, unit in _frequency_patterns(language):
        if match := pattern.search(text):
            found[unit] = match[0]
    return found


class TranslatedBound(TranslationCheck):
    id = "translated-bound"
    name = gettext_lazy("“At least” and “at most” changed places")
    why = gettext_lazy("A bound that is turned round says the contrary. Correct it, or say why it is right.")
    needs_reason = True

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        for source, target in pair.sentence_pairs if pair.source.quantities else ():
            raised, lowered = _bounds(source, pair.source.language), _bounds(target, pair.language)
            (more, less), (more_here, less_here) = raised, lowered
            if len(more) > len(more_here) and len(less) < len(less_here):
                yield Difference(less_here[-1], differs(more[0], less_here[-1]))
            elif len(more) < len(more_here) and len(less) > len(less_here):
                yield Difference(more_here[-1], differs(less[0], more_here[-1]))


@cache
def _bound_patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = find_words(language)
    if words is None:
        return re.compile(r"(?!)"), re.compile(r"(?!)")
    start, end = (r"(?<![^\W_])", r"(?![^\W_])") if words.has_spaces else ("", "")
    # A sign has no word's edge.
    patterns = [re.compile(f"[≥≤<>⩾⩽]|{start}(?:{side}){end}", re.IGNORECASE) for side in (words.raises, words.lowers)]
    return patterns[0], patterns[1]


def _bounds(text: str, language: str) -> tuple[list[str], list[str]]:
    """(what raises, what lowers) in a text. What belongs to a longer bound of the other side is none."""
    up, down = ([*islice(pattern.finditer(text), MOST)] for pattern in _bound_patterns(language))
    up = [match for match in up if match[0] not in "≤<⩽"]
    down = [match for match in down if match[0] not in "≥>⩾"]

    def is_within(match: re.Match[str], others: list[re.Match[str]]) -> bool:
        return any(o.start() <= match.start() and match.end() <= o.end() and len(o[0]) > len(match[0]) for o in others)

    return (
        [match[0] for match in up if not is_within(match, down)],
        [match[0] for match in down if not is_within(match, up)],
    )


class TranslatedDate(TranslationCheck):
    id = "translated-date"
    name = gettext_lazy("Date differs from the source")
    why = gettext_lazy("Another month, day or year is another fact. Correct it, or say why it is right.")
    needs_reason = True

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        old, new = list(pair.source.days), list(pair.target.days)
        for day in list(old):
            same = next((other for other in new if other.value == day.value), None)
            if same is not None:
                old.remove(day)
                new.remove(same)
        yield from _clock_differences(pair)
        if len(old) != len(new) and _says_the_same(pair):
            return
        for day, other in zip_longest(old, new):
            written = [place.written if place else "" for place in (day, other)]
            yield Difference(written[1] or written[0], differs(*written))


def _says_the_same(pair: TextPair) -> bool:
    """Whether the same months, days and years are told in another number of dates, as in "March and April 2020"."""
    return _loose_numbers(pair.source) == _loose_numbers(pair.target)


def _loose_numbers(side: Side) -> tuple[set[int], set[int]]:
    months = {day.month for day in side.days if day.month}
    others = {number for day in side.days for number in (day.year, day.day) if number}
    alone = {int(value) for quantity in side.quantities for value in quantity.values if value >= 1}
    return months, others | alone


def _clock_differences(pair: TextPair) -> Iterator[Difference]:
    new = [clock.minutes for clock in pair.target.clocks]
    for clock in pair.source.clocks:
        if new and clock.minutes not in new:
            yield Difference(clock.written, differs(clock.written, pair.target.clocks[0].written))
