"""What links to a page, and which links of live pages lead nowhere: asked from rows, and by a command."""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from editorial.editions.freezing import find_signed_source
from editorial.editions.models import Document, DraftLink, SearchText
from editorial.editions.working import search_texts
from editorial.editions.working.copies import change_slug
from editorial.reviews.services import withdraw
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.layers import layer

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
    assert client.get(f"/admin/desk/documents/{desk.linking.pk}/").context["incoming"].object_list == []
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
    return [(link.title, link.language, link.detail) for link in page.context["incoming"]]


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
        ("Waiting", "en", "edition 1, waiting for a sign-off"), live, ("Draft", "en", "draft"),
        ("What helps", "es", "draft"),
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
    assert [len(listed(client.get(path, {"page": page}))) for page in ("1", "2", "3", "x")] == [50, 13, 13, 50]
    page = client.get(f"/admin/desk/documents/{desk.target.pk}/").content.decode()
    assert "All 63 that link here" in page and f'href="{path}"' in page


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
