"""Which drugs a text names, by any of their names in any script."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from editorial.editions.kind_answers import KnownName
from editorial.editions.name_finder import NameFinder, build_finder, fold_name

from .drug_vocabulary import DRUGS

# Endings of international names (WHO, "The use of stems"), of drugs that are on no list of ours.
_STEM = re.compile(
    r"(?<![^\W_])[a-záéíóú]{3,}(?:mab|nib|ciclib|parib|rafenib|platino?|taxel|rubicina?|tecan|tecán|vedotina?|emtansin[ea]"
    r"|citabin[ea]|ribulina?|limus|lisib|sertib|estrant|trozole?|oxifen[eo]?|setr[oó]n|fosfamid[ea]|phosphamide)(?![^\W_])",
    re.IGNORECASE,
)
_ARABIC_WORD = re.compile("[\u0621-\u064a]{6,}")
_ARABIC_SOUNDS = str.maketrans(
    {"ب": "b", "ت": "t", "ث": "t", "ج": "g", "د": "d", "ذ": "d", "ر": "r", "ز": "z", "س": "s", "ش": "s", "ط": "t",
     "غ": "g", "ف": "f", "ق": "k", "ك": "k", "ل": "l", "م": "m", "ن": "n"}
)  # fmt: skip


@cache
def _vocabulary() -> dict[str, str]:
    """{name: the drug's first name}, all folded."""
    lines = [line.split("|") for line in DRUGS.strip().splitlines()]
    return {fold_name(name): line[0] for line in lines for name in line}


@lru_cache(maxsize=4)
def find_names(known: tuple[KnownName, ...] = ()) -> "DrugNames":
    """The names of the vocabulary and those that the site knows, kept for who asks for the same next."""
    return DrugNames(known)


class DrugNames:
    """The names of the vocabulary and, if given, those that the site knows of its documents."""

    def __init__(self, known: Iterable[KnownName] = ()):
        names = dict(_vocabulary())
        documents: dict[int, list[str]] = {}
        for name in known:
            documents.setdefault(name.document, []).append(fold_name(name.name))
        for key, own in documents.items():
            drug = next((names[name] for name in own if name in names), f"document {key}")
            names.update({name: drug for name in own if name and name not in names})
        self._finder: NameFinder[str] = build_finder(names.items())

    def find(self, text: str) -> dict[str, str]:
        """{drug: how it is first written in the text}; one on no list is known by its ending and its sound."""
        drugs: dict[str, str] = {}
        rest = text
        for written, drug in self._finder.find(text):
            drugs.setdefault(drug, written)
            rest = rest.replace(written, " ", 1)
        for match in _STEM.finditer(rest):
            drugs.setdefault(f"~{_sound(match[0])}", match[0])
        for match in _ARABIC_WORD.finditer(rest):
            if heard := _by_sound().get(_arabic_sound(match[0])):
                drugs.setdefault(heard, match[0])
        return drugs


def _sound(word: str) -> str:
    """A word as Spanish and Vietnamese spell it alike: without accents and endings."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(sign))
    for old, new in (("ph", "f"), ("th", "t"), ("y", "i"), ("cc", "c")):
        plain = plain.replace(old, new)
    return plain.rstrip("aeo")


@cache
def _by_sound() -> dict[str, str]:
    """{consonants: drug} of the international names that are one word and told apart so."""
    drugs: dict[str, str] = {}
    for name, drug in _vocabulary().items():
        if name == drug and name.isascii() and name.isalpha():
            drugs.setdefault(_latin_sound(name), drug)
    return {sound: drug for sound, drug in drugs.items() if len(sound) >= 5}


def _latin_sound(name: str) -> str:
    for old, new in (("ph", "f"), ("th", "t"), ("x", "ks"), ("ci", "si"), ("ce", "se"), ("c", "k"), ("p", "b"),
                     ("v", "f")):  # fmt: skip
        name = name.replace(old, new)
    return "".join(sign for sign in name if sign not in "aeiouyhw")


def _arabic_sound(word: str) -> str:
    word = word.removeprefix("و").removeprefix("ب").removeprefix("ال") if len(word) > 9 else word
    return "".join(sign for sign in word.translate(_ARABIC_SOUNDS) if sign.isascii())
