"""A history that keeps what a save changed says all that one of full rows would say."""

from unittest import mock

import pytest
from django.db import transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from articles.models import Article
from editorial.accounts.languages import all_languages, column
from editorial.accounts.roles import Role
from editorial.editions.models import RowWriter
from editorial.editions.working import row_history
from editorial.editions.working.copies import save_columns
from editorial.editions.working.edits import TrackedTable
from editorial.editions.working.row_history import word_columns
from tests import PROVING
from tests.factories import pages, people
from tests.factories.bulk_saves import add_saves

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

LANGUAGES = ["en", "es", "zh-hans"]
COLUMNS = [f"{name}_{column(code)}" for name in ("title", "lead") for code in LANGUAGES]
texts = st.sampled_from([None, "", "one", "two"])
values = st.dictionaries(st.sampled_from(COLUMNS), texts, max_size=3)
saves = st.lists(st.tuples(st.sampled_from("ab"), values, st.booleans()), max_size=10)


def state_of(row) -> dict:
    return {"is_minor": row.is_minor} | {name: getattr(row, name) or "" for name in word_columns(Article)}


@settings(max_examples=300 if PROVING else 15)
@given(st.lists(st.sampled_from(["", "one", "two"]), max_size=3), saves)
@example([], [("a", {"lead_es": "one"}, False), ("b", {"lead_es": None}, False), ("a", {"title_en": "two"}, True)] * 3)
@example(["one"], [("a", {"lead_en": ""}, False), ("a", {"lead_es": "one"}, False), ("b", {"lead_en": "two"}, False)])
def test_any_saves_read_as_though_each_row_held_all_words(before, saved):
    with transaction.atomic(), mock.patch.object(row_history, "FULL_EVERY", 3):
        users = {name: people.person(Role.AUTHOR) for name in "ab"}
        document = pages.article(people.author())
        article = pages.working(document)
        if before:  # full rows, as histories of before have them
            add_saves(article, "lead_en", before, users["a"])
        first = article.history.latest("history_id").history_id
        article.refresh_from_db()
        states, writers = [state_of(article)], set()
        for who, words, is_minor in saved:
            for name, value in words.items() | {("is_minor", is_minor)}:
                setattr(article, name, value)
            if save_columns([(article, {*words, "is_minor"})], user=users[who], reason=""):
                states.append(state_of(article))
                changed = {name for name, value in states[-1].items() if states[-2][name] != value}
                writers |= {(users[who].pk, "" if name == "is_minor" else name) for name in changed}

        history = article.history.filter(history_id__gte=first).order_by("history_id")
        assert [state_of(past) for past in history] == states
        assert [state_of(article.history.get(pk=past.pk)) for past in history] == states
        table = TrackedTable(Article, article.history.filter(history_id__gte=first))
        changes = list(zip(history[1:], states[1:], states, strict=False))
        for code in all_languages():
            assert {past.pk for past in table.in_language(code)} - {first} == {
                past.pk for past, now, was in changes if is_of_language(code, now, was)
            }
        kept = RowWriter.objects.filter(model="articles.article", row_id=article.pk, user__in=users.values())
        told = {(row.user_id, row.column) for row in kept}
        assert told - {(users["a"].pk, "lead_en")} == writers - {(users["a"].pk, "lead_en")}
        assert kept_columns(history.filter(history_id__gt=first)) == changed_columns(changes)
        transaction.set_rollback(True)


def is_of_language(code: str, now: dict, was: dict) -> bool:
    """Whether a save is told among those of a language; the source's tell what changed no words as well."""
    columns = word_columns(Article)
    changed = {columns[name] for name in columns if now[name] != was[name]}
    return code in changed or (code == "en" and not changed)


def kept_columns(history) -> list[set[str] | None]:
    """The columns of words that each row holds; None of one that is full."""
    return [
        None if row["full_row"] is None else {name for name in word_columns(Article) if row[name] is not None}
        for row in history.values()
    ]


def changed_columns(changes) -> list[set[str] | None]:
    return [
        None if past.full_row is None else {name for name in word_columns(Article) if now[name] != was[name]}
        for past, now, was in changes
    ]


def test_a_save_in_one_language_keeps_the_words_of_no_other():
    author, translator = people.author(), people.translator("es")
    document = pages.article(author, title="Long" * 40)
    article = pages.working(document)
    article.title_es = "Título"
    save_columns([(article, {"title_es"})], user=translator, reason="")
    [row] = article.history.order_by("-history_id").values()[:1]
    assert {name for name in word_columns(Article) if row[name] is not None} == {"title_es"}
    assert article.history.latest("history_id").title_en == "Long" * 40


def test_reading_one_row_of_many_reads_no_more_than_one_run_of_rows(django_assert_num_queries):
    author = people.author()
    article = pages.working(pages.article(author))
    for number in range(row_history.FULL_EVERY + 5):
        article.lead_en = f"Lead {number}"
        save_columns([(article, {"lead_en"})], user=author, reason="")
    rows = list(article.history.order_by("history_id").values_list("history_id", "full_row"))
    full = [key for key, full_row in rows if full_row is None]
    assert len(full) == 2
    assert all(full_row == max(key for key in full if key < history_id) for history_id, full_row in rows if full_row)
    with django_assert_num_queries(2):
        assert article.history.get(history_id=rows[-1][0]).title_en == "Immunotherapy"


def test_a_row_that_no_service_saves_is_not_saved():
    author = people.author()
    article = pages.working(pages.article(author))
    article._history_user = author
    with pytest.raises(RuntimeError, match="through a service"):
        article.save()
