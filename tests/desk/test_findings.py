"""Findings on the pages of authors and reviewers: beside what is saved, and beside what is only typed."""

import re
import sqlite3
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from drugs.models import Approval, Biomarker
from editorial.checks.absolute_claims import AbsoluteClaims
from editorial.checks.dismissals import dismiss_finding
from editorial.checks.models import Dismissal
from tests import PROVING
from tests.databases import on_postgres
from tests.desk.conftest import state
from tests.desk.forms import filled
from tests.desk.test_garbage import NASTY
from tests.factories import drugs, pages, people
from tests.factories.pages import submit
from tests.reading import rendered


def write(world) -> str:
    return f"/admin/articles/article/{world.draft.pk}/change/"


def live(world) -> str:
    return f"/admin/articles/article/{world.draft.pk}/findings/"


def dismissing(document) -> str:
    return f"/admin/desk/documents/{document.pk}/en/findings/"


def typed(client, world, **fields):
    """The panel's answer to what is typed into the page that is being written."""
    return client.post(live(world), filled(client.get(write(world)), **fields))


def test_the_page_shows_the_findings_of_what_is_saved_with_the_way_to_their_fields(world, signed_in):
    pages.edit(world.draft, world.author, lead="It cures cancer.")
    html = signed_in(world.author).get(write(world)).content.decode()
    assert "Absolute claim" in html
    assert 'href="#field-lead"' in html
    assert 'id="field-lead"' in html


def test_what_is_typed_is_checked_as_though_it_were_saved_and_nothing_is_changed(world, signed_in):
    client, before = signed_in(world.author), state()
    html = typed(
        client, world, lead="It cures cancer.", sections__0__body="<p>It is completely safe.</p>"
    ).content.decode()
    for words in ('<q dir="auto">cures</q>', "completely safe", 'href="#field-lead"', 'href="#field-sections-0-body"'):
        assert words in html
    assert state() == before
    assert "cures" not in client.get(write(world)).content.decode()


def test_a_part_that_is_only_typed_is_led_to_and_not_dismissed_yet(world, signed_in):
    client = signed_in(world.author)
    new = {"sections__1__heading": "New", "sections__1__group": "overview", "sections__1__body": "<p>It cures.</p>"}
    html = typed(client, world, **new).content.decode()
    assert 'href="#field-sections-1-body"' in html
    assert "Save to dismiss this." in html


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"title": ""}, "A field is empty or invalid."), ({"token": "0"}, "saved this page in another tab")],
)
def test_what_cannot_be_read_says_so_and_shows_what_is_saved(world, signed_in, fields, words):
    pages.edit(world.draft, world.author, lead="It cures cancer.")
    client, before = signed_in(world.author), state()
    answer = typed(client, world, **{"lead": "Other words.", **fields})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert "cures" in answer.content.decode()
    assert state() == before


def test_what_stands_in_the_way_of_submitting_is_told_once(world, signed_in):
    body = '<p>See <a href="/articles/nowhere/">it</a>.</p>'
    html = typed(signed_in(world.author), world, lead="", sections__0__body=body).content.decode()
    assert html.count("leads to no page of this site") == 2  # the name of the check, and the one finding
    assert html.count("The article needs a lead.") == 1


@pytest.mark.parametrize("who", ["author", "head", "translator", "reviewer", "drug_admin", "operator"])
def test_only_who_writes_the_page_has_it_checked_while_typing(world, signed_in, who):
    client, before = signed_in(getattr(world, who)), state()
    data = filled(signed_in(world.author).get(write(world)), lead="It cures.")
    assert client.post(live(world), data).status_code == (200 if who in ("author", "head") else 403)
    assert state() == before


HIDDEN = ["token", "sections-0-id", "sections-TOTAL_FORMS"]  # nothing else is read where one of them is wrong


@pytest.mark.parametrize("fields", [["lead", "title", "sections-0-body"], *([name] for name in HIDDEN)], ids=" ".join)
def test_whatever_is_typed_is_answered_and_changes_nothing(world, signed_in, fields):
    client, before = signed_in(world.author), state()
    client.raise_request_exception = False
    opened = filled(client.get(write(world)))
    # Each value in each field that is typed into, and in every hidden one in `make prove`; else every third there.
    turns = range(0, len(NASTY), 1 if PROVING or fields[0] not in HIDDEN else 3)
    for typed in ({name: NASTY[(turn + step) % len(NASTY)] for step, name in enumerate(fields)} for turn in turns):
        assert client.post(live(world), opened | typed).status_code in (200, 400), typed
    assert client.post(live(world), {}).status_code == 200
    assert state() == before


@pytest.mark.parametrize("key", ["0", "999999", "9" * 30, "abc"])
def test_a_page_that_is_not_there_has_no_findings(world, signed_in, key):
    assert signed_in(world.author).post(f"/admin/articles/article/{key}/findings/", {}).status_code == 404


def test_every_kind_of_page_is_checked_while_typing(world, signed_in):
    for who, path, row in (
        ("author", "library/sitewords", world.words),
        ("author", "library/glossaryentry", world.entry),
        ("drug_admin", "drugs/monograph", world.drug),
    ):
        client, before = signed_in(getattr(world, who)), state()
        opened = filled(client.get(f"/admin/{path}/{row.pk}/change/"), title="A miracle")
        html = client.post(f"/admin/{path}/{row.pk}/findings/", opened).content.decode()
        assert '<q dir="auto">miracle</q>' in html, path
        assert 'href="#field-title"' in html, path
        assert state() == before, path


# (who writes it, its page, the address that checks what is typed)
WRITING = [
    ("author", "/admin/articles/article/{draft}/change/", "/admin/articles/article/{draft}/findings/"),
    ("author", "/admin/library/sitewords/{words}/change/", "/admin/library/sitewords/{words}/findings/"),
    ("author", "/admin/library/glossaryentry/{entry}/change/", "/admin/library/glossaryentry/{entry}/findings/"),
    ("drug_admin", "/admin/drugs/monograph/{drug}/change/", "/admin/drugs/monograph/{drug}/findings/"),
    ("translator", "/admin/translate/{live}/es/", "/admin/translate/{live}/es/findings/"),
]


@pytest.mark.parametrize(("who", "page", "checked"), WRITING)
def test_looking_at_what_is_typed_writes_nothing_and_begins_no_transaction(
    world, signed_in, monkeypatch, who, page, checked
):
    keys = {name: getattr(world, name).pk for name in ("draft", "words", "entry", "drug", "live")}
    client = signed_in(getattr(world, who))
    opened = filled(client.get(page.format(**keys)))
    opened |= {name: "Un milagro" for name in opened if name in ("title", "words")}
    # As outside the test's own transaction: whoever began one would say BEGIN.
    with monkeypatch.context() as patch, CaptureQueriesContext(connection) as queries:
        patch.setattr(connections["default"], "in_atomic_block", False)
        answer = client.post(checked.format(**keys), opened)
    assert answer.status_code == 200
    assert "cannot be read yet" not in answer.content.decode()
    # On PostgreSQL, choices are read through a cursor: DECLARE … NO SCROLL CURSOR … FOR SELECT.
    statements = [re.sub(r"^DECLARE .* CURSOR .*FOR (?=SELECT)", "", query["sql"]) for query in queries]
    assert [sql for sql in statements if not sql.startswith("SELECT") or "FOR UPDATE" in sql] == []


@pytest.mark.both_databases
def test_what_is_typed_is_checked_while_somebody_else_holds_the_lock_of_the_writer(
    fresh_connection, fresh_database, signed_in
):
    """On SQLite there is one for the whole database: a duty operator's take-down must never wait for a look."""
    author = people.author()
    document = pages.article(author)
    client, page = signed_in(author), f"/admin/articles/article/{document.pk}/"
    opened = filled(client.get(f"{page}change/"))
    with other_writer(fresh_database, document.pk):
        answer = client.post(f"{page}findings/", opened | {"title": "It cures"})
    assert answer.status_code == 200
    assert "cannot be read yet" not in answer.content.decode()


@contextmanager
def other_writer(url: str, document: int):
    """Another connection in the middle of a write to this document."""
    if on_postgres():
        with psycopg.connect(url) as writer:
            writer.execute("SELECT 1 FROM editions_document WHERE id = %s FOR UPDATE", [document])
            yield
    else:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            yield


def test_a_part_that_is_only_typed_counts_as_it_would_if_it_were_saved(world, signed_in):
    """An approval needs a biomarker that the same form retires."""
    Approval.objects.filter(pk=world.approval.pk).update(biomarker=Biomarker.objects.get(monograph=world.drug.pk))
    drugs.verify(world.event, world.other_drug_admin)
    client, before = signed_in(world.drug_admin), state()
    opened = filled(client.get(f"/admin/drugs/monograph/{world.drug.pk}/change/"))
    address = f"/admin/drugs/monograph/{world.drug.pk}/findings/"
    assert "biomarker that was retired" not in client.post(address, opened).content.decode()
    html = client.post(address, opened | {"biomarkers-0-retired": "on"}).content.decode()
    assert "biomarker that was retired" in html
    assert state() == before


def test_dismissing_leads_back_to_the_page_which_shows_the_reason(world, signed_in):
    client = signed_in(world.author)
    data = {"check": "no-when-to-call", "node": "article", "reason": "A page about <us>."}
    answer = client.post(dismissing(world.draft), data)
    assert (answer.status_code, answer.url) == (302, f"{write(world)}#findings")
    html = client.get(write(world)).content.decode()
    assert "A page about &lt;us&gt;." in html
    assert "Dismissed with a reason" in html


def test_a_refused_dismissal_keeps_what_was_typed(world, signed_in):
    client, before = signed_in(world.author), state()
    data = {"check": "absolute-words", "node": "article", "reason": "Kept <words>"}
    answer = client.post(dismissing(world.draft), data)
    assert answer.status_code == 409
    assert "Kept &lt;words&gt;</textarea>" in answer.content.decode()
    assert filled(answer) == data
    assert state() == before


def test_a_reviewer_sees_what_is_open_and_what_was_dismissed_with_its_reason(world, signed_in):
    pages.edit(world.draft, world.author, lead="It cures cancer.")
    dismiss_finding(
        world.draft, "en", check="no-when-to-call", node_id="article", user=world.author, reason="A page about us."
    )
    edition = submit(world.draft, "en", user=world.author)
    root = rendered.parsed(signed_in(world.reviewer).get(f"/admin/desk/editions/{edition.pk}/"))
    [advice] = [node for node in root.iter("section") if node.get("id") == "advice"]
    text = " ".join("".join(advice.itertext()).split())
    for words in (
        "Absolute claim 1",
        "cures",
        "Dismissed by the author",
        "A page about us.",
        world.author.name,
    ):
        assert words in text
    links = [node.get("href") for node in advice.iter("a")]
    assert "#block-article" in links
    assert [node for node in root.iter() if node.get("id") == "block-article"]


def test_pages_ask_as_many_queries_with_many_findings_as_with_few(world, signed_in):
    def asked(blocks: int) -> list[int]:
        section = pages.working(world.draft).sections.first()
        body = "".join(f"<p>It cures {number}% of people.</p>" for number in range(blocks))
        pages.edit(world.draft, world.author, sections=[{"id": section.pk, "body": body}])
        edition = submit(world.draft, "en", user=world.author)
        author, reviewer, counts = signed_in(world.author), signed_in(world.reviewer), []
        data = filled(author.get(write(world)), lead="Typed.")
        for ask in (
            lambda: author.get(write(world)),
            lambda: author.post(live(world), data),
            lambda: reviewer.get(f"/admin/desk/editions/{edition.pk}/"),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert ask().status_code == 200
            counts.append(len(queries))
        return counts

    dismiss_finding(world.draft, "en", check="no-when-to-call", node_id="article", user=world.author, reason="x")
    asked(1)
    few, many = asked(2), asked(40 if PROVING else 10)
    assert few == many
    assert Dismissal.objects.exists()


def test_however_many_typed_texts_hold_links_they_are_looked_up_at_once(world, signed_in):
    def asked(count: int) -> int:
        body = f'<p>See <a href="/articles/{world.live.slug}/">it</a>.</p>'
        pages.edit(world.draft, world.author, sections=[pages.SECTION | {"body": body} for _number in range(count)])
        client = signed_in(world.author)
        data = filled(client.get(write(world)), lead="Typed.")
        with CaptureQueriesContext(connection) as queries:
            assert client.post(live(world), data).status_code == 200
        return len(queries)

    asked(1)
    assert asked(2) == asked(12)


def test_a_translator_sees_what_is_to_be_said_of_what_is_typed_and_how_it_will_look(world, signed_in):
    client, page = signed_in(world.translator), f"/admin/translate/{world.live.pk}/es/"
    opened = filled(client.get(f"{page}?unit=article.title"))
    before = state()
    answer = client.post(f"{page}findings/", {**opened, "words": "Un milagro"})
    html = answer.content.decode()
    assert '<q dir="auto">milagro</q>' in html
    assert "<p>Un milagro</p>" in html  # how it will look
    assert "Save to dismiss this." in html
    assert state() == before


def test_a_translator_dismisses_advice_about_the_translation_and_is_led_back_to_it(world, signed_in):
    client, page = signed_in(world.translator), f"/admin/translate/{world.live.pk}/es/"
    unit = f"{page}?unit=article.title"
    assert client.post(page, {**filled(client.get(unit)), "words": "Un milagro", "_act": "save"}).status_code == 302
    html = client.get(unit).content.decode()
    sent = f"/admin/desk/documents/{world.live.pk}/es/findings/"
    assert f'action="{sent}"' in html
    data = {"check": "absolute-words", "node": "article", "reason": "Its name."}
    answer = client.post(sent, data)
    assert (answer.status_code, answer.url) == (302, f"{page}#findings")
    assert Dismissal.objects.get().language == "es"
    assert "Its name." in client.get(unit).content.decode()


@pytest.mark.parametrize("who", ["author", "head", "translator", "reviewer", "drug_admin", "operator"])
def test_only_who_translates_has_a_translation_checked_while_typing(world, signed_in, who):
    client, address = signed_in(getattr(world, who)), f"/admin/translate/{world.live.pk}/es/findings/"
    assert client.post(address, {}).status_code == (200 if who == "translator" else 403)


def test_a_language_or_a_page_that_is_not_translated_has_no_findings(world, signed_in):
    client = signed_in(world.translator)
    for address in (f"{world.live.pk}/en", f"{world.live.pk}/xx", f"{world.draft.pk}/es", "999999/es"):
        assert client.post(f"/admin/translate/{address}/findings/", {}).status_code == 404, address


def test_a_check_that_fails_takes_no_page_of_the_desk_down(world, signed_in, monkeypatch):
    def fail(self, page):
        raise KeyError("atezolızumab")
        yield

    monkeypatch.setattr(AbsoluteClaims, "find", fail)
    author, edition = signed_in(world.author), submit(world.draft, "en", user=world.author)
    assert "A reader may need help right now" in author.get(write(world)).content.decode()
    assert "A reader may need help right now" in typed(author, world, lead="Typed.").content.decode()
    assert signed_in(world.reviewer).get(f"/admin/desk/editions/{edition.pk}/").status_code == 200
