"""What there is to translate is asked of rows, and is what each page's state says."""

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from editorial.editions.models import Edition
from editorial.editions.states import LanguageState, PublicState, WorkState, load_states
from editorial.reviews.translation_queue import pages_to_translate, translation_gaps
from tests import PROVING
from tests.databases import on_postgres
from tests.factories import desk_pasts, pages, people
from tests.factories.recorded_pasts import SECOND, recorded_past
from tests.layers import layer
from tests.reading.query_plans import tables_scanned

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@layer
def live() -> Edition:
    return pages.publish(pages.article(people.author()), people.author(), people.reviewer())


def is_to_translate(states: dict[str, LanguageState], language: str) -> bool:
    """The rule: the source is read, no current translation is, and none is with reviewers or went back."""
    return (
        states["en"].live is not None
        and states[language].public in (PublicState.NONE, PublicState.OUTDATED)
        and states[language].work in (WorkState.MISSING, WorkState.IN_WORK, WorkState.DONE)
    )


@settings(
    max_examples=60 if PROVING else 3 if on_postgres() else 5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(steps=[("freeze", 3, "es"), ("save", 3, "es")], kind="article")
@example(steps=[("freeze", 3, "es"), ("sign", 1, "es"), ("revoke", 3, "es")], kind="article")
@example(steps=[("publish", 3, "es", 0), ("publish", 3, "en", 30), ("hold", 3, "en")], kind="article")
# Rare: a withdrawal that a release followed which is over, a draft that was only opened, a withdrawal to come.
@example(
    steps=[("withdraw", 1, "es"), ("publish", 1, "es"), ("publish", 1, "es", 30), ("hold", 1, "es"), ("save", 1, "es")],
    kind="article",
)
@example(steps=[("freeze", 3, "es"), ("open", 3, "es")], kind="article")
@example(steps=[("withdraw", 3, "es", 30)], kind="article")
@given(steps=desk_pasts.steps, kind=st.sampled_from(["article", "monograph"]))
def test_what_is_to_be_translated_is_what_the_states_say_at_any_time(live, steps, kind):
    with recorded_past(live, kind, desk_pasts.DeskPast) as past:
        for step in [("publish", 0, "en"), *steps]:
            past.do(*step)
            for at in (past.at, past.at + 35 * SECOND):
                states = load_states([past.document.pk], at)[past.document.pk]
                for language in ("es", "ar"):
                    rows = translation_gaps(language, at).filter(document=past.document)
                    is_outdated = states[language].public == PublicState.OUTDATED
                    wanted = [is_outdated] if is_to_translate(states, language) else []
                    assert [row.is_outdated for row in rows] == wanted, (language, at)


def test_outdated_translations_come_first_then_what_was_released_first(live):
    author, reviewer, translator = people.author(), people.reviewer(), people.translator("es", "ar")
    second = pages.article(author)
    pages.publish(second, author, reviewer)
    pages.publish_translation(second, "es", translator, reviewer)
    pages.edit(second, author, lead="Other words.")
    pages.publish(second, author, reviewer)
    listed = [(document.pk, state.language, title) for document, title, state in pages_to_translate(translator, 9)]
    assert [row[:2] for row in listed] == [
        (second.pk, "es"),
        (live.document_id, "ar"),
        (live.document_id, "es"),
        (second.pk, "ar"),
    ]
    assert listed[1][2] == live.title
    assert len(pages_to_translate(translator, limit=2)) == 2
    assert pages_to_translate(people.translator("vi"), limit=0) == pages_to_translate(people.author(), 9) == []


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite says what it would read")
def test_no_table_is_read_whole_to_say_what_is_to_be_translated(live):
    assert connection.vendor == "sqlite"
    assert tables_scanned(lambda: list(translation_gaps("es", timezone.now())[:50])) == []
