"""A withdrawal is noticed by keyboard alone: written, signed, read on every page that rests on the drug, and ended."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.databases import manage
from tests.journeys.conftest import DRUG, PASSWORD
from tests.journeys.test_settling import WITHDRAWN

pytestmark = [pytest.mark.journey, pytest.mark.prove]

HAPPENED = "Pembrolizumab is no longer approved for cancer that has spread."
ACTION = "Do not stop it on your own: call your care team today."
NOTICE = "a[href^='/admin/desk/notices/']"


def tab_to(page, selector: str) -> None:
    """By the keyboard, as somebody does who sees which element has the focus."""
    for _press in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The keyboard does not reach {selector}.")


def test_a_notice_is_written_signed_and_ended_by_keyboard(person, server_database, browser):
    manage(server_database, "shell", "--command", WITHDRAWN, settings="immuno_site.settings.local")
    admin, reviewer = person("drugadmin"), person("reviewer")
    page = admin.open("/admin/desk/rechecks/")
    page.get_by_role("link", name="Pembrolizumab").first.press("Enter")
    expect(page.get_by_text("Readers have not been warned.")).to_be_visible()
    tab_to(page, NOTICE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Submit for signing")).to_be_visible()
    tab_to(page, "#id_write-happened")
    page.keyboard.type(HAPPENED)
    tab_to(page, "#id_write-action")
    page.keyboard.type(ACTION)
    tab_to(page, "button[name='write']")
    page.keyboard.press("Enter")
    admin.told("Submitted.")
    address = page.url.removeprefix(admin.address)
    signing = reviewer.open(address)
    edition = signing.get_by_role("link", name="To sign: English").get_attribute("href")
    assert edition
    reviewer.sign(edition)
    reader = browser.new_page()
    for path in (f"en/drugs/{DRUG}/", "ar/articles/immunotherapy-for-breast-cancer/", "en/articles/biomarker-tests/"):
        reader.goto(f"{admin.address}/{path}")
        expect(reader.locator(".urgent-words[lang='en']")).to_have_text(f"{HAPPENED} {ACTION}")
        assert Axe().run(reader).response["violations"] == []
    ending = reviewer.open(address)
    tab_to(ending, "details summary")
    ending.keyboard.press("Enter")
    tab_to(ending, "textarea[name='end-reason']")
    ending.keyboard.type("Only a test.")
    tab_to(ending, "input[name='end-password']")
    ending.keyboard.type(PASSWORD)
    ending.keyboard.press("Enter")
    reviewer.told("Ended.")
    reader.reload()
    expect(reader.locator(".urgent")).to_have_count(0)
    reader.close()
