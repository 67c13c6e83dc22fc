"""Signed words of the site on its pages: those that are pages, those that help, and phrases with their language."""

import pytest

from editorial.editions.working.copies import version_token
from editorial.library.site_words.services import save_site_words
from tests.factories import pages
from tests.layers import layer
from tests.reading import rendered

HELP = "<p>Call <a href='tel:+1'>us</a>.</p>"


@layer
def help_(desk):
    """Helpline and advertising disclosure, signed in English; the helpline in Spanish too."""
    helpline = pages.site_words(desk.author, "helpline", "Zebra helpline", HELP, is_page=True)
    for document in (helpline, pages.site_words(desk.author, "advertising", "Zebra advertising", "<p>None.</p>")):
        pages.publish(document, desk.author, desk.reviewer)
    pages.publish_translation(helpline, "es", desk.translator, desk.reviewer)
    return helpline


def section(response, name: str):
    return rendered.parsed(response).find(f".//section[@aria-labelledby='{name}']")


@pytest.mark.parametrize(
    ("language", "title", "lang"),
    [("en", "Zebra helpline", "en"), ("es", "es Zebra helpline", "es"), ("ar", "Zebra helpline", "en")],
)
def test_the_helpline_stands_on_every_article_in_its_own_language(client, article, help_, language, title, lang):
    response = client.get(f"/{language}/articles/a-page/")
    languages = {text.words: text.lang for text in rendered.texts(response)}
    assert languages[title] == lang
    assert languages["Zebra advertising"] == "en"
    checked = "".join(section(response, "help").find("p").itertext())
    assert "MD" not in checked  # the page's own line says so already
    assert f"/{language}/about/helpline/" in [element.get("href") for element in section(response, "help").iter("a")]


def test_without_signed_words_nothing_stands_there(client, article, desk):
    pages.site_words(desk.author, "helpline", "Zebra helpline", HELP, is_page=True)
    response = client.get("/en/articles/a-page/")
    assert section(response, "help") is section(response, "advertising") is None
    assert "/en/about/helpline/" not in rendered.links(response)


def test_a_changed_helpline_changes_the_validator_of_pages(client, article, help_, desk):
    before = client.get("/en/articles/a-page/")["ETag"]
    save_site_words(help_, "Other", HELP, user=desk.author, token=version_token(help_, "en"))
    assert client.get("/en/articles/a-page/")["ETag"] == before
    pages.publish(help_, desk.author, desk.reviewer)
    assert client.get("/en/articles/a-page/")["ETag"] != before


def test_only_words_that_are_a_page_have_one(client, help_, stock):
    assert client.get("/en/about/helpline/").status_code == 200
    assert client.get("/en/about/advertising/").status_code == 404
    assert client.get("/en/about/withdrawn/").status_code == 404
    assert client.get("/en/about/").status_code == 404


@pytest.mark.parametrize("path", ["", "articles/", "articles/a-page/", "about/helpline/", "nothing/"])
def test_every_page_leads_to_the_live_pages_about_the_site(client, article, help_, desk, path):
    privacy = pages.site_words(desk.author, "privacy", "Privacy", HELP, is_page=True)
    assert "/en/about/privacy/" not in rendered.links(client.get(f"/en/{path}"))
    pages.publish(privacy, desk.author, desk.reviewer)
    assert {"/en/about/privacy/", "/en/about/helpline/"} <= set(rendered.links(client.get(f"/en/{path}")))


def test_a_page_does_not_show_its_phrases(client, desk):
    document = pages.site_words(
        desk.author, "helpline", "Help", HELP, is_page=True, phrases=[{"key": "hours", "text": "Zebra hours"}]
    )
    edition = pages.publish(document, desk.author, desk.reviewer)
    assert "Zebra hours" not in rendered.words(client.get("/en/about/helpline/"))
    client.force_login(desk.reviewer)
    assert "Zebra hours" in rendered.words(client.get(f"/admin/desk/editions/{edition.pk}/page/"))


def test_a_phrase_stands_in_the_readers_language_or_is_marked(client, desk):
    section = {"heading": "Call", "body": "<p>Now</p>", "group": "when-to-call", "care_level": "emergency"}
    document = pages.article(desk.author, slug="a-page", sections=[section])
    pages.publish(document, desk.author, desk.reviewer)
    assert "Zebra" not in rendered.words(client.get("/en/articles/a-page/"))
    words = pages.site_words(
        desk.author, "article-words", "Words", "", phrases=[{"key": "care-emergency", "text": "Zebra emergency"}]
    )
    pages.publish(words, desk.author, desk.reviewer)
    pages.publish_translation(words, "es", desk.translator, desk.reviewer)
    for language, said, lang in [("en", "Zebra", "en"), ("es", "es Zebra", "es"), ("ar", "Zebra", "en")]:
        languages = {text.words: text.lang for text in rendered.texts(client.get(f"/{language}/articles/a-page/"))}
        assert languages[f"{said} emergency"] == lang


@pytest.mark.parametrize(("language", "expected"), [("es", "es Zebra notice"), ("ar", None)])
def test_a_notice_is_in_the_readers_language_also_where_its_signed_words_are_not(
    client, article, desk, language, expected
):
    words = pages.site_words(
        desk.author, "page-words", "Page words", "", phrases=[{"key": "fallback-title", "text": "Zebra notice"}]
    )
    pages.publish(words, desk.author, desk.reviewer)
    pages.publish_translation(words, "es", desk.translator, desk.reviewer)
    response = client.get(f"/{language}/articles/a-page/")
    [notice] = [element for element in rendered.parsed(response).iter("p") if element.get("class") == "notice-title"]
    assert ("Zebra" in notice.text) is (expected is not None)
    assert notice.find("span") is None
    assert expected is None or notice.text == expected
