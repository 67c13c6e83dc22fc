"""Checks of translations: one table of good and bad examples, and what languages lack."""

import pytest
from django.conf import settings

from editorial.checks.translation.checks import TRANSLATION_CHECKS, compare_texts
from editorial.checks.translation.examples import TRANSLATION_EXAMPLES, TranslationExample
from editorial.checks.translation.languages import find_words
from editorial.checks.translation.term_base import TermBase
from editorial.checks.translation.text_pairs import make_pair


def found(example: TranslationExample) -> set[str]:
    terms = TermBase([example.term] if example.term else [])
    pair = make_pair(example.source, example.target, example.language, terms=terms, is_typed=True)
    return {check.id for check, _difference in compare_texts(pair)}


@pytest.mark.parametrize(
    "example", TRANSLATION_EXAMPLES, ids=lambda example: f"{example.language}-{example.target[:40]}"
)
def test_a_wrong_translation_is_found_and_nothing_is_found_in_a_right_one(example):
    assert example.check in found(example) if example.is_wrong else found(example) == set()


def test_every_check_of_translations_has_a_good_and_a_bad_example():
    examples = {(example.check, example.is_wrong) for example in TRANSLATION_EXAMPLES}
    assert {(check.id, is_wrong) for check in TRANSLATION_CHECKS for is_wrong in (True, False)} == examples


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_language_of_the_site_has_all_that_checks_of_translations_ask(language):
    words = find_words(language)
    assert words is not None
    english = find_words("en")
    assert len(words.opposites) == len(english.opposites)
    assert set(words.care) == set(english.care)
    for table in ("units", "frequencies"):
        assert set(getattr(english, table).values()) <= set(getattr(words, table).values()), table
    assert set(words.months.values()) == set(range(1, 13))
    assert set(words.weekdays.values()) == set(range(1, 8))


@pytest.mark.parametrize("language", ["tl", "de", "xx", ""])
def test_a_language_that_checks_do_not_know_is_compared_by_those_that_need_no_words(language):
    pair = make_pair("See [it](/a/).[@a]", "Tingnan [ito](/b/).", language, is_typed=True)
    assert {check.id for check, _difference in compare_texts(pair)} == {"translated-link", "translated-citation"}
