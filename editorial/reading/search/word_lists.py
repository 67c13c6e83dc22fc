"""Signed lists of words for the search: phrases of the site words under the key `search-words`.

A phrase holds words that belong together, with semicolons between them. What its key begins with says what they are
for. All of it is signed in each language, because it says what medical words mean and which ones are an emergency.
"""

import re

SEARCH_WORDS = "search-words"  # the key of the site words
SAME_WORDS = "same-"  # words that mean the same
EMERGENCY_WORDS = "emergency-words"  # each describes an emergency
EMERGENCY_TITLE, EMERGENCY_TEXT = "emergency-title", "emergency-text"  # what the card says
EXAMPLES = "search-examples"  # words to search for: a phrase of the words that every page may need

_BETWEEN = re.compile(r"\s*[;；؛]\s*")


def split_words(text: str) -> list[str]:
    """The words of one phrase."""
    return [words for words in _BETWEEN.split(text.strip()) if words]
