"""A translator at the keyboard alone: one text after another, and nothing typed is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ARTICLE, NEW, PASSWORD, change_a_sentence

pytestmark = pytest.mark.journey

TALL, TALL_ON_A_PHONE = 1200, 1600  # pixels of a whole page
IN_SPANISH = "Cada persona traza esta línea en otro lugar. Lo que más importa es qué medicamento conviene a su cáncer."
IN_ARABIC = "يضع كل شخص هذا الحد في مكان مختلف. الأهم هو الدواء الذي يناسب سرطانك."


def address(documents, language: str = "es", slug: str = ARTICLE) -> str:
    return f"/admin/translate/{documents[slug]}/{language}/"


@pytest.fixture
def changed(prepared, person, documents) -> None:
    """The source's article says something new, and that is signed."""

    def change() -> str:
        change_a_sentence(author := person("author"), documents)
        person("reviewer").sign(author.save_and_submit())
        return ""

    prepared("changed source", change)


def unit_address(translator, documents, start: str, language: str = "es") -> str:
    """Of the text whose source starts so: blocks have other ids in each demonstration."""
    page = translator.open(f"{address(documents, language)}?show=all")
    return page.locator(".unit-row a", has_text=start).first.get_attribute("href")


def box(page):
    return page.locator("#id_words")


@pytest.mark.parametrize(
    ("language", "words"),
    [pytest.param("es", IN_SPANISH, id="es"), pytest.param("ar", IN_ARABIC, marks=pytest.mark.prove, id="ar")],
)
def test_a_changed_paragraph_is_submitted_with_four_keys_and_the_words(person, documents, changed, language, words):
    translator = person("translator")
    page = translator.open(address(documents, language))  # as the mail's link does
    expect(page.locator(".unit-row.is-stale")).to_have_count(1)
    expect(page.locator("#unit-source")).to_contain_text(NEW)
    expect(page.locator(".unit-source del").first).to_be_visible()  # what the source said before
    expect(box(page)).to_be_focused()
    keys = 0

    def press(key: str) -> None:
        nonlocal keys
        keys += 1
        page.keyboard.press(key)

    press("Control+a")
    page.keyboard.insert_text(words)
    press("Control+Shift+Enter")
    page.get_by_role("heading", name="Submit for review").wait_for()
    frame = page.frame_locator("iframe.reader-frame.phone")
    expect(frame.get_by_text(words)).to_be_attached()
    press("Control+Enter")
    translator.told("Submitted for medical review.")
    assert keys <= 4


def test_a_wrong_dose_keeps_a_page_from_being_submitted_until_it_is_mended(person, documents):
    page = (translator := person("translator")).open(f"{address(documents)}?show=all")
    rows = page.locator(".unit-row a", has_text="A fever of 100.4")
    rows.first.click()
    expect(page.locator("#unit-source")).to_contain_text("38 °C")
    right = box(page).input_value()
    box(page).fill(right.replace("38", "39"))
    expect(page.locator(".unit-findings .is-blocker").first).to_contain_text("38")
    page.keyboard.press("Control+s")
    expect(page.locator(".unit-said")).to_contain_text("Saved")
    page.keyboard.press("Control+Shift+Enter")
    page.get_by_role("heading", name="Submit for review").wait_for()
    expect(page.locator("#blockers")).to_contain_text("dismiss the finding with your reason")
    page.goto(f"{translator.address}{address(documents)}?show=warned")
    page.locator(".unit-row a", has_text="A fever of 100.4").first.click()
    expect(box(page)).to_have_value(right.replace("38", "39"))
    box(page).fill(right)
    expect(page.locator(".unit-findings .is-blocker")).to_have_count(0)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".unit-said")).to_contain_text("Saved")


@pytest.mark.parametrize("language", ["es", pytest.param("ar", marks=pytest.mark.prove)])
def test_keys_do_all_that_buttons_do(person, documents, watch, language):
    watch.expect_status(400)
    translator = person("translator")
    page = translator.open(unit_address(translator, documents, "Other HER2-positive", language))
    expect(box(page)).to_be_focused()
    before = box(page).input_value()
    page.keyboard.press("Control+b")
    expect(box(page)).to_have_value(re.compile("⟦1⟧Other HER2-positive"))
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(box(page)).to_have_value(before)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("HER2")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+Shift+Digit1")
    expect(box(page)).to_have_value("⟦1⟧HER2⟦/1⟧")
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    expect(box(page)).to_have_value("⟦1⟧HER2")  # a tag goes as a whole
    page.keyboard.press("Control+Enter")
    expect(page.locator("#blockers")).to_contain_text("⟦1⟧ has no end")
    expect(box(page)).to_have_value("⟦1⟧HER2")
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(before)
    page.keyboard.press("Control+ArrowDown")
    expect(page.locator("#unit-where")).not_to_contain_text("4")
    page.keyboard.press("Control+ArrowUp")
    expect(page.locator("#unit-source")).to_contain_text("Other HER2-positive")
    page.get_by_role("button", name="Keys").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Put in a tag")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_text_that_is_left_is_saved_as_needing_work(person, documents):
    page = person("translator").open(f"{address(documents)}?unit=article.title&show=all")
    box(page).fill("Inmunoterapia")
    page.locator(".unit-row a", has_text="Immunotherapy helps").first.click()
    expect(page.locator(".unit-said")).to_contain_text("Saved")
    expect(page.locator("#unit-source")).to_contain_text("Immunotherapy helps")
    expect(page.locator(".unit-row").first).to_contain_text("needs work")


def test_a_session_that_ends_while_typing_takes_nothing_along(person, documents, watch):
    watch.expect_status(401, 403)
    page = person("translator").open(f"{address(documents)}?unit=article.title")
    box(page).fill("Inmunoterapia, de otro modo")
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Log in", exact=True).click()
    expect(page.locator(".unit-said")).to_contain_text("Saved")
    page.goto(f"{page.url.split('?')[0]}?unit=article.title")
    expect(box(page)).to_have_value("Inmunoterapia, de otro modo")
    expect(page.locator(".kept-offer")).to_have_count(0)


def test_two_translators_see_each_others_words(person, documents, watch):
    watch.expect_status(409)
    page = person("translator").open(f"{address(documents)}?unit=article.title")
    other = page.context.new_page()  # another tab of the same person stands for another person here
    other.goto(page.url)
    other.locator("#id_words").fill("De otra")
    other.keyboard.press("Control+s")
    expect(other.locator(".unit-said")).to_contain_text("Saved")
    box(page).fill("De una")
    for _press in range(2):
        page.keyboard.press("Control+s")
        expect(page.locator(".theirs")).to_have_text("De otra")
        expect(box(page)).to_have_value("De una")
    page.get_by_role("link", name="Take theirs").click()
    expect(box(page)).to_have_value("De otra")


@pytest.mark.parametrize("language", ["es", "ar"])
def test_the_page_is_a_screen_high(new_context, person, documents, changed, language):
    translator = person("translator")
    page = translator.open(address(documents, language))
    starts = ("A fever of", "Other HER2-positive", "Pembrolizumab (Keytruda)")
    for unit in (
        address(documents, language),
        *(unit_address(translator, documents, text, language) for text in starts),
    ):
        for width, height, most in ((1280, 900, TALL), (360, 740, TALL_ON_A_PHONE)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto(f"{translator.address}{unit}")
            page.locator("[data-keys]").wait_for()
            size = page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
            assert size[0] <= most, (unit, width, size)
            assert size[1] <= width, (unit, width, size)


def test_without_scripts_it_is_a_form_like_any_other(new_context, server, documents):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{server}/admin/login/")
    page.get_by_label("Username").fill("translator")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Log in").click()
    page.goto(f"{server}{address(documents)}?unit=article.title")
    box(page).fill("Inmunoterapia sin guiones")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".unit-said")).to_contain_text("Saved")
    expect(box(page)).to_have_value("Inmunoterapia sin guiones")
    page.locator(".unit-filters a", has_text="All").click()
    page.get_by_role("link", name="Next").click()
    expect(page.locator("#unit-where")).to_contain_text("Lead")
