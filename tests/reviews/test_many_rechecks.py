"""A change that many pages rest on: as many statements as for few, and one line of mail to each person."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.accounts.models import MailChoice
from editorial.editions.models import Dependency, Document, EndCause, Release, ReleaseEnd
from editorial.editions.verifying import find_problems
from editorial.reviews.mail import events, recheck_notifications, worker
from editorial.reviews.mail.obsolete import obsolete_ids
from editorial.reviews.models import Mail, MailState, Recheck
from editorial.reviews.services import dismiss_recheck, record_absence, withdraw
from tests.factories import pages, people
from tests.factories.bulk_rows import create_dependents
from tests.factories.workplace import DAY
from tests.reviews.mail_backends import choose

pytestmark = pytest.mark.both_databases


def leads_to(desk, slug: str):
    """A live edition by another author that leads to the desk's page."""
    link = f'<p>See <a href="/articles/{desk.document.slug}/">this</a>.</p>'
    document = pages.article(people.author(), slug=slug, sections=[{"heading": "More", "body": link}])
    return pages.publish(document, people.author(), desk.reviewer)


@pytest.fixture
def many(desk):
    """Somebody is told of pages one by one while they are at most two."""
    desk.published()
    for number in range(3):
        leads_to(desk, f"resting-{number}")
    Mail.objects.all().delete()
    with patch.object(recheck_notifications, "NAMED_PAGES", 2):
        yield desk


def withdraw_and_publish(desk) -> None:
    withdraw(desk.document, "en", user=desk.operator, reason="An error.")
    desk.clock.shift(timedelta(minutes=1))
    pages.edit(desk.document, desk.author, title=f"Again {timezone.now()}")
    pages.publish(desk.document, desk.author, desk.reviewer)


def to_reviewer(desk) -> list:
    worker.send_waiting()
    return [item for item in mail.outbox if item.to == [desk.reviewer.email] and "Recheck" in item.subject]


def test_of_many_pages_each_person_is_told_in_one_line_and_writers_of_few_by_name(many):
    withdraw(many.document, "en", user=many.operator, reason="An error.")
    (line,) = Mail.objects.filter(user=many.reviewer, event=events.RECHECKS)
    assert line.said == {"what": "First", "cause": "withdrawn", "count": 3} and line.urgent
    assert not Mail.objects.filter(user=many.reviewer, event=events.RECHECK).exists()
    assert Mail.objects.filter(event=events.RECHECK).count() == 3  # one to each page's writer
    (letter,) = to_reviewer(many)
    assert letter.subject == "Safety: Rechecks needed: First"
    assert "need a recheck: 3." in letter.body and "/admin/desk/?tab=again&reason=withdrawn" in letter.body


def test_many_pages_are_told_of_at_most_once_a_day_and_with_their_number_then(many):
    withdraw_and_publish(many)
    assert len(to_reviewer(many)) == 1
    for _time in range(2):
        withdraw_and_publish(many)
        leads_to(many, f"later-{Document.objects.count()}")
        assert len(to_reviewer(many)) == 1
    assert Mail.objects.filter(user=many.reviewer, event=events.RECHECKS, state=MailState.WAITING).count() == 1
    many.clock.shift(DAY)
    assert "need a recheck: 4." in to_reviewer(many)[-1].body


def test_a_page_of_which_many_were_told_today_waits_a_day_for_a_line_of_its_own(many):
    withdraw(many.document, "en", user=many.operator, reason="An error.")
    assert len(to_reviewer(many)) == 1
    many.clock.shift(timedelta(minutes=1))
    pages.edit(many.document, many.author, title="Again")
    pages.publish(many.document, many.author, many.reviewer)
    with patch.object(recheck_notifications, "NAMED_PAGES", 9):
        withdraw(many.document, "en", user=many.operator, reason="An error.")
    assert len(to_reviewer(many)) == 1
    many.clock.shift(DAY)
    assert len(to_reviewer(many)) == 2


def test_nobody_is_told_of_many_pages_once_all_of_their_rechecks_are_settled(many):
    choose(many.reviewer, MailChoice.DAILY)
    withdraw(many.document, "en", user=many.operator, reason="An error.")
    rechecks = list(Recheck.objects.open())
    for number, recheck in enumerate(rechecks):
        over = obsolete_ids(Mail.objects.filter(event=events.RECHECKS))
        assert not over
        dismiss_recheck(recheck, user=many.reviewer, password=people.PASSWORD, reason=f"Read, {number}.")
    assert to_reviewer(many) == []


def test_a_deputy_is_told_of_many_pages_for_whom(many):
    deputy = people.reviewer("es")
    today = timezone.localdate()
    record_absence(many.reviewer, deputy=deputy, from_day=today, until_day=today + DAY, user=many.reviewer)
    withdraw(many.document, "en", user=many.operator, reason="An error.")
    (line,) = Mail.objects.filter(user=deputy)
    assert (line.event, line.said["for"], line.said["count"]) == (events.RECHECKS, many.reviewer.name, 3)


def test_a_change_takes_as_many_statements_for_ninety_pages_as_for_thirty(desk):
    desk.published()

    def statements() -> int:
        with CaptureQueriesContext(connection) as captured, transaction.atomic():
            withdraw(desk.document, "en", user=desk.operator, reason="An error.")
            assert (
                Recheck.objects.filter(cause="withdrawn").count()
                == Dependency.objects.filter(document=desk.document).count()
            )
            transaction.set_rollback(True)
        return len(captured)

    edition = leads_to(desk, "resting")
    create_dependents(edition, desk.document, desk.reviewer, 30)
    few = statements()
    create_dependents(edition, desk.document, desk.reviewer, 60)
    assert statements() == few < 70


def schedule_next(desk, slug: str) -> Document:
    """A live page that leads to the desk's, of which the next edition is scheduled."""
    document = leads_to(desk, slug).document
    author = people.author()
    pages.edit(document, author, title=f"Next {slug}")
    pages.publish(document, author, desk.reviewer, publish_at=timezone.now() + DAY)
    return document


def test_schedules_are_held_in_as_many_statements_for_six_pages_as_for_two(desk):
    desk.published()
    documents = [schedule_next(desk, f"next-{number}") for number in range(2)]

    def hold() -> int:
        with CaptureQueriesContext(connection) as captured, transaction.atomic():
            withdraw(desk.document, "en", user=desk.operator, reason="An error.")
            for document in documents:
                assert list(find_problems(document)) == []
                live, goes_on = Release.objects.filter(document=document).open_after(timezone.now()).order_by("pk")
                assert live.number == goes_on.number == 1 and goes_on.released_from > timezone.now()
                assert ReleaseEnd.objects.filter(release__document=document, cause=EndCause.HELD).count() == 1
            transaction.set_rollback(True)
        return len([query for query in captured if "INSERT" in query["sql"] or "UPDATE" in query["sql"]])

    few = hold()
    documents += [schedule_next(desk, f"more-{number}") for number in range(4)]
    assert hold() == few
