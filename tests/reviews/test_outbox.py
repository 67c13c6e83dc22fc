"""The outbox: who is told of what, each event once, together with what happened or not at all."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.accounts.mail_retries import ATTEMPTS, LEASE
from editorial.accounts.models import MailChoice
from editorial.editions.models import Withdrawal
from editorial.reviews.mail import events, notifications, outbox, worker
from editorial.reviews.models import Cause, Mail, MailState, Recheck, SignOffPolicy
from editorial.reviews.services import dismiss_recheck, revoke_sign_off, send_back, withdraw
from tests.factories import pages, people
from tests.factories.leaflets import write_leaflet
from tests.factories.pages import submit
from tests.factories.workplace import DAY
from tests.reviews.mail_backends import Broken, Unreachable, choose

HOUR = timedelta(hours=1)


def told(event: str) -> set[str]:
    return set(Mail.objects.filter(event=event).values_list("user__username", flat=True))


def names(*users) -> set[str]:
    return {user.username for user in users}


# --- Who is told ---


def test_those_who_may_sign_are_asked_to_and_nobody_else(desk):
    other = people.reviewer("en", "es")
    people.reviewer("es")  # not this language
    people.person(signs_in=["en"])  # credentials without the role
    people.credentials(people.person(), "en")
    expired = people.reviewer("en")
    expired.reviewer.valid_until = timezone.localdate() - DAY
    expired.reviewer.save()
    people.reviewer("en", is_active=False)
    wrote = people.reviewer("en")
    wrote.roles.create(role="author")
    pages.edit(desk.document, wrote, title="A reviewer's words")
    submit(desk.document, "en", user=desk.author)
    assert told(events.ASKED) == names(desk.reviewer, other)


def test_who_submitted_is_told_of_the_verdict(desk):
    edition = desk.submitted()
    send_back(edition, user=desk.reviewer, remarks="Say it more simply.")
    assert told(events.SENT_BACK) == names(desk.author)
    desk.published("Second")
    assert told(events.RELEASED) == names(desk.author)
    desk.scheduled("Third", days=3)
    assert Mail.objects.filter(event=events.RELEASED).count() == 2


def test_a_first_of_two_signatures_is_no_news_yet(desk):
    SignOffPolicy.objects.create(sign_offs=2)
    pages.sign(desk.submitted(), desk.reviewer)
    assert told(events.RELEASED) == set()


def test_taking_down_tells_the_submitters_of_all_that_came_down(desk):
    desk.published()
    pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)
    withdraw(desk.document, "es", user=desk.operator, reason="A wrong word.")
    assert told(events.WITHDRAWN) == names(desk.translator)
    withdraw(desk.document, "en", user=desk.operator, reason="An error.")
    assert told(events.WITHDRAWN) == names(desk.translator, desk.author)


def test_a_revocation_tells_author_and_signer_but_not_who_revoked(desk):
    edition = desk.published()
    revoke_sign_off(edition.sign_offs.get(), user=desk.reviewer, reason="I misread it.")
    assert told(events.REVOKED) == names(desk.author)
    again = desk.published("Second")
    revoke_sign_off(again.sign_offs.get(), user=desk.head, reason="They misread it.")
    assert told(events.REVOKED) == names(desk.author, desk.reviewer)


def leads_to(desk, slug: str):
    """A live page of another author that leads to the desk's."""
    writer = people.author()
    link = f'<p>See <a href="/articles/{desk.document.slug}/">this</a>.</p>'
    document = pages.article(writer, slug=slug, sections=[{"heading": "More", "body": link}])
    return writer, pages.publish(document, writer, desk.reviewer)


def test_an_opened_recheck_tells_those_who_may_sign_and_who_wrote_last(desk):
    desk.published()
    writer, resting = leads_to(desk, "resting")
    withdraw(desk.document, "en", user=desk.operator, reason="An error.")
    assert Recheck.objects.get().edition == resting
    assert told(events.RECHECK) == names(desk.reviewer, writer)
    assert set(Mail.objects.filter(event=events.RECHECK).values_list("urgent", flat=True)) == {True}
    desk.clock.shift(DAY)
    pages.edit(desk.document, desk.author, title="Back again")
    pages.publish(desk.document, desk.author, desk.reviewer)
    released = Mail.objects.filter(event=events.RECHECK, said__cause=Cause.RELEASED)
    assert set(released.values_list("urgent", flat=True)) <= {False}


def test_a_review_that_falls_due_is_told_once_for_its_date(desk):
    edition = desk.published()
    due = edition.sign_offs.get().review_due_on
    desk.clock.move_to(datetime(due.year, due.month, due.day, 17, tzinfo=UTC) - 31 * DAY)
    worker.write_daily_mail()
    assert told(events.DUE) == set()
    desk.clock.shift(DAY)
    worker.write_daily_mail()
    assert told(events.DUE) == names(desk.reviewer, desk.author)
    for _day in range(3):
        desk.clock.shift(DAY)
        worker.write_daily_mail()
        worker.send_waiting()
    assert Mail.objects.filter(event=events.DUE).count() == 2


def test_a_date_long_past_is_not_told_again_after_its_mail_was_forgotten(desk):
    edition = desk.published()
    due = edition.sign_offs.get().review_due_on
    desk.clock.move_to(datetime(due.year, due.month, due.day, 17, tzinfo=UTC))
    worker.write_daily_mail()
    worker.send_waiting()
    desk.clock.shift(2 * worker.KEPT)
    worker.write_daily_mail()
    assert not Mail.objects.filter(settled_at__isnull=False).exists()
    assert told(events.DUE) == set()


# --- Together with what happened ---


@pytest.mark.both_databases
def test_what_is_undone_is_told_nobody(desk):
    edition = desk.submitted()
    before = Mail.objects.count()
    with transaction.atomic():
        pages.sign(edition, desk.reviewer)
        assert Mail.objects.count() > before
        transaction.set_rollback(True)
    worker.send_waiting()
    assert Mail.objects.count() == before
    assert [item for item in mail.outbox if "Signed" in item.subject] == []


@pytest.mark.parametrize("backend", [Broken, Unreachable])
def test_no_mail_server_breaks_a_sign_off_and_the_mail_comes_later(desk, through, backend):
    through(backend)
    edition = desk.published()
    assert edition.releases.exists()
    worker.send_waiting()
    through()
    desk.clock.shift(DAY)
    worker.send_waiting()
    assert [item.to for item in mail.outbox] == [[desk.author.email]]
    assert set(Mail.objects.filter(event=events.RELEASED).values_list("state", flat=True)) == {MailState.SENT}


# --- Trying again ---


@pytest.mark.both_databases
def test_a_letter_that_fails_is_tried_again_later_and_later_then_given_up(desk, through):
    through(Broken)
    desk.submitted()
    row, waits = Mail.objects.get(), []
    while row.state == MailState.WAITING:
        worker.send_waiting()
        worker.send_waiting()  # at once again: its time has not come
        row.refresh_from_db()
        waits.append(row.not_before - timezone.now())
        desk.clock.move_to(row.not_before)
    assert row.state == MailState.FAILED
    assert row.attempts == ATTEMPTS == len(waits)
    assert waits[:-1] == sorted(waits[:-1])
    assert waits[0] == timedelta(minutes=1)
    assert "OSError: no" in row.problem


def test_a_server_that_cannot_be_reached_costs_no_attempt(desk, through):
    through(Unreachable)
    desk.submitted()
    for _day in range(30):
        worker.send_waiting()
        desk.clock.shift(DAY)
    assert set(Mail.objects.values_list("attempts", "state")) == {(0, MailState.WAITING)}


def test_one_bad_letter_stops_no_other(desk, monkeypatch, caplog):
    people.reviewer("en")
    desk.submitted()
    compose = worker.compose_letter
    first = Mail.objects.earliest("pk").user

    def broken(letter):
        if letter.user == first:
            raise ValueError("a defect")
        return compose(letter)

    monkeypatch.setattr(worker, "compose_letter", broken)
    counted = worker.send_waiting()
    assert (counted.sent, counted.failed) == (1, 1)
    assert "ValueError" in caplog.text
    assert first.email not in caplog.text


@pytest.mark.both_databases
def test_a_letter_in_hand_is_nobody_elses_until_its_lease_is_over(desk):
    desk.submitted()
    letter = outbox.claim_letter(desk.reviewer.pk, timezone.now())
    assert outbox.claim_letter(desk.reviewer.pk, timezone.now()) is None
    desk.clock.shift(LEASE)
    again = outbox.claim_letter(desk.reviewer.pk, timezone.now())
    assert (again.name, again.mails) == (letter.name, letter.mails)
    outbox.mark_sent(again, timezone.now())
    outbox.mark_failed(letter, "late", timezone.now())  # the first worker wakes up after all
    assert Mail.objects.get().state == MailState.SENT


# --- As each person chose ---


def test_mail_that_is_no_longer_wanted_is_not_sent(desk):
    desk.submitted()
    choose(desk.reviewer, MailChoice.NONE)
    worker.send_waiting()
    assert mail.outbox == []
    assert Mail.objects.get().state == MailState.UNWANTED
    desk.submitted("Second")
    assert Mail.objects.filter(state=MailState.WAITING).count() == 0


@pytest.mark.both_databases
def test_a_daily_mail_comes_once_a_day_with_all_that_was_written_before(desk):
    choose(desk.reviewer, MailChoice.DAILY)
    for number in range(3):
        submit(pages.article(desk.author, title=f"Title {number}"), "en", user=desk.author)
        desk.clock.shift(HOUR)
        worker.send_waiting()
    assert mail.outbox == []
    desk.clock.move_to(datetime(2026, 1, 6, 11, 59, tzinfo=UTC))  # a minute before seven at home
    worker.send_waiting()
    assert mail.outbox == []
    desk.clock.shift(timedelta(minutes=1))
    worker.send_waiting()
    desk.submitted("Afterwards")
    worker.send_waiting()
    (digest,) = mail.outbox
    assert all(f"Title {number}" in digest.body for number in range(3))


def test_safety_does_not_wait_for_the_daily_mail(desk):
    desk.published()
    leads_to(desk, "resting")
    choose(desk.reviewer, MailChoice.DAILY)
    Mail.objects.all().delete()
    withdraw(desk.document, "en", user=desk.operator, reason="An error.")
    worker.send_waiting()
    to_reviewer = [item.subject for item in mail.outbox if item.to == [desk.reviewer.email]]
    assert to_reviewer == ["Safety: Recheck needed: Immunotherapy"]


@pytest.mark.both_databases
def test_one_change_that_reaches_many_pages_is_one_mail(desk):
    desk.published()
    for number in range(3):
        leads_to(desk, f"resting-{number}")
    Mail.objects.all().delete()
    withdraw(desk.document, "en", user=desk.operator, reason="An error.")
    assert Withdrawal.objects.count() == 1
    worker.send_waiting()
    (only,) = [item for item in mail.outbox if item.to == [desk.reviewer.email]]
    assert only.subject.endswith("(+2)")


# --- One line, however often it is brought up to date ---


@pytest.fixture
def shown(desk):
    """A leaflet that a live page shows; who may sign that page is told of each change."""
    desk.leaflet = write_leaflet(desk.author, "base", "Base", "<p>Words.</p>")
    pages.publish(desk.leaflet, desk.author, desk.reviewer)
    sections = [{"heading": "Here", "body": "", "piece_of": desk.leaflet, "piece": "box"}]
    desk.showing = pages.publish(pages.article(desk.author, sections=sections), desk.author, desk.reviewer)
    Mail.objects.all().delete()
    return desk


def change(desk) -> None:
    desk.clock.shift(timedelta(minutes=1))
    write_leaflet(desk.author, "", f"Base {timezone.now()}", "<p>Words.</p>", document=desk.leaflet)
    pages.publish(desk.leaflet, desk.author, desk.reviewer)


def rechecks_mailed(desk) -> int:
    """How many letters about rechecks the reviewer has got by now."""
    worker.send_waiting()
    return len([item for item in mail.outbox if item.to == [desk.reviewer.email] and "Recheck" in item.subject])


@pytest.mark.both_databases
def test_a_line_is_mailed_when_it_opens_and_then_at_most_once_a_day(shown):
    change(shown)
    assert rechecks_mailed(shown) == 1
    for _time in range(3):
        shown.clock.shift(HOUR)
        change(shown)
        assert rechecks_mailed(shown) == 1
    assert Mail.objects.filter(user=shown.reviewer, event=events.RECHECK, state=MailState.WAITING).count() == 1
    shown.clock.shift(DAY)
    assert rechecks_mailed(shown) == 2
    shown.clock.shift(2 * DAY)
    assert rechecks_mailed(shown) == 2
    change(shown)
    assert rechecks_mailed(shown) == 3


def test_what_changes_after_a_line_was_settled_is_mailed_at_once(shown):
    for number in (1, 2):
        change(shown)
        assert rechecks_mailed(shown) == number
        dismiss_recheck(Recheck.objects.open().get(), user=shown.reviewer, password=people.PASSWORD, reason="A comma.")


def test_a_line_that_was_settled_in_part_is_still_mailed(shown):
    change(shown)
    assert rechecks_mailed(shown) == 1
    first = Recheck.objects.open().get()
    change(shown)
    dismiss_recheck(first, user=shown.reviewer, password=people.PASSWORD, reason="A comma.")
    shown.clock.shift(DAY)
    assert rechecks_mailed(shown) == 2


def test_a_safety_line_is_told_urgently_again_after_a_day_at_the_earliest(shown):
    def urgent() -> int:
        worker.send_waiting()
        to_reviewer = [item.subject for item in mail.outbox if item.to == [shown.reviewer.email]]
        return len([subject for subject in to_reviewer if subject.startswith("Safety")])

    for _time in range(2):
        withdraw(shown.leaflet, "en", user=shown.operator, reason="An error.")
        assert urgent() == 1
        change(shown)
    shown.clock.shift(DAY)
    assert urgent() == 2


def test_a_daily_mail_has_one_line_for_all_changes(shown):
    choose(shown.reviewer, MailChoice.DAILY)
    for _time in range(3):
        change(shown)
    shown.clock.shift(DAY)
    worker.send_waiting()
    (letter,) = [item for item in mail.outbox if item.to == [shown.reviewer.email]]
    assert letter.body.count("needs a recheck") == 1


def test_heads_hear_once_of_a_line_that_nobody_answered(shown):
    change(shown)
    shown.clock.shift(DAY)
    change(shown)
    for _day in range(20):
        shown.clock.shift(DAY)
        worker.write_daily_mail()
    assert Mail.objects.filter(event=events.UNANSWERED, user=shown.head).count() == 1


@pytest.mark.both_databases
def test_a_change_asks_the_same_number_of_questions_for_one_reviewer_and_for_many(desk):
    edition = desk.submitted()

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            notifications.notify_reviewers(edition)
        return len(captured)

    few = asked()
    for _number in range(5):
        people.reviewer("en")
    assert asked() == few
