"""What a patient may act on is found in a text, in every language, wherever it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.checks.critical_words import Sort, find_critical_words
from editorial.editions.name_finder import NameFinder
from tests.editions.strategies import texts

NUMBER, DATE, NAME, PHONE, LINK = Sort.NUMBER, Sort.DATE, Sort.NAME, Sort.PHONE, Sort.LINK
NOT, THAN, RAISED, SOURCE = Sort.NEGATION, Sort.COMPARISON, Sort.RAISED, Sort.SOURCE
CASES = [
    ("en", "Take 5 mg/kg twice daily.", [(NUMBER, "5 mg/kg"), (NUMBER, "twice daily")]),
    ("en", "Call if it is over 38.3 °C (101 °F).", [(THAN, "over"), (NUMBER, "38.3 °C"), (NUMBER, "101 °F")]),
    ("en", "Do not stop. You can’t, and never will.", [(NOT, "not stop."), (NOT, "can’t"), (NOT, "never will.")]),
    ("en", "It may help.", []),
    ("en", "From 3 March 2026 on Mondays, and in May", [(DATE, "3 March 2026"), (DATE, "Mondays"), (DATE, "May")]),
    ("en", "since 2026-03-04 or 3/4/26", [(DATE, "2026-03-04"), (DATE, "3/4/26")]),
    (
        "en",
        "More than 10⁹/L, x² and 5^(b)",
        [(THAN, "More than"), (NUMBER, "10⁹"), (RAISED, "x²"), (NUMBER, "5"), (RAISED, "^(b)")],
    ),
    ("en", "≥ 10% or < 2", [(THAN, "≥"), (NUMBER, "10%"), (THAN, "<"), (NUMBER, "2")]),
    ("en", "stage III, phase 2", [(NUMBER, "stage III"), (NUMBER, "2")]),
    ("en", "HER2 and PD-L1 with carboplatin", [(NAME, "HER2"), (NAME, "PD-L1"), (NAME, "carboplatin")]),
    (
        "en",
        "aspirin, ibuprofen or warfarin in April",
        [(NAME, "aspirin"), (NAME, "ibuprofen"), (NAME, "warfarin"), (DATE, "April")],
    ),
    ("en", "with Keytruda. Call Maria.", [(NAME, "Keytruda"), (NAME, "Maria")]),
    ("en", "Ring +1 (555) 123-4567", [(PHONE, "+1 (555) 123-4567")]),
    ("en", "the line <tel:+1555> now", [(PHONE, "<tel:+1555>")]),
    ("en", "our page <https://example.org/24>", [(LINK, "<https://example.org/24>")]),
    ("en", "as shown[@schmid-2020]", [(SOURCE, "[@schmid-2020]")]),
    ("en", "The dose in mg, in hours", [(NUMBER, "dose"), (NUMBER, "mg"), (NUMBER, "hours")]),
    ("es", "No tome más de 200 mg.", [(NOT, "No tome"), (THAN, "más de"), (NUMBER, "200 mg")]),
    ("es", "el 3 de marzo de 2026", [(DATE, "3 de marzo de 2026")]),
    ("ar", "لا تأخذ ٢٠٠ ملغ", [(NOT, "لا تأخذ"), (NUMBER, "٢٠٠ ملغ")]),
    ("zh-hans", "不要超过24小时", [(NOT, "不要超"), (THAN, "超过"), (NUMBER, "24小时")]),
    ("zh-hans", "帕博利珠单抗，2026年3月4日", [(NAME, "帕博利珠单抗"), (DATE, "2026年3月4日")]),
    ("vi", "Không dùng quá 200 mg", [(NOT, "Không dùng"), (NUMBER, "200 mg")]),
]


@pytest.mark.parametrize(("language", "text", "words"), CASES)
def test_what_matters_in_a_text_is_found(language, text, words):
    assert [(word.sort, word.written) for word in find_critical_words(text, language)] == words


def test_names_that_the_site_knows_are_found_whatever_their_case():
    names = NameFinder([("zebramab", "zebramab"), ("Lion", "lion")])
    found = find_critical_words("ZEBRAMAB or lion", "en", names)
    assert [(word.sort, word.written) for word in found] == [(NAME, "ZEBRAMAB"), (NAME, "lion")]


@pytest.mark.parametrize(
    ("one", "other"),
    [("5 mg", "5mg"), ("5 mg", "5\u00a0mg"), ("two tablets", "2 tablets"), ("٥ mg", "5 mg"), ("Not stop", "not stop,")],
)
def test_what_says_the_same_has_one_value(one, other):
    values = [[word.value for word in find_critical_words(text, "en")] for text in (one, other)]
    assert values[0] == values[1]


@given(st.one_of(texts, st.text(max_size=60)), st.sampled_from(["en", "es", "ar", "zh-hans", "vi", "xx"]))
def test_every_digit_of_a_text_belongs_to_a_word_and_no_two_words_claim_one_number(text, language):
    words = find_critical_words(text, language)
    covered = {place for word in words for place in range(word.start, word.end)}
    assert {place for place, sign in enumerate(text) if sign.isdecimal()} <= covered
    assert [word.written for word in words] == [text[word.start : word.end].strip() for word in words]


CAPITALS = [
    # (language, text, the text that it is compared with, the names in it)
    ("en", "Call Ana on 3.", "", ["Ana"]),
    ("en", "Ask Dr. Ruiz or nurse Diaz.", "", ["Ruiz", "Diaz"]),
    ("en", "Prof. Ruiz will call you.", "", ["Ruiz"]),
    ("en", "It is the Anderson-Lee clinic, Houston.", "", ["Anderson-Lee", "Houston"]),
    ("en", "Take Zebrova every day.", "", ["Zebrova"]),
    ("en", "You may feel ill. Call us.", "", []),
    ("en", "Call your Care Team.", "Call your care team.", []),
    ("en", "The Team helps: the team is here.", "", []),
    ("en", "Read it on the Internet, in English.", "", []),
    ("en", "See Table 2.", "", []),
    ("en", "I hope that I can.", "", []),
    ("es", "Llame a la Dra. Ruiz, en León.", "", ["Ruiz", "León"]),
    ("es", "Pregunte a Ud. mismo.", "", []),
    ("vi", "Hãy gọi bác sĩ Nguyễn.", "", ["Nguyễn"]),
    ("ar", "اتصل بالدكتور.", "", []),
]


@pytest.mark.parametrize(("language", "text", "other", "names"), CAPITALS)
def test_a_capital_makes_a_name_where_no_sentence_begins_unless_the_word_is_an_ordinary_one(
    language, text, other, names
):
    found = find_critical_words(text, language, other=other)
    assert [word.written for word in found if word.sort == Sort.NAME] == names


def test_a_drug_that_the_site_knows_is_a_name_in_any_case():
    names = NameFinder([("Zebrova", ""), ("zebramab", "")])
    found = find_critical_words("zebrova or Zebramab", "en", names, other="zebrova, zebramab")
    assert [word.written for word in found] == ["zebrova", "Zebramab"]
