"""Telephone numbers in a text, emergency numbers among them."""

import re
import unicodedata
from dataclasses import dataclass

# Seven digits or more, however they are grouped. A day written in digits, or a number with thousands, is none.
_LONG = re.compile(r"(?<![\w.,/])\+?\(?\d++\)?+(?:[\s\u00a0().\u2010-\u2013·-]{1,2}\d++)*+(?!\w)(?![.,/]\d)")
# What people dial in an emergency, where nothing is counted or measured by it.
EMERGENCY = frozenset({"911", "112", "999", "988", "000", "111", "110", "119", "120", "115", "113", "114", "997",
                       "998", "122", "123"})  # fmt: skip
_SHORT = re.compile(r"(?<![\d.,:/A-Za-z٬٫-])(\d{3})(?![\d:/A-Za-z]|[.,٬٫]\d|[-–]\d|\s?(?:%|٪|°))")


@dataclass(frozen=True, slots=True)
class Telephone:
    digits: str  # with the + of a country's code
    is_emergency: bool
    written: str
    start: int
    end: int


def find_telephones(text: str) -> list[Telephone]:
    """In reading order. A short number is one only where it is not followed by what it counts."""
    phones = []
    for match in _LONG.finditer(text):
        written, end = match[0].rstrip(" .(-"), match.start() + len(match[0].rstrip(" .(-"))
        digits = fold_digits(written)
        if 7 <= len(digits.lstrip("+")) <= 20 and _is_telephone(written):
            phones.append(Telephone(digits, False, written, match.start(), end))
    for match in _SHORT.finditer(text):
        is_within = any(phone.start <= match.start() < phone.end for phone in phones)
        if not is_within and fold_digits(match[1]) in EMERGENCY and not _is_counted(text, match.end()):
            phones.append(Telephone(fold_digits(match[1]), True, match[1], *match.span()))
    return sorted(phones, key=lambda phone: phone.start)


def _is_telephone(written: str) -> bool:
    groups = re.findall(r"\d+", written)
    is_day = len(groups) == 3 and any(len(group) == 4 for group in (groups[0], groups[2])) and "+" not in written
    is_day = is_day and max(map(len, groups)) == 4 and sum(map(len, groups)) <= 8
    is_grouped = len(groups) > 1 and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    is_grouped = is_grouped and not re.search(r"[-\u2010-\u2013()+]", written)
    is_years = len(groups) == 2 and all(len(group) == 4 for group in groups)
    return not (is_day or is_grouped or is_years) and (len(groups) > 1 or "+" in written or len(written) > 8)


_COUNTED = re.compile(
    r"\s?(?:mg|mcg|µg|g|kg|ml|l|ملغ|毫克|微克|克|毫升|people|patients|women|men|of|out|in (?=\d)|days?|weeks?|months?"
    r"|hours?|minutes?|years?|times|personas?|pacientes|mujeres|de (?:cada )?\d|días?|semanas?|meses|horas|minutos?"
    r"|años?|người|bệnh nhân|phụ nữ|ngày|tuần|tháng|giờ|phút|năm|trong|人|名|位|例|天|周|个|小时|分钟|年|次"
    r"|شخص|مريض|امرأة|يوم|أسبوع|ساعة|دقيقة|شهر|سنة|من)",
    re.IGNORECASE,
)


def _is_counted(text: str, place: int) -> bool:
    return bool(_COUNTED.match(text, place))


def fold_digits(written: str) -> str:
    """The digits alone, in ASCII, with the + before them; 00 before a number is a +."""
    digits = "".join(str(unicodedata.decimal(sign)) for sign in written if sign.isdecimal())
    return (
        f"+{digits}" if "+" in written else f"+{digits[2:]}" if digits.startswith("00") and len(digits) > 9 else digits
    )


def blank_telephones(text: str, phones: list[Telephone]) -> str:
    parts, end = [], 0
    for phone in phones:
        parts += [text[end : phone.start], "◌" * (phone.end - phone.start)]
        end = phone.end
    return "".join([*parts, text[end:]])
