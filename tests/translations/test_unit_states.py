"""The words stand in the columns, all else in the rows of units: the two cannot disagree unseen (decision 0105)."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article
from editorial.editions import freezing
from editorial.editions.models import UnitState
from editorial.editions.models.documents import target_digest
from editorial.editions.working.copies import version_token
from editorial.editions.working.restoration import restore_words
from editorial.editions.working.translated_words import typed_words
from editorial.editions.working.unit_states import UnitNote, suggest, unit_states
from tests import PROVING
from tests.factories import pages, people
from tests.layers import layer

pytestmark = pytest.mark.django_db

TITLE, LEAD = ("article", "title"), ("article", "lead")
COLUMNS = {TITLE: "title_es", LEAD: "lead_es"}
TEXTS = st.sampled_from(["uno dos", "uno  dos", "unodos", "tres", "cuatro 4 mg", ""])
places = st.sampled_from([TITLE, LEAD])
ACTS = st.one_of(
    st.tuples(st.just("write"), places, TEXTS),
    st.tuples(st.just("needs work"), places, TEXTS),
    st.tuples(st.just("still correct"), places, st.none()),
    st.tuples(st.just("shell"), places, TEXTS),
    st.tuples(st.just("restore"), places, st.integers(0, 5)),
    st.tuples(st.just("suggest"), places, st.just("una propuesta")),
)


@layer
def translator():
    return people.translator("es")


@layer
def document():
    author, reviewer = people.author(), people.reviewer()
    document = pages.article(author, lead="What it is.")
    pages.publish(document, author, reviewer)
    return document


def unchecked(document) -> dict:
    return dict(freezing.build_candidate(document, "es").unchecked)


def act(document, translator, what, place, value) -> None:
    column, source = COLUMNS[place], freezing.find_signed_source(document)
    if what == "write":
        pages.translate(document, "es", translator, {place: value})
    elif what == "needs work":
        pages.translate(document, "es", translator, {place: value}, needs_work={place})
    elif what == "still correct":
        pages.translate(document, "es", translator, {}, checked={place})
    elif what == "shell":
        Article.objects.filter(document=document).update(**{column: value})
    elif what == "suggest":
        with transaction.atomic():
            suggest(UnitNote(document, "es", source, translator), {place: value})
    else:
        past = list(pages.working(document).history.order_by("-history_id"))
        row = past[min(value, len(past) - 1)]
        if (getattr(row, column) or "") != (getattr(pages.working(document), column) or ""):
            restore_words(
                document, model="article", row_id=document.article.pk, field=column.removesuffix("_es"), language="es",
                history_id=row.history_id, user=translator, token=version_token(document, "es"),
            )  # fmt: skip


@settings(
    max_examples=60 if PROVING else 6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts=st.lists(ACTS, min_size=2, max_size=8))
def test_words_count_as_checked_only_while_they_are_those_that_somebody_checked(document, translator, acts):
    with transaction.atomic():
        checked: dict = {}  # {place: the words without spaces that a translator last said are right}
        for what, place, value in acts:
            act(document, translator, what, place, value)
            now = typed_words(document, "es").get(place, "")
            if (what == "write" and "".join(value.split()) != checked.get(place)) or what == "still correct":
                checked[place] = "".join(now.split()) if place not in unchecked(document) else None
            words, open_places = typed_words(document, "es"), unchecked(document)
            for known in COLUMNS:
                if known not in open_places:
                    assert "".join(words.get(known, "").split()) == checked.get(known), (known, acts)
            assert "una propuesta" not in words.values()
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("typed", "is_checked"),
    [("uno dos", False), ("uno  dos ", False), ("unodos", False), ("uno tres", True)],
    ids=["nothing", "spaces", "a space gone", "a word"],
)
def test_an_edit_of_spaces_does_not_check_what_the_source_changed(document, translator, typed, is_checked):
    pages.translate(document, "es", translator, {LEAD: "uno dos"})
    UnitState.objects.update(source_digest="0" * 64)
    pages.translate(document, "es", translator, {LEAD: typed})
    assert (LEAD not in unchecked(document)) is is_checked


def test_an_edit_of_spaces_leaves_what_was_checked_checked(document, translator):
    pages.translate(document, "es", translator, {LEAD: "unodos"})
    pages.translate(document, "es", translator, {LEAD: "uno dos"})
    assert LEAD not in unchecked(document)
    assert typed_words(document, "es")[LEAD] == "uno dos"


def test_rows_that_knew_no_words_count_as_they_did(document, translator):
    pages.translate(document, "es", translator, {LEAD: "uno"})
    UnitState.objects.update(target_digest="")
    Article.objects.filter(document=document).update(lead_es="dos")
    assert LEAD not in unchecked(document)


def test_a_row_says_who_and_from_which_source(document, translator):
    pages.translate(document, "es", translator, {LEAD: "uno"})
    state = unit_states(document, "es")[LEAD]
    assert (state.user, state.user_name, state.origin) == (translator, translator.name, "person")
    assert state.source_edition == freezing.find_signed_source(document)
    assert state.target_digest == target_digest("uno")


@pytest.mark.parametrize(
    ("act_so", "said"),
    [("shell", "was changed after a translator last checked it"), ("needs work", "Marked as needing work")],
)
def test_submitting_says_why_words_are_not_ready(document, translator, act_so, said):
    pages.translate(document, "es", translator)
    act(document, translator, act_so, LEAD, "otra cosa")
    blockers = freezing.build_candidate(document, "es").blockers
    assert [said in blocker for blocker in blockers] == [True]
