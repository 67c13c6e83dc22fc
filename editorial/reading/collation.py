"""Where a title stands among others, and under which letter, by the rules of the language that it is in.

Capitals, marks and signs at the beginning do not count, except where a language has letters of their own for them:
Spanish has ñ, Vietnamese ă, â, đ, ê, ô, ơ and ư. An Arabic title stands under its first letter after the article; a
Chinese one by its pinyin. (The alphabets are those of Unicode's CLDR, `common/collation`.)
"""

import unicodedata

VERSION = 2  # raised with each change of what is returned here: then lists are made anew

_AFTER = "\x7f"  # after a letter: the letters that follow on it are sorted behind all that begins with it alone
_OWN_LETTERS = {
    "es": {"ñ": "n" + _AFTER},
    "vi": {
        "ă": "a" + _AFTER, "â": "a" + 2 * _AFTER, "đ": "d" + _AFTER, "ê": "e" + _AFTER, "ô": "o" + _AFTER,
        "ơ": "o" + 2 * _AFTER, "ư": "u" + _AFTER,
    },
}  # fmt: skip
# The languages of which somebody has looked whether they have letters of their own. A title in another is sorted by its
# letters without their marks.
ORDERED_LANGUAGES = frozenset({"en", "es", "ar", "zh-hans", "vi"})
# Of letters that no decomposition takes apart, what they are sorted as.
_ALIKE = str.maketrans(
    {"đ": "d", "ı": "i", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ٱ": "ا", "ة": "ه", "ى": "ي"}
)
_ARTICLE = "ال"
# Nouns that begin like it and have none: inflammation, healing, adhesion, sprain, commitment, catching, request.
_NO_ARTICLE = ("التهاب", "التئام", "التصاق", "التواء", "التزام", "التقاط", "التماس")
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # in the order of dictionaries


def place(title: str, language: str) -> tuple[str, str]:
    """(the letter that a title stands under, "" for a digit or a sign; what it is sorted by)"""
    key = sort_key(title, language)
    letter = key[:1]
    if not letter.isalpha() or is_chinese(letter):
        return "", key
    own = {sorted_as: own for own, sorted_as in _OWN_LETTERS.get(language, {}).items()}
    count = 1 + len(key[1:3]) - len(key[1:3].lstrip(_AFTER))
    return own.get(key[:count], letter).upper(), key


def sort_key(title: str, language: str) -> str:
    """What a title is compared by, character by character."""
    bare, tones = _bare(title, language)
    if any(map(is_chinese, bare)):
        from pypinyin import lazy_pinyin  # its dictionaries take a fifth of a second, which a reader does not wait for

        # What is written alike apart from the tones stands together, as in a dictionary.
        return " ".join([*lazy_pinyin(bare), bare])
    # What differs by nothing but its tones stands together, in the order of these.
    return f"{bare}\x01{tones}" if tones.strip("0") else bare


def is_chinese(sign: str) -> bool:
    return unicodedata.name(sign, "").startswith("CJK")


def _bare(title: str, language: str) -> tuple[str, str]:
    """(the letters that count, the tones of each)"""
    own, letters, tones = _OWN_LETTERS.get(language, {}), list[str](), list[str]()
    text = unicodedata.normalize("NFC", title.casefold())
    start = next((at for at, sign in enumerate(text) if sign.isalnum()), 0)
    for sign in text[start:] if text.startswith(_NO_ARTICLE, start) else text[start:].removeprefix(_ARTICLE):
        parts = unicodedata.normalize("NFD", sign)
        base, marks = parts[0], parts[1:]
        tone = next((_TONES[mark] for mark in marks if mark in _TONES), "0") if language == "vi" else "0"
        kept = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in _TONES))
        whole = unicodedata.normalize("NFC", sign)
        if whole in own or kept in own:
            letters.append(own[whole if whole in own else kept])
        elif not unicodedata.combining(base):
            letters.append(base.translate(_ALIKE))
        tones.append(tone)
    return "".join(letters), "".join(tones)
