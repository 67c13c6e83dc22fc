"""Texts as the memory compares and keeps them."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from editorial.editions.tree import inline
from editorial.editions.tree.nodes import Tree
from editorial.editions.tree.units import Place, find_units

RULES = 1  # raised with each change of what the memory keeps of an edition: then it is made anew after `migrate`

Words = str | inline.Runs

# Of words, which have whole numbers and ASCII keys alone, RFC 8785 makes the same, but in Python.
_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def memory_form(words: Words) -> Words:
    """Words as they are compared: with spaces for no-break spaces, and plain where they have no inline tag."""
    words = inline.comparable(words)
    if isinstance(words, str):
        return words.strip()
    if not words:
        return ""
    return words[0]["text"] if len(words) == 1 and words[0].keys() == {"text"} else words


def digest_source(words: Words) -> bytes:
    """32 bytes. Two texts have the same where their words, numbers and inline tags are all the same."""
    return hashlib.sha256(_write_json(memory_form(words)).encode()).digest()


def write_words(words: Words) -> str:
    """Canonical JSON, as in the bytes of an edition."""
    return _write_json(words)


def read_words(written: str) -> Words:
    words: Words = json.loads(written)
    return words


@dataclass(frozen=True)
class TranslatedText:
    """A unit of a signed source with its translation, and where it stands first."""

    place: Place
    source: Words
    target: Words
    language: str

    @property
    def source_digest(self) -> bytes:
        return digest_source(self.source)

    @cached_property
    def pair_digest(self) -> bytes:
        """32 bytes: of the rules, the language, the source as it is compared, and the translation as it stands."""
        pair = [RULES, self.language, memory_form(self.source), self.target]
        return hashlib.sha256(_write_json(pair).encode()).digest()


def find_translated(source: Tree, target: Tree) -> Iterator[TranslatedText]:
    """What a translation of this source says where, each text once. What has no letters is nobody's to translate."""
    words = {(node.id, name): text for node in target.walk() for name, text in node.words.items()}
    seen: set[bytes] = set()
    for unit in find_units(source):
        target_words = words.get(unit.place)
        if not target_words or not any(map(str.isalpha, inline.plain(unit.source))):
            continue
        text = TranslatedText(unit.place, unit.source, target_words, target.language)
        if text.pair_digest not in seen:
            seen.add(text.pair_digest)
            yield text
