"""No table that readers' pages read can change without the public state."""

import re

import pytest
from django.apps import apps
from django.db import connection

from editorial.editions.models import ChainHead, Dependency, Edition, EditionWording, Review
from editorial.editions.state_triggers import raising_models

from .asking import ask
from .newsroom import STORY, Newsroom

# Written once, and seen by readers only through a record that raises the state.
THROUGH_RECORDS = {
    Edition: "a release makes it seen",
    EditionWording: "written with its edition, before its release",
    Dependency: "written with its edition, before its release",
    Review: "verified with its sign-off, never shown",
    ChainHead: "moves with each record, also of those that readers do not see",
}


def statements_of(call) -> list[str]:
    """The log of queries has no text of what psycopg leaves to the server to fill in."""
    statements: list[str] = []

    def note(run, sql, *rest):
        statements.append(sql)
        return run(sql, *rest)

    with connection.execute_wrapper(note):
        call()
    return statements


@pytest.mark.long
def test_every_table_that_readers_pages_read_raises_the_state(django, clock):
    newsroom, read = Newsroom(clock), set()
    for act in STORY:
        newsroom.do(act)
        statements = statements_of(lambda: [ask(django, address) for address in newsroom.addresses])
        for statement in statements:
            assert statement.lstrip("( ").startswith(("SELECT", "WITH", "PRAGMA")), statement
            read |= set(re.findall(r"\b(?:FROM|JOIN)\s+\"?(\w+_\w+)\"?", statement))
    models = {model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in read}
    assert len(models) > 6
    assert {model.__name__ for model in models - set(raising_models()) - THROUGH_RECORDS.keys()} == set()
