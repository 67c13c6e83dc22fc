"""Any number of a right translation that is changed is found, and the right one never is."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.checks.translation.checks import check_level, compare_texts
from editorial.checks.translation.examples import TRANSLATION_EXAMPLES
from editorial.checks.translation.languages import find_words
from editorial.checks.translation.numerals import read_digits
from editorial.checks.translation.text_pairs import make_pair

RIGHT = [example for example in TRANSLATION_EXAMPLES if not example.is_wrong]
NUMBER = re.compile(r"(?<![\w.,/:+@-])\d+(?![\w.,/:-])")
WITH_NUMBERS = [example for example in RIGHT if NUMBER.search(example.target)]
LANGUAGES = ["es", "ar", "zh-hans", "vi"]


def is_blocked(source: str, target: str, language: str) -> bool:
    return any(
        check_level(check) == "block" for check, _d in compare_texts(make_pair(source, target, language, is_typed=True))
    )


@given(st.sampled_from(WITH_NUMBERS), st.data())
def test_a_changed_number_of_a_right_pair_is_found(example, data):
    match = data.draw(st.sampled_from(list(NUMBER.finditer(example.target))))
    old = int("".join(str(unicodedata.decimal(sign)) for sign in match[0]))
    new = data.draw(st.integers(2, 9_999).filter(lambda number: number != old))
    changed = f"{example.target[: match.start()]}{new}{example.target[match.end() :]}"
    assert is_blocked(example.source, changed, example.language)


@given(st.lists(st.integers(2, 99_999), min_size=1, max_size=5), st.sampled_from(LANGUAGES), st.randoms())
def test_the_same_numbers_in_another_order_are_no_difference(numbers, language, random):
    shuffled = random.sample(numbers, len(numbers))
    source, target = ("; ".join(f"({number})" for number in row) for row in (numbers, shuffled))
    assert not is_blocked(source, target, language)


@given(st.integers(0, 10**9), st.sampled_from(LANGUAGES))
def test_a_number_is_the_same_however_its_thousands_are_grouped(number, language):
    words = find_words(language)
    grouped = f"{number:,}"
    arabic = str(number).translate({ord("0") + digit: 0x660 + digit for digit in range(10)})
    assert number in read_digits(grouped, words)
    assert number in read_digits(grouped.replace(",", " "), words)
    assert read_digits(arabic, words) == {number}
    if not words.decimal_sign and language in ("es", "vi"):
        assert number in read_digits(grouped.replace(",", "."), words)


@pytest.mark.parametrize(
    "sign", ["1", "1 ", "1,", "1-", "no ", "(", "[@", "<a href='", "A1-", "一", "hai ", "+1 ", "«", "a a ", "https://"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_makes_checks_go_over_it_again_and_again(language, sign):
    from time import process_time

    text = (sign * 12_000)[:12_000]
    before = process_time()
    list(compare_texts(make_pair(text, f"{text}x", language, is_typed=True)))
    assert process_time() - before < 4
