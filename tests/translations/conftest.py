"""A document with a text of every sort, and the translator who opens it."""

import pytest

from tests.factories import pages, people
from tests.layers import layer


@layer
def author():
    return people.author()


@layer
def reviewer():
    return people.reviewer()


@layer
def translator():
    return people.translator("es", "ar")


@layer
def document(author, reviewer):
    """Live in English, with a text of every sort."""
    document = pages.article(
        author,
        title="Immunotherapy",
        key_points=[{"text": "A point[@schmid-2020]"}],
        references=[pages.reference()],
        sections=[
            {"heading": "First", "body": "<p>One <em>two</em>[@schmid-2020]</p><ul><li><p>Item</p></li></ul>"},
            {"heading": "Second", "body": "<h3>Sub</h3><p>This one tells of three things.</p>"},
        ],
    )
    pages.publish(document, author, reviewer)
    return document


@pytest.fixture
def desk(client, translator):
    client.force_login(translator)
    return client


@pytest.fixture
def translated(document, translator):
    """In full, with a reason at all that is found."""
    pages.translate(document, "es", translator)
    pages.give_reasons(document, "es", translator)
    return document
