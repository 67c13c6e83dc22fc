"""What public pages show: addresses, notices, reviewers, and every word as text."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from editorial.editions.models import Edition, SignOff
from editorial.editions.working.copies import change_slug
from editorial.library.services.topics import save_topic
from editorial.reviews.services import withdraw
from tests.factories import pages, people
from tests.layers import layer
from tests.reading import rendered

LANGUAGES = ["en", "es", "ar", "zh-hans", "vi"]
HOSTILE = "<script>alert(1)</script> & \"quotes' {{ settings.SECRET_KEY }}"


# --- Addresses ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_old_address_leads_on_for_good_in_every_language(client, article, desk, language):
    for slug in ("second", "third"):
        change_slug(article, slug, user=desk.head)
    for old in ("a-page", "second"):
        response = client.get(f"/{language}/articles/{old}/")
        assert (response.status_code, response["Location"]) == (301, f"/{language}/articles/third/")
    assert client.get(f"/{language}/articles/third/").status_code == 200


def test_an_address_that_comes_back_is_a_page_again(client, article, desk):
    change_slug(article, "second", user=desk.head)
    change_slug(article, "a-page", user=desk.head)
    assert client.get("/en/articles/a-page/").status_code == 200
    assert client.get("/en/articles/second/")["Location"] == "/en/articles/a-page/"


def test_the_old_address_of_a_withdrawn_page_leads_to_its_explanation(client, article, desk):
    change_slug(article, "second", user=desk.head)
    withdraw(article, "en", user=desk.operator, reason="wrong")
    assert client.get("/en/articles/a-page/", follow=True).status_code == 410


# --- Who checked it, when, and whether that still holds ---


def test_a_page_names_who_signed_it_with_dates(client, article, desk):
    response = client.get("/en/articles/a-page/")
    said = rendered.words(response)
    sign_off = SignOff.objects.get()
    assert f"{sign_off.signer_name}, {sign_off.signer_letters}" in said
    times = [element.get("datetime") for element in rendered.parsed(response).iter("time")]
    reviewed_on = timezone.localdate(sign_off.signed_at).isoformat()
    assert times == [reviewed_on, reviewed_on, sign_off.review_due_on.isoformat()]  # in the line, and when it is opened
    assert f"/en/reviewers/{sign_off.signer_slug}/" in rendered.links(response)


def test_the_name_that_signed_stays_when_the_credentials_change(client, article, desk):
    signed = desk.reviewer.reviewer
    before = client.get("/en/articles/a-page/").content
    signed.letters, signed.name = "Impostor", "Another Name"
    signed.save()
    assert client.get("/en/articles/a-page/").content == before


def notices(client, path: str) -> list[str]:
    root = rendered.parsed(client.get(path))
    return [
        element.get("aria-label")
        for element in root.iter("div", "section")
        if {"notice-warning", "notice-line"} & set((element.get("class") or "").split())
    ]


def test_a_fresh_page_has_no_notice(client, spanish):
    assert notices(client, "/en/articles/a-page/") == notices(client, "/es/articles/a-page/") == []


def test_a_translation_of_an_older_edition_says_so_and_leads_to_the_newest(client, spanish, desk):
    pages.edit(spanish, desk.author, lead="Newer lead.")
    pages.publish(spanish, desk.author, desk.reviewer)
    assert len(notices(client, "/es/articles/a-page/")) == 1
    assert "/en/articles/a-page/" in rendered.links(client.get("/es/articles/a-page/"))
    assert "Newer" not in rendered.words(client.get("/es/articles/a-page/"))
    assert notices(client, "/en/articles/a-page/") == []
    pages.publish_translation(spanish, "es", desk.translator, desk.reviewer)
    assert notices(client, "/es/articles/a-page/") == []


@pytest.mark.parametrize("path", ["/en/articles/a-page/", "/es/articles/a-page/", "/ar/articles/a-page/"])
def test_a_page_past_its_review_date_says_so_from_midnight_at_home(client, spanish, path):
    due = SignOff.objects.first().review_due_on
    midnight = timezone.make_aware(timezone.datetime(due.year, due.month, due.day))
    with time_machine.travel(midnight - timedelta(seconds=1), tick=False):
        assert notices(client, path) == []
    with time_machine.travel(midnight, tick=False):
        assert len(notices(client, path)) == 1


def test_reaffirming_takes_the_due_notice_away(client, article, desk):
    with time_machine.travel(timezone.now() + timedelta(days=800), tick=False):
        assert len(notices(client, "/en/articles/a-page/")) == 1
        pages.confirm(Edition.objects.get(), desk.reviewer)
        assert notices(client, "/en/articles/a-page/") == []


# --- Reviewers ---


def reviewed(client, slug: str) -> list[str]:
    response = client.get(f"/en/reviewers/{slug}/")
    root = rendered.parsed(response)
    return ["".join(element.itertext()) for element in root.iter("p") if element.get("class") == "signed-title"]


def test_a_list_says_which_translation_is_older_than_its_source(client, spanish, desk):
    before = client.get("/es/articles/")
    assert "el original es más reciente" not in rendered.words(before)
    pages.edit(spanish, desk.author, lead="A newer lead.")
    pages.publish(spanish, desk.author, desk.reviewer)
    after = client.get("/es/articles/")
    assert "el original es más reciente" in rendered.words(after)
    assert after["ETag"] != before["ETag"]


def test_a_reviewers_page_lists_what_is_live_with_their_signature(client, spanish, desk):
    slug = desk.reviewer.reviewer.slug
    assert sorted(reviewed(client, slug)) == ["Zebra title", "es Zebra title"]
    withdraw(spanish, "es", user=desk.operator, reason="wrong")
    assert reviewed(client, slug) == ["Zebra title"]
    pages.edit(spanish, desk.author, title="Newer title")
    assert reviewed(client, slug) == ["Zebra title"]
    pages.publish(spanish, desk.author, people.reviewer())
    assert client.get(f"/en/reviewers/{slug}/").status_code == 404


def test_a_signature_that_released_nothing_yet_is_not_listed(client, article, desk):
    pages.edit(article, desk.author, title="Tomorrow's title")
    pages.publish(article, desk.author, desk.reviewer, publish_at=timezone.now() + timedelta(days=1))
    assert reviewed(client, desk.reviewer.reviewer.slug) == ["Zebra title"]


@pytest.mark.parametrize("slug", ["nobody", "{author}", "{other}"])
def test_people_who_signed_nothing_that_is_live_have_no_page(client, article, desk, slug):
    other = people.reviewer()
    path = slug.format(author=desk.author.username, other=other.reviewer.slug)
    assert client.get(f"/en/reviewers/{path}/").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reviewers_page_has_their_name_letters_and_specialty(client, article, desk, language):
    response = client.get(f"/{language}/reviewers/{desk.reviewer.reviewer.slug}/")
    said = rendered.words(response)
    assert desk.reviewer.reviewer.name in said
    assert desk.reviewer.reviewer.letters in said


# --- Words are text ---


@layer
def hostile(desk):
    """An article whose author typed markup wherever words go."""
    document = pages.article(
        desk.author,
        slug="hostile",
        title=HOSTILE,
        lead=HOSTILE,
        change_note=HOSTILE,
        topics=[save_topic("hostile", HOSTILE, user=desk.author)],
        key_points=[{"text": HOSTILE}],
        sections=[{"heading": HOSTILE, "body": f"<p>safe</p>{HOSTILE}<img src=x onerror=alert(1)>"}],
        references=[pages.reference(title=HOSTILE, source=HOSTILE, url="https://example.org/?a=1&b=<2>")],
    )
    pages.edit(document, desk.author, key_points=[])
    pages.publish(document, desk.author, people.reviewer(first_name="<b>Eve", last_name="& Co</b>"))
    return document


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["articles/hostile/", "articles/", "", "reviewers/{slug}/"])
def test_typed_markup_is_shown_and_never_run(client, hostile, path, language):
    response = client.get(f"/{language}/{path.format(slug=SignOff.objects.get().signer_slug)}")
    root = rendered.parsed(response)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    data = [element for element in elements if element.tag == "script" and element.get("type") == "application/ld+json"]
    for element in data:  # no browser runs it
        json.loads(element.text)
    own = [element for element in elements if element.tag == "script" and element.get("src", "").startswith("/static/")]
    assert {element.tag for element in elements if element not in data + own} & {
        "script",
        "img",
        "iframe",
        "b",
    } == set()
    assert [name for element in root.iter() for name in element.attrib if name.startswith("on")] == []
    assert HOSTILE in rendered.words(response)


def test_typed_markup_is_text_in_title_heading_and_description(client, hostile):
    response = client.get("/en/articles/hostile/")
    root = rendered.parsed(response)
    [description] = [element.get("content") for element in root.iter("meta") if element.get("name") == "description"]
    assert description == HOSTILE
    assert "".join(root.find(".//h1").itertext()) == HOSTILE
    assert root.find(".//title").text.startswith(HOSTILE)


def test_typed_markup_in_an_explanation_is_text(client, article, desk):
    words = pages.site_words(desk.author, "withdrawn", HOSTILE, "<p>Kept</p>")
    pages.publish(words, desk.author, desk.reviewer)
    withdraw(article, "en", user=desk.operator, reason="wrong")
    response = client.get("/en/articles/a-page/")
    assert HOSTILE in rendered.words(response)
    assert response.content.count(b"<script") == response.content.count(b'<script type="module" src="/static/')
