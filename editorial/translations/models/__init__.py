"""What the translation desk keeps: see each module."""

from .memory import MemoryEdition, MemoryGram, MemoryText, MemoryUse, SuggestedUnit
from .numbers import TranslatedWords
from .overview import TO_DO, ListedTranslation, Rank, SourceChange, TranslationState
from .terms import Term, TermDecision, TermsVersion, TermTranslation

__all__ = [
    "TO_DO",
    "ListedTranslation",
    "MemoryEdition",
    "MemoryGram",
    "MemoryText",
    "MemoryUse",
    "Rank",
    "SourceChange",
    "SuggestedUnit",
    "Term",
    "TermDecision",
    "TermTranslation",
    "TermsVersion",
    "TranslatedWords",
    "TranslationState",
]
