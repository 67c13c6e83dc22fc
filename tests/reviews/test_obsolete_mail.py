"""Nobody is asked by mail to do what was done before the letter went out; and telling once a day costs little."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.accounts.models import MailChoice
from editorial.reviews import queue
from editorial.reviews.mail import events, notifications, outbox, worker
from editorial.reviews.mail.recheck_notifications import notify_rechecks
from editorial.reviews.models import Cause, Mail, MailState, Recheck, SignOffPolicy
from editorial.reviews.services import dismiss_recheck, record_absence, send_back, withdraw
from tests.factories import pages, people
from tests.factories.workplace import DAY
from tests.reviews.mail_backends import Broken, choose

HOUR = timedelta(hours=1)


def sent_back(desk, edition):
    send_back(edition, user=desk.reviewer, remarks="No.")


def superseded(desk, _edition):
    desk.submitted("Newer")


def taken_down(desk, edition):
    pages.sign(edition, desk.reviewer)
    withdraw(desk.document, "en", user=desk.operator, reason="An error.")


def signed(desk, edition):
    pages.sign(edition, desk.reviewer)


def asked_about(edition) -> set[str]:
    return set(Mail.objects.filter(event=events.ASKED, edition=edition).values_list("state", flat=True))


@pytest.mark.parametrize("act", [sent_back, superseded, taken_down, signed])
@pytest.mark.parametrize("choice", [MailChoice.DAILY, MailChoice.AT_ONCE])
def test_nobody_is_asked_to_review_what_waits_no_more(desk, act, choice):
    choose(desk.reviewer, choice)
    edition = desk.submitted("A page")
    act(desk, edition)
    desk.clock.shift(DAY)
    worker.send_waiting()
    assert asked_about(edition) == {MailState.UNWANTED}
    assert [item for item in mail.outbox if item.to == [desk.reviewer.email] and "A page" in item.body] == []


def test_whoever_signed_first_of_two_is_not_asked_again_and_the_other_is(desk):
    SignOffPolicy.objects.create(sign_offs=2)
    other = people.reviewer("en")
    edition = desk.submitted()
    pages.sign(edition, desk.reviewer)
    worker.send_waiting()
    assert [item.to for item in mail.outbox] == [[other.email]]


def test_what_still_waits_is_asked_for_in_the_daily_mail(desk):
    choose(desk.reviewer, MailChoice.DAILY)
    sent_back(desk, desk.submitted("Old words"))
    desk.submitted("New words")
    desk.clock.shift(DAY)
    worker.send_waiting()
    [digest] = [item for item in mail.outbox if item.to == [desk.reviewer.email]]
    assert "New words" in digest.body and "Old words" not in digest.body


def test_a_letter_that_was_begun_keeps_its_rows_and_says_what_was_done_since(desk, through):
    edition = desk.submitted()
    through(Broken)
    worker.send_waiting()
    sent_back(desk, edition)
    through()
    desk.clock.shift(HOUR)
    worker.send_waiting()
    [letter] = [item for item in mail.outbox if item.to == [desk.reviewer.email]]
    assert "There is nothing left to do" in letter.body
    assert asked_about(edition) == {MailState.SENT}


def test_a_recheck_that_was_settled_and_a_review_that_was_done_are_not_asked_for(desk):
    edition = desk.published()
    choose(desk.reviewer, MailChoice.DAILY)
    recheck = Recheck.objects.create(
        edition=edition, cause=Cause.RELEASED, document=desk.document, because=edition.record_digest,
        opened_at=timezone.now(), opened_by=desk.author, opened_by_name=desk.author.name,
    )  # fmt: skip
    notify_rechecks(edition, opened_at=recheck.opened_at)
    outbox.write_mail(events.DUE, [desk.reviewer.pk], edition, "2026-01-20", said={"on": "2026-01-20"})
    desk.clock.shift(HOUR)
    dismiss_recheck(recheck, user=desk.reviewer, password=people.PASSWORD, reason="A comma.")
    pages.confirm(edition, desk.reviewer)
    desk.clock.shift(DAY)
    worker.send_waiting()
    states = Mail.objects.filter(user=desk.reviewer, event__in=[events.RECHECK, events.DUE])
    assert set(states.values_list("state", flat=True)) == {MailState.UNWANTED}


def test_nobody_hears_that_nobody_answered_after_somebody_did(desk):
    choose(desk.head, MailChoice.DAILY)
    edition = desk.submitted()
    desk.clock.shift(timedelta(days=queue.ANSWER_WITHIN_DAYS))
    notifications.notify_unanswered()
    desk.clock.shift(timedelta(minutes=1))
    sent_back(desk, edition)
    desk.clock.shift(DAY)
    worker.send_waiting()
    assert Mail.objects.get(event=events.UNANSWERED).state == MailState.UNWANTED


# --- Once a day ---


def published(desk, count: int, **keywords) -> None:
    for _number in range(count):
        pages.publish(pages.article(desk.author), desk.author, desk.reviewer, **keywords)


def asked() -> int:
    with CaptureQueriesContext(connection) as captured:
        worker.write_daily_mail()
    return len(captured)


@pytest.fixture
def due(desk):
    """Three pages that fall due, and three that nobody answered: all of it told."""
    published(desk, 3)
    for _number in range(3):
        people.reviewer("en")
    desk.clock.move_to(datetime(2026, 12, 28, 17, tzinfo=UTC))
    desk.submitted()
    desk.clock.shift(timedelta(days=queue.ANSWER_WITHIN_DAYS))
    worker.write_daily_mail()
    return desk


def test_a_second_pass_costs_the_same_few_queries_however_many_pages_were_told(due):
    assert Mail.objects.filter(event=events.DUE).count() == 3 * 5
    few = asked()
    published(due, 3, review_due_on=timezone.localdate() + DAY)
    worker.write_daily_mail()
    assert Mail.objects.filter(event=events.DUE).count() == 6 * 5
    assert asked() == few <= 14


def test_who_was_not_told_yet_is_told_at_the_next_pass(due):
    before = Mail.objects.filter(event=events.DUE).count()
    new = people.reviewer("en")
    deputy = people.reviewer("es")
    record_absence(
        due.reviewer, deputy=deputy, from_day=timezone.localdate(), until_day=timezone.localdate() + DAY,
        user=due.reviewer,
    )  # fmt: skip
    worker.write_daily_mail()
    assert Mail.objects.filter(event=events.DUE, user=new).count() == 3
    assert Mail.objects.filter(event=events.DUE, user=deputy).count() == 3
    assert Mail.objects.filter(event=events.DUE).count() == before + 6


def test_a_pass_that_died_in_the_middle_is_made_up_for(due, monkeypatch):
    Mail.objects.filter(event=events.DUE).delete()
    write_mail, left = notifications.write_mail, [2]

    def dying(*arguments, **keywords):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        write_mail(*arguments, **keywords)

    monkeypatch.setattr(notifications, "write_mail", dying)
    with pytest.raises(KeyboardInterrupt):
        worker.write_daily_mail()
    monkeypatch.setattr(notifications, "write_mail", write_mail)
    worker.write_daily_mail()
    assert Mail.objects.filter(event=events.DUE).count() == 3 * 5
