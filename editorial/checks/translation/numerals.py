"""Numbers in a text, in digits and in words, each with what it is of."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from .languages.words import LanguageWords

_SPACE = r"[ \u00a0\u202f\u2009]"
_SIGNS = r"[⁺⁻]?[⁰¹²³⁴-⁹]{1,9}"
_DIGITS = (
    rf"(?:(?<![^\s(（\u00a0])[-−](?=\d{{1,3}}(?!\d)[^-]))?(?:\d{{1,3}}(?:[.,٬'’]\d{{3}}(?!\d)|{_SPACE}\d{{3}}(?![.,]?\d))++"
    rf"(?:[.,٫]\d++)?|\d++(?:[.,٫]\d++)?)(?:{_SIGNS})?+"
)
# Codes such as PD-1, HER2, CA 15-3 or KEYNOTE-522: their digits are no number.
CODE = re.compile(
    r"(?<![A-Za-z\d])(?:CA[\s-]?\d{2,3}(?:-\d)?|[a-z]{0,2}[A-Z][A-Za-z]*+(?:[-\u2010\u2011][A-Za-z]++)*+[-\u2010\u2011]?"
    r"\d[A-Za-z\d]*+(?:[-\u2010\u2011](?=[A-Za-z]{0,9}\d)[A-Za-z\d]++)*+)(?![A-Za-z\d])"
)
# How a name is said: "dos-tar-LI-mab".
_SYLLABLES = re.compile(r"(?<![\w-])(?=[\w-]*[A-ZÁÉÍÓÚ]{2})[^\W\d_]{1,12}(?:-[^\W\d_]{1,12}){2,12}(?![\w-])")
_PARTS = "¼½¾⅓⅔"
_PART_VALUES = {"¼": 0.25, "½": 0.5, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
# As in "stage III".
_ROMAN = r"(?-i:(?<![A-Za-z\d-])(?:VI{0,3}|I[VX]|I{1,3}|X)(?=[ABC]?(?![A-Za-z\d-])))"
_ROMAN_VALUES = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_PER = re.compile(r"\s?/\s?(?:kg|m²|m2|ml|dl|l|h|min|day|día|ngày|天|公斤|千克|كغ|يوم)(?![^\W\d_])", re.IGNORECASE)

DOSE_UNITS = frozenset({"mg", "mcg", "g", "kg", "ml", "l", "iu", "mm", "cm"})
STRICT_UNITS = DOSE_UNITS | {"%", "°C", "°F"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """`values` are all readings of what is written; `is_weak` says that it may be no number at all."""

    values: frozenset[float]
    unit: str
    is_weak: bool
    written: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Patterns:
    number: re.Pattern[str]
    unit: re.Pattern[str] | None
    units: tuple[tuple[re.Pattern[str], str], ...]
    multiplier: re.Pattern[str] | None
    masked: re.Pattern[str] | None
    link: re.Pattern[str]
    half: re.Pattern[str] | None
    counted: re.Pattern[str]
    cardinal: re.Pattern[str]


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _compiled(pattern: str) -> re.Pattern[str] | None:
    return re.compile(pattern, re.IGNORECASE) if pattern else None


_CACHE: dict[int, _Patterns] = {}


def _patterns(words: LanguageWords) -> _Patterns:
    if id(words) not in _CACHE:
        _CACHE[id(words)] = _compile(words)
    return _CACHE[id(words)]


def _compile(words: LanguageWords) -> _Patterns:
    start, end = (r"(?<![^\W_])", r"(?![^\W_])") if words.has_spaces else ("", "")
    alone = [*words.weak, *words.ordinals, *words.fractions, *words.counted]
    sure = [word for word in words.cardinals if word not in words.surroundings]
    cardinal = "|".join([_any(sure), *words.surroundings.values()])
    if words.has_spaces:
        spelled = f"(?:{cardinal}){end}(?:(?:{words.joiner or ' '}|{_SPACE}|-)(?:{cardinal}){end})*"
    else:
        spelled = f"[{''.join(words.cardinals)}]+"
    pattern = (
        rf"(?P<digits>(?<![A-Za-z\d.,٫٬]){_DIGITS}|[{_PARTS}]|{_ROMAN})(?:st|nd|rd|th|\.?[ºª])?"
        rf"|{start}(?P<prefix>{words.prefix})(?:(?P<alone>{_any(alone)}){end}|(?P<spelled>{spelled})"
        rf"|(?P<dual>{words.weak_dual or '(?!)'}){end})"
    )
    units = tuple((re.compile(f"(?:{unit})", re.IGNORECASE), name) for unit, name in words.units.items())
    after = r"(?![^\W\d_])" if words.has_spaces else r"(?![A-Za-z])"
    return _Patterns(
        re.compile(pattern, re.IGNORECASE),
        _compiled(rf"(?:{_SPACE}|-)?(?P<unit>{'|'.join(words.units)}){after}"),
        units,
        _compiled(rf"{_SPACE}?(?P<word>{_any(words.multipliers)}){end}(?!\s?(?:chứng|lệ))"),
        _compiled(f"{start}(?:{words.masked}){end}" if words.masked else ""),
        re.compile(rf"\s*(?:{words.ranges})\s*", re.IGNORECASE),
        _compiled(rf"{_SPACE}?(?:{words.and_half}){end}" if words.and_half else ""),
        re.compile(words.needs_after),
        re.compile(rf"(?:{_any(words.cardinals)})(?![^\W_])", re.IGNORECASE),
    )


@lru_cache(maxsize=512)
def blank_codes(text: str) -> str:
    return _SYLLABLES.sub(_dots, CODE.sub(_dots, text))


def _dots(match: re.Match[str]) -> str:
    return "·" * len(match[0])


def find_quantities(text: str, words: LanguageWords) -> list[Quantity]:
    """The numbers of a text in one language, in reading order; a range gives its unit to both ends."""
    patterns = _patterns(words)
    text = blank_codes(text)
    if words.percent_before:
        text = text.replace(words.percent_before, "◌" * len(words.percent_before))
    if patterns.masked:
        text = patterns.masked.sub(_dots, text)
    found: list[Quantity] = []
    for match in patterns.number.finditer(text):
        if not found or match.start() >= found[-1].end:  # not within the unit of the one before
            found += _read(match, text, words, patterns)
    for place in range(len(found) - 2, -1, -1):
        here, after = found[place], found[place + 1]
        if not here.unit and after.unit and patterns.link.fullmatch(text[here.end : after.start]):
            found[place] = replace(here, unit=after.unit)
    return list(_joined_fractions(found, text))


def _read(match: re.Match[str], text: str, words: LanguageWords, patterns: _Patterns) -> Iterator[Quantity]:
    start, end, is_weak, unit = match.start(), match.end(), False, ""
    if digits := match["digits"]:
        values = read_digits(digits, words)
        is_weak = digits in ("I", "V", "X", "IV")  # also a word, and into a vein
        if multiplier := patterns.multiplier and patterns.multiplier.match(text, end):
            factor = words.multipliers[multiplier["word"].lower()]
            values, end = frozenset(value * factor for value in values), multiplier.end()
        groups = [values]
    elif alone := match["alone"]:
        alone = alone.lower()
        is_weak = alone in words.weak or words.ordinals.get(alone) == 1
        unit = words.counted.get(alone, "")
        groups = [frozenset({float(_value_alone(alone, words))})]
    elif match["dual"]:
        is_weak, groups = True, [frozenset({2.0})]
    else:
        spelled = match["spelled"]
        numbers = compose_number(_split(spelled, words, patterns), words.tens_multiply)
        groups = [frozenset({number}) for number in numbers]
        if words.needs_after:
            is_counted = patterns.counted.match(text, end)
            is_weak = spelled == "一" or not (is_counted or len(spelled) > 1 or text[start - 1 : start] in "每第")
    first = len(groups) - 1
    for place, values in enumerate(groups):
        is_last = place == first
        stop = end
        if words.percent_before and text.endswith("◌" * len(words.percent_before), 0, start):
            unit = "%"
        measure = patterns.unit.match(text, end) if patterns.unit and is_last and not unit else None
        if measure and not (is_weak and measure["unit"].lower() in words.ordinals):  # "un segundo estudio"
            unit = next(name for pattern, name in patterns.units if pattern.fullmatch(measure["unit"]))
            stop = measure.end()
            if per := _PER.match(text, stop):
                stop = per.end()
        if is_last and patterns.half and (half := patterns.half.match(text, stop)):
            values, stop, is_weak = frozenset(value + 0.5 for value in values), half.end(), False
        yield Quantity(values, unit if is_last else "", is_weak, text[start:stop].strip(), start, stop)


def _value_alone(word: str, words: LanguageWords) -> float:
    if word in words.counted:
        return 2
    tables: tuple[Mapping[str, float], ...] = (words.fractions, words.ordinals, words.weak)
    return next(table[word] for table in tables if word in table)


def read_digits(written: str, words: LanguageWords) -> frozenset[float]:
    """Every way in which digits can be read in a language: "1.000" is a thousand where a full stop groups."""
    if written in _PART_VALUES:
        return frozenset({_PART_VALUES[written]})
    if written in _ROMAN_VALUES:
        return frozenset({float(_ROMAN_VALUES[written])})
    power = re.search(rf"{_SIGNS}$", written)
    body = written[: power.start()] if power else written
    exponent = unicodedata.normalize("NFKC", power[0]).replace("−", "-") if power else ""
    body = "".join(str(unicodedata.decimal(sign, sign)) for sign in body).replace("−", "-")
    body = (
        re.sub(r"[٬'’\s\u00a0\u202f\u2009]", "", body).replace("٫", ".")
        if "٫" in body
        else re.sub(r"[٬'’\s\u00a0\u202f\u2009]", "", body)
    )
    readings = {float(number) for number in _plain_numbers(body, words.decimal_sign)}
    # 10⁹ is not 109, and not 10 either.
    return frozenset(value + 1e15 * int(exponent) for value in readings) if exponent else frozenset(readings)


def _plain_numbers(body: str, decimal_sign: str) -> Iterator[str]:
    signs = re.findall(r"[.,]", body)
    if not signs:
        yield body
    elif len(set(signs)) == 2:  # the last is that of decimals
        yield body.replace("," if signs[-1] == "." else ".", "").replace(",", ".")
    elif len(signs) > 1:
        yield body.replace(signs[0], "")
    else:
        whole, part = re.split(r"[.,]", body)
        can_group = len(part) == 3 and 0 < len(whole.lstrip("-")) <= 3 and not whole.lstrip("-").startswith("0")
        if decimal_sign:
            yield whole + part if can_group and signs[0] != decimal_sign else f"{whole}.{part}"
            return
        if can_group:
            yield whole + part
        if not can_group or not part.endswith("0"):
            yield f"{whole}.{part}"


def _split(spelled: str, words: LanguageWords, patterns: _Patterns) -> list[float]:
    if not words.has_spaces:
        return [words.cardinals[sign] for sign in spelled]
    return [words.cardinals[match[0].lower()] for match in patterns.cardinal.finditer(spelled)]


def compose_number(values: list[float], tens_multiply: bool) -> list[float]:
    """The numbers that the words of numbers make: twenty, five is 25; two, three are two numbers."""
    numbers: list[float] = []
    total = section = digit = 0.0
    last = 0.0

    def close() -> None:
        if total or section or digit or last == 0:
            numbers.append(total + section + digit)

    for place, value in enumerate(values):
        if value >= 1000:
            total, section, digit = total + (section + digit or 1) * value, 0, 0
        elif value == 100 or (value == 10 and tens_multiply):
            section, digit = section + (digit or 1) * value, 0
        elif not place or _adds(last, value, digit):
            digit += value
        else:
            close()
            total, section, digit = 0, 0, value
        last = value
    close()
    return numbers


def _adds(last: float, value: float, digit: float) -> bool:
    if last >= 100 or (last == 10 and not digit):  # "ten two" where tens multiply
        return True
    return (last >= 20 and last % 10 == 0 and value < 10) or (last < 10 and value >= 10 and value % 10 == 0)


def _is_short(written: str) -> bool:
    return len(written) <= 2 and written.isdigit()


def _joined_fractions(found: list[Quantity], text: str) -> Iterator[Quantity]:
    """1/2 is a half; 120/80 are two numbers."""
    place = 0
    while place < len(found):
        here = found[place]
        after = found[place + 1] if place + 1 < len(found) else None
        between = text[here.end : after.start] if after else ""
        if after and between == "/" and _is_short(here.written) and _is_short(after.written.split()[0]):
            top, bottom = int(here.written), int(after.written.split()[0])
            if 0 < top < bottom <= 10 and bottom not in (6, 7, 9, 10):
                yield replace(
                    here, values=frozenset({top / bottom}), unit=after.unit, written=f"{top}/{bottom}", end=after.end
                )
                place += 2
                continue
        yield here
        place += 1
