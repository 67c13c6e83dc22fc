"""What awaits verification is a list of the review queue and mailed to those who may verify it, until it is done."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drugs.models import ApprovalEvent, UnverifiedEvent
from drugs.services import correct_event, record_event, void_event
from drugs.unverified_events import find_row_problems
from editorial.accounts.models import MailChoice
from editorial.reviews.mail import events, worker
from editorial.reviews.models import Mail
from tests.factories import drugs, people
from tests.layers import layer
from tests.parsing import parse_page
from tests.reviews.mail_backends import choose

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

QUEUE = "/admin/desk/?tab=verify"
DAY = date(2020, 11, 13)


@layer
def rows():
    made = SimpleNamespace(
        admin=drugs.drug_admin(), other=drugs.drug_admin(), reviewer=people.reviewer(), author=people.author()
    )
    made.document = drugs.monograph(made.admin)
    return made


@pytest.fixture
def desk(rows, signed_in):
    rows.client, rows.as_admin, rows.as_author = (
        signed_in(person) for person in (rows.reviewer, rows.admin, rows.author)
    )
    return rows


def listed(client) -> list[str]:
    """The addresses at which the list's facts are verified."""
    links = (link.get("href", "") for link in parse_page(client.get(QUEUE)).iter("a"))
    return [address for address in links if address.endswith("/verify/")]


def address(event) -> str:
    return f"/admin/drugs/monograph/decisions/{event.pk}/verify/"


def told() -> dict[int, list[int]]:
    """{key of an event: keys of those who were mailed about it}"""
    keys = dict(ApprovalEvent.objects.values_list("record_digest", "pk"))
    found: dict[int, list[int]] = {}
    for row in Mail.objects.filter(event=events.FACT).order_by("user"):
        found.setdefault(keys[row.because], []).append(row.user_id)
    return found


def test_the_list_shows_what_others_recorded_until_it_is_verified_or_corrected(desk):
    first = drugs.event(desk.document, desk.admin)
    own = drugs.event(desk.document, desk.other, "narrowed", date(2022, 1, 1))
    assert listed(desk.client) == [address(first), address(own)]
    assert listed(desk.as_admin) == [address(own)]
    text = " ".join(" ".join(parse_page(desk.client.get(QUEUE)).itertext()).split())
    for words in ("Zebramab : granted, Nov. 13, 2020", first.source_title, desk.admin.name, "waiting for"):
        assert words in text
    drugs.verify(first, desk.reviewer)
    right = correct_event(own, user=desk.admin, note="Wrong.", happened_on=date(2022, 1, 2))
    assert listed(desk.client) == [address(right)]
    table = b"".join(desk.client.get("/admin/desk/table/?tab=verify").streaming_content).decode()
    assert address(right) in table
    assert table.count("\n") == 2


def test_who_verifies_nothing_has_no_such_list(desk):
    drugs.event(desk.document, desk.admin)
    assert "tab=verify" not in desk.as_author.get("/admin/desk/").content.decode()
    assert listed(desk.as_author) == []


def test_the_list_is_the_same_questions_however_long_it_is(desk):
    def measure() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert len(listed(desk.client)) <= 25
        return len(queries)

    given = {"kind": "other", "application": "BLA125514", "user": desk.admin, "reference": drugs.source(desk.admin)}
    record_event(desk.document, happened_on=DAY, **given)
    listed(desk.client)
    few = measure()
    for number in range(30):
        record_event(desk.document, happened_on=DAY - timedelta(days=number), submission=f"SUPPL-{number}", **given)
    assert measure() == few


def test_those_who_may_verify_are_mailed_once_and_safety_does_not_wait(desk):
    people.person()
    event = drugs.event(desk.document, desk.admin)
    assert told() == {event.pk: [desk.other.pk, desk.reviewer.pk]}
    assert not Mail.objects.filter(urgent=True).exists()
    withdrawn = drugs.event(desk.document, desk.other, "withdrawn-by-agency", date(2022, 1, 1))
    assert told()[withdrawn.pk] == [desk.admin.pk, desk.reviewer.pk]
    drugs.verify(event, desk.reviewer)
    unsafe = correct_event(event, user=desk.admin, note="A label.", happened_on=DAY - timedelta(days=3), is_unsafe=True)
    urgent = Mail.objects.filter(urgent=True).values_list("because", flat=True)
    assert set(urgent) == {withdrawn.record_digest, unsafe.record_digest}


def test_events_come_in_one_letter_which_names_the_drug_and_leads_to_each(desk):
    choose(desk.reviewer, MailChoice.AT_ONCE)
    choose(desk.other, MailChoice.NONE)
    made = [drugs.event(desk.document, desk.admin)]
    made.append(drugs.event(desk.document, desk.admin, "narrowed", date(2022, 1, 1)))
    done = drugs.event(desk.document, desk.admin, "widened", date(2023, 1, 1))
    drugs.verify(done, desk.other)
    worker.send_waiting()
    [letter] = mail.outbox
    assert letter.to == [desk.reviewer.email]
    assert letter.subject.startswith("Please verify: Zebramab")
    assert all(address(event) in letter.body for event in made)
    assert address(done) not in letter.body


def test_what_takes_back_what_nobody_verified_asks_nobody(desk):
    event = drugs.event(desk.document, desk.admin)
    Mail.objects.all().delete()
    void_event(event, user=desk.admin, note="It did not happen.")
    assert told() == {}
    assert listed(desk.client) == []


def test_rows_that_are_not_those_of_the_records_are_found_and_mended(desk):
    done = drugs.verified(desk.document, desk.admin, desk.other)
    waiting = drugs.event(desk.document, desk.admin, "narrowed", date(2022, 1, 1))
    assert list(find_row_problems()) == []
    for spoil in (
        lambda: UnverifiedEvent.objects.create(event=done, recorded_at=done.recorded_at),
        lambda: UnverifiedEvent.objects.filter(event=waiting).delete(),
    ):
        spoil()
        [problem] = find_row_problems()
        assert problem.startswith(str(desk.document))
        call_command("rebuild_lists", verbosity=0)
        assert list(find_row_problems()) == []
        assert UnverifiedEvent.objects.get().event == waiting
