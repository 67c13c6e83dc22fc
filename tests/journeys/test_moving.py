"""A page moves to another address: its readers, and those of the pages that link to it, see no difference."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ARTICLE, editor, part

pytestmark = pytest.mark.journey
ENTRY = "pd-l1"


def words(page) -> str:
    return page.locator("main").inner_text()


def test_an_entry_moves_and_readers_see_no_difference(person, reader, documents):
    before = words(reader(f"/en/articles/{ARTICLE}/"))
    head = person("head")
    page = head.open(f"/admin/desk/documents/{documents[ENTRY]}/")
    expect(page.locator("#incoming")).to_contain_text("Immunotherapy for breast cancer")
    page.get_by_label("Address").fill("Moved-Entry")
    head.press("Move")
    head.told("Moved.")
    read = reader(f"/en/articles/{ARTICLE}/")
    assert words(read) == before
    read.locator("button.word[popovertarget=glossary-moved-entry]").first.click()
    entry = read.locator("#glossary-moved-entry")
    expect(entry).to_be_visible()
    entry.get_by_role("link", name="Open the whole page").click()
    assert read.url.endswith("/en/glossary/moved-entry/")
    assert reader(f"/en/glossary/{ENTRY}/").url.endswith("/en/glossary/moved-entry/")


def test_an_author_types_an_address_and_sees_an_address(person, documents):
    author = person("author")
    page = author.write(documents[ARTICLE])
    box = editor(part(page, "sections", "Which drugs are used?"))
    box.locator("p").first.click(click_count=3)
    page.keyboard.type("See ")
    box.evaluate(
        """(box, html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        f'<a href="/es/glossary/{ENTRY.title()}">what PD-L1 is</a>',
    )
    expect(box.get_by_role("link", name="what PD-L1 is")).to_be_visible()
    author.press("Save")
    author.told("Saved.")
    link = editor(part(page, "sections", "Which drugs are used?")).get_by_role("link", name="what PD-L1 is")
    expect(link).to_have_attribute("href", f"/glossary/{ENTRY}/")
