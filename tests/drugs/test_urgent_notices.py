"""Urgent news about a drug stands on every page that rests on it, from the next request on, until all is settled."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.accounts.roles import Role
from editorial.editions.blockers import Blocked
from editorial.editions.models import Edition, Withdrawal
from editorial.editions.verifying import find_site_problems
from editorial.reading.models import UrgentNotice, UrgentNoticeEnd
from editorial.reading.notice_questions import find_first_warnings
from editorial.reviews.models import Cause, Recheck, SignOffPolicy
from editorial.reviews.services import (
    end_notice,
    settle_together,
    take_down_ended_notices,
    withdraw,
    withdraw_overdue,
    write_notice,
)
from tests.drugs.noticed import banner, told, words
from tests.factories import notices, pages, people
from tests.factories.notices import ACTION, CITING, DRUG, HAPPENED, OTHER, PHRASES, RESTING, SHOWING
from tests.factories.people import PASSWORD
from tests.factories.unguarded import unguarded
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@layer
def desk():
    return notices.make_desk()


@layer
def wordless():
    """The same where no words of notices are signed."""
    return notices.make_desk(with_words=False)


@layer
def recorded(desk):
    desk.event = notices.withdrawal(desk)
    return desk


def settle_all(desk, user=None) -> None:
    for recheck in Recheck.objects.open():
        results = settle_together([recheck], user=user or desk.second, password=PASSWORD, reason="Read, and right.")
        assert not results[0].blockers


def test_a_notice_stands_on_every_page_that_rests_on_the_drug_once_it_is_signed(recorded, client):
    edition = notices.written(recorded, recorded.event)
    assert not any(told(client, path) for path in (*RESTING, OTHER))
    pages.sign(edition, recorded.reviewer)
    for path in RESTING:
        shown = told(client, path)
        assert f"{HAPPENED} {ACTION}" in shown, path
        assert "Drug Zebramab Date Aug. 3, 2021" in shown
        assert f"Checked by {recorded.reviewer.name}" in shown
        assert PHRASES["line"] not in shown
    assert not told(client, OTHER)


def test_a_notice_links_to_the_drug_but_not_from_its_own_page(recorded, client):
    notices.live(recorded, recorded.event)
    assert banner(client, CITING).xpath(".//a/@href") == ["/en/drugs/zebramab/"]
    assert banner(client, DRUG).xpath(".//a/@href") == []


def test_a_notice_is_in_the_readers_language_once_it_is_signed_there_and_below_a_safe_line_before(recorded, client):
    notices.live(recorded, recorded.event)
    assert f"es {PHRASES['line']}" in told(client, CITING, "es")
    assert words(client, CITING, "es") == [("en", f"{HAPPENED} {ACTION}")]
    text = UrgentNotice.objects.get().text
    pages.publish_translation(text, "es", recorded.translator, recorded.reviewer)
    assert words(client, CITING, "es") == [("es", f"es {HAPPENED} es {ACTION}")]
    assert PHRASES["line"] not in told(client, CITING, "es")
    assert words(client, CITING, "en") == [("en", f"{HAPPENED} {ACTION}")]


def test_without_signed_words_of_notices_a_line_of_the_interface_stands_above_another_language(wordless, client):
    notices.live(wordless, notices.withdrawal(wordless))
    shown = told(client, CITING, "es")
    assert "Noticia urgente" in shown
    assert words(client, CITING, "es") == [("en", f"{HAPPENED} {ACTION}")]


def test_a_notice_ends_when_the_last_recheck_of_its_decision_is_settled(recorded, client):
    notices.live(recorded, recorded.event)
    *rechecks, last = Recheck.objects.open()
    for recheck in rechecks:
        settle_together([recheck], user=recorded.second, password=PASSWORD, reason="Right.")
    assert told(client, CITING)
    settle_together([last], user=recorded.second, password=PASSWORD, reason="Right.")
    assert not any(told(client, path) for path in RESTING)
    end = UrgentNoticeEnd.objects.get()
    assert (end.reason, end.recorded_by) == ("", recorded.second)


def test_a_notice_ends_when_the_last_page_that_rests_on_its_decision_is_signed_anew_or_taken_down(recorded, client):
    notices.live(recorded, recorded.event)
    kept = Recheck.objects.open().filter(edition__document__in=[recorded.showing.pk, recorded.citing.pk])
    for recheck in Recheck.objects.open().exclude(pk__in=kept):
        settle_together([recheck], user=recorded.second, password=PASSWORD, reason="Right.")
    pages.edit(recorded.citing, recorded.author, lead="Another lead.")
    pages.publish(recorded.citing, recorded.author, recorded.second)
    assert told(client, DRUG)
    withdraw(recorded.showing, "en", user=recorded.operator, reason="Wrong now.")
    assert not told(client, DRUG)
    assert UrgentNoticeEnd.objects.get().recorded_by == recorded.operator


def test_a_notice_waits_for_pages_that_assert_what_the_decision_ended(desk, client):
    asserting = {"heading": "Here", "body": "<p>One drug is approved [=FDA: 1 drug for triple-negative].</p>"}
    notices.article(desk, "asserting", [asserting])
    notices.live(desk, notices.withdrawal(desk))
    assert told(client, "/articles/asserting/")
    *rechecks, last = Recheck.objects.open().order_by("cause")  # "event" before "untrue"
    assert last.cause == Cause.UNTRUE
    for recheck in rechecks:
        settle_together([recheck], user=desk.second, password=PASSWORD, reason="Right.")
    assert told(client, CITING)
    settle_together([last], user=desk.second, password=PASSWORD, reason="Right.")
    assert not told(client, CITING)


def test_the_text_of_a_notice_that_ended_is_taken_down_by_the_daily_round(recorded):
    edition = notices.live(recorded, recorded.event)
    assert take_down_ended_notices() == []
    settle_all(recorded)
    [record] = withdraw_overdue()
    assert (record.document, record.language, record.recorded_by) == (edition.document, "", recorded.second)
    assert take_down_ended_notices() == []


def test_a_reviewer_ends_a_notice_with_a_reason_and_a_password(recorded, client):
    notices.live(recorded, recorded.event)
    notice = UrgentNotice.objects.get()
    with pytest.raises(Blocked):
        end_notice(notice, user=recorded.second, password="wrong", reason="It was an error.")
    with pytest.raises(Blocked):
        end_notice(notice, user=recorded.second, password=PASSWORD, reason=" ")
    assert told(client, CITING)
    end = end_notice(notice, user=recorded.second, password=PASSWORD, reason="It was an error.")
    assert not any(told(client, path) for path in RESTING)
    assert end.credentials == f"{recorded.second.name}, MD"
    assert Withdrawal.objects.get(document=notice.text).reason == "It was an error."
    with pytest.raises(Blocked, match="ended on"):
        end_notice(notice, user=recorded.second, password=PASSWORD, reason="Again.")
    assert list(find_site_problems()) == []


def test_a_notice_stands_on_a_page_that_only_claims_what_the_decision_may_make_wrong(desk, client):
    claim = {"heading": "Here", "body": "<p>Some drugs are approved for triple-negative breast cancer.</p>"}
    notices.article(desk, "claiming", [claim])
    event = notices.withdrawal(desk)
    assert Recheck.objects.filter(edition__document__slug="claiming", because=event.record_digest).exists()
    notices.sent(desk, event)
    assert told(client, "/articles/claiming/")
    assert not told(client, OTHER)
    settle_all(desk)
    assert not told(client, "/articles/claiming/")


def test_a_page_that_rests_on_the_drug_later_has_the_notice_until_it_ends_and_one_that_no_longer_does_has_not(
    recorded, client
):
    notices.live(recorded, recorded.event)
    sections = [{"heading": "Here", "body": "<p>Zebramab is one of them.</p>"}]
    pages.edit(recorded.other_page, recorded.author, sections=sections)
    pages.publish(recorded.other_page, recorded.author, recorded.reviewer)
    assert told(client, OTHER)
    settle_all(recorded)
    assert not told(client, OTHER)


def test_a_page_that_rests_on_the_drug_no_longer_loses_the_notice(recorded, client):
    notices.live(recorded, recorded.event)
    section = pages.working(recorded.citing).sections.get()
    sections = [{"id": section.pk, "heading": "Here", "body": "<p>Nothing of it.</p>"}]
    pages.edit(recorded.citing, recorded.author, sections=sections)
    pages.publish(recorded.citing, recorded.author, recorded.reviewer)
    assert not told(client, CITING)
    assert told(client, SHOWING)


# --- Writing ---


@pytest.mark.parametrize("who", ["author", "translator", "head", "reviewer", "operator"])
def test_only_drug_admins_write_notices(recorded, who):
    with pytest.raises(Blocked, match="Only drug admins"):
        write_notice(recorded.event, user=getattr(recorded, who), happened=HAPPENED, action=ACTION)
    assert not UrgentNotice.objects.exists()


def test_another_drug_admin_than_who_recorded_the_decision_may_write_the_notice(recorded):
    assert write_notice(recorded.event, user=recorded.other, happened=HAPPENED, action=ACTION).number == 1


@pytest.mark.parametrize("typed", [{"happened": " "}, {"action": ""}, {"happened": "x" * 301}])
def test_a_notice_has_two_sentences(recorded, typed):
    with pytest.raises(Blocked) as blocked:
        notices.written(recorded, recorded.event, **typed)
    assert [blocker.field for blocker in blocked.value.blockers] == list(typed)
    assert not UrgentNotice.objects.exists()


def test_there_is_one_written_notice_about_a_decision_and_another_once_that_ended(recorded):
    notices.live(recorded, recorded.event)
    with pytest.raises(Blocked, match="already"):
        notices.written(recorded, recorded.event)
    end_notice(UrgentNotice.objects.get(), user=recorded.second, password=PASSWORD, reason="Wrong words.")
    assert notices.written(recorded, recorded.event).number == 1


def test_a_decision_that_is_no_urgent_news_gets_no_notice(desk):
    event = notices.drugs.event(desk.drug, desk.admin, "reworded", notices.date(2021, 1, 1))
    for act in (notices.written, notices.sent):
        with pytest.raises(Blocked, match="for withdrawals, boxed warnings"):
            act(desk, event)


def test_one_reviewer_signs_a_notice_whatever_the_policy_asks_for(recorded):
    SignOffPolicy.objects.create(kind="", language="", sign_offs=3, grave_sign_offs=4)
    assert notices.written(recorded, recorded.event).required_sign_offs == 1


def test_who_writes_a_notice_does_not_sign_it(desk):
    desk.admin = people.person(Role.DRUG_ADMIN, Role.REVIEWER, signs_in=people.EVERY_LANGUAGE)
    edition = notices.written(desk, notices.withdrawal(desk))
    with pytest.raises(Blocked, match="someone else must sign"):
        pages.sign(edition, desk.admin)


# --- What is not as it was signed ---


def test_of_a_notice_that_was_tampered_with_readers_see_the_safe_line_alone(recorded, client):
    edition = notices.live(recorded, recorded.event)
    with unguarded():
        content = bytes(edition.content).replace(b"no longer approved", b"still approved ok")
        Edition.objects.filter(pk=edition.pk).update(content=content)
    for path in RESTING:
        shown = told(client, path)
        assert PHRASES["line"] in shown, path
        assert "still approved ok" not in shown
        assert ACTION not in shown


def test_of_a_stock_notice_that_was_tampered_with_readers_see_the_safe_line_alone(recorded, client):
    notices.sent(recorded, recorded.event)
    with unguarded():
        UrgentNotice.objects.update(stock="boxed-warning")
    shown = told(client, CITING)
    assert PHRASES["line"] in shown
    assert PHRASES["boxed-warning"] not in shown
    assert "Aug. 3" not in shown
    assert list(find_site_problems()) != []


# --- When people were warned ---


def test_readers_of_a_language_were_warned_when_a_notice_was_live_in_it(recorded):
    digest, now = recorded.event.record_digest, timezone.now
    assert find_first_warnings([digest], now()) == {digest: {}}
    edition = notices.live(recorded, recorded.event)
    released = edition.releases.get().released_from
    assert find_first_warnings([digest], now()) == {digest: {"en": released}}
    stock = notices.sent(recorded, recorded.event)
    assert find_first_warnings([digest], now()) == {digest: {"en": released, "es": stock.recorded_at}}
    for notice in UrgentNotice.objects.order_by("sequence"):
        end_notice(notice, user=recorded.second, password=PASSWORD, reason="Done.")
    assert find_first_warnings([digest], now()) == {digest: {"en": released, "es": stock.recorded_at}}


# --- What it costs ---


def test_a_page_with_notices_asks_as_many_questions_however_many_there_are(recorded, client):
    notices.live(recorded, recorded.event)
    one = count_queries(client)
    notices.live(recorded, safety_communication(recorded))
    assert len(words(client, CITING, "en")) == 2
    assert one == count_queries(client) <= 8


def test_a_page_without_notices_asks_no_question_about_them(recorded, client):
    before = count_queries(client, OTHER)
    notices.live(recorded, recorded.event)
    assert count_queries(client, OTHER) == before


def count_queries(client, path: str = CITING) -> int:
    client.get(f"/en{path}")
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"/en{path}").status_code == 200
    return len(queries)


def test_a_notice_is_sent_in_as_many_statements_for_many_pages_as_for_few(recorded, client):
    counts = []
    for event in (recorded.event, safety_communication(recorded)):
        with CaptureQueriesContext(connection) as queries:
            notices.sent(recorded, event)
        counts.append(len(queries))
        for number in range(8):
            section = {"heading": "Here", "body": "<p>Zebramab is one of them.</p>"}
            notices.article(recorded, f"more-{number}-{len(counts)}", [section])
    assert counts[0] == counts[1]
    assert len(words(client, "/articles/more-7-2/", "en")) == 2


def safety_communication(desk):
    return notices.drugs.record_event(
        desk.drug, user=desk.admin, kind="safety-communication", happened_on=notices.date(2022, 1, 3),
        reference=notices.drugs.source(desk.admin), application="BLA100001",
    )  # fmt: skip
