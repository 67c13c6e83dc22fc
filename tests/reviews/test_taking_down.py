"""Taking pages down: at once, for good, by few but at any hour; and never by bringing back what was older."""

from datetime import timedelta

import pytest
from django.utils import timezone

from editorial.accounts.models import Reviewer
from editorial.editions.blockers import Blocked
from editorial.editions.models import ChainHead, EndCause, ReleaseEnd, Withdrawal
from editorial.editions.verifying import find_problems
from editorial.reviews.models import SignOffPolicy
from editorial.reviews.services import revoke_sign_off, withdraw
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.factories.workplace import DAY, live

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def records_are_whole(desk):
    yield
    assert list(find_problems(desk.document)) == []


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (people.operator, True),
        (people.reviewer, True),
        (lambda: people.reviewer("ar"), True),
        (people.author, False),
        (people.head, False),
        (people.site_admin, False),
        (lambda: people.translator("es"), False),
        (lambda: people.person(is_superuser=True), False),
        (lambda: people.operator(is_active=False), False),
    ],
)
def test_only_reviewers_and_operators_withdraw(desk, person, may):
    edition = desk.published()
    user = person()
    if may:
        record = withdraw(desk.document, "en", user=user, reason=" An error. ")
        assert (record.reason, record.recorded_by) == ("An error.", user)
        assert live(desk.document) is None
    else:
        with pytest.raises(Blocked, match="Only a medical reviewer or a duty operator"):
            withdraw(desk.document, "en", user=user, reason="An error.")
        assert live(desk.document) == edition


@pytest.mark.both_databases
def test_no_name_is_too_long_for_a_page_to_be_taken_down(desk):
    desk.published()
    operator = people.operator(first_name="A" * 150, last_name="B" * 150)
    assert withdraw(desk.document, "en", user=operator, reason="An error.").credentials.startswith("AAA")
    assert live(desk.document) is None


def test_a_reviewer_whose_registration_lapsed_asks_an_operator(desk):
    desk.published()
    Reviewer.objects.update(valid_until=timezone.localdate() - DAY)
    with pytest.raises(Blocked, match="Ask a duty operator"):
        withdraw(desk.document, "en", user=desk.reviewer, reason="An error.")
    assert withdraw(desk.document, "en", user=desk.operator, reason="An error.")


def test_withdrawing_takes_a_reason_and_something_to_take_down(desk):
    with pytest.raises(Blocked) as caught:
        withdraw(desk.document, "en", user=desk.author, reason=" ")
    assert len(caught.value.blockers) == 3
    assert not Withdrawal.objects.exists()


def test_withdrawing_the_source_covers_all_languages(desk):
    desk.published()
    pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)
    withdraw(desk.document, "en", user=desk.operator, reason="An error.")
    assert live(desk.document) is live(desk.document, language="es") is None


def test_withdrawing_a_translation_covers_no_other_language(desk):
    english = desk.published()
    pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)
    withdraw(desk.document, "es", user=desk.operator, reason="An error.")
    assert live(desk.document, language="es") is None
    assert live(desk.document) == english


def test_withdrawing_cancels_what_is_scheduled(desk):
    desk.published()
    desk.scheduled("Second", 1)
    withdraw(desk.document, "en", user=desk.operator, reason="An error.")
    desk.clock.shift(3 * DAY)
    assert live(desk.document) is None


def test_what_is_only_scheduled_can_be_withdrawn(desk):
    desk.scheduled("First", 1)
    withdraw(desk.document, "en", user=desk.operator, reason="An error.")
    desk.clock.shift(3 * DAY)
    assert live(desk.document) is None


def test_withdrawing_never_brings_back_an_older_edition(desk):
    for title in ("First", "Second"):
        desk.published(title)
        desk.clock.shift(DAY)
    withdraw(desk.document, "en", user=desk.operator, reason="An error.")
    for _day in range(3):
        assert live(desk.document) is None
        desk.clock.shift(DAY)


def test_nothing_submitted_before_a_withdrawal_is_signed_after_it(desk):
    desk.published()
    waiting = desk.submitted("Second")
    withdraw(desk.document, "en", user=desk.operator, reason="An error.")
    with pytest.raises(Blocked, match="withdrawn after this edition was submitted"):
        pages.sign(waiting, desk.reviewer)
    desk.clock.shift(timedelta(milliseconds=1))
    again = submit(desk.document, "en", user=desk.author)
    pages.sign(again, desk.reviewer)
    assert live(desk.document) == again


# --- Revoking -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (people.head, True),
        (people.site_admin, True),
        (people.reviewer, False),
        (people.operator, False),
        (people.author, False),
    ],
)
def test_only_heads_admins_and_the_signer_revoke(desk, person, may):
    edition = desk.published()
    signed = edition.sign_offs.get()
    if may:
        assert revoke_sign_off(signed, user=person(), reason="An error.")
    else:
        with pytest.raises(Blocked, match="Only a head of content, a site admin or the signer"):
            revoke_sign_off(signed, user=person(), reason="An error.")
        assert revoke_sign_off(signed, user=desk.reviewer, reason="I was wrong.")
    assert live(desk.document) is None


def test_revoking_takes_a_reason_and_is_done_once(desk):
    signed = desk.published().sign_offs.get()
    with pytest.raises(Blocked, match="Give a reason"):
        revoke_sign_off(signed, user=desk.head, reason="")
    revoke_sign_off(signed, user=desk.head, reason="An error.")
    signed.refresh_from_db()
    count = ChainHead.objects.get(document=desk.document).count
    with pytest.raises(Blocked, match="already been revoked"):
        revoke_sign_off(signed, user=desk.head, reason="An error.")
    assert ChainHead.objects.get(document=desk.document).count == count


def test_revoking_takes_a_live_page_down_as_a_withdrawal_does(desk):
    desk.published()
    edition = desk.published("Second")
    desk.scheduled("Third", 1)
    revoke_sign_off(edition.sign_offs.get(), user=desk.head, reason="An error.")
    for _day in range(3):
        assert live(desk.document) is None
        desk.clock.shift(DAY)
    assert Withdrawal.objects.get(document=desk.document).language == ""


def test_revoking_leaves_the_page_while_enough_sign_offs_stand(desk):
    SignOffPolicy.objects.create(sign_offs=2)
    edition = desk.submitted()
    others = [people.reviewer(), people.reviewer()]
    for other in others:
        pages.sign(edition, other)
    pages.confirm(edition, desk.reviewer)
    first, second, third = edition.sign_offs.order_by("sequence")
    revoke_sign_off(first, user=desk.head, reason="An error.")
    assert live(desk.document) == edition
    revoke_sign_off(third, user=desk.head, reason="An error.")
    assert live(desk.document) is None
    assert second.recorded_by == others[1]


def test_revoking_takes_the_translations_made_from_it_too(desk):
    first = desk.published()
    pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)
    second = desk.published("Second")
    revoke_sign_off(first.sign_offs.get(), user=desk.head, reason="An error.")
    assert live(desk.document, language="es") is None
    assert live(desk.document) == second


def test_revoking_a_scheduled_edition_leaves_the_one_before_it(desk):
    first = desk.published()
    second = desk.scheduled("Second", 1)
    revoke_sign_off(second.sign_offs.get(), user=desk.head, reason="An error.")
    for _day in range(3):
        assert live(desk.document) == first
        desk.clock.shift(DAY)
    causes = ReleaseEnd.objects.filter(release__edition=second).values_list("cause", flat=True)
    assert list(causes) == [EndCause.UNSIGNED]


def test_after_that_a_newer_edition_follows_as_ever(desk):
    desk.published()
    second = desk.scheduled("Second", 1)
    revoke_sign_off(second.sign_offs.get(), user=desk.head, reason="An error.")
    third = desk.published("Third")
    for _day in range(3):
        assert live(desk.document) == third
        desk.clock.shift(DAY)
    withdraw(desk.document, "en", user=desk.operator, reason="An error.")
    assert live(desk.document) is None


@pytest.mark.parametrize(
    ("revoked", "days"),
    [
        (1, ["First", "First", "Third", "Third"]),
        (2, ["First", "Second", "Second", "Second"]),
    ],
)
def test_revoking_one_of_two_scheduled_editions_leaves_no_gap(desk, revoked, days):
    editions = [desk.published(), desk.scheduled("Second", 1), desk.scheduled("Third", 2)]
    start = timezone.now()
    revoke_sign_off(editions[revoked].sign_offs.get(), user=desk.head, reason="An error.")
    shown = [live(desk.document, start + number * DAY) for number in range(4)]
    assert [edition and edition.title for edition in shown] == days


def test_revoking_every_scheduled_edition_leaves_the_live_one(desk):
    first = desk.published()
    waiting = [desk.scheduled("Second", 1), desk.scheduled("Third", 2)]
    for edition in waiting:
        revoke_sign_off(edition.sign_offs.get(), user=desk.head, reason="An error.")
    start = timezone.now()
    assert [live(desk.document, start + number * DAY) for number in range(4)] == [first] * 4
