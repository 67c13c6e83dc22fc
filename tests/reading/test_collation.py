"""Titles stand where a dictionary of their language has them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.reading.collation import place, sort_key

LANGUAGES = ("en", "es", "ar", "zh-hans", "vi")


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", ["3 steps", "“Air”", "Éclair", "egg", "PD-1", "PD-L1"]),
        ("es", ["Árbol", "¿Bien?", "nube", "nz", "ñandú", "Oso"]),
        ("vi", ["az", "ăn", "ân", "dê", "đau", "em", "ế", "ma", "mà", "mả", "mã", "má", "mạ", "mai", "ung", "ư"]),
        ("ar", ["آلام", "إبرة", "الالتهاب", "التهاب", "البرد", "العلاج", "عمل"]),
        ("zh-hans", ["副作用", "免疫治疗", "PD-L1", "乳腺癌"]),
    ],
)
def test_titles_are_sorted_by_the_rules_of_their_language(language, titles):
    if language == "ar":
        titles = sorted(titles, key=lambda title: sort_key(title, language))
        assert titles.index("البرد") < titles.index("العلاج") < titles.index("عمل")
        assert abs(titles.index("الالتهاب") - titles.index("التهاب")) == 1
    else:
        assert sorted(reversed(titles), key=lambda title: sort_key(title, language)) == titles


@pytest.mark.parametrize(
    ("language", "title", "letter"),
    [
        ("en", "PD-L1", "P"), ("en", "5-FU", ""), ("en", "", ""), ("en", "“Quoted”", "Q"), ("es", "Ética", "E"),
        ("es", "Ñandú", "Ñ"), ("en", "Ñandú", "N"), ("vi", "Đột biến", "Đ"), ("vi", "Ấn", "Â"), ("vi", "Ở", "Ơ"),
        ("ar", "الجهاز المناعي", "ج"), ("ar", "التهاب", "ا"), ("ar", "آلام", "ا"), ("zh-hans", "免疫系统", "M"),
        ("zh-hans", "PD-L1抑制剂", "P"),
    ],
)  # fmt: skip
def test_a_title_stands_under_a_letter_of_its_language(language, title, letter):
    assert place(title, language)[0] == letter


@given(st.text(max_size=30), st.sampled_from(LANGUAGES))
def test_any_title_has_a_place(title, language):
    letter, key = place(title, language)
    assert len(letter) <= 2
    assert key == place(title, language)[1]
