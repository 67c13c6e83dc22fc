"""English."""

from .words import LanguageWords

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_SHORT = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
          "nov": 11, "dec": 12}  # fmt: skip
_MONTH = rf"(?P<m>(?-i:{'|'.join(_MONTHS)}|(?:{'|'.join(name.title() for name in _SHORT)})\b\.?))"

WORDS = LanguageWords(
    decimal_sign=".",
    cardinals={
        "zero": 0, "two": 2, "three": 3, "thrice": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
        "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
        "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40,
        "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000,
        "million": 1e6, "billion": 1e9,
    },
    weak={
        "one": 1, "once": 1, "single": 1, "both": 2, "couple": 2, "double": 2, "pair": 2, "triple": 3, "dozen": 12,
        "hundreds": 100, "thousands": 1000, "other": 2, "another": 1, "either": 2, "neither": 2,
    },
    ordinals={
        "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
        "ninth": 9, "tenth": 10, "twelfth": 12,
    },
    counted={"twice": "times"},
    weekdays={"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7},
    fractions={"half": 0.5, "halves": 0.5, "one third": 1 / 3, "a third": 1 / 3, "one-third": 1 / 3,
               "two thirds": 2 / 3, "two-thirds": 2 / 3, "quarter": 0.25, "one quarter": 0.25, "three quarters": 0.75,
               "three-quarters": 0.75},
    multipliers={"hundred": 100, "thousand": 1000, "million": 1e6, "billion": 1e9},
    joiner=r"(?:-|,? and )",
    masked=r"second (?:hand|nature)|at first|first aid|first of all|on the one hand|on the other hand"
    r"|one another|each other|no one|double[- ]check\w*|triple[- ]negative",
    units={
        r"m(?:illi)?g(?:rams?)?|milligrams?|milligrammes?": "mg", r"mcg|[µμ]g|ug|micrograms?|microgrammes?": "mcg",
        r"kg|kilograms?|kilos?": "kg", r"g|grams?|grammes?": "g", r"ml|millilit(?:er|re)s?|cc": "ml",
        r"l|lit(?:er|re)s?": "l", r"iu|international units?": "iu", r"units?": "unit",
        r"[%％٪]|per ?cent": "%", r"°\s?f|℉|degrees? fahrenheit|fahrenheit": "°F",
        r"°\s?c|℃|degrees? celsius|celsius|centigrade": "°C", r"mm": "mm", r"cm|centimeters?": "cm",
        r"seconds?": "s", r"minutes?|mins?": "min", r"hours?|hrs?": "h", r"days?": "day", r"weeks?|wks?": "week",
        r"months?": "month", r"years?|yrs?": "year", r"times?": "times",
    },
    ranges=r"–|-|—|to|and|or|through|,|/|and up to",
    frequencies={
        r"daily|(?:every|each|per|a) day|nightly|every night": "day", r"weekly|(?:every|each|per|a) week": "week",
        r"monthly|(?:every|each|per|a) month": "month", r"hourly|(?:every|each|per|an) hour": "h",
        r"yearly|annually|(?:every|each|per|a) year": "year",
    },
    months={name.lower(): number for number, name in enumerate(_MONTHS, 1)} | _SHORT,
    date_patterns=(
        rf"{_MONTH}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:(?:,|\s)\s*(?P<y>\d{{4}})(?!\d))?",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?(?:\s+(?P<y>\d{{4}})(?!\d))?",
        rf"{_MONTH},?\s+(?P<y>\d{{4}})(?!\d)",
        r"(?<![^\W_])(?P<m>(?-i:January|February|March|April|June|July|August|September|October|November|December))"
        r"(?![^\W_])",
        r"(?:in|since|until|by|during|of|from|before|after|early|late|mid|and|or|to)[\s-](?P<m>(?-i:May))(?![^\W_])",
    ),
    numeric_date="mdy",
    raises=r"at least|no (?:less|fewer) than|not less than|or (?:more|higher|above|over|longer|older|greater|warmer)"
    r"|and (?:over|above|older|up)|(?<!no )(?<!not )(?:more|greater|higher|longer|older|later) than|over(?= \d)|above"
    r"|exceed(?:s|ing)?|minimum(?: of)?|≥|>|⩾",
    lowers=r"at most|(?:no|not) (?:more|longer|later|higher|greater) than|(?<!no )(?<!not )(?:less|fewer|lower|shorter"
    r"|younger) than"
    r"|or (?:less|fewer|lower|below|under|younger|shorter)|and (?:under|below|younger)|up to|under(?= \d)|below"
    r"|maximum(?: of)?|within(?= \d)|≤|<|⩽",
    opposites=(
        (r"before|prior to|within(?= \w+ (?:hour|day|week|month|minute)s?)", r"after(?:wards)?|following"),
        (r"increas\w+|rais(?:e|es|ed|ing)", r"decreas\w+|reduc(?:e|es|ed|ing|tion)|lower(?:s|ed|ing)"),
        (r"start(?:s|ed|ing)?|begin(?:s|ning)?|began", r"stop(?:s|ped|ping)?"),
        (r"left", r"right (?:arm|hand|side|breast|leg|eye|foot)"),
        (r"a\.?m\.?|in the morning|every morning", r"p\.?m\.?|in the (?:evening|afternoon)|at night|every evening"),
        (r"with food|with a meal", r"without food|on an empty stomach"),
    ),
    negations=r"not|no|never|none|nobody|nothing|nor|neither|without|cannot|unless|except(?:ing)?|avoid(?:s|ed|ing)?"
    r"|[^\W_]+n['’]t",
    # What another language says with a negation of its own, or this one without.
    excuses=r"not only|whether or not|or not|no matter|no more than|not more than|no (?:less|fewer|later|longer) than|not until"
    r"|why not|say no|un\w{3,}(?:able|ed|ble|al|ar|sure|wanted|born)|in(?:active|visible|complete|correct|dependent)\w*"
    r"|non-\w+|other than|stop(?:s|ped)?|lack(?:s|ing)?|lose|fail(?:s|ed)?|instead of|free of|too \w+ to|refuse\w*"
    r"|prevent\w*|hold\w* back|keep(?:s|ing)?|rule[sd]? out|negative|apart from|hard to|leave out|missed?|rarely|few"
    r"|little|stay(?:s|ed)?|lasting|is gone|birth control",
    care={
        "emergency": r"emergenc(?:y|ies)|ambulance", "now": r"at once|right away|immediately|straight away|right now"
        r"|as soon as possible|urgent(?:ly)?|without delay", "today": r"same day|within 24 hours|(?:call|tell|phone|see)\b[^.]{0,60}\btoday",
    },
    quotes="“”‘’\"'",
    length=(0.3, 3),
    common=r"the|and|of|with|your|you|this|that|from|have|are|is|for|which|when",
    doubled=frozenset({"had", "that"}),
)  # fmt: skip
