"""The one list: which editions are in it, for which reasons, for whom, and in which order."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from editorial.accounts.models import Specialty
from editorial.desk.queue import items
from editorial.desk.queue.filters import QueueFilters, filter_options
from editorial.desk.queue.rows import build_rows
from editorial.desk.reports import overview
from editorial.reviews import rules
from editorial.reviews.models import Cause, Contributor, Extent, Recheck
from editorial.reviews.services import send_back, withdraw
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.factories.workplace import DAY


@pytest.fixture
def desk(workplace):
    return workplace


def everything():
    return items.queue_items(timezone.now())


def titles(found) -> list[str]:
    return [item.title for item in found]


def for_me(user):
    credentials = rules.find_credentials(user)
    return items.rank_items(everything().filter(items.pending_for(user, credentials)), user, credentials)


def told(filters: QueueFilters) -> list[str]:
    now = timezone.now()
    return titles(filters.apply(items.queue_items(now), now))


def recheck(edition, cause: Cause, user) -> Recheck:
    return Recheck.objects.create(
        edition=edition, cause=cause, document=edition.document, because=cause, opened_at=timezone.now(),
        opened_by=user, opened_by_name=user.name,
    )  # fmt: skip


def other(desk, title: str, **fields):
    """Another article, submitted."""
    desk.clock.shift(timedelta(minutes=1))
    return submit(pages.article(desk.author, title=title), "en", user=desk.author)


def test_a_live_page_comes_into_the_list_when_it_is_due_and_leaves_it_when_reaffirmed(desk):
    edition = desk.submitted()
    due = timezone.localdate() + 100 * DAY
    pages.sign(edition, desk.reviewer, review_due_on=due)
    assert titles(everything()) == []
    desk.clock.shift(40 * DAY)
    [row] = build_rows(everything(), timezone.now())
    assert (row.what, row.due_on, row.is_overdue, row.since, row.asked_by) == (["re-review"], due, False, None, "")
    desk.clock.shift(60 * DAY)
    [row] = build_rows(everything(), timezone.now())
    assert row.is_overdue
    pages.confirm(edition, desk.reviewer)
    assert titles(everything()) == []


def test_an_edition_stands_in_the_list_once_with_all_its_reasons(desk):
    edition = desk.published()
    recheck(edition, Cause.EVENT, desk.head)
    recheck(edition, Cause.RELEASED, desk.author)
    desk.clock.shift(3 * 365 * DAY)
    [row] = build_rows(everything(), timezone.now())
    assert row.what == ["recheck", "re-review"]
    assert [line.newest.cause for line in row.why] == [Cause.EVENT, Cause.RELEASED]
    assert row.asked_by == desk.head.name


def test_a_changed_page_is_due_when_the_one_that_readers_see_is(desk):
    desk.published()
    desk.clock.shift(3 * 365 * DAY)
    changed = desk.submitted("Second")
    waiting = next(row for row in build_rows(everything(), timezone.now()) if row.edition == changed)
    assert waiting.what == ["changed"]
    assert waiting.is_overdue
    assert waiting.extent.words_changed == 1


def test_a_recheck_of_a_page_that_was_taken_down_is_not_listed(desk):
    edition = desk.published()
    recheck(edition, Cause.EVENT, desk.head)
    withdraw(desk.document, "en", user=desk.reviewer, reason="An error.")
    assert titles(everything()) == []


def test_the_order_is_safety_then_due_date_then_age(desk):
    safety, due_later, due_sooner = (other(desk, title) for title in ("Safety", "Later", "Sooner"))
    today = timezone.localdate()
    for edition, days in ((safety, 365), (due_later, 40), (due_sooner, 30)):
        pages.sign(edition, desk.reviewer, review_due_on=today + days * DAY)
    recheck(safety, Cause.WITHDRAWN, desk.head)
    other(desk, "Older")
    other(desk, "Newer")
    assert titles(everything()) == ["Safety", "Sooner", "Later", "Older", "Newer"]


def test_ones_own_list_starts_with_pages_reviewed_before_then_those_of_ones_specialty(desk):
    surgeon = people.person("reviewer")
    people.credentials(surgeon, "en", specialty=Specialty.SURGERY)
    for title, signer in (("Oncologist's", desk.reviewer), ("Surgeon's", surgeon), ("Their own", people.reviewer())):
        edition = other(desk, title)
        if title == "Their own":
            send_back(edition, user=desk.reviewer, remarks="No.")
            pages.edit(edition.document, desk.author, lead="Plainer.")
            edition = submit(edition.document, "en", user=desk.author)
        pages.sign(edition, signer)
        pages.edit(edition.document, desk.author, lead="Changed.")
        submit(edition.document, "en", user=desk.author)
    other(desk, "New")
    found = [(item.rank, item.title) for item in for_me(desk.reviewer)]
    assert found == [(1, "Oncologist's"), (1, "Their own"), (2, "New"), (3, "Surgeon's")]
    found = [(item.rank, item.title) for item in for_me(surgeon)]
    assert found == [(1, "Surgeon's"), (2, "New"), (3, "Oncologist's"), (3, "Their own")]


def test_every_filter_lets_through_what_it_names_and_nothing_else(desk):
    signed = desk.published("Changed")
    recheck(signed, Cause.REVOKED, desk.head)
    pages.edit(desk.document, desk.author, lead="Other words.")
    desk.clock.shift(10 * DAY)
    submit(desk.document, "en", user=desk.author)
    pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer, review_due_on=None)
    other(desk, "New")
    overdue = other(desk, "Overdue")
    pages.sign(overdue, desk.reviewer, review_due_on=timezone.localdate() + DAY)
    desk.clock.shift(DAY)
    soon = other(desk, "Soon")
    pages.sign(soon, desk.reviewer, review_due_on=timezone.localdate() + DAY)
    everyone = sorted(told(QueueFilters()))
    assert everyone == ["Changed", "Changed", "New", "Overdue", "Soon"]
    expected = {
        ("kind", "article"): everyone,
        ("kind", "leaflet"): [],
        ("language", "en"): everyone,
        ("language", "es"): [],
        ("specialty", "nobody"): ["New"],
        ("specialty", "medical-oncology"): ["Changed", "Changed", "Overdue", "Soon"],
        ("specialty", "pathology"): [],
        ("reason", "new"): ["New"],
        ("reason", "changed"): ["Changed"],
        ("reason", "translation"): [],
        ("reason", "overdue"): ["Overdue"],
        ("reason", "due"): ["Soon"],
        ("reason", "recheck"): ["Changed"],
        ("reason", "safety"): ["Changed"],
        ("reason", "revoked"): ["Changed"],
        ("reason", "event"): [],
        ("age", "7"): ["Changed"],
        ("age", "14"): [],
    }
    found = {(name, value): sorted(told(QueueFilters(**{name: value}))) for name, value in expected}
    assert found == expected
    for name, offered in filter_options().items():
        for value in offered:
            told(QueueFilters(**{name: value}))


def test_reading_filters_ignores_what_is_not_offered():
    read = QueueFilters.read({"kind": "x", "language": "en", "reason": "new ", "age": "8"})
    assert read == QueueFilters(language="en")
    assert QueueFilters(kind="article").query(tab="all", page="") == "tab=all&kind=article"


def test_a_reviewers_load_is_the_length_of_their_list(desk):
    other(desk, "One")
    pages.sign(other(desk, "Two"), desk.reviewer, review_due_on=timezone.localdate() + DAY)
    both = people.person("author", "reviewer", signs_in=["en"])
    submit(pages.article(both, title="Their own"), "en", user=both)
    people.reviewer("es")
    found = {load.user_id: load for load in overview.loads(timezone.now())}
    assert {load.waiting for load in found.values()} == {0, 2, 3}
    for reviewer in (desk.reviewer, both):
        assert found[reviewer.pk].waiting == len(for_me(reviewer))
    assert (found[desk.reviewer.pk].signed, found[both.pk].signed) == (1, 0)


@pytest.mark.parametrize("model", [Extent, Contributor])
def test_what_lists_keep_of_an_edition_is_never_changed(desk, model):
    desk.submitted()
    row = model.objects.get()
    for act in (row.save, row.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
