"""What words become: the same however they are written, in each language."""

import pytest

from editorial.reading.search.analysis import find_words, joined_stems, stems

ALIKE = [
    ("en", "side effects", "Side Effect"),
    ("en", "biomarkers testing", "biomarker tests"),
    ("en", "1,000 mg", "1000 MG"),
    ("es", "reacción", "reacciones"),
    ("es", "medicacion", "Medicación"),
    ("ar", "العلاج", "علاج"),
    ("ar", "بالعلاج", "والعلاج"),
    ("ar", "الآثَار", "اثار"),
    ("ar", "مدرسة", "مدرسه"),
    ("vi", "miễn dịch", "mien dich"),
    ("vi", "điều trị", "ĐIỀU TRỊ"),
    ("vi", "e\u0302\u0323", "ệ"),
    ("zh-hans", "免疫", "免疫"),
]


@pytest.mark.parametrize(("language", "one", "other"), ALIKE)
def test_forms_of_a_word_are_one_word(language, one, other):
    assert stems(one, language, is_query=True) == stems(other, language, is_query=True) != []


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "PD-1", "PD-L1"), ("en", "38.2", "38 2"), ("ar", "حمى", "الحمل"), ("zh-hans", "免疫", "疫苗")],
)
def test_words_that_differ_stay_apart(language, one, other):
    assert stems(one, language) != stems(other, language)


def test_chinese_is_found_by_any_word_inside():
    text = set(stems("帕博利珠单抗是一种免疫治疗药物", "zh-hans"))
    assert all(
        text.issuperset(stems(word, "zh-hans", is_query=True)) for word in ("单抗", "免疫治疗", "药物", "博利珠")
    )


def test_names_are_found_without_their_hyphens():
    assert joined_stems("The PD-L1 test of a triple‑negative tumor", "en") == {"pdl1", "tripleneg"}


@pytest.mark.parametrize("text", ["A PD-L1 score.", "免疫治疗 (PD-1) 药物", "الآثَار الجانبية", "½ ﬁne ǅ ٣٨ x_y 38,5°"])
def test_a_word_stands_where_it_says(text):
    for language in ("en", "ar", "zh-hans"):
        for word in find_words(text, language):
            assert 0 <= word.start < word.end <= len(text)
            assert text[word.start : word.end].strip()
