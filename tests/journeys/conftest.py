"""People of the demonstration at their browsers."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.databases import connected_to, drop, new_database, restore

ARTICLE = "immunotherapy-for-breast-cancer"
POLICY = "how-our-pages-are-checked"
DRUG = "pembrolizumab"
PASSWORD = "demo"
OLD, NEW = "Not everyone draws the line in the same place.", "People draw this line in different places."
# Milliseconds; a loaded machine is slow.
expect.set_options(timeout=15_000)


class Person:
    """Somebody signed in on the desk, in a browser of their own."""

    def __init__(self, page: Page, address: str, username: str) -> None:
        self.page, self.address = page, address
        # The demonstration that tests are served has a session for each of its people (tests/databases.py).
        session = {"name": "sessionid", "value": f"session-of-{username}", "url": f"{address}/admin/"}
        page.context.add_cookies([session])

    def open(self, path: str) -> Page:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def press(self, name: str) -> None:
        """A button, by the words on it."""
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def told(self, words: str) -> None:
        """The desk says so."""
        expect(self.page.locator(".messagelist, .blockers").filter(has_text=words).first).to_be_visible()

    def write(self, document: int, section: str = "articles/article") -> Page:
        page = self.open(f"/admin/{section}/{document}/change/")
        page.locator("section.parts button.up").first.wait_for(state="attached")
        return page

    def save_and_submit(self) -> str:
        """Returns the address of the edition that was submitted."""
        self.press("Save and submit for review")
        self._submit_without_note()
        self.told("Submitted for medical review.")
        return self.page.url.removeprefix(self.address)

    def submit(self, document: int, language: str) -> str:
        self.open(f"/admin/desk/documents/{document}/{language}/submit/")
        self._submit_without_note()
        self.told("Submitted for medical review.")
        return self.page.url.removeprefix(self.address)

    def _submit_without_note(self) -> None:
        self.page.get_by_role("heading", name="Submit for review").wait_for()
        no_note = self.page.get_by_label("Readers need no note about this change")
        if no_note.count():
            no_note.check()
        self.press("Submit for review")

    def sign(self, edition: str) -> None:
        page = self.open(edition)
        form = page.locator("form", has=page.get_by_role("heading", name="Sign it"))
        agree(form)
        form.get_by_label("Confirm with your password").fill(PASSWORD)
        form.get_by_role("button", name="Sign", exact=True).click()
        self.told("Signed.")


def agree(form) -> int:
    """Answer with yes what the checklist still asks; the number of clicks."""
    due = form.locator("fieldset.question:not(.is-carried)")
    for place in range(due.count()):
        due.nth(place).get_by_label("Yes", exact=True).check()
    return due.count()


@pytest.fixture
def person(new_context, server) -> Callable[[str], Person]:
    """person("author") is signed in, in a browser of their own."""
    return lambda username: Person(new_context().new_page(), server, username)


@pytest.fixture
def reader(new_context, server) -> Callable[..., Page]:
    """reader("/en/…") is a page as a reader opens it."""
    page = new_context().new_page()

    def read(path: str) -> Page:
        page.goto(f"{server}{path}")
        return page

    return read


@pytest.fixture
def documents(server_database) -> dict[str, int]:
    """{slug: key} of the demonstration's pages."""
    with closing(sqlite3.connect(server_database.removeprefix("sqlite:///"))) as connection:
        return dict(connection.execute("SELECT slug, id FROM editions_document"))


@pytest.fixture
def on_served_database(server_database, django_db_blocker) -> Callable:
    """Inside `with on_served_database():` this process reads and writes what the site does."""

    @contextmanager
    def connected():
        with django_db_blocker.unblock(), connected_to(server_database):
            yield

    return connected


@pytest.fixture(scope="session")
def _prepared() -> Iterator[dict[str, tuple[str, str]]]:
    """{name: (URL of a copy of the served database, what was returned)} of what `prepared` did in this worker."""
    copies: dict[str, tuple[str, str]] = {}
    yield copies
    for url, _returned in copies.values():
        drop(url)


@pytest.fixture
def prepared(_prepared, server_database) -> Callable[[str, Callable[[], str]], str]:
    """prepared(name, act) calls `act`, and for the tests that follow puts the database back as it left it.

    Returns what `act` returned. Several tests begin with the same edition, and a browser takes seconds to make one.
    """

    def prepare(name: str, act: Callable[[], str]) -> str:
        if name in _prepared:
            restore(server_database, _prepared[name][0])
        else:
            returned, url = act(), new_database(name)
            restore(url, server_database)
            _prepared[name] = url, returned
        return _prepared[name][1]

    return prepare


@pytest.fixture
def submitted(prepared, person, documents) -> str:
    """The address of an edition in which NEW stands in the place of OLD."""

    def submit() -> str:
        change_a_sentence(author := person("author"), documents)
        return author.save_and_submit()

    return prepared("submitted", submit)


def part(page: Page, kind: str, name: str):
    """One part of an article on the author's page, opened."""
    summary = page.locator("summary", has_text=name)
    found = page.locator(f"section.parts[data-parts={kind}] > details.part", has=summary).first
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


def editor(part):
    """The prose editor inside a part; its menu has elements of the same class."""
    return part.locator(".ProseMirror[contenteditable=true]")


def change_a_sentence(author, documents) -> None:
    """The author puts NEW in the place of OLD, without saving."""
    page = author.write(documents[ARTICLE])
    prose = editor(part(page, "sections", "What is immunotherapy for breast cancer?"))
    paragraph = prose.locator("p", has_text=OLD)
    paragraph.click(click_count=3)
    page.keyboard.type(f"{NEW} What matters most is which drug fits your cancer.")


HAS_FOCUS = "([s, w]) => document.activeElement.matches(s) && document.activeElement.textContent.includes(w)"
IS_MARKED = """() => {
    const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== "none" || style.boxShadow !== "none";
}"""


def tab_to(page, selector: str, words: str = "") -> None:
    """Press Tab until the focus is there. It can be seen to be there."""
    for _press in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(HAS_FOCUS, [selector, words]):
            assert page.evaluate(IS_MARKED), "the focus cannot be seen"
            return
    raise AssertionError(f"Tab never comes to {selector} {words}")
