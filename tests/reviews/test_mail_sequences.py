"""For any sequence of events, choices, days and failures: each event reaches each person in one mail, and once."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from editorial.accounts.models import MailChoice
from editorial.reviews.mail import events, outbox, worker
from tests.factories import people
from tests.reviews.mail_backends import Broken, Dying, Killed, choose

pytestmark = pytest.mark.both_databases

HOUR = timedelta(hours=1)

PEOPLE = 3
WAYS = {"well": EmailBackend, "failing": Broken, "dying": Dying}
steps = st.lists(
    st.one_of(
        st.tuples(st.just("event"), st.sets(st.integers(0, PEOPLE - 1), min_size=1), st.booleans()),
        st.tuples(st.just("choose"), st.integers(0, PEOPLE - 1), st.sampled_from(list(MailChoice))),
        st.tuples(st.just("later"), st.integers(1, 40)),
        st.tuples(st.just("pass"), st.sampled_from(list(WAYS))),
    ),
    max_size=25,
)

# A daily letter that failed takes the next day's place, so what came after it is told on the day after.
IN_THE_END = [("pass", "well"), *[("later", 60), ("pass", "well")] * 2]


@pytest.fixture
def edition(desk):
    return desk.submitted()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
@example(
    [("event", {0}, False), ("later", 19), ("choose", 0, MailChoice.DAILY), ("pass", "failing"), ("event", {0}, False)]
)
def test_each_event_reaches_each_person_at_most_once_in_one_mail(edition, through, steps):
    """And exactly once if they wanted mail all along; a daily mail comes at most once a day."""
    with transaction.atomic(), time_machine.travel(datetime(2026, 2, 2, 17, tzinfo=UTC), tick=False) as clock:
        users = [people.person(username=f"reader{number}", email=f"{number}@example.org") for number in range(PEOPLE)]
        mail.outbox.clear()
        expected, declined, sent_at = [set() for _ in users], set(), {}

        def send(how: str) -> None:
            through(WAYS[how])
            before = len(mail.outbox)
            with suppress(Killed):
                worker.send_waiting()
            sent_at.update({number: timezone.now() for number in range(before, len(mail.outbox))})

        for number, (step, *details) in enumerate([*steps, *IN_THE_END]):
            if step == "event":
                told, urgent = details
                for person in told:
                    expected[person].add(f"event-{number}.")
                outbox.write_mail(
                    events.SENT_BACK, [users[person].pk for person in told], edition, f"{number}", urgent=urgent,
                    said={"name": "A", "reason": f"event-{number}."},
                )  # fmt: skip
            elif step == "choose":
                person, choice = details
                choose(users[person], choice)
                if choice == MailChoice.NONE:
                    declined.add(person)
            elif step == "later":
                clock.shift(details[0] * HOUR)
            else:
                send(details[0])
        for person, user in enumerate(users):
            mine = {number: each for number, each in enumerate(mail.outbox) if each.to == [user.email]}
            counted = {event: sum(event in item.body for item in mine.values()) for event in expected[person]}
            assert set(counted.values()) <= ({0, 1} if person in declined else {1})
            digests = [sent_at[number] for number, each in mine.items() if each.subject.startswith("Your daily")]
            days = [outbox.last_digest_time(at) for at in digests]
            assert len(days) == len(set(days))
        transaction.set_rollback(True)
