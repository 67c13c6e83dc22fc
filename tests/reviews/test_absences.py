"""Being away: who may say so, what a deputy is asked and sees, and that nobody's right to sign changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from editorial.accounts.models import Reviewer
from editorial.desk.queue import items
from editorial.editions.blockers import Blocked
from editorial.reviews import queue, rules
from editorial.reviews.absences import find_absence, find_absentees
from editorial.reviews.mail import events, notifications
from editorial.reviews.models import Absence, Mail, SignOffPolicy
from editorial.reviews.services import add_remark, end_absence, record_absence
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.factories.workplace import DAY


def note(desk, first: int = 0, last: int = 5, **more) -> Absence:
    """The reviewer is away from so many days from today until so many."""
    today = timezone.localdate()
    days = {"from_day": today + first * DAY, "until_day": today + last * DAY}
    fields = {"deputy": desk.deputy, "user": desk.reviewer, **days, **more}
    return record_absence(fields.pop("absentee", desk.reviewer), **fields)


@pytest.fixture
def office(desk):
    """The desk, with somebody who can stand in: a reviewer who signs in Spanish alone."""
    desk.deputy = people.reviewer("es")
    return desk


def lapsed():
    user = people.reviewer()
    Reviewer.objects.filter(user=user).update(valid_until=timezone.localdate() + DAY)
    return user


@pytest.mark.parametrize(
    ("more", "match"),
    [
        ({"deputy": people.author}, "not an active medical reviewer"),
        ({"deputy": lambda: people.reviewer(is_active=False)}, "not an active medical reviewer"),
        ({"deputy": lapsed}, "registration of .* expires before"),
        ({"first": 3, "last": 2}, "before the first day"),
        ({"first": -9, "last": -1}, "These days have passed"),
        ({"last": 367}, "up to a year"),
        ({"user": people.author}, "Only the person who is away or a head of content"),
        ({"absentee": people.author, "user": people.head}, "Only medical reviewers can have a deputy"),
    ],
)
def test_what_cannot_be_noted_is_refused_in_words(office, more, match):
    made = {name: value() if callable(value) else value for name, value in more.items()}
    with pytest.raises(Blocked, match=match):
        note(office, **made)
    assert not Absence.objects.exists()


def test_nobody_stands_in_for_themselves(office):
    with pytest.raises(Blocked, match="The deputy must be someone else"):
        note(office, deputy=office.reviewer)


@pytest.mark.parametrize(
    ("first", "last", "free"), [(0, 1, True), (1, 2, False), (2, 4, False), (3, 3, False), (5, 9, False), (6, 9, True)]
)
def test_absences_of_one_person_never_overlap(office, first, last, free):
    noted = note(office, 2, 5)
    if free:
        assert note(office, first, last)
    else:
        with pytest.raises(Blocked, match="is already recorded"):
            note(office, first, last)
        end_absence(noted, user=office.reviewer)
        assert note(office, first, last)


def test_who_is_away_stands_in_for_nobody(office):
    note(office)
    other = people.reviewer()
    with pytest.raises(Blocked, match="is also away then"):
        note(office, absentee=other, deputy=office.reviewer, user=other)


def test_a_head_of_content_notes_and_ends_it_for_others_and_nobody_else_does(office):
    noted = note(office, user=office.head)
    for user in (office.author, office.deputy):
        with pytest.raises(Blocked, match="Only the person who is away"):
            end_absence(noted, user=user)
    end_absence(noted, user=office.head)
    assert find_absence(office.reviewer) is None
    with pytest.raises(Blocked, match="already ended"):
        end_absence(noted, user=office.head)


def test_somebody_is_away_from_the_first_day_to_the_last_at_home(office):
    note(office, 1, 2)
    seen = []
    for _day in range(4):
        seen.append(
            (find_absence(office.reviewer) is not None, list(find_absentees(office.deputy)) == [office.reviewer])
        )
        office.clock.shift(DAY)
    assert seen == [(False, False), (True, True), (True, True), (False, False)]


def told(event: str) -> dict:
    """{person: for whom they are asked} of all that was told of an event."""
    return {mail.user: mail.said.get("for", "") for mail in Mail.objects.filter(event=event).select_related("user")}


def test_a_deputy_is_asked_too_and_told_for_whom(office):
    note(office)
    waiting = office.submitted()
    assert told(events.ASKED) == {office.reviewer: "", office.deputy: office.reviewer.name}
    add_remark(waiting, user=office.author, text=f"Is this so, @{office.reviewer.username}?")
    assert told(events.MENTION) == {office.reviewer: "", office.deputy: office.reviewer.name}


def test_a_deputy_who_wrote_it_is_not_asked_to_review_it(office):
    both = people.person("author", "reviewer", signs_in=["en"])
    note(office, deputy=both)
    document = pages.article(both)
    submit(document, "en", user=both)
    assert both not in told(events.ASKED)


def test_after_the_last_day_a_deputy_is_asked_no_more(office):
    note(office, 0, 1)
    office.clock.shift(2 * DAY)
    office.submitted()
    assert told(events.ASKED) == {office.reviewer: ""}


def test_a_deputy_sees_what_waits_for_whoever_is_away_and_may_sign_no_more_than_before(office, signed_in):
    waiting = office.submitted("Their page")
    everything = items.queue_items(timezone.now())
    own = items.pending_for(office.deputy, rules.find_credentials(office.deputy))
    before = [str(blocker) for blocker in rules.signing_blockers(waiting, office.deputy)]
    page = signed_in(office.deputy).get("/admin/desk/?tab=mine").content.decode()
    assert "Their page" not in page
    note(office)
    page = signed_in(office.deputy).get("/admin/desk/?tab=mine").content.decode()
    assert "Their page" in page
    assert f"for <bdi>{office.reviewer.name}</bdi>, who is away" in page
    assert f"You are standing in for <bdi>{office.reviewer.name}</bdi>" in page
    assert "is standing in." in signed_in(office.reviewer).get("/admin/desk/").content.decode()
    assert not everything.filter(own).exists()
    assert [str(blocker) for blocker in rules.signing_blockers(waiting, office.deputy)] == before
    with pytest.raises(Blocked, match="You may not sign pages in"):
        pages.sign(waiting, office.deputy)


def test_of_very_many_things_that_nobody_answered_each_is_told_once(office, monkeypatch):
    monkeypatch.setattr(notifications, "AT_ONCE", 2)
    silent = [submit(pages.article(office.author), "en", user=office.author).pk for _number in range(3)]
    office.clock.shift(timedelta(days=queue.ANSWER_WITHIN_DAYS))
    for _day in range(2):
        notifications.notify_unanswered()
    assert sorted(Mail.objects.filter(event=events.UNANSWERED).values_list("edition", flat=True)) == silent


def test_what_nobody_answered_in_time_goes_to_the_heads_once(office, signed_in):
    SignOffPolicy.objects.create(sign_offs=2)
    silent, answered = office.submitted(), submit(pages.article(office.author), "en", user=office.author)
    office.clock.shift(timedelta(days=queue.ANSWER_WITHIN_DAYS) - timedelta(seconds=1))
    pages.sign(answered, office.reviewer)
    assert list(queue.unanswered_editions(timezone.now())) == []
    office.clock.shift(timedelta(seconds=1))
    assert list(queue.unanswered_editions(timezone.now())) == [silent]
    for _day in range(2):
        notifications.notify_unanswered()
        office.clock.shift(DAY)
    assert list(told(events.UNANSWERED)) == [office.head]
    assert Mail.objects.filter(event=events.UNANSWERED).count() == 1
    page = signed_in(office.head).get("/admin/desk/?tab=unanswered").content.decode()
    assert f"/admin/desk/editions/{silent.pk}/" in page
    assert f"/admin/desk/editions/{answered.pk}/" not in page
    assert "tab=unanswered" not in signed_in(office.reviewer).get("/admin/desk/").content.decode()
