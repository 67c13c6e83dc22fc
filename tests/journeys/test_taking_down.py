"""Hiding is always safe, and at once."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ARTICLE

pytestmark = pytest.mark.journey

LIVE_IN = ["en", "es", "ar", "zh-hans", "vi"]


def take_down(somebody, document: int, language: str, names: list[str]) -> None:
    """From the row of one language: it is ticked, and with the source all of them, which are locked then."""
    page = somebody.open(f"/admin/desk/documents/{document}/")
    row = page.locator("tr", has=page.locator(f"a[href$='/{language}/withdraw/']"))
    row.get_by_role("link", name="Take down").click()
    boxes = page.get_by_role("group", name="Languages").get_by_role("checkbox")
    assert [box.get_attribute("value") for box in boxes.all() if box.is_checked()] == names
    assert [box.is_disabled() for box in boxes.all()[1:]] == [language == "en"] * (boxes.count() - 1)
    page.get_by_label("Reason for the record").fill("A dose is wrong.")
    somebody.press("Take this page down")
    somebody.told("Taken down. Readers can no longer see it.")


def test_an_operator_takes_a_page_down_in_every_language_at_once(person, reader, documents, watch):
    watch.expect_status(410)
    take_down(person("operator"), documents[ARTICLE], "en", LIVE_IN)
    for language, title in (
        ("en", "This page was taken down"), ("es", "Esta página fue retirada"), ("ar", "أُزيلت هذه الصفحة"),
        ("zh-hans", "本页面已撤下"), ("vi", "Trang này đã được gỡ xuống"),
    ):  # fmt: skip
        page = reader(f"/{language}/articles/{ARTICLE}/")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        assert page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus") == 410
        assert "pembrolizumab" not in page.content()
        assert "A dose is wrong" not in page.content()
        assert ARTICLE not in reader(f"/{language}/articles/").locator("main").inner_html()


def test_a_reviewer_takes_one_language_down_and_the_others_stay(person, reader, documents, watch):
    watch.expect_status(410)
    take_down(person("reviewer2"), documents[ARTICLE], "es", ["es"])
    page = reader(f"/es/articles/{ARTICLE}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Esta página fue retirada")
    page.locator("main").get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Immunotherapy for breast cancer")
    expect(reader(f"/vi/articles/{ARTICLE}/").get_by_role("heading", level=1)).to_have_attribute("lang", "vi")


@pytest.mark.parametrize(
    "username",
    ["head", *(pytest.param(name, marks=pytest.mark.prove) for name in ("author", "translator", "drugadmin", "admin"))],
)
def test_nobody_else_is_given_a_button_that_works(person, documents, username):
    page = person(username).open(f"/admin/desk/documents/{documents[ARTICLE]}/en/withdraw/")
    expect(page.get_by_role("button", name="Take this page down")).to_be_disabled()
