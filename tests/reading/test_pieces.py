"""Pieces of other signed pages, words explained in place, and what pages say of both when they are not there."""

from contextlib import contextmanager, nullcontext
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.editions.models import Dependency, Edition, SignOff
from editorial.editions.working.copies import change_slug
from editorial.reviews.services import revoke_sign_off, withdraw
from tests.editions.test_tampering import past_the_triggers, put
from tests.factories import pages, people
from tests.factories.leaflets import write_leaflet
from tests.layers import layer
from tests.reading import rendered

PATH = "/en/articles/main/"
WORDS = '<p>All about <a href="/leaflets/word/">zebras</a>.</p>'


@layer
def shown(desk):
    """An article that shows a piece of one leaflet and explains a word with another, all live in English."""
    piece = write_leaflet(desk.author, "piece", "Piece title", "<p>Piece words.</p>")
    word = write_leaflet(desk.author, "word", "Word title", "<p>Word words.</p>")
    for document in (piece, word):
        pages.publish(document, desk.author, desk.reviewer)
    sections = [{"heading": "Here", "body": WORDS, "piece_of": piece, "piece": "box"}]
    article = pages.article(desk.author, slug="main", title="Main", sections=sections)
    edition = pages.publish(article, desk.author, desk.reviewer)
    return SimpleNamespace(article=article, piece=piece, word=word, edition=edition)


def read(client, path: str = PATH):
    response = client.get(path)
    assert response.status_code == 200
    return response


def pieces(response) -> list[tuple[str, str]]:
    """[(state, words)] of the pieces on a page."""
    elements = [
        element
        for element in rendered.parsed(response).iter("aside")
        if (element.get("class") or "").startswith("piece ")
    ]
    return [
        (element.get("class").split("piece-")[1], " ".join("".join(element.itertext()).split())) for element in elements
    ]


def renew(document, desk, title: str):
    write_leaflet(desk.author, "", title, "<p>New words.</p>", document=document)
    return pages.publish(document, desk.author, desk.reviewer)


def test_a_piece_stands_on_the_page_and_says_who_checked_it_only_where_that_is_another(client, shown, desk):
    [(state, said)] = pieces(read(client))
    assert state == "live"
    assert "Piece title" in said
    assert "Piece words." in said
    other = people.reviewer()
    assert desk.reviewer.reviewer.name not in said
    write_leaflet(desk.author, "", "Piece title", "<p>Other words.</p>", document=shown.piece)
    pages.publish(shown.piece, desk.author, other)
    [(_state, said)] = pieces(read(client))
    assert other.reviewer.name in said


def test_a_piece_that_the_page_shows_already_is_a_link_to_it(client, shown, desk):
    twice = [{"heading": heading, "body": WORDS, "piece_of": shown.piece, "piece": "box"} for heading in ("A", "B")]
    article = pages.article(desk.author, slug="twice", title="Twice", sections=twice)
    pages.publish(article, desk.author, desk.reviewer)
    response = read(client, "/en/articles/twice/")
    assert rendered.words(response).count("Piece words.") == 1
    [shown_once] = [
        element for element in rendered.parsed(response).iter("aside") if "piece" in element.get("class", "")
    ]
    assert f"#{shown_once.get('id')}" in rendered.links(response)


def test_a_newer_edition_of_a_piece_stands_there_at_once(client, shown, desk):
    before = read(client)["ETag"]
    renew(shown.piece, desk, "Newer piece")
    [(_state, said)] = pieces(read(client))
    assert "Newer piece" in said
    assert "Piece words." not in said
    assert read(client)["ETag"] != before


def test_an_edit_of_a_piece_changes_nothing_until_it_is_signed(client, shown, desk):
    before = read(client).content
    write_leaflet(desk.author, "", "Sneaked in", "<p>Sneaked words.</p>", document=shown.piece)
    assert read(client).content == before


@contextmanager
def withdrawn(edition: Edition, desk):
    withdraw(edition.document, "en", user=desk.operator, reason="An error.")
    yield


@contextmanager
def revoked(edition: Edition, desk):
    revoke_sign_off(SignOff.objects.get(edition=edition), user=desk.head, reason="An error.")
    yield


@contextmanager
def spoilt(edition: Edition, desk):
    """Its words changed behind the triggers' back."""
    with past_the_triggers(Edition) as cursor:
        put(cursor, edition, Edition._meta.get_field("content"), bytes(edition.content).replace(b"Piece", b"Peace"))
        yield


@pytest.mark.parametrize("down", [withdrawn, revoked, spoilt])
def test_a_piece_that_may_not_be_read_leaves_a_plain_placeholder(client, shown, desk, down):
    before = read(client)["ETag"]
    with down(Edition.objects.get(document=shown.piece), desk):
        response = read(client)
    [(state, said)] = pieces(response)
    assert (state, bool(said)) == ("missing", True)
    assert "Piece words." not in rendered.words(response)
    assert response["ETag"] != before


def test_a_piece_that_is_not_translated_leaves_a_placeholder_that_leads_to_it(client, shown, desk):
    pages.publish_translation(shown.article, "es", desk.translator, desk.reviewer)
    response = read(client, "/es/articles/main/")
    [(state, _said)] = pieces(response)
    assert state == "untranslated"
    assert "Piece words." not in rendered.words(response)
    assert "/es/leaflets/piece/" in rendered.links(response)


def taken_down_in_spanish(desk, piece):
    withdraw(piece, "es", user=desk.operator, reason="An error.")
    return nullcontext()


def spoilt_in_spanish(desk, piece):
    return spoilt(Edition.objects.get(document=piece, language="es"), desk)


@pytest.mark.parametrize("down", [taken_down_in_spanish, spoilt_in_spanish])
def test_a_piece_that_may_not_be_read_in_one_language_is_not_called_untranslated(client, shown, desk, down):
    """Its address there says that it was taken down: nothing leads to it."""
    for document in (shown.article, shown.piece):
        pages.publish_translation(document, "es", desk.translator, desk.reviewer)
    with down(desk, shown.piece):
        response = read(client, "/es/articles/main/")
    assert [state for state, _said in pieces(response)] == ["missing"]
    assert "/es/leaflets/piece/" not in rendered.links(response)


def test_a_translated_piece_stands_in_the_pages_language(client, shown, desk):
    for document in (shown.article, shown.piece):
        pages.publish_translation(document, "ar", desk.translator, desk.reviewer)
    response = read(client, "/ar/articles/main/")
    texts = [text for text in rendered.texts(response) if "Piece words." in text.words]
    assert [(text.words, text.lang, text.dir) for text in texts] == [("ar Piece words.", "ar", "rtl")]


def test_a_page_shown_in_its_source_language_keeps_the_pieces_of_that_language(client, shown, desk):
    pages.publish_translation(shown.piece, "es", desk.translator, desk.reviewer)
    texts = [text for text in rendered.texts(read(client, "/es/articles/main/")) if "Piece words." in text.words]
    assert [(text.words, text.lang) for text in texts] == [("Piece words.", "en")]


def entries(response) -> dict[str, str]:
    """{id: words} of what opens in place."""
    elements = [element for element in rendered.parsed(response).iter("div") if element.get("popover") is not None]
    return {element.get("id"): "".join(element.itertext()) for element in elements}


def test_a_word_opens_in_place_and_otherwise_stands_alone(client, shown, desk):
    response = read(client)
    assert "Word words." in entries(response)["leaflets-word"]
    withdraw(shown.word, "en", user=desk.operator, reason="An error.")
    response = read(client)
    assert entries(response) == {}
    assert "/en/leaflets/word/" not in rendered.links(response)
    assert "zebras" in rendered.words(response)


def test_a_word_that_is_not_translated_is_a_link_to_its_page(client, shown, desk):
    pages.publish_translation(shown.article, "es", desk.translator, desk.reviewer)
    response = read(client, "/es/articles/main/")
    assert entries(response) == {}
    assert "/es/leaflets/word/" in rendered.links(response)


def test_a_piece_goes_where_its_document_moves(client, shown, desk):
    change_slug(shown.piece, "moved", user=desk.head)
    response = read(client)
    assert pieces(response)[0][0] == "live"
    assert "/en/leaflets/moved/" in rendered.links(response)


def test_an_edition_knows_what_it_rests_on_and_a_sign_off_what_stood_beside_it(shown):
    rests = set(Dependency.objects.filter(edition=shown.edition).values_list("document_id", "how"))
    assert rests == {(shown.piece.pk, "embeds"), (shown.word.pk, "embeds")}
    beside = sorted(Edition.objects.get(document=document).content_digest for document in (shown.piece, shown.word))
    assert SignOff.objects.get(edition=shown.edition).seen_with == beside


def test_a_piece_past_its_review_date_says_so(client, shown):
    with time_machine.travel(timezone.now() + timedelta(days=800), tick=False):
        [(_state, said)] = pieces(read(client))
    assert "past its review date" in said


def test_the_reviewer_sees_the_pieces_before_signing(client, shown, desk):
    client.force_login(people.again(desk.reviewer))
    response = client.get(f"/admin/desk/editions/{shown.edition.pk}/page/")
    assert "Piece words." in rendered.words(response)


def test_twelve_pieces_take_no_more_queries_than_one(client, shown, desk):
    def measured() -> int:
        with CaptureQueriesContext(connection) as queries:
            read(client)
        return len(queries)

    one = measured()
    many = [write_leaflet(desk.author, f"leaflet-{n}", f"Leaflet {n}", f"<p>Words {n}.</p>") for n in range(12)]
    for document in many:
        pages.publish(document, desk.author, desk.reviewer)
    sections = [
        {"heading": f"Part {n}", "body": WORDS, "piece_of": document, "piece": "box"} for n, document in enumerate(many)
    ]
    pages.edit(shown.article, desk.author, sections=sections)
    pages.publish(shown.article, desk.author, desk.reviewer)
    assert len(pieces(read(client))) == 13
    # The article has a release that ended now: its ends are one more question, however many there are.
    assert measured() <= min(one + 1, 4)
