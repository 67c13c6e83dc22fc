"""What checks find in the translations of the demonstration, which are right: false alarms."""

from collections import Counter

from editorial.checks.translation.checks import compare_texts
from editorial.checks.translation.text_pairs import make_pair

from .text_pairs import TranslatedPair, find_pairs


def count_false_alarms() -> tuple[Counter[tuple[str, str]], Counter[str], list[tuple[str, TranslatedPair]]]:
    """({(check, language): texts in which it finds something}, {language: texts}, each of them)."""
    alarms: Counter[tuple[str, str]] = Counter()
    texts: Counter[str] = Counter()
    places: list[tuple[str, TranslatedPair]] = []
    for text in find_pairs():
        texts[text.language] += 1
        pair = make_pair(text.source, text.target, text.language, is_typed=True)
        for check in {check.id for check, _difference in compare_texts(pair)}:
            alarms[check, text.language] += 1
            places.append((check, text))
    return alarms, texts, places
