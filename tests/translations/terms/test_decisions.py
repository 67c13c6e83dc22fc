"""Who decides about terms, what stays on record, and what checks know of it at once."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from editorial.checks.translation import term_base
from editorial.editions.blockers import Blocked
from editorial.translations.models import Term, TermDecision
from editorial.translations.terms import services
from editorial.translations.terms.kept_terms import find_terms
from editorial.translations.terms.services import (
    TermChanged,
    TermWords,
    TypedTerm,
    add_term,
    change_term,
    last_decision,
    restore_term,
    retire_term,
)
from tests.factories import people
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@layer
def head():
    return people.head()


@layer
def translator():
    return people.translator("es")


@layer
def team(head):
    translations = {"es": [TermWords("equipo médico")], "ar": [TermWords("فريق الرعاية")]}
    return add_term(TypedTerm("care team", note="Everybody.", translations=translations), user=head)


def typed(**changes) -> TypedTerm:
    return TypedTerm(**{"text": "care team", "note": "Everybody.", "translations": {}, **changes})


def called(language: str) -> list[tuple[str, str]]:
    return [(row.text, row.level) for term in find_terms(language).terms for row in term.translations]


def test_a_translator_decides_in_their_language_and_others_keep_theirs(team, translator):
    change_term(team, typed(translations={"es": [TermWords("equipo clínico"), TermWords("grupo", "forbidden")]}),
                user=translator)  # fmt: skip
    assert called("es") == [("equipo clínico", "required"), ("grupo", "forbidden")]
    assert called("ar") == [("فريق الرعاية", "required")]
    newest = [(row.act, row.language, row.text, row.decided_by_name) for row in TermDecision.objects.order_by("pk")][3:]
    assert newest == [
        ("added", "es", "equipo clínico", translator.name),
        ("added", "es", "grupo", translator.name),
        ("removed", "es", "equipo médico", translator.name),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"translations": {"ar": [TermWords("x")]}},
        {"translations": {"ar": []}},
        {"text": "another"},
        {"note": "Another note."},
        {"part_of_speech": "verb"},
        {"is_kept": True, "translations": {}},
    ],
)
def test_a_translator_changes_nothing_that_others_decide(team, translator, changes):
    with pytest.raises(Blocked):
        change_term(team, typed(**changes), user=translator)
    with pytest.raises(Blocked):
        retire_term(team, user=translator)
    assert len(TermDecision.objects.all()) == 3


def test_a_translator_changes_a_term_that_counts_in_their_languages_alone(translator):
    term = add_term(typed(translations={"es": [TermWords("equipo")]}), user=translator)
    change_term(term, typed(text="care teams", translations={"es": [TermWords("equipo")]}), user=translator)
    assert Term.objects.get().text == "care teams"
    with pytest.raises(Blocked, match="Arabic"):
        add_term(typed(text="FDA", is_kept=True), user=translator)


@pytest.mark.parametrize("who", [people.author, people.reviewer, people.site_admin, people.operator, people.person])
def test_nobody_else_decides(team, who):
    with pytest.raises(Blocked, match="role"):
        add_term(typed(text="another"), user=who())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": " "}, "Enter the term"),
        ({"text": "a" * 121}, "121 characters"),
        ({"note": "a" * 301}, "301 characters"),
        ({"part_of_speech": "adverb"}, "part of speech"),
        ({"text": "CARE TEAM"}, "there already"),
        ({"text": "x", "translations": {"es": [TermWords("")]}}, "Enter the translation"),
        ({"text": "x", "translations": {"es": [TermWords("a", "maybe")]}}, "no level"),
        ({"text": "x", "translations": {"es": [TermWords("a"), TermWords(" a ", "forbidden")]}}, "twice"),
        ({"text": "x", "translations": {"xx": [TermWords("a")]}}, "not a language"),
        ({"text": "x", "translations": {"es": [TermWords(str(n)) for n in range(13)]}}, "at most 12"),
        ({"text": "x", "is_kept": True, "translations": {"es": [TermWords("a")]}}, "no translations"),
    ],
)
def test_what_cannot_be_a_term_is_refused_in_words(team, head, changes, message):
    with pytest.raises(Blocked, match=message):
        add_term(typed(**changes), user=head)


def test_there_is_an_end_to_terms(team, head, monkeypatch):
    monkeypatch.setattr(services, "MOST_TERMS", 1)
    with pytest.raises(Blocked, match="no room"):
        add_term(typed(text="x"), user=head)
    retire_term(team, user=head)
    add_term(typed(text="x"), user=head)
    with pytest.raises(Blocked, match="no room"):
        restore_term(team, user=head)


def test_two_people_do_not_overwrite_each_other(team, head, translator):
    seen = last_decision(team)
    change_term(team, typed(translations={"es": [TermWords("a")]}), user=translator, seen=seen)
    with pytest.raises(TermChanged, match=translator.name):
        change_term(team, typed(translations={"es": [TermWords("b")]}), user=head, seen=seen)
    assert called("es") == [("a", "required")]


def test_a_retired_term_no_longer_counts_and_comes_back_with_all_that_was_decided(team, head):
    retire_term(team, user=head)
    assert called("es") == []
    with pytest.raises(Blocked, match="retired"):
        add_term(typed(), user=head)
    restore_term(team, user=head)
    assert called("es") == [("equipo médico", "required")]
    assert [row.act for row in TermDecision.objects.order_by("pk")][3:] == ["retired", "restored"]


def test_a_change_that_says_what_is_decided_already_is_no_decision(team, head):
    before = find_terms("es")
    change_term(team, typed(translations={"es": [TermWords(" equipo  médico ")]}), user=head)
    assert find_terms("es") is before
    assert len(TermDecision.objects.all()) == 3


def test_terms_are_asked_for_with_one_query_until_somebody_changes_one(team, head):
    find_terms("es")
    with CaptureQueriesContext(connection) as captured:
        assert term_base.find_terms("es") is find_terms("es")
    assert len(captured) == 2
    add_term(typed(text="biopsy", translations={"es": [TermWords("biopsia")]}), user=head)
    with CaptureQueriesContext(connection) as captured:
        assert len(find_terms("es").terms) == 2
    assert len(captured) == 3


def test_what_was_taken_back_was_never_decided(team, head):
    class TakenBackError(Exception):
        pass

    with pytest.raises(TakenBackError), transaction.atomic():
        add_term(typed(text="biopsy", translations={"es": [TermWords("biopsia")]}), user=head)
        assert len(find_terms("es").terms) == 2
        raise TakenBackError
    assert len(find_terms("es").terms) == 1
    add_term(typed(text="scan", translations={"es": [TermWords("exploración")]}), user=head)
    assert [term.text for term in find_terms("es").terms] == ["care team", "scan"]
