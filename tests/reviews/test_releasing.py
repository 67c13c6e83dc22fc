"""From sign-off to release: at once, at a time, two signatures, and how long a review holds."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from editorial.editions.blockers import Blocked
from editorial.editions.models import Release
from editorial.reading.verified_releases import verify_releases
from editorial.reviews.models import SignOffPolicy, required_sign_offs
from editorial.reviews.services import revoke_sign_off, withdraw
from editorial.reviews.services.signing import default_review_date
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.factories.workplace import DAY, live

pytestmark = pytest.mark.django_db


def test_signing_releases_at_once(desk):
    edition = desk.submitted()
    assert live(desk.document) is None
    pages.sign(edition, desk.reviewer)
    assert live(desk.document) == edition


def test_a_scheduled_edition_waits_for_its_time(desk):
    first = desk.published()
    second = desk.submitted("Second")
    pages.sign(second, desk.reviewer, publish_at=timezone.now() + DAY)
    assert live(desk.document) == first
    desk.clock.shift(DAY - timedelta(microseconds=1))
    assert live(desk.document) == first
    desk.clock.shift(timedelta(microseconds=1))
    assert live(desk.document) == second


def test_a_newer_edition_at_once_cancels_one_that_is_scheduled(desk):
    desk.published()
    pages.sign(desk.submitted("Second"), desk.reviewer, publish_at=timezone.now() + DAY)
    third = desk.published("Third")
    assert live(desk.document) == third
    desk.clock.shift(2 * DAY)
    assert live(desk.document) == third


def test_scheduled_editions_follow_each_other(desk):
    first = desk.published()
    second, third = (desk.scheduled(title, days) for title, days in (("Second", 1), ("Third", 2)))
    start = timezone.now()
    assert [live(desk.document, start + days * DAY) for days in (0, 1, 2, 3)] == [first, second, third, third]


def test_what_was_live_at_any_time_can_be_asked_for_good(desk):
    times = [timezone.now()]
    editions = [None]
    for title in ("First", "Second", "Third"):
        desk.clock.shift(DAY)
        editions.append(desk.published(title))
        times.append(timezone.now())
    desk.clock.shift(DAY)
    withdraw(desk.document, "en", user=desk.reviewer, reason="An error.")
    assert [live(desk.document, at) for at in times] == editions
    assert live(desk.document) is None


def test_a_translation_waits_for_its_own_sign_off(desk):
    desk.published()
    pages.translate(desk.document, "es", desk.translator)
    spanish = submit(desk.document, "es", user=desk.translator)
    assert live(desk.document, language="es") is None
    pages.sign(spanish, desk.reviewer)
    assert live(desk.document, language="es") == spanish
    assert spanish.sign_offs.get().source_digest == spanish.source_edition.content_digest


def test_a_translation_needs_a_live_source(desk):
    with pytest.raises(Blocked, match="no live edition yet"):
        submit(desk.document, "es", user=desk.translator)
    desk.scheduled("Later", 1)
    with pytest.raises(Blocked, match="no live edition yet"):
        submit(desk.document, "es", user=desk.translator)


def test_a_translation_is_not_signed_when_its_source_no_longer_stands(desk):
    source = desk.published()
    pages.translate(desk.document, "es", desk.translator)
    spanish = submit(desk.document, "es", user=desk.translator)
    revoke_sign_off(source.sign_offs.get(), user=desk.head, reason="An error.")
    with pytest.raises(Blocked, match="source edition of this translation is no longer signed"):
        pages.sign(spanish, desk.reviewer)


def test_a_newer_source_leaves_the_translation_standing(desk):
    desk.published()
    spanish = pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)
    desk.published("Second")
    assert live(desk.document, language="es") == spanish
    with pytest.raises(Blocked, match="Changed in the source since it was translated"):
        submit(desk.document, "es", user=desk.translator)


# --- Policy -------------------------------------------------------------------------------------------------


def test_policy_is_frozen_with_the_edition(desk):
    edition = desk.submitted()
    SignOffPolicy.objects.create(sign_offs=2)
    pages.sign(edition, desk.reviewer)
    assert live(desk.document) == edition
    second = desk.submitted("Second")
    SignOffPolicy.objects.update(sign_offs=1)
    pages.sign(second, desk.reviewer)
    assert live(desk.document) == edition
    pages.sign(second, people.reviewer())
    assert live(desk.document) == second


@pytest.mark.parametrize(
    ("rows", "number"),
    [
        ([], 1),
        ([("", "", 2)], 2),
        ([("", "", 2), ("", "es", 3)], 3),
        ([("", "es", 3), ("article", "", 2)], 2),
        ([("article", "", 2), ("article", "es", 4), ("", "es", 3)], 4),
        ([("other", "", 5), ("", "ar", 5), ("other", "es", 5)], 1),
    ],
)
def test_the_most_particular_policy_counts(rows, number):
    for kind, language, sign_offs in rows:
        SignOffPolicy.objects.create(kind=kind, language=language, sign_offs=sign_offs)
    assert required_sign_offs("article", "es", grave=False) == number


# --- How long it holds --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        ("2026-01-15", 12, "2027-01-15"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-01", 1, "2027-01-01"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-12-31", 36, "2029-12-31"),
        ("2026-03-31", 6, "2026-09-30"),
        ("2026-05-28", 9, "2027-02-28"),
    ],
)
def test_review_is_due_after_whole_months(desk, day, months, due):
    edition = desk.submitted()
    edition.review_interval_months = months
    assert default_review_date(edition, date.fromisoformat(day)) == date.fromisoformat(due)


def test_due_date_is_counted_from_the_day_at_home():
    with time_machine.travel(datetime(2026, 2, 1, 4, 30, tzinfo=UTC), tick=False):  # January 31st in New York
        writer, signer = people.author(), people.reviewer()
        edition = pages.publish(pages.article(writer, review_interval_months=1), writer, signer)
    assert edition.sign_offs.get().review_due_on == date(2026, 2, 28)


def test_due_means_that_midnight_at_home_has_come(desk):
    edition = desk.submitted()
    pages.sign(edition, desk.reviewer, review_due_on=date(2026, 7, 1))
    (verified,) = verify_releases(list(edition.releases.with_records()))
    assert not verified.is_due(datetime(2026, 7, 1, 3, 59, 59, tzinfo=UTC))
    assert verified.is_due(datetime(2026, 7, 1, 4, 0, tzinfo=UTC))


def test_interval_is_frozen_with_the_edition(desk):
    pages.edit(desk.document, desk.author, review_interval_months=6)
    edition = desk.submitted()
    pages.edit(desk.document, desk.author, review_interval_months=24)
    assert pages.sign(edition, desk.reviewer).review_due_on == date(2026, 7, 5)
    assert pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer).review_interval_months == 6


def test_reaffirming_gives_a_new_date_and_no_new_edition(desk):
    edition = desk.published()
    desk.clock.shift(200 * DAY)
    pages.confirm(edition, desk.reviewer)
    live = Release.objects.live(timezone.now()).filter(document=desk.document).with_records()
    (verified,) = verify_releases(list(live))
    assert (verified.edition.pk, verified.last_reviewed_on) == (edition.pk, date(2026, 7, 24))
    assert verified.review_due_on == date(2027, 7, 24)
    assert [sign_off.meaning for sign_off in verified.sign_offs] == ["signed", "reaffirmed"]


def test_another_reviewer_may_reaffirm_and_then_carries_the_page(desk):
    edition = desk.published()
    other = people.reviewer()
    pages.confirm(edition, other)
    revoke_sign_off(edition.sign_offs.get(recorded_by=desk.reviewer), user=desk.head, reason="Retired.")
    assert live(desk.document) == edition


def test_a_review_is_due_its_interval_after_publication_where_nobody_says_when(desk):
    edition = desk.submitted()
    start = timezone.now() + timedelta(days=300)
    assert edition.review_interval_months == 12
    record = pages.sign(edition, desk.reviewer, publish_at=start)
    assert record.review_due_on == default_review_date(edition, timezone.localdate(start))
