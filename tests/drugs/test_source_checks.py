"""What a source says otherwise than it was recorded is pointed out, and nothing else."""

from datetime import date

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from drugs.source_checks import RecordedDecision, find_days, find_disagreements

GIVEN = {
    "names": ("pembrolizumab", "Keytruda"),
    "days": (date(2020, 11, 13),),
    "authority": "FDA",
    "application": "BLA125514",
    "submission": "SUPPL-88",
    "source_title": "Approval of pembrolizumab",
}
SENTENCE = "On November 13, 2020, pembrolizumab was granted accelerated approval."

CASES = [
    ({}, SENTENCE, []),
    ({}, "KEYTRUDA was approved.", []),
    ({}, "", []),
    ({}, "It was approved today.", ["names neither the drug"]),
    ({}, "Prepembrolizumabs were approved.", ["names neither the drug"]),
    ({"names": ("trastuzumab deruxtecan",)}, "fam-trastuzumab\n deruxtecan-nxki was approved.", []),
    ({}, "On November 12, 2020, and on Nov. 13, 2020: Keytruda.", ["sentence has another day: Nov. 12, 2020"]),
    ({"days": (date(2021, 8, 27), date(2021, 10, 6))}, "Keytruda, 27 August 2021, 6th Oct 2021", []),
    ({"source_title": "Keytruda, 2017-05-23"}, SENTENCE, ["title of the source has another day: May 23, 2017"]),
    ({"source_title": "Keytruda, revised 05/23/2017"}, SENTENCE, ["title of the source has another day: May 23, 2017"]),
    ({"days": (date(2021, 3, 4),)}, "Keytruda, 03/04/2021 or 04/03/2021", []),
    ({"days": (date(2021, 3, 5),)}, "Keytruda, 03/04/2021", ["another day: March 4, 2021 / April 3, 2021"]),
    ({"days": ()}, "Keytruda was never approved on May 1, 2020.", []),
    ({}, "Keytruda, in 2017 and on February 30, 2020, section 3.2021-13-45", []),
    ({"application": "BLA12551"}, SENTENCE, ["“BLA12551” is not an FDA application number"]),
    ({"application": "NDA 208716"}, SENTENCE, []),
    ({"application": "125514"}, SENTENCE, ["such as BLA125514"]),
    ({"application": "EMEA/H/C/003820", "submission": "II/0099", "authority": "EMA"}, SENTENCE, []),
    ({"application": "BLA125514", "submission": "", "authority": "EMA"}, SENTENCE, ["EMEA/H/C/003820"]),
    ({"application": "anything", "submission": "x", "authority": ""}, SENTENCE, []),
    ({"submission": "S-88"}, SENTENCE, []),
    ({"submission": "88th"}, SENTENCE, ["“88th” is not"]),
    ({"application": "", "submission": ""}, SENTENCE, []),
    ({}, "Keytruda (BLA 125514, BLA761223).", ["another application number: \u2068BLA761223\u2069"]),
]


@pytest.mark.parametrize(("changed", "sentence", "told"), CASES)
def test_what_disagrees_is_told_and_nothing_else(changed, sentence, told):
    found = [item.message for item in find_disagreements(RecordedDecision(**GIVEN | changed), sentence)]
    assert len(found) == len(told), found
    assert all(words in message for words, message in zip(told, found, strict=True)), found


def test_each_disagreement_has_a_key_of_its_own_which_stays():
    recorded = RecordedDecision(**GIVEN | {"source_title": "May 1, 2020; May 2, 2020"})
    keys = [item.key for item in find_disagreements(recorded, "")]
    assert len(set(keys)) == 2
    assert keys == [item.key for item in find_disagreements(recorded, "Another.")][:2]


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("form", ["%B %d, %Y", "%b. %d, %Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"])
def test_every_month_is_read_however_it_is_written(month, form):
    day = date(2021, month, 9)
    assert find_days(f"({day.strftime(form)})") == [(day,)]


def test_sept_is_september():
    assert find_days("Sept. 3, 2021") == [(date(2021, 9, 3),)]


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_month_is_read_as_each_language_of_the_site_writes_days(month, language):
    day = date(2026, month, 24)
    with translation.override(language):
        assert find_days(f"({date_format(day, 'DATE_FORMAT')})") == [(day,)]


@pytest.mark.parametrize(
    "text",
    [
        "el 24 de junio de 2026", "24 junio, 2026", "24 de jun. del 2026", "24 حزيران 2026", "٢٤ يونيه ٢٠٢٦",
        "2026年6月24日", "2026 年 06 月 24 日", "ngày 24 tháng 6 năm 2026", "24 tháng 6, 2026",
    ],
)  # fmt: skip
def test_days_are_read_however_people_write_them_there(text):
    assert find_days(f"Keytruda: {text}.") == [(date(2026, 6, 24),)]


@pytest.mark.parametrize(
    "text", ["24 de algo de 2026", "2026年13月24日", "ngày 32 tháng 6 năm 2026", "24 marzipan 2026"]
)
def test_what_is_no_day_is_none(text):
    assert find_days(text) == []
