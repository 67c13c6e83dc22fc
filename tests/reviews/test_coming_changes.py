"""Changes and editions that are only scheduled: looked at again when readers see the change, and not before."""

from datetime import timedelta

import pytest
from django.utils import timezone

from editorial.desk.queue import items
from editorial.desk.queue.rows import build_rows
from editorial.editions.blockers import Blocked
from editorial.editions.models import Edition, Release
from editorial.reviews import queue, rules
from editorial.reviews.mail import events, notifications
from editorial.reviews.mail.obsolete import obsolete_ids
from editorial.reviews.models import Cause, Mail, Recheck
from editorial.reviews.services import dismiss_recheck, revoke_sign_off, withdraw
from tests.factories import pages, people
from tests.factories.leaflets import write_leaflet
from tests.factories.pages import submit
from tests.factories.workplace import DAY, at_work
from tests.layers import layer

pytestmark = pytest.mark.django_db


@layer
def showing(opened_workplace):
    """The key of a page that shows words of another."""
    with at_work(opened_workplace) as desk:
        desk.cited = write_leaflet(desk.author, "cited", "Cited", "<p>Words.</p>")
        pages.publish(desk.cited, desk.author, desk.reviewer)
        pages.edit(desk.document, desk.author, sections=[shown_words()])
        desk.edition = desk.published()
        desk.clock.shift(timedelta(seconds=1))
        return desk.document.pk


@pytest.fixture
def citing(showing, desk):
    """The desk with a page that shows words of another: `cited` and, signed, `edition`."""
    return desk


def shown_words() -> dict:
    return {"heading": "More", "body": '<p>See <a href="/leaflets/cited/">this</a>.</p>'}


def change_cited(desk, title: str, **more) -> Edition:
    desk.clock.shift(timedelta(seconds=1))
    write_leaflet(desk.author, "", title, "<p>Words.</p>", document=desk.cited)
    return pages.publish(desk.cited, desk.author, desk.reviewer, **more)


def tomorrow() -> dict:
    return {"publish_at": timezone.now() + DAY}


def listed(edition: Edition) -> bool:
    return items.queue_items(timezone.now()).filter(pk=edition.pk).exists()


def open_on(edition: Edition):
    return Recheck.objects.open().filter(edition=edition)


def revoke(edition: Edition, desk, **of) -> None:
    [sign_off] = edition.sign_offs.filter(revocation__isnull=True, **of)
    revoke_sign_off(sign_off, user=desk.head, reason="Wrong.")


def test_a_next_edition_that_is_only_scheduled_leaves_open_what_is_open_on_the_one_that_is_read(citing):
    withdraw(citing.cited, "en", user=citing.reviewer, reason="An error.")
    pages.edit(citing.document, citing.author, title="Second", sections=[])
    later = pages.publish(citing.document, citing.author, citing.reviewer, **tomorrow())
    assert listed(citing.edition)
    revoke(later, citing)
    assert open_on(citing.edition).get().cause == Cause.WITHDRAWN
    assert listed(citing.edition)


def test_when_the_next_edition_is_read_the_one_before_is_in_the_list_no_more(citing):
    change_cited(citing, "Newer")
    assert listed(citing.edition)
    later = citing.submitted("Second")
    pages.sign(later, citing.reviewer, **tomorrow())
    citing.clock.shift(2 * DAY)
    assert not listed(citing.edition)
    citing.published("Third")
    assert not open_on(citing.edition).exists()


def test_looking_before_a_scheduled_change_is_read_does_not_settle_it(citing):
    change_cited(citing, "Newer", **tomorrow())
    recheck = open_on(citing.edition).get()
    assert recheck.is_coming
    pages.confirm(citing.edition, citing.reviewer)
    assert open_on(citing.edition).exists()
    citing.clock.shift(DAY + timedelta(seconds=1))
    pages.confirm(citing.edition, citing.reviewer)
    assert not open_on(citing.edition).exists()


def test_somebody_who_read_the_coming_edition_may_dismiss_it_with_a_reason(citing):
    change_cited(citing, "Newer", **tomorrow())
    dismiss_recheck(
        open_on(citing.edition).get(),
        user=citing.reviewer,
        password=people.PASSWORD,
        reason="Read what is coming: it says the same.",
    )
    assert not open_on(citing.edition).exists()


def test_what_is_submitted_while_a_change_is_scheduled_is_reached_by_it(citing):
    change_cited(citing, "Newer", **tomorrow())
    second = citing.published("Second")
    assert open_on(second).get().is_coming
    citing.clock.shift(DAY + timedelta(seconds=1))
    assert listed(second)
    assert not open_on(second).get().is_coming
    pages.confirm(second, citing.reviewer)
    assert not open_on(second).exists()


@pytest.mark.parametrize("is_first", [True, False])
def test_a_release_that_is_scheduled_reaches_no_page_that_only_links_to_it(citing, is_first):
    first = pages.article(citing.author, slug="first", title="To come")
    if not is_first:
        pages.publish(first, citing.author, citing.reviewer)
        pages.edit(first, citing.author, title="Newer")
    pages.publish(first, citing.author, citing.reviewer, **tomorrow())
    sections = [{"heading": "More", "body": '<p>See <a href="/articles/first/">this</a>.</p>'}]
    pages.edit(citing.document, citing.author, sections=sections)
    assert not open_on(citing.published("Second")).exists()


def test_a_translation_that_is_submitted_while_a_newer_source_is_scheduled_is_reached_by_it(citing):
    later = citing.submitted("Second")
    pages.sign(later, citing.reviewer, **tomorrow())
    pages.translate(citing.document, "es", citing.translator)
    translation = submit(citing.document, "es", user=citing.translator)
    assert open_on(translation).get().cause == Cause.SOURCE


def test_a_page_that_leads_to_itself_is_not_looked_at_again_because_of_itself(citing):
    itself = f'<p>See <a href="/articles/{citing.document.slug}/">this</a>.</p>'
    pages.edit(citing.document, citing.author, sections=[{"heading": "Again", "body": itself}])
    assert not open_on(citing.published("Second")).exists()
    later = citing.submitted("Third")
    pages.sign(later, citing.reviewer, **tomorrow())
    assert not open_on(later).exists()
    assert not open_on(citing.submitted("Fourth")).exists()


def test_the_list_says_from_when_readers_see_what_is_scheduled(citing, signed_in):
    change_cited(citing, "Newer", **tomorrow())
    [row] = build_rows(items.queue_items(timezone.now()).filter(pk=citing.edition.pk), timezone.now())
    assert row.why[0].newest.is_coming
    for address in ("/admin/desk/?tab=all", f"/admin/desk/editions/{citing.edition.pk}/"):
        assert "readers will see it from" in signed_in(citing.reviewer).get(address).content.decode()


def test_a_schedule_whose_signature_was_revoked_is_in_no_list_and_says_so(citing):
    later = citing.submitted("Second")
    pages.sign(later, citing.reviewer, **tomorrow())
    change_cited(citing, "Newer")
    assert listed(later)
    revoke(later, citing)
    assert not listed(later)
    assert "A sign-off of this edition was revoked. It must be submitted again." in list(rules.state_blockers(later))


def test_a_translation_waits_as_long_as_enough_of_its_sources_signatures_stand(citing):
    other = people.reviewer()
    pages.confirm(citing.edition, other)
    pages.translate(citing.document, "es", citing.translator)
    translation = submit(citing.document, "es", user=citing.translator)
    revoke(citing.edition, citing, recorded_by=citing.reviewer)
    assert list(rules.state_blockers(translation)) == []
    assert translation in queue.pending_editions()
    assert open_on(translation).get().cause == Cause.REVOKED
    assert listed(translation)
    revoke(citing.edition, citing, recorded_by=other)
    assert translation not in queue.pending_editions()
    with pytest.raises(Blocked):
        pages.sign(translation, other)


def test_a_recheck_that_nobody_settled_in_time_goes_to_the_heads_once(citing, signed_in):
    change_cited(citing, "Newer", **tomorrow())
    in_time = timedelta(days=queue.ANSWER_WITHIN_DAYS)
    citing.clock.shift(in_time + DAY - timedelta(seconds=2))
    notifications.notify_unanswered()
    assert not Mail.objects.filter(event=events.UNANSWERED).exists()
    citing.clock.shift(timedelta(seconds=2))
    for _day in range(2):
        notifications.notify_unanswered()
        citing.clock.shift(DAY)
    [mail] = Mail.objects.filter(event=events.UNANSWERED)
    assert mail.user == citing.head
    assert obsolete_ids([mail]) == set()
    page = signed_in(citing.head).get("/admin/desk/?tab=unanswered").content.decode()
    assert f"/admin/desk/editions/{citing.edition.pk}/" in page
    assert Release.objects.live(timezone.now()).filter(edition=citing.edition).exists()
    pages.confirm(citing.edition, citing.reviewer)
    assert obsolete_ids([mail]) == {mail.pk}
