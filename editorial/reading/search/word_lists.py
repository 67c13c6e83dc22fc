"""Signed lists of words for the search: phrases of the site words under the key `search-words`.

A phrase holds words that belong together, with semicolons between them. What its key begins with says what they are
for. All of it is signed in each language, because it says what medical words mean and which ones cannot wait.
"""

import re

SEARCH_WORDS = "search-words"  # the key of the site words
SAME_WORDS = "same-"  # words that mean the same
CARE_LEVELS = ("emergency", "urgent")  # what cannot wait, the most urgent first; each begins the keys of its phrases:
DESCRIPTIONS = "-words"  # each describes what is of the level,
CARD_TITLE, CARD_TEXT = "-title", "-text"  # and its card says what to do
EXAMPLES = "search-examples"  # words to search for: a phrase of the words that every page may need

_BETWEEN = re.compile(r"\s*[;；؛]\s*")


def split_words(text: str) -> list[str]:
    """The words of one phrase."""
    return [words for words in _BETWEEN.split(text.strip()) if words]
