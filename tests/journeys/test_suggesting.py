"""Suggestions while somebody types: by the keyboard alone, in both directions, and gone where they are in the way."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.journey


@pytest.fixture
def typed(new_context, reading_server):
    """typed(language, text) is a page with this text in its search."""

    def type_into(language: str, text: str):
        page = new_context(viewport={"width": 360, "height": 740}).new_page()
        page.goto(f"{reading_server}/{language}/search/")
        page.get_by_role("combobox").press_sequentially(text)
        return page

    return type_into


@pytest.mark.parametrize(("language", "text", "meant"), [("en", "keyt", "Keytruda"), ("ar", "علاج", "العلاج المناعي")])
def test_a_suggestion_is_chosen_by_the_keyboard_and_announced(typed, language, text, meant):
    page = typed(language, text)
    box, options = page.get_by_role("combobox"), page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).not_to_be_empty()
    asked = page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
    assert sum("/search/suggest?" in address for address in asked) == 1  # not with every letter
    wanted = options.all_text_contents().index(meant)
    for _press in range(wanted + 1):
        page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(chosen).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=meant).first).to_be_visible()
    expect(box).to_have_value(meant)


def test_escape_closes_the_list_and_keeps_what_was_typed(typed):
    page = typed("en", "keyt")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    box = page.get_by_role("combobox")
    expect(box).to_have_value("keyt")
    expect(box).to_have_attribute("aria-expanded", "false")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=keyt")


def test_a_suggestion_is_chosen_by_a_tap(typed):
    page = typed("en", "imm")
    last = page.get_by_role("option").last
    chosen = last.text_content()
    last.click()  # nothing lies over it
    expect(page.get_by_role("heading", name=chosen).first).to_be_visible()
