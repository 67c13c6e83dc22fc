"""The terms of a language as checks and the editor ask for them, kept in each process while nobody changes them.

What is kept is named by a token that every change replaces at random, so that what a transaction saw and then took
back is never taken for what is there.
"""

from functools import lru_cache

from editorial.checks.translation.term_base import NO_TERMS, KnownTerm, KnownTranslation, TermBase

from ..models.terms import Term, TermsVersion, TermTranslation


def find_terms(language: str) -> TermBase:
    """What is decided in a language. One query while nobody changed a term, two more after that."""
    token = TermsVersion.objects.values_list("token", flat=True).first()
    return _read_terms(language, token) if token else NO_TERMS


@lru_cache(maxsize=8)  # languages: of 10,000 terms, each takes about 10 MB
def _read_terms(language: str, token: str) -> TermBase:
    translations: dict[int, list[KnownTranslation]] = {}
    rows = TermTranslation.objects.filter(language=language, term__is_retired=False).order_by("pk")
    for key, *fields in rows.values_list("term", "text", "level", "note", "decided_by_name"):
        translations.setdefault(key, []).append(KnownTranslation(*fields))
    terms = Term.objects.filter(is_retired=False).order_by("pk")
    return TermBase(
        KnownTerm(text, tuple(translations.get(key, ())), is_kept, part_of_speech, note, key)
        for key, text, is_kept, part_of_speech, note in terms.values_list(
            "pk", "text", "is_kept", "part_of_speech", "note"
        )
        if is_kept or key in translations
    )
