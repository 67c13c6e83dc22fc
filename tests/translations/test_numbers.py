"""Who translated how much, and how long it took: counted once, of what was submitted, for those who may know it."""

import csv
import io
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from editorial.accounts.roles import Role
from editorial.checks.checked_pages import count_words
from editorial.editions.models import Edition, UnitState
from editorial.editions.tree import inline
from editorial.editions.tree.units import find_units
from editorial.reviews.services import send_back
from editorial.translations.models import TranslatedWords
from editorial.translations.numbers import report
from editorial.translations.numbers.report import NumberFilters, average_times, month_names, sum_words
from tests.factories import pages, people
from tests.factories.counting import counted_cost
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PATH, TABLE = "/admin/translations/numbers/", "/admin/translations/numbers/table/"


@layer
def author():
    return people.author()


@layer
def reviewer():
    return people.reviewer()


@layer
def translator():
    return people.translator("es", "zh-hans")


@layer
def live(author, reviewer) -> Edition:
    return pages.publish(pages.article(author), author, reviewer)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def source_words(edition: Edition, units=None) -> int:
    return sum(count_words(inline.plain(unit.source)) for unit in (units or find_units(edition.tree)))


def counts() -> list[tuple]:
    columns = ("edition", "user", "origin", "units", "words")
    return list(TranslatedWords.objects.order_by("pk").values_list(*columns))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Call your team.", 3),
        ("打电话给您的团队。", 9),
        ("CPS 10", 2),
        ("", 0),
        ("اتصل بفريقك الآن", 3),
        ("PD-L1 阳性", 3),
    ],
)
def test_words_stand_between_spaces_and_chinese_is_counted_by_characters(text, words):
    assert count_words(text) == words


def test_what_is_submitted_is_counted_once_and_then_only_what_changed(live, author, reviewer, translator):
    units = find_units(live.tree)
    pages.translate(live.document, "es", translator)
    first = pages.submit(live.document, "es", user=translator)
    assert counts() == [(first.pk, translator.pk, "person", len(units), source_words(live))]
    send_back(first, user=reviewer, remarks="Say it plainly.")
    pages.translate(live.document, "es", translator, {units[0].place: "es Other"})
    second = pages.publish(live.document, translator, reviewer, "es")
    assert counts()[1:] == [(second.pk, translator.pk, "person", 1, source_words(live, units[:1]))]
    assert not TranslatedWords.objects.filter(edition=live).exists()  # of the source nothing is translated


def test_each_unit_counts_for_who_translated_it_and_for_where_it_came_from(live, reviewer, translator):
    other = people.translator("es")
    pages.translate(live.document, "es", translator)
    states = list(UnitState.objects.filter(document=live.document, language="es").order_by("pk"))
    for state, origin in zip(states[:3], ("memory", "repeat", "import"), strict=True):
        UnitState.objects.filter(pk=state.pk).update(origin=origin, user=other, user_name=other.name)
    edition = pages.submit(live.document, "es", user=translator)
    rows = {(row[1], row[2]): row[3] for row in counts()}
    assert rows == {
        (other.pk, "memory"): 1, (other.pk, "repeat"): 1, (other.pk, "import"): 1,
        (translator.pk, "person"): len(find_units(live.tree)) - 3,
    }  # fmt: skip
    [theirs] = [row for row in sum_words(NumberFilters(), user=people.head()) if row.person == other.name]
    assert theirs.units == 3 and 0 < theirs.memory_share < 100 and theirs.month == timezone.localdate().replace(day=1)
    assert {row.edition_id for row in TranslatedWords.objects.all()} == {edition.pk}


def test_the_time_is_from_the_live_source_to_the_live_translation(live, reviewer, translator):
    released = live.releases.get().released_from
    with time_machine.travel(released + timedelta(days=3), tick=False):
        pages.publish_translation(live.document, "es", translator, reviewer)
    [row] = average_times(NumberFilters(), user=translator)
    assert (row.language, row.editions, round(row.average_days, 2), round(row.longest_days, 2)) == ("es", 1, 3.0, 3.0)
    assert average_times(NumberFilters(language="zh-hans"), user=translator) == []
    lines = read_table(signed_in(translator).get(TABLE, {"table": "times"}))
    assert lines[1][:3] == ["Immunotherapy", "Español", "1"] and lines[1][5] == "3.0"


def test_the_newest_of_each_language_are_counted_and_all_of_one_person(live, reviewer, translator, monkeypatch):
    released = live.releases.get().released_from
    title = find_units(live.tree)[0].place
    for days, word in ((2, "Terapia"), (6, "Inmunoterapia"), (10, "La terapia")):
        with time_machine.travel(released + timedelta(days=days), tick=False):
            words = pages.typed_translation(live, "es") | {title: word}
            pages.translate(live.document, "es", translator, words)
            pages.publish(live.document, translator, reviewer, "es")
    with time_machine.travel(released + timedelta(days=11), tick=False):
        pages.publish_translation(live.document, "zh-hans", translator, reviewer)
    monkeypatch.setattr(report, "SAMPLE", 2)
    with time_machine.travel(released + timedelta(days=12), tick=False):
        user = people.head()
        for filters, editions, average in (
            (NumberFilters(), 2, 8),
            (NumberFilters(language="es"), 2, 8),
            (NumberFilters(person=str(translator.pk)), 3, 6),
            (NumberFilters(person=str(reviewer.pk)), 0, 0),
        ):
            rows = {row.language: row for row in average_times(filters, user=user)}
            assert (row := rows.get("es")) is None or (row.editions, round(row.average_days)) == (editions, average)
            assert bool(row) is bool(editions)
            assert ("zh-hans" in rows) is (not filters.language and bool(editions))


def read_table(response) -> list[list[str]]:
    assert response.status_code == 200 and response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def test_everybody_sees_the_numbers_of_their_own_languages(live, reviewer, translator):
    other = people.translator("ar")
    pages.publish_translation(live.document, "es", translator, reviewer)
    pages.publish_translation(live.document, "ar", other, reviewer)
    assert Client().get(PATH).status_code == Client().get(TABLE).status_code == 302
    for user in (people.author(), people.operator(), people.reviewer("es"), people.person(Role.DRUG_ADMIN)):
        assert signed_in(user).get(PATH).status_code == signed_in(user).get(TABLE).status_code == 403
    for user, languages in ((translator, ["Español"]), (other, ["العربية"]), (people.head(), ["العربية", "Español"])):
        for query in ({}, {"language": "ar", "person": str(other.pk)}):
            client = signed_in(user)
            lines = read_table(client.get(TABLE, query))
            wanted = [name for name in languages if not query or (user != translator and name == "العربية")]
            if user == translator and query:
                wanted = []  # a language that is not theirs is no filter, and the other wrote nothing in theirs
            assert [line[1] for line in lines[1:]] == wanted, (user, query)
            assert [language for _row, language, _month in client.get(PATH, query).context["rows"]] == wanted
            assert client.get(TABLE, {"table": "times"}).status_code == 200


def test_a_name_never_becomes_a_formula(live, reviewer):
    crook = people.translator("es", first_name="=HYPERLINK(1)", last_name="+x")
    pages.publish_translation(live.document, "es", crook, reviewer)
    lines = read_table(signed_in(people.head()).get(TABLE))
    assert lines[1][2].startswith("'=")


@pytest.mark.parametrize(
    "query",
    [
        {"month": "2026-13"},
        {"month": "1999-01"},
        {"person": "9" * 30},
        {"person": "٣"},
        {"language": "xx"},
        {"month": "\0"},
    ],
)
def test_what_is_no_filter_is_none(live, translator, query):
    assert NumberFilters.read(query, ["es"]) == NumberFilters()
    assert signed_in(translator).get(PATH, query).status_code == 200


def test_months_go_back_a_year():
    assert month_names(date(2026, 2, 28))[:3] == ["2026-02", "2026-01", "2025-12"]
    assert month_names(date(2026, 2, 28))[-1] == "2025-03"


def test_the_page_takes_as_many_statements_for_three_hundred_rows_as_for_thirty(live, reviewer, translator):
    edition = pages.publish_translation(live.document, "es", translator, reviewer)
    client, taken = signed_in(people.head()), []
    client.get(PATH)
    for count in (30, 300):
        month = timezone.localdate().replace(day=1)
        writers = [people.translator("es") for _number in range(count // 30)]
        TranslatedWords.objects.bulk_create(
            TranslatedWords(
                edition=edition, user=writer, user_name=writer.name, language="es", month=month, origin=origin, units=1,
                words=3, target_words=3,
            )
            for writer in writers
            for origin in UnitState.Origin
        )  # fmt: skip
        with counted_cost() as cost:
            assert client.get(PATH).status_code == 200
        taken.append(cost.queries)
    assert taken[0] == taken[1] <= 8
