"""What a module of this package says of its language. Patterns ignore case and are written for NFC."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageWords:
    """The words of one language.

    `cardinals` are words of numbers, `weak` those of them, or others, that mostly are no number but may stand for one
    ("both" for two): they answer a number of the other text and are never missed. `fractions` are whole values.
    `counted` are words that are a number and what it is of ("twice", an Arabic dual): the unit; the number is two.
    `surroundings` are patterns for cardinals that are a number only there, in the place of the word.
    `masked` are patterns in which a number is none ("triple-negative"). `units` tell the unit of what they match, right
    after a number; `frequencies`, how often something happens, without a number. `months` and `date_patterns` tell days:
    their groups are d, m, y, and m is a key of `months` or a number. `numeric_date` is the order of numbers in a day.
    `raises` and `lowers` are bounds of a number ("at least" and "at most"), `opposites` pairs of patterns that say the
    contrary of each other, in the same order in every language. `negations` deny, `excuses` are those of the negations
    that another language says without one. `care` are the words of urgency by what they say.
    """

    has_spaces: bool = True  # between words
    tens_multiply: bool = False  # "two ten" is twenty
    decimal_sign: str = ""  # "." where a comma groups; "" where either is written
    cardinals: Mapping[str, float]
    weak: Mapping[str, float]
    ordinals: Mapping[str, int]
    counted: Mapping[str, str]
    surroundings: Mapping[str, str] = field(default_factory=dict)
    weekdays: Mapping[str, int]  # Monday is 1
    fractions: Mapping[str, float]
    multipliers: Mapping[str, float]
    joiner: str = ""  # between the words of one number, besides a space
    prefix: str = ""  # what may be written together with the word after it
    weak_dual: str = ""  # what may be a dual, and so two
    percent_before: str = ""  # what says before a number that it is of a hundred
    needs_after: str = ""  # a number in words counts only before this
    masked: str = ""
    and_half: str = ""
    units: Mapping[str, str]
    ranges: str
    frequencies: Mapping[str, str]
    months: Mapping[str, int]
    date_patterns: tuple[str, ...]
    numeric_date: str
    raises: str
    lowers: str
    opposites: tuple[tuple[str, str], ...]
    negations: str
    excuses: str = ""
    care: Mapping[str, str]
    quotes: str  # the signs that open and close a quotation: “”
    length: tuple[float, float]  # characters of a translation for one of the English text
    common: str = ""  # words that no text of another language is full of
    doubled: frozenset[str] = field(default_factory=frozenset)  # words that may stand twice
