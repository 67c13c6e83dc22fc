"""What links to a page, and which links of live pages lead nowhere: asked from rows, and by a command."""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from editorial.editions.working.copies import change_slug
from editorial.reviews.services import withdraw
from tests.factories import pages, people

pytestmark = pytest.mark.django_db


@pytest.fixture
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
    assert [row["title"] for row in page.context["incoming"]] == ["What helps"]
    assert "The pages that link here will lead to the new address." in page.content.decode()
    assert client.get(f"/admin/desk/documents/{desk.linking.pk}/").context["incoming"] == []
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
    assert len(page.context["incoming"]) == 2


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
