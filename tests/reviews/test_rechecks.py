"""A change opens a recheck on every edition that rests on it and on no other, in the transaction that made it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from editorial.desk.queue import items
from editorial.desk.queue.rows import build_rows
from editorial.editions import verifying
from editorial.editions.blockers import Blocked
from editorial.editions.models import Edition, Release, SignOff
from editorial.editions.states import PublicState, WorkState, load_states
from editorial.reviews.models import Cause, Recheck, Settlement, SignOffPolicy
from editorial.reviews.recheck_lines import load_lines
from editorial.reviews.recheck_reasons import find_reasons
from editorial.reviews.services import dismiss_recheck, revoke_sign_off, withdraw
from tests.factories import pages, people
from tests.factories.leaflets import write_leaflet
from tests.factories.pages import submit
from tests.layers import layer

pytestmark = pytest.mark.django_db


def body(*slugs: str) -> str:
    links = " ".join(f'<a href="/leaflets/{slug}/">{slug}</a>' for slug in slugs)
    return f"<p>Words {links}.</p>"


@layer
def library():
    """A leaflet that is live in English and Spanish, an article that shows a piece of it, another that does not."""
    return Library()


class Library:
    def __init__(self):
        self.author, self.reviewer, self.head = people.author(), people.reviewer(), people.head()
        self.translator = people.translator("es", "ar")
        self.leaflet = write_leaflet(self.author, "base", "Base", body())
        pages.publish(self.leaflet, self.author, self.reviewer)
        pages.publish_translation(self.leaflet, "es", self.translator, self.reviewer)
        sections = [{"heading": "Here", "body": "", "piece_of": self.leaflet, "piece": "box"}]
        self.article = pages.article(self.author, sections=sections)
        self.english = pages.publish(self.article, self.author, self.reviewer)
        self.spanish = pages.publish_translation(self.article, "es", self.translator, self.reviewer)
        self.other = pages.publish(pages.article(self.author), self.author, self.reviewer)

    def change_leaflet(self) -> Edition:
        write_leaflet(self.author, "", f"Base {timezone.now()}", body(), document=self.leaflet)
        return pages.publish(self.leaflet, self.author, self.reviewer)


def opened(cause: Cause) -> set[int]:
    return set(Recheck.objects.open().filter(cause=cause).values_list("edition_id", flat=True))


def test_a_newer_edition_of_a_piece_reaches_every_language_that_shows_it(library):
    library.change_leaflet()
    assert opened(Cause.RELEASED) == {library.english.pk, library.spanish.pk}


def test_a_newer_source_reaches_its_translations(library):
    library.change_leaflet()
    translation = Edition.objects.get(document=library.leaflet, language="es")
    assert opened(Cause.SOURCE) == {translation.pk}


def test_a_newer_translation_of_a_piece_reaches_its_own_language_alone(library):
    library.change_leaflet()
    before = opened(Cause.RELEASED)
    pages.publish_translation(library.leaflet, "es", library.translator, library.reviewer)
    assert Recheck.objects.filter(edition=library.spanish).count() == 2
    assert Recheck.objects.filter(edition=library.english).count() == 1
    assert opened(Cause.RELEASED) == before


def test_taking_a_piece_down_reaches_what_shows_it(library):
    withdraw(library.leaflet, "es", user=library.reviewer, reason="An error.")
    assert opened(Cause.WITHDRAWN) == {library.spanish.pk}
    withdraw(library.leaflet, "en", user=library.reviewer, reason="An error.")
    assert opened(Cause.WITHDRAWN) == {library.english.pk, library.spanish.pk}


def test_revoking_a_sign_off_reaches_what_shows_it(library):
    sign_off = SignOff.objects.get(document=library.leaflet, language="en")
    revoke_sign_off(sign_off, user=library.head, reason="An error.")
    assert opened(Cause.REVOKED) == {library.english.pk, library.spanish.pk}


def test_revoking_a_sign_off_reaches_its_own_page_where_another_keeps_it_up(library):
    extra = pages.confirm(library.english, people.reviewer())
    revoke_sign_off(extra, user=library.head, reason="A conflict of interest.")
    assert Release.objects.live(timezone.now()).filter(edition=library.english).exists()
    assert opened(Cause.REVOKED) == {library.english.pk, library.spanish.pk}


def test_an_edition_that_waits_for_its_sign_off_is_reached_too(library):
    pages.edit(library.article, library.author, title="Changed")
    waiting = submit(library.article, "en", user=library.author)
    library.change_leaflet()
    assert opened(Cause.RELEASED) == {library.english.pk, library.spanish.pk, waiting.pk}


def test_nothing_is_opened_when_the_change_is_undone(library):
    with pytest.raises(RuntimeError), transaction.atomic():
        library.change_leaflet()
        raise RuntimeError
    assert not Recheck.objects.exists()


def test_a_new_edition_settles_what_was_open_on_the_ones_before(library):
    library.change_leaflet()
    pages.edit(library.article, library.author, title="Changed")
    pages.publish(library.article, library.author, library.reviewer)
    assert not Recheck.objects.open().filter(edition=library.english).exists()
    assert Settlement.objects.get(recheck__edition=library.english).outcome == "new-edition"


def test_reaffirming_settles_what_is_open_on_the_edition(library):
    library.change_leaflet()
    pages.confirm(library.english, library.reviewer)
    assert opened(Cause.RELEASED) == {library.spanish.pk}


def test_dismissing_takes_a_reason_which_is_kept(library):
    library.change_leaflet()
    recheck = Recheck.objects.get(edition=library.english)
    with pytest.raises(Blocked, match="Give a reason"):
        dismiss_recheck(recheck, user=library.reviewer, password=people.PASSWORD, reason=" ")
    dismiss_recheck(recheck, user=library.reviewer, password=people.PASSWORD, reason="Only a comma.")
    assert Settlement.objects.get(recheck=recheck).reason == "Only a comma."
    with pytest.raises(Blocked, match="already been settled"):
        dismiss_recheck(recheck, user=library.reviewer, password=people.PASSWORD, reason="Again.")


@pytest.mark.parametrize("who", ["author", "translator", "head"])
def test_only_those_who_may_sign_the_edition_dismiss(library, who):
    library.change_leaflet()
    with pytest.raises(Blocked, match="Only medical reviewers"):
        dismiss_recheck(
            Recheck.objects.get(edition=library.english),
            user=getattr(library, who),
            password=people.PASSWORD,
            reason="No.",
        )


def test_a_recheck_is_settled_once(library):
    library.change_leaflet()
    recheck = Recheck.objects.get(edition=library.english)
    dismiss_recheck(recheck, user=library.reviewer, password=people.PASSWORD, reason="Only a comma.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.create(
            recheck=recheck, outcome="reaffirmed", settled_at=timezone.now(), settled_by=library.head
        )


def scheduled(library) -> Edition:
    """A next edition of the article, signed to be published after a day."""
    pages.edit(library.article, library.author, title="Scheduled")
    at = timezone.now() + timedelta(days=1)
    return pages.publish(library.article, library.author, library.reviewer, publish_at=at)


def live_tomorrow(library) -> Edition | None:
    later = timezone.now() + timedelta(days=2)
    release = Release.objects.live(later).filter(document=library.article, language="en").first()
    return release and release.edition


def test_a_scheduled_edition_is_held_for_safety_and_what_is_read_goes_on(library):
    scheduled(library)
    withdraw(library.leaflet, "en", user=library.reviewer, reason="An error.")
    assert live_tomorrow(library) == library.english


def test_of_two_schedules_of_one_page_both_are_held(library):
    scheduled(library)
    pages.edit(library.article, library.author, title="Later still")
    later = timezone.now() + timedelta(days=3)
    pages.publish(library.article, library.author, library.reviewer, publish_at=later)
    withdraw(library.leaflet, "en", user=library.reviewer, reason="An error.")
    for days in (2, 4):
        live = Release.objects.live(timezone.now() + timedelta(days=days)).filter(
            document=library.article, language="en"
        )
        assert live.get().edition == library.english
    assert list(verifying.find_problems(library.article)) == []


def test_a_scheduled_edition_is_not_held_for_a_newer_piece(library):
    edition = scheduled(library)
    library.change_leaflet()
    assert live_tomorrow(library) == edition


def test_a_held_edition_is_scheduled_again_when_nothing_about_safety_is_open(library):
    edition = scheduled(library)
    withdraw(library.leaflet, "en", user=library.reviewer, reason="An error.")
    for recheck in Recheck.objects.open().filter(edition=edition):
        dismiss_recheck(
            recheck, user=library.reviewer, password=people.PASSWORD, reason="The text does not rest on it."
        )
    assert live_tomorrow(library) == edition
    assert list(verifying.find_problems(library.article)) == []


def test_a_held_edition_is_shown_as_held_and_not_as_waiting(library):
    edition = scheduled(library)

    def state():
        return load_states([library.article.pk])[library.article.pk]["en"]

    assert (state().public, state().work) == (PublicState.LIVE, WorkState.DONE)
    withdraw(library.leaflet, "en", user=library.reviewer, reason="An error.")
    assert state().badges == [PublicState.LIVE, WorkState.HELD]
    for recheck in Recheck.objects.open().filter(edition=edition):
        dismiss_recheck(
            recheck, user=library.reviewer, password=people.PASSWORD, reason="The text does not rest on it."
        )
    assert state().work == WorkState.DONE


def test_a_held_edition_is_reached_by_what_changes_meanwhile(library):
    edition = scheduled(library)
    withdraw(library.leaflet, "en", user=library.reviewer, reason="An error.")
    [first] = Recheck.objects.open().filter(edition=edition)
    library.change_leaflet()
    withdraw(library.leaflet, "en", user=library.reviewer, reason="Another error.")
    dismiss_recheck(first, user=library.reviewer, password=people.PASSWORD, reason="The text does not rest on it.")
    assert Recheck.objects.open().filter(edition=edition, cause=Cause.WITHDRAWN).exists()
    assert live_tomorrow(library) == library.english


def waiting_edition(library) -> Edition:
    pages.edit(library.article, library.author, title="Waits")
    return submit(library.article, "en", user=library.author)


def test_a_signature_after_the_change_settles_it(library):
    edition = waiting_edition(library)
    withdraw(library.leaflet, "en", user=library.reviewer, reason="An error.")
    pages.sign(edition, library.reviewer, publish_at=timezone.now() + timedelta(days=1))
    assert Settlement.objects.get(recheck__edition=edition).outcome == "signed"
    assert live_tomorrow(library) == edition


def test_an_edition_of_which_a_signature_is_older_than_the_change_is_held(library):
    SignOffPolicy.objects.create(kind="article", sign_offs=2)
    edition = waiting_edition(library)
    pages.sign(edition, library.reviewer, publish_at=timezone.now() + timedelta(days=1))
    withdraw(library.leaflet, "en", user=library.reviewer, reason="An error.")
    pages.sign(edition, people.reviewer())
    assert Recheck.objects.open().filter(edition=edition).exists()
    assert live_tomorrow(library) == library.english


def linking(library, cited: str) -> Edition:
    """A live article that only links to another."""
    leads = [{"heading": "More", "body": f'<p>See <a href="/articles/{cited}/">this</a>.</p>'}]
    return pages.publish(pages.article(library.author, sections=leads), library.author, library.reviewer)


def test_a_release_reaches_none_that_only_link_to_it_and_taking_it_down_marks_them(library):
    cited = pages.article(library.author, slug="cited")
    citing = linking(library, "cited")
    for title in ("First", "Second"):
        pages.edit(cited, library.author, title=title)
        pages.publish(cited, library.author, library.reviewer)
    assert not Recheck.objects.filter(edition=citing).exists()
    withdraw(cited, "en", user=library.reviewer, reason="An error.")
    [line] = load_lines([citing.pk])
    assert (line.newest.cause, line.is_certain) == (Cause.WITHDRAWN, False)


def test_several_releases_of_a_piece_are_one_line_that_tells_what_changed_in_all_of_them(library):
    before = Edition.objects.get(document=library.leaflet, language="en")
    newest = [library.change_leaflet() for _ in range(3)][-1]
    [line] = load_lines([library.english.pk])
    assert (len(line.rechecks), line.is_certain) == (3, True)
    [(_line, reason)] = find_reasons([line])
    assert (reason.before, reason.after) == (before, newest)


def test_dismissing_a_line_settles_all_that_was_shown_and_nothing_that_came_since(library):
    library.change_leaflet()
    library.change_leaflet()
    [shown] = load_lines([library.english.pk])
    library.change_leaflet()
    dismiss_recheck(shown.newest, user=library.reviewer, password=people.PASSWORD, reason="Only a comma.")
    [line] = load_lines([library.english.pk])
    assert len(line.rechecks) == 1
    settled, still_open = load_lines([library.english.pk], with_settled=True)
    assert (len(settled.rechecks), still_open.settlement) == (2, None)


def test_a_newer_source_is_compared_with_the_one_that_was_translated(library):
    translation = Edition.objects.get(document=library.leaflet, language="es")
    newest = [library.change_leaflet() for _ in range(2)][-1]
    [(_line, reason)] = find_reasons(load_lines([translation.pk]))
    assert (reason.before, reason.after) == (translation.source_edition, newest)


def test_the_desk_names_what_changed_in_its_own_language(library):
    library.change_leaflet()
    pages.publish_translation(library.leaflet, "es", library.translator, library.reviewer)
    now = timezone.now()
    told = [line.newest for row in build_rows(items.queue_items(now), now) for line in row.why]
    assert {recheck.what_changed[:4] for recheck in told} == {"Base"}


def test_what_is_about_safety_comes_first_however_long_others_wait(library):
    older = submit(pages.article(library.author, title="Older"), "en", user=library.author)
    library.change_leaflet()
    withdraw(library.leaflet, "en", user=library.reviewer, reason="An error.")
    found = list(items.queue_items(timezone.now()))
    assert [item.is_safety for item in found] == [True, True, False]
    assert found[-1] == older


# --- On the desk ---


def test_the_desk_lists_them_and_takes_a_reason(client, library):
    library.change_leaflet()
    recheck = Recheck.objects.get(edition=library.english)
    client.force_login(library.reviewer)
    assert "Rechecks and re-reviews" in client.get("/admin/desk/").content.decode()
    page = client.get(f"/admin/desk/editions/{library.english.pk}/").content.decode()
    assert "a page that it shows has a new release" in page
    assert "What changed there: edition 1 to 2" in page
    assert client.post(f"/admin/desk/rechecks/{recheck.pk}/dismiss/", {"reason": ""}).status_code == 409
    assert client.post(f"/admin/desk/rechecks/{recheck.pk}/dismiss/", {"reason": "A comma."}).status_code == 409
    sent = {"reason": "A comma.", "password": people.PASSWORD}
    assert client.post(f"/admin/desk/rechecks/{recheck.pk}/dismiss/", sent).status_code == 302
    assert Settlement.objects.get(recheck=recheck).settled_by == library.reviewer
