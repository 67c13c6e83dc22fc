"""A draft is shown to somebody who has no account, and is out of their reach again when the link is taken back."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ARTICLE

pytestmark = pytest.mark.journey
NOT_REVIEWED = "Not reviewed: not medical advice."


def test_an_author_shares_a_draft_and_takes_it_back(person, documents, new_context, reader, watch):
    watch.expect_status(404)
    author = person("author")
    page = author.write(documents[ARTICLE])
    page.get_by_label("Lead").fill("A lead that nobody has signed.")
    author.press("Save")
    author.told("Saved.")
    page.get_by_role("link", name="Preview", exact=True).click()
    expect(page.get_by_text(NOT_REVIEWED)).to_be_visible()
    expect(page.get_by_text("A lead that nobody has signed.")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Share a preview").click()
    page.get_by_label("Link valid for").select_option("a day")
    author.press("Create link")
    address = page.get_by_label("Link to the preview").input_value()
    author.press("Copy")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()

    stranger = new_context(locale="es", viewport={"width": 360, "height": 740})
    seen = stranger.new_page()
    seen.goto(address)
    expect(seen.get_by_text("A lead that nobody has signed.")).to_be_visible()
    banner = seen.get_by_text(NOT_REVIEWED)
    seen.mouse.wheel(0, 3000)
    expect(banner).to_be_in_viewport()
    seen.emulate_media(media="print")
    expect(banner).to_be_visible()
    assert stranger.cookies() == []
    assert "nobody has signed" not in reader(f"/en/articles/{ARTICLE}/").content()

    author.press("Revoke link")
    author.told("Link revoked.")
    seen.emulate_media(media="screen")
    seen.reload()
    expect(seen.get_by_role("heading", level=1)).not_to_have_text("Immunotherapy for breast cancer")
    assert "nobody has signed" not in seen.content()


def test_a_link_can_be_made_and_copied_without_scripts(documents, new_context, server):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{server}/admin/login/?next=/admin/desk/documents/{documents[ARTICLE]}/previews/")
    page.get_by_label("Username").fill("reviewer")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Language").select_option("العربية")
    page.get_by_role("button", name="Create link").click()
    expect(page.get_by_role("button", name="Copy")).to_be_hidden()
    page.goto(page.get_by_label("Link to the preview").input_value())
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page.locator(".not-reviewed")).to_be_in_viewport()
