"""What changed last, as a page: each page once, with what was done and the note for readers; nothing that is hidden."""

import pytest

from editorial.reviews.services import withdraw
from tests.factories import pages
from tests.layers import layer
from tests.reading import rendered

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@layer
def changed(desk, article, stock):
    """An article that was changed, one that is new, and one that nobody signed."""
    pages.edit(article, desk.author, lead="Another lead.", change_note="A dose was corrected.")
    pages.publish(article, desk.author, desk.reviewer)
    new = pages.article(desk.author, slug="new", title="New title")
    pages.publish(new, desk.author, desk.reviewer)
    pages.article(desk.author, slug="draft", title="Draft title")
    return new


def entries(response) -> list[str]:
    [found] = rendered.parsed(response).find_class("changes")
    return [" ".join(entry.text_content().split()) for entry in found.iter("li")]


def test_the_newest_change_comes_first_and_says_what_was_done(client, changed):
    newest, older = entries(client.get("/en/changes/"))
    assert "New New title" in newest
    assert "Changed Zebra title A dose was corrected." in older


def test_a_page_that_was_taken_down_is_told_without_its_words(client, desk, changed):
    withdraw(changed, "en", user=desk.operator, reason="wrong")
    newest = entries(client.get("/en/changes/"))[0]
    assert "Stock title" in newest
    assert "New title" not in newest


def test_each_language_has_changes_of_its_own(client, changed):
    assert not rendered.parsed(client.get("/vi/changes/")).find_class("changes")
