"""What the translation desk is asked from says what the records say, at any time and whatever was recorded."""

import pytest
from django.core.management import call_command
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from editorial.editions import freezing
from editorial.editions.models import Edition, Release, UnitState, Withdrawal
from editorial.editions.states import PublicState, WorkState, load_states
from editorial.editions.tree import inline
from editorial.editions.tree.units import find_units
from editorial.editions.working import copies
from editorial.editions.working.restoration import restore_words
from editorial.reviews.services import revoke_sign_off, send_back, withdraw
from editorial.translations.models import ListedTranslation, Rank, SourceChange, TranslationState
from editorial.translations.overview import list_rows, reckoning
from tests import PROVING
from tests.databases import on_postgres
from tests.factories import desk_pasts, pages, people
from tests.factories.recorded_pasts import SECOND, recorded_past
from tests.factories.workplace import DAY
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

STATES = TranslationState


@layer
def author():
    return people.author()


@layer
def reviewer():
    return people.reviewer()


@layer
def translator():
    return people.translator("es", "ar")


@layer
def live(author, reviewer) -> Edition:
    return pages.publish(pages.article(author), author, reviewer)


def row_of(document, language: str = "es", at=None) -> ListedTranslation:
    return ListedTranslation.objects.current(at or timezone.now()).get(document=document, language=language)


def expected_state(states, language: str, *, is_withdrawn: bool) -> str | None:
    """The rule, in the words of each page's states; None where there is nothing to translate."""
    own = states[language]
    if states["en"].live is None:
        return STATES.WITHDRAWN if own.newest and is_withdrawn else None
    if own.work == WorkState.MISSING:
        return STATES.WITHDRAWN if own.public == PublicState.WITHDRAWN else STATES.MISSING
    if own.work == WorkState.DONE:
        return {PublicState.NONE: STATES.WITHDRAWN, PublicState.OUTDATED: None}.get(own.public, own.public.value)
    return {WorkState.HELD: STATES.WAITING}.get(own.work, own.work.value)


@settings(
    max_examples=60 if PROVING else 3 if on_postgres() else 5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@example(steps=[("freeze", 3, "es"), ("sign", 1, "es"), ("revoke", 3, "es")], kind="article")
@example(steps=[("publish", 3, "es", 0), ("publish", 3, "en", 30), ("hold", 3, "en")], kind="article")
@example(steps=[("publish", 3, "es", 0), ("publish", 3, "en", 0), ("publish", 3, "es", 30)], kind="article")
@example(steps=[("publish", 3, "es", 0), ("withdraw", 3, ""), ("publish", 3, "en", 30)], kind="monograph")
@example(steps=[("freeze", 3, "es"), ("send_back", 3, "es"), ("save", 3, "es")], kind="article")
@given(steps=desk_pasts.steps, kind=st.sampled_from(["article", "monograph"]))
def test_rows_say_what_the_states_of_pages_say_at_any_time(live, steps, kind):
    with recorded_past(live, kind, desk_pasts.DeskPast) as past:
        for step in [("publish", 0, "en"), *steps]:
            past.do(*step)
            for at in (past.at, past.at + 35 * SECOND):
                states = load_states([past.document.pk], at)[past.document.pk]
                for language in ("es", "ar"):
                    rows = ListedTranslation.objects.current(at).filter(document=past.document, language=language)
                    withdrawn = Withdrawal.objects.filter(document=past.document, language__in=["", language])
                    is_withdrawn = withdrawn.filter(withdrawn_from__lte=at).exists()
                    own, wanted = states[language], expected_state(states, language, is_withdrawn=is_withdrawn)
                    is_outdated = own.public == PublicState.OUTDATED and states["en"].live is not None
                    if wanted is None and is_outdated:  # what waits to be released is done
                        is_coming = Release.objects.filter(edition=own.newest).open_after(at).exists()
                        is_other = own.live.edition_id != own.newest.pk
                        wanted = STATES.SCHEDULED if is_coming and is_other else STATES.OUTDATED
                    opened = Release.objects.filter(document=past.document, language=language).open_after(at)
                    if own.public == PublicState.WITHDRAWN and own.work == WorkState.DONE and states["en"].live:
                        wanted = STATES.SCHEDULED if opened.exists() else STATES.WITHDRAWN
                    found = [(row.state, row.is_outdated) for row in rows]
                    assert found == ([(wanted, is_outdated)] if wanted else []), (language, at)
                    for row in rows:
                        lacks = own.public != PublicState.LIVE or states["en"].live is None
                        first = Release.objects.filter(document=past.document, language="en").earliest("released_from")
                        assert row.since >= first.released_from or row.state == STATES.WITHDRAWN
                        assert lacks or row.since == own.live.released_from


def check_rows() -> None:
    assert list(list_rows.find_translation_row_problems()) == []
    before = set(ListedTranslation.objects.current(timezone.now()).values_list(*list_rows._COLUMNS[:-2]))
    ListedTranslation.objects.all().delete()
    SourceChange.objects.all().delete()
    call_command("rebuild_lists", verbosity=0)
    assert set(ListedTranslation.objects.values_list(*list_rows._COLUMNS[:-2])) == before


def test_the_services_leave_the_rows_as_a_rebuild_makes_them(live, author, reviewer, translator):
    document = live.document
    row = row_of(document)
    assert (row.state, row.units_done, row.since) == (STATES.MISSING, 0, live.releases.get().released_from)
    check_rows()
    units = find_units(live.tree)
    pages.translate(document, "es", translator, {units[0].place: "es Title"})
    row = row_of(document)
    assert (row.state, row.units, row.units_done) == (STATES.IN_WORK, len(units), 1)
    assert row_of(document, "ar").state == STATES.MISSING
    check_rows()
    pages.translate(document, "es", translator)
    assert row_of(document).units_done == len(units)
    edition = pages.submit(document, "es", user=translator)
    assert row_of(document).state == STATES.WAITING
    check_rows()
    send_back(edition, user=reviewer, remarks="Say it plainly.")
    assert row_of(document).state == STATES.SENT_BACK
    check_rows()
    pages.translate(document, "es", translator, {units[0].place: "es Other"})
    pages.publish(document, translator, reviewer, "es")
    assert row_of(document).state == STATES.LIVE
    check_rows()
    pages.edit(document, author, lead="Other words that nobody translated.")
    pages.publish(document, author, reviewer)
    row = row_of(document)
    assert (row.state, row.units_changed, row.words, row.is_outdated) == (STATES.OUTDATED, 1, 5, True)
    check_rows()
    withdraw(document, "es", user=people.operator(), reason="wrong")
    assert row_of(document).state == STATES.WITHDRAWN
    check_rows()
    revoke_sign_off(live.sign_offs.get(), user=people.head(), reason="An error.")
    check_rows()


def test_a_scheduled_source_makes_a_translation_outdated_at_its_time_and_not_before(live, author, reviewer, translator):
    document = live.document
    pages.publish_translation(document, "es", translator, reviewer)
    pages.edit(document, author, lead="Take 3 tablets.")
    tomorrow = timezone.now() + DAY
    pages.publish(document, author, reviewer, publish_at=tomorrow)
    assert row_of(document).state == STATES.LIVE
    later = row_of(document, at=tomorrow + SECOND)
    assert (later.state, later.since, later.critical) == (STATES.OUTDATED, tomorrow, "words")
    assert row_of(document, "ar").state == row_of(document, "ar", tomorrow + SECOND).state == STATES.MISSING


CARE = {"heading": "Call", "body": "<p>Call at once.</p>", "group": "when-to-call", "care_level": "emergency"}


@pytest.mark.parametrize(
    ("sections", "rank", "critical"), [([pages.SECTION], Rank.OPEN, ""), ([CARE], Rank.CRITICAL, "emergency")]
)
def test_emergency_advice_comes_first(author, reviewer, sections, rank, critical):
    document = pages.article(author, sections=sections)
    pages.publish(document, author, reviewer)
    row = row_of(document)
    assert (row.critical, row.position) == (critical, reckoning.find_position(rank, row.since))


def test_a_text_that_tells_another_amount_than_the_source_comes_before_what_is_missing(live, author, reviewer):
    document, translator = live.document, people.translator("es")
    pages.publish_translation(document, "es", translator, reviewer)
    pages.edit(document, author, lead="Wait for 4 hours.")
    pages.publish(document, author, reviewer)
    row = row_of(document)
    assert (row.critical, row.position // reckoning.find_position(Rank.CRITICAL, reckoning.EPOCH)) == ("words", 0)
    # Somebody begins, and readers still read the old one.
    pages.translate(document, "es", translator)
    begun = row_of(document)
    assert (begun.state, begun.position, begun.units_done) == (STATES.IN_WORK, row.position, row.units)


def test_what_was_emptied_said_to_need_work_or_changed_in_the_source_is_not_done(live, translator):
    document, units = live.document, find_units(live.tree)
    pages.translate(document, "es", translator)
    states = UnitState.objects.filter(document=document, language="es")
    first, second, third = (states.get(node_id=unit.place[0], word=unit.place[1]) for unit in units[:3])
    UnitState.objects.filter(pk=first.pk).update(needs_work=True)
    UnitState.objects.filter(pk=second.pk).update(target_digest=min(list_rows.empty_digests()))
    UnitState.objects.filter(pk=third.pk).update(source_digest="")
    list_rows.keep_progress(document, "es")
    assert row_of(document).units_done == len(units) - 3
    assert not list(list_rows.find_translation_row_problems())


def test_a_save_takes_two_statements_more_while_somebody_goes_on(live, translator, django_assert_num_queries):
    document, units = live.document, find_units(live.tree)
    for number in range(2):
        pages.translate(document, "es", translator, {units[number].place: "es Words"})
    with django_assert_num_queries(2):
        list_rows.keep_progress(document, "es")
    with django_assert_num_queries(0):
        list_rows.keep_progress(document, "en")
    assert list_rows.keep_progress in copies._followers


def test_text_that_is_brought_back_is_to_be_checked_again(live, translator):
    document, (title, *_rest) = live.document, find_units(live.tree)
    for text in ("es Title", "es Other"):
        pages.translate(document, "es", translator, {title.place: text})
    assert row_of(document).units_done == 1
    article = pages.working(document)
    oldest = article.history.filter(title_es="es Title").first()
    restore_words(
        document, model="article", row_id=article.pk, field="title", language="es", history_id=oldest.history_id,
        user=translator, token=copies.version_token(document, "es"),
    )  # fmt: skip
    assert row_of(document).units_done == 0


def test_verify_records_finds_what_the_desk_does_not_show(live, translator):
    ListedTranslation.objects.filter(language="es").update(units_done=7)
    assert [problem.partition(":")[0] for problem in list_rows.find_translation_row_problems()] == [str(live.document)]


def test_words_are_counted_of_the_source(live):
    change = SourceChange.objects.get(edition=live, since=None)
    assert change.units == len(find_units(live.tree))
    assert change.words == sum(len(inline.plain(unit.source).split()) for unit in find_units(live.tree))
    assert freezing.find_signed_source(live.document) == live
