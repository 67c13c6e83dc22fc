"""The forms in which an English text may write a term: its plural or singular, the forms of a verb."""

from collections.abc import Iterator

NOUN, VERB = "noun", "verb"
# What a term's own noun stands before: "standard of care" has the plural "standards of care".
_FOLLOWED_BY = (" of ", " in ", " for ", " to ", " with ")
_VOWELS = "aeiou"


def find_forms(text: str, part_of_speech: str = "") -> set[str]:
    """The term itself among them. What is written in capitals, such as FDA, has no other form."""
    if is_written_exactly(text):
        return {text}
    forms = set(_vary(text, part_of_speech))
    return forms | {form.replace("-", " ") for form in forms}


def is_written_exactly(text: str) -> bool:
    """Whether a term is found only as it is written: it has a capital besides its first letter, as FDA and PD-L1."""
    return any(sign.isupper() for sign in text[1:])


def _vary(text: str, part_of_speech: str) -> Iterator[str]:
    yield text
    if part_of_speech == VERB:
        head, space, rest = text.partition(" ")
        yield from (form + space + rest for form in _verb_forms(head))
    elif part_of_speech in ("", NOUN):
        place = min((text.find(word) for word in _FOLLOWED_BY if word in text), default=len(text))
        before, space, head = text[:place].rpartition(" ")
        yield from (before + space + form + text[place:] for form in (*_plurals(head), *_singulars(head)))


def _plurals(word: str) -> Iterator[str]:
    if word.endswith("sis"):
        yield word[:-2] + "es"
    elif word.endswith(("s", "x", "z", "ch", "sh")):
        yield word + "es"
    elif word.endswith("y") and word[-2:-1] not in _VOWELS:
        yield word[:-1] + "ies"
    else:
        yield word + "s"


def _singulars(word: str) -> Iterator[str]:
    """Of a term that is entered in the plural."""
    if word.endswith("ies"):
        yield word[:-3] + "y"
    elif word.endswith(("ses", "xes", "zes", "ches", "shes")):
        yield word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "ies")):
        yield word[:-1]


def _verb_forms(word: str) -> Iterator[str]:
    yield from _plurals(word)
    if word.endswith("e"):
        yield from (word + "d", word[:-1] + "ing")
    elif word.endswith("y") and word[-2:-1] not in _VOWELS:
        yield from (word[:-1] + "ied", word + "ing")
    else:
        yield from (word + "ed", word + "ing")
        # "spot" becomes "spotted", and "recur" "recurred".
        if len(word) > 2 and word[-2] in _VOWELS and word[-3] not in _VOWELS and word[-1] not in "aeiouwxy":
            yield from (word + word[-1] + "ed", word + word[-1] + "ing")
