"""One table of good and bad examples of every check of translations: docs/findings.md prints it, tests run it."""

from . import ar, es, terms, vi, zh_hans
from .example import TranslationExample

TRANSLATION_EXAMPLES: list[TranslationExample] = [
    *es.EXAMPLES, *ar.EXAMPLES, *zh_hans.EXAMPLES, *vi.EXAMPLES, *terms.EXAMPLES,
]  # fmt: skip
