"""Freezing and signing take the same number of queries however many sections a page has, and however many editions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.editions.validity import is_valid
from tests.factories import pages, people
from tests.factories.pages import SECTION, submit

pytestmark = pytest.mark.django_db


def counted(act, *arguments, **keywords) -> tuple:
    """(what `act` returned, the number of its queries)"""
    with CaptureQueriesContext(connection) as queries:
        done = act(*arguments, **keywords)
    return done, len(queries)


def test_submitting_and_signing_take_as_many_for_twenty_sections_as_for_two():
    author, reviewer, translator = people.author(), people.reviewer(), people.translator("es")
    taken = []
    for count in (2, 2, 20):  # the first brings words that readers' search has not known
        sections = [SECTION | {"heading": f"Section {number}"} for number in range(count)]
        points = [{"text": f"Point {number}"} for number in range(count)]
        document = pages.article(author, sections=sections, key_points=points)
        edition, submitting = counted(submit, document, "en", user=author)
        _sign_off, signing = counted(pages.sign, edition, reviewer)
        pages.translate(document, "es", translator)
        _edition, submitting_translation = counted(submit, document, "es", user=translator)
        taken.append((submitting, signing, submitting_translation))
    assert taken[1] == taken[2]


def test_translating_takes_two_queries_for_each_row_that_it_writes():
    author, reviewer, translator = people.author(), people.reviewer(), people.translator("es")
    taken = []
    for count in (2, 20):
        sections = [SECTION | {"heading": f"Section {number}"} for number in range(count)]
        document = pages.article(author, sections=sections)
        pages.publish(document, author, reviewer)
        taken.append(counted(pages.translate, document, "es", translator)[1])
    states = 1  # SQLite takes the states of so many texts in two statements
    assert taken[1] - taken[0] in (2 * 18, 2 * 18 + states)


def test_saving_takes_none_for_sections_that_did_not_change():
    author = people.author()
    taken = []
    for count in (2, 20):
        sections = [SECTION | {"heading": f"Section {number}"} for number in range(count)]
        document = pages.article(author, sections=sections)
        rows = [{"id": section.pk} for section in pages.working(document).sections.all()]
        rows[0] |= {"heading": "Another heading"}
        taken.append(counted(pages.edit, document, author, sections=rows)[1])
    assert taken[0] == taken[1]


def test_the_seventh_edition_takes_as_many_as_the_third():
    author, reviewer = people.author(), people.reviewer()
    document, taken = pages.article(author), []
    for number in range(1, 8):
        pages.edit(document, author, title=f"Title {number}")
        edition, submitting = counted(submit, document, "en", user=author)
        _sign_off, signing = counted(pages.sign, edition, reviewer)
        taken.append((submitting, signing))
    assert taken[2] == taken[-1]


def test_whether_an_edition_stands_takes_three_without_content():
    author, reviewer = people.author(), people.reviewer()
    document = pages.article(author)
    for number in range(1, 4):
        pages.edit(document, author, title=f"Title {number}")
        edition = pages.publish(document, author, reviewer)
    with CaptureQueriesContext(connection) as queries:
        assert is_valid(edition)
    assert len(queries) == 3
    assert not [query["sql"] for query in queries if '"content"' in query["sql"]]
