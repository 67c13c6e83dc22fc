"""The tables of the translation desk. Each room of it declares its own."""

from .memory.models import MemoryEdition, MemoryGram, MemoryText, MemoryUse, SuggestedUnit

__all__ = ["MemoryEdition", "MemoryGram", "MemoryText", "MemoryUse", "SuggestedUnit"]
