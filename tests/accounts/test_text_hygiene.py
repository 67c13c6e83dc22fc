"""Text is let in composed, and without what nobody can see."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from editorial import text_hygiene

ODD = "\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u202c\u2060\u2066\u2067\u2068\u2069\u00ad\ufeff\u0301\u00a0\u0338e <>"


@pytest.mark.parametrize(
    ("typed", "kept"),
    {
        "2\u200b0 mg": "20 mg",
        "\u202egm 02\u202c": "gm 02",
        "\ufeffa\u00adb\u2060c": "abc",
        "a\x00b\x07c": "abc",
        "a\u2028b": "a\nb",
        "cafe\u0301": "café",
        "\u212b": "Å",
        "200\u00a0mg": "200\u00a0mg",
        "\u0644\u200c\u0645 \u200e5\u200f": "\u0644\u200c\u0645 \u200e5\u200f",
        "\u06715 \u206712 mg\u2069": "\u06715 \u206712 mg\u2069",
        "\u2067a": "a",
        "a\u2069": "a",
        "\u2066a \u2067b\u2069": "a \u2067b\u2069",
        "🏳\ufe0f\u200d🌈": "🏳\ufe0f\u200d🌈",
        "\u200b": "",
        "\u200e\u00a0 \u2067\u2069": "",
        "\u3164\u2800": "",
    }.items(),
)
def test_a_text_is_let_in(typed, kept):
    assert text_hygiene.clean_text(typed) == kept


@given(st.text(ODD + "ab12\n", max_size=30))
@example("a\u2066\u0301")
def test_cleaning_twice_is_cleaning_once(text):
    once = text_hygiene.clean_text(text)
    assert text_hygiene.clean_text(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(ODD + "ab12", max_size=30))
def test_what_can_be_seen_stays_in_its_order(text):
    def seen(text: str) -> str:
        # Composed last: what a joiner kept apart would be composed without it.
        return unicodedata.normalize("NFC", "".join(s for s in text if unicodedata.category(s) not in ("Cf", "Zs")))

    assert seen(text_hygiene.clean_text(text)) == seen(text)


@pytest.mark.parametrize(
    ("html", "kept"),
    {
        "<p>2\u200b0</p>": "<p>20</p>",
        "<p>\u0338a</p>": "<p>\u0338a</p>",  # composed with its tag's end it would be ≯
        "<p>\u2067a</p><p>b\u2069</p>": "<p>a</p><p>b</p>",
        "<p>\u2067a <em>b</em>\u2069</p>": "<p>\u2067a <em>b</em>\u2069</p>",
        "<ul><li>\u2067a</li></ul>\u2069": "<ul><li>a</li></ul>",
    }.items(),
)
def test_html_is_cleaned_between_its_tags_and_block_by_block(html, kept):
    assert text_hygiene.clean_html(html) == kept
