"""Revoking all that one person signed since a day: each as if alone, all or nothing, and told beforehand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.editions.blockers import Blocked
from editorial.editions.models import Release, Revocation, SignOff
from editorial.editions.verifying import find_problems
from editorial.reviews.models import Mail, Recheck, SignOffPolicy
from editorial.reviews.revocation_impact import find_ended_releases
from editorial.reviews.services import revoke_sign_off, revoke_sign_offs_since, unrevoked_sign_offs_since
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.factories.workplace import live

EVER = date(2000, 1, 1)


def published(desk, *signers, title: str = "Another"):
    """Another page, signed by these people."""
    document = pages.article(desk.author, title=title)
    edition = submit(document, "en", user=desk.author)
    for signer in signers:
        pages.sign(edition, signer)
    return document


def revoke(desk, signer=None, since: date = EVER, **more):
    return revoke_sign_offs_since(signer or desk.reviewer, since, **{"user": desk.head, "reason": "An error."} | more)


def test_all_that_a_person_signed_is_revoked_and_nothing_else(desk):
    desk.published()
    pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)
    other = people.reviewer()
    theirs, mine = published(desk, other), published(desk, desk.reviewer)
    records = revoke(desk)
    assert {item.sign_off for item in records} == set(SignOff.objects.filter(recorded_by=desk.reviewer))
    assert {item.reason for item in records} == {"An error."}
    assert live(desk.document) is live(desk.document, language="es") is live(mine) is None
    assert live(theirs)
    for document in (desk.document, theirs, mine):
        assert list(find_problems(document)) == []


def test_a_page_stays_while_another_sign_off_meets_its_requirement(desk):
    other = people.reviewer()
    alone = published(desk, desk.reviewer)
    SignOffPolicy.objects.create(sign_offs=2)
    both = published(desk, desk.reviewer, other)
    SignOffPolicy.objects.all().delete()
    enough = published(desk, other)
    revoke(desk)
    assert live(alone) is live(both) is None  # one of two is not enough
    assert live(enough)


def test_who_reaffirmed_it_keeps_a_page_up(desk):
    edition = desk.published()
    other = people.reviewer()
    pages.confirm(edition, other)
    assert find_ended_releases(unrevoked_sign_offs_since(desk.reviewer, EVER)) == []
    revoke(desk)
    assert live(desk.document) == edition
    revoke(desk, other)
    assert live(desk.document) is None


def test_the_day_begins_at_midnight_at_home(desk, settings):
    settings.TIME_ZONE = "America/New_York"
    with timezone.override("America/New_York"):
        desk.clock.move_to(datetime(2026, 3, 2, 4, 59, 59, tzinfo=UTC))
        before = published(desk, desk.reviewer)
        desk.clock.move_to(datetime(2026, 3, 2, 5, 0, 0, tzinfo=UTC))
        after = published(desk, desk.reviewer)
        [record] = revoke(desk, since=date(2026, 3, 2))
        assert record.document == after
        assert live(before)


@pytest.mark.parametrize(
    ("person", "may"),
    [(people.head, True), (people.site_admin, True), (people.reviewer, False), (people.operator, False)],
)
def test_only_heads_admins_and_the_signer_revoke(desk, person, may):
    edition = desk.published()
    if may:
        assert revoke(desk, user=person())
    else:
        with pytest.raises(Blocked, match="Only a head of content, a site admin or the signer"):
            revoke(desk, user=person())
        assert live(desk.document) == edition
        assert revoke(desk, user=desk.reviewer)
    assert live(desk.document) is None


@pytest.mark.parametrize(
    ("more", "match"),
    [
        ({"reason": " "}, "Give a reason"),
        ({"since": date(2026, 1, 6)}, "This person has no valid sign-offs"),
        ({"since": date.max}, "This person has no valid sign-offs"),
    ],
)
def test_a_refusal_changes_nothing(desk, more, match):
    edition = desk.published()
    with pytest.raises(Blocked, match=match):
        revoke(desk, **more)
    assert not Revocation.objects.exists()
    assert live(desk.document) == edition


def test_one_that_cannot_be_revoked_leaves_all_standing(desk, monkeypatch):
    edition, other = desk.published(), published(desk, desk.reviewer)

    def fail(record):
        if record.document == other:
            raise RuntimeError

    monkeypatch.setattr("editorial.reviews.mail.notifications.notify_revoked", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        revoke(desk)
    assert not Revocation.objects.exists()
    assert live(desk.document) == edition


def test_each_is_revoked_as_if_alone(desk):
    """The same records, rechecks and mail, whether one after the other or together."""
    words = pages.glossary_entry(desk.author, body="<p>x</p>")
    pages.publish(words, desk.author, desk.reviewer)
    link = '<p>See <a href="/glossary/pd-l1/">this</a>.</p>'
    resting = pages.article(desk.author, sections=[{"heading": "More", "body": link}])
    pages.publish(resting, desk.author, people.reviewer())
    published(desk, desk.reviewer)

    def written() -> tuple:
        return (
            set(Revocation.objects.values_list("sign_off", "reason", "recorded_by")),
            set(Recheck.objects.values_list("edition", "cause", "document")),
            sorted(Mail.objects.values_list("user", "event", "edition", "urgent")),
            set(Release.objects.open_after(timezone.now()).values_list("pk", flat=True)),
        )

    before, found = written(), []
    for act in (lambda: revoke(desk), lambda: one_by_one(desk)):
        with transaction.atomic():
            act()
            found.append(written())
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert all(now != was for now, was in zip(found[0], before, strict=True))


def one_by_one(desk) -> None:
    for sign_off in unrevoked_sign_offs_since(desk.reviewer, EVER):
        revoke_sign_off(sign_off, user=desk.head, reason="An error.")


def open_now() -> set:
    """(edition, whether it is live) of all that is or will be read."""
    now = timezone.now()
    return {(release.edition_id, release.released_from <= now) for release in Release.objects.open_after(now)}


@pytest.fixture
def shelf(desk):
    """Pages in every state that a revocation meets, signed by two people in every way."""
    other = people.reviewer()
    desk.published()
    pages.publish_translation(desk.document, "es", desk.translator, other)
    desk.scheduled("Second", 1)
    published(desk, other)
    translated = published(desk, other, title="Translated")
    pages.publish_translation(translated, "es", desk.translator, desk.reviewer)
    SignOffPolicy.objects.create(sign_offs=2)
    published(desk, other, desk.reviewer, title="Both")
    SignOffPolicy.objects.all().delete()
    # Its base will not stand any more, so whoever wrote that counts again.
    based = published(desk, desk.reviewer, title="Based")
    pages.edit(based, desk.head, lead="Other words.")
    pages.publish(based, desk.head, other)
    desk.other = other
    return desk


@pytest.mark.parametrize("who", ["reviewer", "other"])
def test_what_is_told_beforehand_is_what_leaves(shelf, who):
    signer, now, before = getattr(shelf, who), timezone.now(), open_now()
    told = {
        (release.edition_id, release.released_from <= now)
        for release in find_ended_releases(unrevoked_sign_offs_since(signer, EVER))
    }
    revoke(shelf, signer)
    assert told
    assert told == before - open_now()


def test_telling_it_costs_the_same_however_much_was_signed(desk):
    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            find_ended_releases(unrevoked_sign_offs_since(desk.reviewer, EVER))
        return len(caught)

    costs = []
    for number in range(5):
        document = published(desk, desk.reviewer, title=f"Page {number}")
        pages.publish_translation(document, "es", desk.translator, desk.reviewer)
        desk.clock.shift(timedelta(minutes=1))
        pages.edit(document, desk.author, lead="Other.")
        pages.publish(document, desk.author, desk.reviewer)
        costs.append(cost())
    assert costs == [6] * 5
