"""What links to a page, and which links of live pages lead nowhere: asked from rows, and by a command."""

import re
from io import StringIO
from itertools import product
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from editorial.desk import incoming_links
from editorial.editions.freezing import find_signed_source
from editorial.editions.models import Document, DraftLink, SearchText
from editorial.editions.working import search_texts
from editorial.editions.working.copies import change_slug
from editorial.reading.link_report import (
    find_incoming,
    find_incoming_drafts,
    find_linking_drafts,
    find_linking_editions,
)
from editorial.reviews.models import PendingEdition
from editorial.reviews.services import withdraw
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.layers import layer
from tests.reading.query_plans import explain, is_scanned_or_sorted

pytestmark = pytest.mark.django_db


@layer
def desk():
    made = SimpleNamespace(author=people.author(), reviewer=people.reviewer(), head=people.head())
    made.target = pages.article(made.author, slug="fatigue", title="Fatigue")
    pages.publish(made.target, made.author, made.reviewer)
    body = '<p>Read <a href="/articles/fatigue/">it</a>, and <a href="https://who.int/a?b=1">WHO</a>.[@schmid-2020]</p>'
    made.linking = pages.article(
        made.author, slug="linking", title="What helps", references=[pages.reference()],
        sections=[{"heading": "More", "body": body}],
    )  # fmt: skip
    pages.publish(made.linking, made.author, made.reviewer)
    return made


def check_links() -> list[str]:
    printed = StringIO()
    call_command("check_links", stdout=printed)
    return printed.getvalue().splitlines()


def test_the_page_of_a_document_says_what_links_to_it_and_so_does_moving(client, desk, django_assert_max_num_queries):
    client.force_login(desk.head)
    page = client.get(f"/admin/desk/documents/{desk.target.pk}/")
    assert listed(page) == [("What helps", "en", "edition 1")]
    assert "The pages that link here will lead to the new address." in page.content.decode()
    assert client.get(f"/admin/desk/documents/{desk.linking.pk}/").context["incoming"].links == []
    pages.publish(
        pages.article(
            desk.author,
            slug="third",
            sections=[{"heading": "More", "body": '<p>Read <a href="/articles/fatigue/">it</a>.</p>'}],
        ),
        desk.author,
        desk.reviewer,
    )
    with django_assert_max_num_queries(40):
        page = client.get(f"/admin/desk/documents/{desk.target.pk}/")
    assert len(listed(page)) == 2


def listed(page) -> list[tuple[str, str, str]]:
    return [(link.title, link.language, link.detail) for link in page.context["incoming"].links]


LINK = '<p>Read <a href="/articles/fatigue/">it</a>.</p>'


def test_a_page_knows_of_the_drafts_and_waiting_editions_that_link_to_it_and_forgets_them_with_the_link(client, desk):
    def shown():
        return listed(client.get(f"/admin/desk/documents/{desk.target.pk}/"))

    client.force_login(desk.head)
    waiting = pages.article(desk.author, title="Waiting", sections=[{"heading": "More", "body": LINK}])
    submit(waiting, "en", user=desk.author)
    draft = pages.article(desk.author, title="Draft", sections=[{"heading": "More", "body": LINK}])
    translator, source = people.translator("es"), find_signed_source(desk.linking)
    words = pages.typed_translation(source, "es")
    pages.translate(desk.linking, "es", translator, words)
    live = ("What helps", "en", "edition 1")
    assert shown() == [
        ("Waiting", "en", "edition 1, waiting for a sign-off"), live, ("What helps", "es", "draft"),
        ("Draft", "en", "draft"),
    ]  # fmt: skip
    section = pages.working(draft).sections.get()
    pages.edit(draft, desk.author, sections=[{"id": section.pk, "retired": True}])
    pages.edit(desk.linking, desk.author, sections=[{"heading": "Again", "body": LINK}])
    assert shown() == [("Waiting", "en", "edition 1, waiting for a sign-off"), live, ("What helps", "es", "draft")]


def test_a_draft_that_shows_a_piece_of_a_page_is_listed_there(client, desk):
    client.force_login(desk.head)
    shown = {"heading": "More", "body": "<p>Words.</p>", "shows": f"{desk.target.pk}:nothing"}
    pages.article(desk.author, title="Showing", sections=[shown])
    page = client.get(f"/admin/desk/documents/{desk.target.pk}/links/")
    assert ("Showing", "en", "draft") in listed(page)


@pytest.mark.both_databases
def test_what_links_to_a_page_is_listed_in_parts_with_as_few_queries(client, desk):
    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            client.get(path)
        return len(caught)

    client.force_login(desk.head)
    path = f"/admin/desk/documents/{desk.target.pk}/links/"
    for _number in range(2):
        pages.article(desk.author, title="Draft", sections=[{"heading": "More", "body": LINK}])
    cost()  # what a process asks once
    few = cost()
    drafts = Document.objects.bulk_create(Document(kind="article", slug=f"many-{number}") for number in range(60))
    Article.objects.bulk_create(Article(document=item, title_en="One of many") for item in drafts)
    DraftLink.objects.bulk_create(DraftLink(document=item, language="en", target=desk.target) for item in drafts)
    assert cost() == few
    assert [len(part) for part in parts(client, path)] == [50, 13]
    for nowhere in ("x", "e", "e٣", "d" + 20 * "9", "-1"):
        assert len(listed(client.get(path, {"after": nowhere}))) == 50
    page = client.get(f"/admin/desk/documents/{desk.target.pk}/").content.decode()
    assert "See everything that links here" in page and f'href="{path}"' in page


def parts(client, path) -> list[list[tuple[str, str, str]]]:
    """What each part of the list has, one after the other."""
    page = client.get(path)
    found = [listed(page)]
    while place := page.context["incoming"].next:
        assert f'href="?after={place}" rel="next"' in page.content.decode()
        page = client.get(path, {"after": place})
        found.append(listed(page))
    return found


def test_parts_of_any_size_are_the_whole_list_and_each_looks_at_a_bounded_stretch(client, desk, monkeypatch):
    client.force_login(desk.head)
    for words in ("Again", "Once more"):  # editions that were live once
        pages.edit(desk.linking, desk.author, sections=[{"heading": words, "body": LINK}])
        pages.publish(desk.linking, desk.author, desk.reviewer)
    for number in range(3):
        pages.article(desk.author, title=f"Draft {number}", sections=[{"heading": "More", "body": LINK}])
    path = f"/admin/desk/documents/{desk.target.pk}/links/"
    whole = [
        ("What helps", "en", "edition 3"), *((f"Draft {number}", "en", "draft") for number in (2, 1, 0)),
    ]  # fmt: skip
    assert parts(client, path) == [whole]
    for size, stretch in product((1, 2, 3, 4), (1, 2, 3, 1_000)):
        monkeypatch.setattr(incoming_links, "SIZE", size)
        monkeypatch.setattr(incoming_links, "STRETCH", stretch)
        found = parts(client, path)
        assert [link for part in found for link in part] == whole
        assert all(len(part) <= size for part in found)
    monkeypatch.setattr(incoming_links, "STRETCH", 1)
    page = client.get(path, {"after": client.get(path).context["incoming"].next})
    assert "None of these pages lead here any more." in page.content.decode()


@pytest.mark.both_databases
def test_what_links_to_a_page_is_read_in_the_order_of_an_index(desk):
    plan = explain(lambda: find_linking_editions(desk.target, 10**6, 50))
    assert "dependents_of_a_document" in plan and not is_scanned_or_sorted(plan)
    plan = explain(lambda: find_linking_drafts(desk.target, 10**6, 50))
    assert "drafts_that_lead_somewhere" in plan and not is_scanned_or_sorted(plan)
    at, is_waiting = timezone.now(), Exists(PendingEdition.objects.filter(edition=OuterRef("pk")))
    assert "SCAN" not in explain(lambda: list(find_incoming(desk.target, [1, 2], at, is_waiting)))
    plan = explain(lambda: list(find_incoming_drafts(desk.target, [1, 2], at, is_waiting)))
    assert not re.search("SCAN|Seq Scan", plan)


def test_links_of_drafts_that_were_saved_before_are_kept_once_all_migrations_have_run(desk):
    pages.article(desk.author, title="Draft", sections=[{"heading": "More", "body": LINK}])
    kept = set(DraftLink.objects.values_list("document", "language", "target"))
    DraftLink.objects.all().delete()
    SearchText.objects.all().delete()
    search_texts.keep_missing_search_texts(sender=None, using="default")
    assert kept and set(DraftLink.objects.values_list("document", "language", "target")) == kept


def test_check_links_lists_foreign_addresses_and_opens_none(desk):
    change_slug(desk.target, "tiredness", user=desk.head)
    assert check_links() == ["https://doi.org/10.1056/schmid-2020", "https://who.int/a?b=1"]


def test_check_links_fails_where_a_live_page_leads_to_what_was_taken_down(client, desk):
    client.force_login(desk.head)
    assert "Every link within the site leads to a live page." in client.get("/admin/desk/links/").content.decode()
    withdraw(desk.target, "en", user=people.operator(), reason="Wrong.")
    with pytest.raises(CommandError, match=rf"article/linking \(en 1\): /documents/{desk.target.pk}/"):
        check_links()
    [row] = client.get("/admin/desk/links/").context["rows"]
    assert (row["edition"].title, row["title"]) == ("What helps", "Fatigue")
