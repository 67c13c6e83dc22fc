"""Texts are written as in the bytes of an edition, and are the same where a reader reads the same."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from editorial.translations.memory.grams import KEPT, find_grams
from editorial.translations.memory.texts import digest_source, read_words, write_words

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
runs = st.lists(st.fixed_dictionaries({"text": texts}, optional={"link": texts, "document": st.integers(1, 10**9)}))


@given(words=texts | runs)
def test_words_are_written_as_in_canonical_bytes(words):
    assert write_words(words).encode() == rfc8785.dumps(words)
    assert read_words(write_words(words)) == words


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Two words", "Two\u00a0words", True),
        ("Two words", [{"text": "Two words"}], True),
        ("Two words", [{"text": "Two words", "marks": ["em"]}], False),
        ("38 °C", "39 °C", False),
        ([{"text": "Here", "document": 1}], [{"text": "Here", "document": 2}], False),
        ([{"text": "So"}, {"cite": "a"}], [{"text": "So"}], False),
        ("Two words", "two words", False),
    ],
)
def test_what_is_the_very_same(one, other, is_same):
    assert (digest_source(one) == digest_source(other)) == is_same


@given(text=st.text(max_size=300))
def test_a_text_has_few_pairs_of_words(text):
    assert len(find_grams(text, "es")) <= KEPT


def test_pairs_of_words_leave_numbers_out_and_tell_languages_apart():
    one, other = "Take 2 tablets every 8 hours.", "Take 3 tablets every 6 hours!"
    assert find_grams(one, "es") == find_grams(other, "es")
    assert not set(find_grams(one, "es")) & set(find_grams(one, "ar"))
    assert find_grams("", "es") == find_grams("38", "es") == find_grams("word " * 1000, "es") == []
