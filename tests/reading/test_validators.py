"""ETags: an unchanged page is not sent again, and a page that looks different has another tag."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from editorial.editions.models import Edition
from editorial.editions.working.copies import change_slug
from editorial.reading.page_gate import live_page
from editorial.reviews.services import revoke_sign_off, withdraw
from tests.factories import pages, people

PATH = "/en/articles/a-page/"
SPANISH = "/es/articles/a-page/"


def tag(client, path: str = PATH) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response["ETag"]


def live(document, language: str = "en") -> Edition:
    result = live_page(document.kind, document.slug, language, timezone.now())
    return Edition.objects.get(pk=result.own[language].edition_id)


@pytest.fixture
def paths(spanish, desk):
    slug = desk.reviewer.reviewer.slug
    return [PATH, SPANISH, "/ar/articles/a-page/", "/en/", "/es/", "/en/articles/", f"/en/reviewers/{slug}/"]


def test_the_same_page_has_the_same_tag(client, paths):
    assert [tag(client, path) for path in paths] == [tag(client, path) for path in paths]


def test_every_language_has_a_tag_of_its_own(client, spanish):
    tags = [tag(client, f"/{language}/articles/a-page/") for language in ("en", "es", "ar", "zh-hans", "vi")]
    assert len(set(tags)) == len(tags)


def test_tags_are_strong_and_quoted(client, paths):
    assert [path for path in paths if not re.fullmatch(r'"[0-9a-f]{32}"', tag(client, path))] == []


def test_a_page_that_the_browser_has_is_not_sent_again(client, paths):
    for path in paths:
        for sent in (tag(client, path), f'"another", {tag(client, path)}', f"W/{tag(client, path)}", "*"):
            response = client.get(path, headers={"if-none-match": sent})
            assert (response.status_code, response.content, response["ETag"]) == (304, b"", tag(client, path))
            assert response["Cache-Control"] == "public, no-cache"
            assert not response.cookies


def test_another_tag_gets_the_whole_page(client, article):
    response = client.get(PATH, headers={"if-none-match": '"something-else"'})
    assert response.status_code == 200
    assert response.content


# --- What changes it ---


def new_edition(document, desk, settings):
    pages.edit(document, desk.author, lead="Another lead.")
    pages.publish(document, desk.author, desk.reviewer)


def reaffirmed(document, desk, settings):
    pages.confirm(live(document), desk.reviewer)


def reaffirmed_by_another(document, desk, settings):
    pages.confirm(live(document), people.reviewer())


def another_language_live(document, desk, settings):
    pages.publish_translation(document, "ar", desk.translator, desk.reviewer)


def one_language_withdrawn(document, desk, settings):
    withdraw(document, "es", user=desk.operator, reason="wrong")


def another_build(document, desk, settings):
    settings.BUILD_ID = "another"


def policy_page_live(document, desk, settings):
    policy = pages.article(desk.author, slug=settings.POLICY_PAGE.split("/")[1])
    pages.publish(policy, desk.author, desk.reviewer)


CHANGES = [
    new_edition,
    reaffirmed,
    reaffirmed_by_another,
    another_language_live,
    one_language_withdrawn,
    another_build,
    policy_page_live,
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_tag_changes_with_what_the_page_shows(client, spanish, desk, settings, change):
    before = client.get(PATH)
    change(spanish, desk, settings)
    after = client.get(PATH, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]


def test_the_tag_changes_when_a_sign_off_goes(client, article, desk):
    extra = pages.confirm(live(article), people.reviewer())
    signed_twice = tag(client)
    revoke_sign_off(extra, user=desk.head, reason="not theirs")
    assert tag(client) != signed_twice


def test_the_translations_tag_changes_when_it_becomes_outdated(client, spanish, desk, settings):
    before = tag(client, SPANISH)
    new_edition(spanish, desk, settings)
    assert tag(client, SPANISH) != before


def test_the_fallbacks_tag_changes_with_the_source_and_when_the_translation_comes(client, article, desk, settings):
    fallback = tag(client, SPANISH)
    new_edition(article, desk, settings)
    newer = tag(client, SPANISH)
    pages.publish_translation(article, "es", desk.translator, desk.reviewer)
    assert len({fallback, newer, tag(client, SPANISH)}) == 3


def test_the_tag_changes_at_midnight_of_the_day_when_the_review_is_due(client, article):
    due = live(article).sign_offs.get().review_due_on
    midnight = timezone.make_aware(timezone.datetime(due.year, due.month, due.day))
    before = tag(client)
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert tag(client) == before
    with time_machine.travel(midnight, tick=False):
        assert tag(client) != before


def test_the_tag_changes_when_a_scheduled_edition_begins(client, article, desk):
    pages.edit(article, desk.author, lead="Tomorrow's lead.")
    start = timezone.now() + timedelta(days=1)
    pages.publish(article, desk.author, desk.reviewer, publish_at=start)
    before = client.get(PATH)
    assert b"Tomorrow" not in before.content
    with time_machine.travel(start, tick=False):
        after = client.get(PATH, headers={"if-none-match": before["ETag"]})
        assert b"Tomorrow" in after.content


def test_typing_does_not_change_the_tag(client, spanish, desk):
    before = [tag(client, PATH), tag(client, SPANISH), tag(client, "/en/articles/")]
    pages.edit(spanish, desk.author, title="Typed, not signed")
    pages.translate(spanish, "es", desk.translator)
    assert [tag(client, PATH), tag(client, SPANISH), tag(client, "/en/articles/")] == before


def listed_page_moved(document, desk, settings):
    change_slug(document, "moved", user=desk.head)


def listed_page_withdrawn(document, desk, settings):
    withdraw(document, "en", user=desk.operator, reason="wrong")


def another_page_live(document, desk, settings):
    pages.publish(pages.article(desk.author), desk.author, desk.reviewer)


LISTED = [new_edition, reaffirmed, another_build, another_page_live, listed_page_moved]


@pytest.mark.parametrize("path", ["/en/a-z/", "/en/articles/"])
@pytest.mark.parametrize(
    "change",
    [
        new_edition,
        reaffirmed,
        another_build,
        policy_page_live,
        listed_page_moved,
        listed_page_withdrawn,
        another_page_live,
    ],
)
def test_a_lists_tag_changes_with_what_it_shows(client, spanish, desk, settings, path, change):
    before = client.get(path)
    change(spanish, desk, settings)
    after = client.get(path, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]


@pytest.mark.parametrize("change", LISTED)
def test_a_reviewers_tag_changes_with_what_they_signed(client, spanish, desk, settings, change):
    path = f"/en/reviewers/{desk.reviewer.reviewer.slug}/"
    before = client.get(path)
    change(spanish, desk, settings)
    assert client.get(path, headers={"if-none-match": before["ETag"]}).status_code == 200


def test_withdrawn_and_unknown_pages_are_never_answered_with_304(client, article, desk):
    before = tag(client)
    withdraw(article, "en", user=desk.operator, reason="wrong")
    for sent in (before, "*"):
        assert client.get(PATH, headers={"if-none-match": sent}).status_code == 410
        assert client.get("/en/articles/never-was/", headers={"if-none-match": sent}).status_code == 404
