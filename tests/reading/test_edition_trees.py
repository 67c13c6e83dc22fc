"""Trees that are kept are what was signed, and only so many."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.editions.models import Edition
from editorial.editions.tree.nodes import Node, Tree, digest_of, to_bytes
from editorial.reading.edition_trees import KeptTrees, kept_trees
from editorial.reading.record_rows import EDITION, EditionRow, read_edition
from tests.editions.test_tampering import past_the_triggers, put
from tests.factories import pages
from tests.factories.leaflets import write_leaflet

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(desk):
    piece = write_leaflet(desk.author, "piece", "Piece title", "<p>Piece words.</p>")
    pages.publish(piece, desk.author, desk.reviewer)
    sections = [{"heading": "Here", "body": "<p>Zebras.</p>", "piece_of": piece, "piece": "box"}]
    document = pages.article(desk.author, slug="page", title="Main", sections=sections)
    pages.publish(document, desk.author, desk.reviewer)
    pages.publish_translation(document, "es", desk.translator, desk.reviewer)
    return document


def test_no_page_changes_a_tree_that_is_kept(client, page):
    kept_trees.clear()
    for path in ("/en/articles/page/", "/es/articles/page/", "/en/articles/", "/en/leaflets/piece/", "/en/"):
        assert client.get(path).status_code == 200
    trees = kept_trees.trees()
    assert len(trees) >= 3
    assert {digest: digest_of(to_bytes(tree)) for digest, tree in trees.items()} == {digest: digest for digest in trees}


def test_bytes_that_were_changed_are_not_shown_from_the_tree_that_was_kept(client, page):
    assert client.get("/en/articles/page/").status_code == 200
    edition = Edition.objects.get(document=page, language="en")
    with past_the_triggers(Edition) as cursor:
        put(cursor, edition, Edition._meta.get_field("content"), bytes(edition.content).replace(b"Zebras", b"Zebra!"))
        assert client.get("/en/articles/page/").status_code == 503


def test_a_tree_that_is_kept_is_still_asked_for(client, page):
    with CaptureQueriesContext(connection) as first:
        client.get("/en/articles/page/")
    with CaptureQueriesContext(connection) as second:
        client.get("/en/articles/page/")
    assert len(first) == len(second)
    assert any('"content"' in query["sql"] for query in second)


def row(words: str) -> EditionRow:
    content = to_bytes(Tree("leaflet", "en", Node("leaflet", "root", words={"title": words})))
    values = dict.fromkeys(EDITION.names) | {"content": content, "content_digest": digest_of(content)}
    return read_edition(tuple(values.values()))  # a record that is not intact, whose bytes fit its digest


def test_those_that_were_asked_for_longest_ago_make_room():
    first, second, third = map(row, ("first", "other", "third"))
    trees = KeptTrees(len(first.content) * 2)
    for edition in (first, second, first, third):
        assert trees.read(edition).tree.root.plain("title") in ("first", "other", "third")
    assert set(trees.trees()) == {first.content_digest, third.content_digest}


def test_one_that_is_larger_than_all_that_may_be_kept_is_read_and_not_kept():
    trees = KeptTrees(10)
    assert trees.read(row("long")).tree.root.plain("title") == "long"
    assert trees.trees() == {}
