"""What the translation desk keeps: see each module."""

from .numbers import TranslatedWords
from .overview import TO_DO, ListedTranslation, Rank, SourceChange, TranslationState

__all__ = ["TO_DO", "ListedTranslation", "Rank", "SourceChange", "TranslatedWords", "TranslationState"]
