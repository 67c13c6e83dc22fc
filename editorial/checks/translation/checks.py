"""All checks of translations, in the order in which people see them."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from .contract import Difference, TranslationCheck
from .form_checks import BidiMarks, DoubledWord, QuotationMarks, Spacing, UnlikelyLength, Untranslated
from .meaning_checks import TranslatedCareWord, TranslatedCode, TranslatedContrary, TranslatedNegation
from .quantity_checks import (
    TranslatedBound,
    TranslatedDate,
    TranslatedDose,
    TranslatedFrequency,
    TranslatedNumber,
    TranslatedPercentage,
    TranslatedTemperature,
)
from .reference_checks import (
    TranslatedAssertion,
    TranslatedCitation,
    TranslatedDrug,
    TranslatedLink,
    TranslatedTags,
    TranslatedTelephone,
)
from .term_checks import ForbiddenTerm, KeptTerm, RequiredTerm
from .text_pairs import TextPair

TRANSLATION_CHECKS: tuple[TranslationCheck, ...] = (
    TranslatedDose(),
    TranslatedPercentage(),
    TranslatedTemperature(),
    TranslatedNumber(),
    TranslatedFrequency(),
    TranslatedBound(),
    TranslatedDate(),
    TranslatedDrug(),
    TranslatedTelephone(),
    TranslatedLink(),
    TranslatedCitation(),
    TranslatedAssertion(),
    TranslatedNegation(),
    TranslatedContrary(),
    TranslatedCareWord(),
    TranslatedCode(),
    TranslatedTags(),
    RequiredTerm(),
    ForbiddenTerm(),
    KeptTerm(),
    Untranslated(),
    UnlikelyLength(),
    Spacing(),
    DoubledWord(),
    BidiMarks(),
    QuotationMarks(),
)


def compare_texts(pair: TextPair) -> Iterator[tuple[TranslationCheck, Difference]]:
    """What all checks that know the language say of a pair."""
    for check in TRANSLATION_CHECKS:
        if check.can_compare(pair.language):
            yield from ((check, difference) for difference in check.compare(pair))


def check_level(check: TranslationCheck) -> str:
    """ "block": not submitted without a reason; "warn": to look at."""
    return "block" if check.needs_reason else "warn"


def unchecked_message(language: str) -> str:
    """What to say of checks that do not know a language."""
    name = dict(settings.LANGUAGES).get(language)
    if name is None:
        try:
            name = get_language_info(language)["name_local"]
        except KeyError:
            name = {"tl": "Tagalog", "fil": "Filipino"}.get(language, language)
    return _("Not checked in %(language)s: the check does not know the words of this language.") % {"language": name}
