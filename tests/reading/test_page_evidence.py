"""What a page rests on moves whenever its bytes do, and stays where they stay."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.editions.working.copies import change_slug
from editorial.reading.page_evidence import fetch_page_evidence
from editorial.reviews.services import revoke_sign_off, withdraw
from tests.databases import on_postgres
from tests.factories import pages, people
from tests.factories.leaflets import write_leaflet
from tests.layers import layer
from tests.reading.query_plans import tables_scanned

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

LANGUAGES = ("en", "es", "ar")
WORDS = '<p>All about <a href="/leaflets/word/">zebras</a>, and <a href="/articles/linked/">more</a>.</p>'


@layer
def world(desk, stock):
    """A page that shows a piece, explains a word in place and links to another page, which has a reader elsewhere."""
    piece = write_leaflet(desk.author, "piece", "Piece title", "<p>Piece words.</p>")
    word = write_leaflet(desk.author, "word", "Word title", "<p>Word words.</p>")
    linked = pages.article(desk.author, slug="linked", title="Linked")
    for document in (piece, word, linked):
        pages.publish(document, desk.author, desk.reviewer)
    sections = [{"heading": "Here", "body": WORDS, "piece_of": piece, "piece": "box"}]
    page = pages.article(desk.author, slug="page", title="Main", sections=sections)
    edition = pages.publish(page, desk.author, desk.reviewer)
    pages.publish_translation(page, "es", desk.translator, desk.reviewer)
    away = pages.article(desk.author, slug="away", title="Away")
    pages.publish(away, desk.author, desk.reviewer)
    withdraw(away, "en", user=desk.operator, reason="An error.")
    elsewhere = pages.article(desk.author, slug="elsewhere", title="Elsewhere")
    pages.publish(elsewhere, desk.author, desk.reviewer)
    return SimpleNamespace(
        page=page, edition=edition, piece=piece, word=word, linked=linked, away=away, elsewhere=elsewhere
    )


def evidence(slug: str = "page", at=None) -> list:
    return [fetch_page_evidence("article", slug, language, at or timezone.now()).digest for language in LANGUAGES]


def answers(client, slug: str = "page") -> list:
    """What readers get in each language: status, address and bytes."""
    responses = [client.get(f"/{language}/articles/{slug}/") for language in LANGUAGES]
    return [(response.status_code, response.headers.get("Location"), response.content) for response in responses]


def renew(document, desk, **keywords):
    write_leaflet(desk.author, "", "Newer title", "<p>New words.</p>", document=document)
    return pages.publish(document, desk.author, desk.reviewer, **keywords)


def renew_article(document, desk, **keywords):
    pages.edit(document, desk.author, lead="Another lead.")
    return pages.publish(document, desk.author, desk.reviewer, **keywords)


def take_down(document, desk, language: str = "en", **keywords):
    return withdraw(document, language, user=desk.operator, reason="An error.", **keywords)


def sign_off_and_revoke_another(world, desk):
    revoke_sign_off(pages.confirm(world.edition, people.reviewer()), user=desk.head, reason="An error.")


def release_policy(world, desk):
    words = pages.site_words(desk.author, "organisation", "Who we are", "<p>Us.</p>", is_page=True)
    pages.publish(words, desk.author, desk.reviewer)


def translate_piece(world, desk):
    pages.publish_translation(world.piece, "es", desk.translator, desk.reviewer)


def withdraw_and_bring_back(world, desk):
    take_down(world.page, desk)
    pages.bring_back(world.edition, desk.reviewer)


def make_for_a_new_address(world, desk):
    change_slug(world.page, "moved", user=desk.head)


CHANGES = {
    "a new edition": lambda world, desk: renew_article(world.page, desk),
    "a sign-off again": lambda world, desk: pages.confirm(world.edition, people.reviewer()),
    "a sign-off revoked": sign_off_and_revoke_another,
    "a translation": lambda world, desk: pages.publish_translation(world.page, "ar", desk.translator, desk.reviewer),
    "withdrawn": lambda world, desk: take_down(world.page, desk),
    "withdrawn in one language": lambda world, desk: take_down(world.page, desk, "es"),
    "brought back": withdraw_and_bring_back,
    "another address": make_for_a_new_address,
    "a new edition of a piece": lambda world, desk: renew(world.piece, desk),
    "a piece in another language": translate_piece,
    "a piece withdrawn": lambda world, desk: take_down(world.piece, desk),
    "another address of a piece": lambda world, desk: change_slug(world.piece, "moved", user=desk.head),
    "a new edition of a word": lambda world, desk: renew(world.word, desk),
    "a linked page withdrawn": lambda world, desk: take_down(world.linked, desk),
    "another address of a linked page": lambda world, desk: change_slug(world.linked, "moved", user=desk.head),
    "a page about the site": release_policy,
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changes_a_page_changes_its_evidence(client, world, desk, name):
    before, said = evidence(), answers(client)
    CHANGES[name](world, desk)
    moved = [one != other for one, other in zip(before, evidence(), strict=True)]
    differs = [one != other for one, other in zip(said, answers(client), strict=True)]
    assert any(differs) or name in ("brought back", "a sign-off revoked")
    assert [language for language, m, d in zip(LANGUAGES, moved, differs, strict=True) if d and not m] == []


@pytest.mark.parametrize("slug", ["away", "never-was", "page-once"])
def test_what_changes_an_answer_without_a_page_changes_its_evidence(client, world, desk, slug):
    if slug == "page-once":
        change_slug(world.page, "page-once", user=desk.head)
        change_slug(world.page, "page-twice", user=desk.head)
    before, said = evidence(slug), answers(client, slug)
    if slug == "away":
        renew_article(world.away, desk)
    elif slug == "never-was":
        pages.publish(pages.article(desk.author, slug=slug), desk.author, desk.reviewer)
    else:
        change_slug(world.page, "page-thrice", user=desk.head)
    assert not set(said) & set(answers(client, slug))
    assert not set(before) & set(evidence(slug))


def test_words_of_every_page_are_part_of_it(client, world, desk):
    renew_article(world.page, desk)  # so that the Spanish page says that it is outdated
    before, said = evidence(), answers(client)
    phrases = [{"key": "outdated-title", "text": "Older than its source"}]
    words = pages.site_words(desk.author, "page-words", "Words", phrases=phrases)
    pages.publish(words, desk.author, desk.reviewer)
    pages.publish_translation(words, "es", desk.translator, desk.reviewer)
    assert "es Older than its source" in answers(client)[1][2].decode()
    assert said[1] != answers(client)[1]
    assert before[1] != evidence()[1]


def test_an_explanation_that_is_signed_later_changes_what_a_withdrawn_page_rests_on(client, world, desk):
    words = pages.site_words(desk.author, "why", "Chosen title", "<p>Chosen words.</p>")
    take_down(world.page, desk, explanation=words)
    before, said = evidence(), answers(client)
    pages.publish(words, desk.author, desk.reviewer)
    assert evidence()[0] != before[0]
    assert answers(client)[0] != said[0]


UNRELATED = {
    "typed, not signed": lambda world, desk: pages.edit(world.page, desk.author, lead="Typed."),
    "a new edition of a linked page": lambda world, desk: renew_article(world.linked, desk),
    "a linked page in another language": lambda world, desk: pages.publish_translation(
        world.linked, "es", desk.translator, desk.reviewer
    ),
    "another page": lambda world, desk: renew_article(world.elsewhere, desk),
    "another page withdrawn": lambda world, desk: take_down(world.elsewhere, desk),
    "another page's address": lambda world, desk: change_slug(world.elsewhere, "moved", user=desk.head),
    "a page that is new": lambda world, desk: pages.publish(pages.article(desk.author), desk.author, desk.reviewer),
}


@pytest.mark.parametrize("name", UNRELATED)
def test_what_happens_elsewhere_leaves_the_evidence_of_a_page_as_it_was(client, world, desk, name):
    before, said = evidence(), answers(client)
    UNRELATED[name](world, desk)
    assert answers(client) == said
    assert evidence() == before


@pytest.mark.parametrize("name", ["page", "piece"])
def test_it_says_when_the_next_release_begins_and_changes_then_and_not_before(client, world, desk, name):
    start = timezone.now() + timedelta(days=1)
    document = getattr(world, name)
    {"page": renew_article, "piece": renew}[name](document, desk, publish_at=start)
    found = fetch_page_evidence("article", "page", "en", timezone.now())
    assert found.until == start
    assert evidence(at=start - timedelta(microseconds=1)) == evidence()
    assert evidence(at=start)[0] != found.digest
    assert fetch_page_evidence("article", "page", "en", start).until is None


def test_a_linked_page_that_begins_later_is_waited_for(world, desk):
    start = timezone.now() + timedelta(days=1)
    take_down(world.linked, desk)
    renew_article(world.linked, desk, publish_at=start)
    now = fetch_page_evidence("article", "page", "en", timezone.now())
    assert now.until == start
    assert fetch_page_evidence("article", "page", "en", start).digest != now.digest


def test_nothing_to_come_has_no_end(world):
    assert fetch_page_evidence("article", "page", "en", timezone.now()).until is None


def test_it_takes_one_statement_and_no_content(world):
    with CaptureQueriesContext(connection) as queries:
        fetch_page_evidence("article", "page", "en", timezone.now())
    [query] = queries
    assert '"editions_edition"' not in query["sql"]


@pytest.mark.skipif(on_postgres(), reason="a question to SQLite about its plan")
def test_it_reads_past_no_table(world):
    assert tables_scanned(lambda: fetch_page_evidence("article", "page", "en", timezone.now())) == []


def test_time_alone_changes_nothing(world):
    before = evidence()
    assert evidence(at=timezone.now() + timedelta(days=30)) == before
