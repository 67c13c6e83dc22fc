"""Words that open in place: without scripts, by keyboard and by hand, and nothing is lost where a browser cannot."""

import pytest
from playwright.sync_api import expect

from tests.databases import connected_to, copy, drop
from tests.factories import pages, people
from tests.server import serving

pytestmark = pytest.mark.journey

BODY = '<p>Your team may test for <a href="/glossary/pd-l1/">PD-L1</a> first.</p>'
SHORT = "A protein on some cells that can hide them."
LOOKS = {"phone": {"width": 360, "height": 700}, "wide": {"width": 1280, "height": 800}}


@pytest.fixture(scope="module")
def words_site(template_database, django_db_blocker):
    """Address of a site with an article that explains a word, in English and Arabic."""
    url = copy(template_database)
    with django_db_blocker.unblock(), connected_to(url):
        author, reviewer, translator = people.author(), people.reviewer(), people.translator("ar")
        entry = pages.glossary_entry(author, short=SHORT, body="<p>There is more to say of it.</p>")
        article = pages.article(author, slug="a-page", sections=[{"heading": "Tests", "body": BODY}])
        for document in (entry, article):
            pages.publish(document, author, reviewer)
            pages.publish_translation(document, "ar", translator, reviewer)
    with serving(url) as address:
        yield address
    drop(url)


@pytest.fixture
def reading_words(new_context, words_site):
    def opened(language: str = "en", look: str = "wide", **options):
        page = new_context(
            java_script_enabled=False, reduced_motion="reduce", viewport=LOOKS[look], **options
        ).new_page()
        page.goto(f"{words_site}/{language}/articles/a-page/")
        return page

    return opened


@pytest.mark.parametrize(
    ("language", "look"),
    [
        ("en", "phone"),
        ("ar", "wide"),
        *(pytest.param(*case, marks=pytest.mark.prove) for case in (("en", "wide"), ("ar", "phone"))),
    ],
)
def test_a_word_opens_in_place_without_scripts_and_escape_closes_it(reading_words, language, look):
    page = reading_words(language, look)
    word, entry = page.locator("button.word"), page.locator(".entry")
    expect(entry).to_be_hidden()
    expect(page.locator(".entries h2")).to_be_hidden()
    word.click()
    expect(entry).to_be_visible()
    expect(entry).to_contain_text(SHORT)
    box = entry.bounding_box()
    width, height = LOOKS[look]["width"], LOOKS[look]["height"]
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    if look == "phone":
        assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, width, height)
    else:
        assert abs(box["x"] + box["width"] / 2 - width / 2) < 10
    page.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    expect(word).to_be_focused()
    assert page.url.endswith("/articles/a-page/")


def test_a_word_is_reached_opened_and_left_with_the_keyboard(reading_words):
    page = reading_words()
    word, entry = page.locator("button.word"), page.locator(".entry")
    for _step in range(60):
        page.keyboard.press("Tab")
        if page.locator("button.word:focus").count():
            break
    expect(word).to_be_focused()
    page.keyboard.press("Enter")
    expect(entry).to_be_visible()
    page.keyboard.press("Tab")
    inside = entry.locator(":focus")
    expect(inside).to_have_count(1)
    while inside.get_attribute("popovertarget") is None:
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(entry).to_be_hidden()
    expect(word).to_be_focused()


def test_a_press_beside_it_closes_it(reading_words):
    page = reading_words()
    page.locator("button.word").click()
    page.mouse.click(5, 5)
    expect(page.locator(".entry")).to_be_hidden()


def test_an_entry_leads_to_its_page_and_that_back_to_the_list(reading_words):
    page = reading_words()
    page.locator("button.word").click()
    page.locator(".entry").get_by_role("link", name="Open the whole page").click()
    expect(page.locator("h1")).to_have_text("PD-L1")
    expect(page.locator("main")).to_contain_text("There is more to say of it.")
    page.locator(".breadcrumbs").get_by_role("link", name="Glossary").click()
    page.get_by_role("link", name="PD-L1").click()
    assert page.url.endswith("/en/glossary/pd-l1/")
