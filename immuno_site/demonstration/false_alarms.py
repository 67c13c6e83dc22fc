"""What checks find in the translations of the demonstration, which are right: false alarms."""

from collections import Counter
from functools import cache

from editorial.checks.translation.checks import compare_texts
from editorial.checks.translation.term_base import KnownTerm, KnownTranslation, TermBase
from editorial.checks.translation.text_pairs import make_pair
from editorial.translations.terms.csv_files import read_terms

from .content_files import TERMS
from .translated_pairs import TranslatedPair, find_pairs


def count_false_alarms() -> tuple[Counter[tuple[str, str]], Counter[str], list[tuple[str, TranslatedPair]]]:
    """({(check, language): texts in which it finds something}, {language: texts}, each of them)."""
    alarms: Counter[tuple[str, str]] = Counter()
    texts: Counter[str] = Counter()
    places: list[tuple[str, TranslatedPair]] = []
    for text in find_pairs():
        texts[text.language] += 1
        terms = demonstration_terms(text.language)
        pair = make_pair(text.source, text.target, text.language, terms=terms, is_typed=True)
        for check in {check.id for check, _difference in compare_texts(pair)}:
            alarms[check, text.language] += 1
            places.append((check, text))
    return alarms, texts, places


@cache
def demonstration_terms(language: str) -> TermBase:
    """The demonstration's terms in one language, read from its file."""
    terms: dict[tuple[str, str, bool], list[KnownTranslation]] = {}
    for line in read_terms(TERMS.read_bytes()):
        translations = terms.setdefault((line.term, line.part_of_speech, line.is_kept), [])
        if line.language == language:
            translations.append(KnownTranslation(line.translation, line.level, line.note))
    return TermBase(
        KnownTerm(text, tuple(translations), is_kept, part_of_speech)
        for (text, part_of_speech, is_kept), translations in terms.items()
    )
