"""A reviewer of a translation, by keys alone: what changed in both languages, a reason, a remark, and a signature."""

import pytest
from playwright.sync_api import expect

from tests.journeys import bilingual
from tests.journeys.conftest import PASSWORD, Person, agree, tab_to

pytestmark = pytest.mark.journey

LOUD = "#changes li.change:not(.fold)"
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


def press(page, selector: str, words: str = "", key: str = "Enter") -> None:
    tab_to(page, selector, words)
    page.keyboard.press(key)


def sign(reviewer: Person) -> None:
    page = reviewer.page
    agree(page.locator("#signing"))
    tab_to(page, "input[name=sign-password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    reviewer.told("Signed.")


def publish_source(person, on_served_database) -> None:
    with on_served_database():
        source = bilingual.change_source()
    person("reviewer").sign(source)
    with on_served_database():
        is_live = bilingual.is_live(source)
    if not is_live:  # policy may ask for two
        person("reviewer2").sign(source)


@pytest.mark.parametrize(
    ("language", "width"),
    [("es", 1280), pytest.param("ar", 360, marks=pytest.mark.prove), pytest.param("ar", 1280, marks=pytest.mark.prove)],
)
def test_a_wrong_number_is_found_sent_back_mended_and_signed(
    new_context, server, person, reader, on_served_database, language, width
):
    publish_source(person, on_served_database)
    with on_served_database():
        wrong = bilingual.submit_translation(language, is_right=False)
    reviewer = Person(new_context(viewport={"width": width, "height": 900}).new_page(), server, "reviewer2")
    page = reviewer.open(wrong)
    # What changed of the source and not of the translation stands first, and says so.
    expect(page.locator("#highlights")).to_contain_text("nothing of this sort changed")
    expect(page.locator("#changes")).to_contain_text("changed in the source only")
    assert not page.evaluate(TOO_WIDE)
    # To the reason, from there to its text, and to the other's words there.
    press(page, ".views a", "reason")
    expect(page.locator("#reasons")).to_contain_text(bilingual.REASON)
    press(page, "#reasons li a")
    row = page.locator(LOUD, has_text=bilingual.REASON).first
    expect(row.locator(".pair > div").first.locator("ins")).to_contain_text([bilingual.NEW])
    expect(row.locator(".pair > div").last.locator("ins")).to_have_count(0)
    expect(row).to_be_in_viewport()
    row.locator(".remark-here > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("It is 102.2 now.")
    press(page, ".remark-here[open] button")
    expect(page.locator(".thread")).to_contain_text("It is 102.2 now.")
    press(page, "button[formaction*='send-back']")
    reviewer.told("Sent back.")
    with on_served_database():
        right = bilingual.submit_translation(language, is_right=True)
    page = reviewer.open(right)
    # Since what they sent back, one text changed.
    mended = page.locator(LOUD, has=page.locator("ins"))
    expect(mended).to_have_count(1)
    expect(mended.locator(".pair > div").last.locator("ins")).to_contain_text(bilingual.NEW)
    settle = page.locator("#to-settle button[value=resolved], #to-settle button", has_text="Resolve").first
    settle.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#to-settle")).to_be_hidden()
    sign(reviewer)
    html = reader(f"/{language}/articles/{bilingual.PAGE}/").content()
    assert bilingual.NEW in html


@pytest.mark.parametrize("width", [1280, pytest.param(360, marks=pytest.mark.prove)])
def test_a_back_check_is_made_by_keys_alone(new_context, server, person, reader, on_served_database, width):
    publish_source(person, on_served_database)
    with on_served_database():
        bilingual.ask_back_checks("es")
        edition = bilingual.submit_translation("es", is_right=True)
    person("reviewer2").sign(edition)
    checker = Person(new_context(viewport={"width": width, "height": 900}).new_page(), server, "reviewer")
    page = checker.open("/admin/desk/")
    press(page, "section li a[href$='/back-check/']", "Efectos secundarios")
    page.wait_for_url("**/back-check/")
    while page.locator("#back-check textarea").count():
        expect(page.locator("#back-check")).not_to_contain_text("When to call")
        first = page.locator("#back-check textarea").first
        first.focus()
        count = page.locator("#back-check textarea").count()
        for _box in range(count):
            page.keyboard.type("A text about when to call.")
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # “Next” comes after the last box
        expect(page.locator("#back-check textarea")).not_to_have_count(count)
    assert not page.evaluate(TOO_WIDE)
    for box in page.locator("#back-check [type=checkbox]").all():
        box.focus()
        page.keyboard.press("Space")
    tab_to(page, "input[name=password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    checker.told("Back-checked. Readers can now see it.")
    line = reader(f"/es/articles/{bilingual.PAGE}/").locator(".review-words").first
    expect(line).to_contain_text("Helen Okafor")
