"""What two source texts say, whatever their typography: the one rule by which words count as changed.

Typography is what nobody reads another word, number or instruction in: white space, quotation marks, the shapes of
apostrophes and dashes, commas, full stops, brackets and bullets between words, bold and italics. All else counts, and
what is not known to be typography counts as well: letters and whether they are capitals, digits and whatever stands
between two of them, signs and units, question marks, hyphens within a word, what is raised, and each link, citation and
asserted fact at its place.
"""

import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import Any

import rfc8785

from . import inline
from .nodes import digest_of

# Digests of it are kept: another rule gets another name, and `Unit.is_of` then knows both.
_RULE = "wording-1"

_MINUS = "\u2212"
_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015"  # a minus sign is none of them
_SHAPES = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc\uff07", "'")
    | dict.fromkeys("\uff1f\u061f\u037e", "?")
    | dict.fromkeys(_DASHES, "-")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"')
)
# Stops, quotation marks, brackets and bullets: between words no more than the space that they become.
_TYPOGRAPHY = frozenset(
    " '\"-.,:;!\u00a1\u00bf()[]\u2026\u00b7\u201a\u2039\u203a\u2022\u2023\u25aa\u25e6"
    "\uff0c\u3002\uff0e\u3001\uff1b\uff1a\uff01\uff08\uff09\u3010\u3011\u300a\u300b\u300c\u300d\u300e\u300f\u060c\u061b"
)
_IN_A_WORD = frozenset("-'.")  # right between two letters: re-sign, can't, a.b
_OF_A_NUMBER = frozenset("-.,\u00b7\u066b")  # right before a digit, behind no word: -5, .5
_STOPS = frozenset(".,:;'\u00b7\u066b\u066c\uff0c\u3002\uff0e\u3001\uff1a\u060c")  # 3.5 and 3. 5 are not the same
# Begin and end of what is raised where Unicode has no signs for it; no text may hold them.
_RAISED = {"sup": "\ufdd4", "sub": "\ufdd3"}
_END = "\ufdd2"


def is_typographic(old: str | inline.Runs, new: str | inline.Runs) -> bool:
    """Whether two texts differ in nothing but their typography; also where they are the same."""
    return old == new or read_wording(old) == read_wording(new)


def digest_wording(words: str | inline.Runs) -> str:
    """SHA-256 of what a text says: the same for texts that differ in their typography alone, and for no others.

    It is the digest of no text, so that none that was kept before there was this rule is taken for it.
    """
    return digest_of(rfc8785.dumps([_RULE, *read_wording(words)]))


def read_wording(words: str | inline.Runs) -> tuple[str, list[list[Any]]]:
    """(the words in the one spelling that all of their typography shares, what stands at which place of them)

    A place is told by how many letters and digits come before it, which no typography changes.
    """
    text, place = "", 0
    marks: list[list[Any]] = []
    for run in [{"text": words}] if isinstance(words, str) else words:
        if name := next((name for name in ("cite", "asserts") if name in run), ""):
            marks.append([name, run[name], place, place])
            continue
        written = " " if "break" in run else _run_text(run)
        text += written
        before, place = place, place + sum(map(str.isalnum, written))
        if address := inline.address(run):
            _add_link(marks, address, before, place)
    return _spell(text), marks


def _add_link(marks: list[list[Any]], address: str, start: int, end: int) -> None:
    """A link of which a part is bold is one link."""
    if marks and marks[-1][:2] == ["link", address] and marks[-1][3] == start:
        marks[-1][3] = end
    else:
        marks.append(["link", address, start, end])


def _run_text(run: inline.Run) -> str:
    text: str = run["text"]
    mark = next((mark for mark in run.get("marks", ()) if mark in inline.RAISED), "")
    if not mark or not text.strip():
        return text
    raised = inline.raised_text(text, mark)
    return raised if len(raised) == len(text) else f"{_RAISED[mark]}{text}{_END}"


@lru_cache(maxsize=8_192)  # every save and every look at a translation asks it of all texts of the page
def _spell(text: str) -> str:
    text = " ".join(unicodedata.normalize("NFC", text).translate(_SHAPES).split())
    parts = ["", *("".join(signs) for _is_word, signs in groupby(text, _is_of_word)), ""]
    spelled, is_quoting = [], False
    for before, part, after in zip(parts, parts[1:], parts[2:], strict=False):
        if _is_of_word(part[0]):
            spelled.append(_part_units(part))
            continue
        spelled.append(_spell_gap(part, before[-1:], after[:1], is_quoting=is_quoting))
        is_quoting ^= part.count('"') % 2 == 1
    return "".join(spelled).strip()


def _is_of_word(sign: str) -> bool:
    """Letters, digits, what is written above them, and joiners."""
    return sign.isalnum() or unicodedata.category(sign)[0] in "MC"


def _part_units(word: str) -> str:
    """5 mg of "5mg": a unit stands behind its number with or without a space."""
    end = next((place for place, sign in enumerate(word) if not sign.isdigit()), len(word))
    return f"{word[:end]} {word[end:]}" if 0 < end < len(word) else word


def _spell_gap(gap: str, before: str, after: str, *, is_quoting: bool) -> str:
    """What stands between two words, given the signs beside it: " " where that is typography alone."""
    if before.isnumeric() and after.isnumeric():
        gap = f"{gap[:-1]}{_MINUS}" if gap.endswith(" -") else gap
        return gap if _STOPS.intersection(gap) else _squeeze(gap) or " "
    if gap in _IN_A_WORD and before and after:
        return gap
    begins_number = after.isnumeric() and (len(gap) > 1 or not before)
    last = len(gap) - 1
    kept = ""
    for place, sign in enumerate(gap):
        if begins_number and place == last and sign in _OF_A_NUMBER:
            kept += _MINUS if sign == "-" else sign
        elif before.isnumeric() and not place and (sign == "'" or (sign == '"' and not is_quoting)):
            kept += sign  # feet and inches, minutes and seconds
        else:
            kept += " " if sign in _TYPOGRAPHY else sign
    return _squeeze(kept) or (" " if _needs_space(before, after) else "")


def _squeeze(gap: str) -> str:
    """Its signs without the spaces between and around them."""
    return gap.replace(" ", "")


def _needs_space(before: str, after: str) -> bool:
    """Whether two words that nothing parts would be another one: Chinese has no spaces."""
    return not (_is_han(before) and _is_han(after))


def _is_han(sign: str) -> bool:
    return "\u3400" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff"
