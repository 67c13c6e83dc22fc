"""What was revoked comes back in two languages, by people who are shown why it came down."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ARTICLE, PASSWORD, agree

pytestmark = pytest.mark.journey


def bring_back(somebody, document: int, reason: str) -> None:
    """The first language of the page that may come back: the source, then Spanish."""
    page = somebody.open(f"/admin/desk/documents/{document}/")
    page.get_by_role("link", name="Bring back").first.click()
    expect(page.locator("#take-down")).to_contain_text("The dose was read from the wrong table.")
    page.get_by_label("Why readers may see it again").fill(reason)
    agree(page.locator("form", has=page.get_by_role("heading", name="Sign it again")))
    page.get_by_label("Confirm with your password").fill(PASSWORD)
    somebody.press("Sign and bring back")
    somebody.told("Brought back. Readers can see it again.")


@pytest.mark.prove  # tests/desk/test_bringing_back.py goes the same way without a browser
def test_a_page_whose_signature_was_revoked_comes_back_in_two_languages(person, reader, documents, watch):
    watch.expect_status(410)
    head, document = person("head"), documents[ARTICLE]
    page = head.open(f"/admin/desk/documents/{document}/")
    page.get_by_role("listitem").filter(has_text="English").get_by_role("link", name="Revoke").first.click()
    page.get_by_label("Reason for the record").fill("The dose was read from the wrong table.")
    head.press("Revoke")
    head.told("Revoked.")
    for language in ("en", "es"):
        answer = reader(f"/{language}/articles/{ARTICLE}/")
        assert "pembrolizumab" not in answer.content()

    bring_back(person("reviewer"), document, "It was the right table.")
    assert "pembrolizumab" in reader(f"/en/articles/{ARTICLE}/").content()
    bring_back(person("reviewer2"), document, "Its source is back.")
    expect(reader(f"/es/articles/{ARTICLE}/").get_by_role("heading", level=1)).to_have_attribute("lang", "es")
