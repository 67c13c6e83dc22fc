"""What a page costs does not depend on how many editions it has had."""

import pytest

from editorial.editions.models import Document, Edition
from editorial.reviews.services import add_remark
from editorial.reviews.threads import load_threads
from tests.factories import pages, people
from tests.factories.bulk_editions import add_editions
from tests.factories.counting import Cost, counted_cost
from tests.factories.pages import submit
from tests.layers import layer

pytestmark = pytest.mark.django_db

FEW, MANY = 30, 300


def cost_of(client, path: str) -> Cost:
    client.get(path)  # what is kept from then on
    with counted_cost() as cost:
        assert client.get(path).status_code == 200
    return cost


def make_page(count: int) -> tuple[Document, Edition]:
    """A page with so many editions, the last of which is live."""
    document = pages.article(people.author())
    return document, add_editions(pages.publish(document, people.author(), people.reviewer()), count - 1)


@layer
def pages_by_count() -> dict[int, tuple[Document, Edition]]:
    return {count: make_page(count) for count in (FEW, MANY)}


@pytest.mark.parametrize(
    ("who", "state"),
    [
        ("author", "live"),
        ("reviewer", "waiting"),
        ("head", "live"),
        *(
            pytest.param(*case, marks=pytest.mark.prove)
            for case in (("author", "waiting"), ("reviewer", "live"), ("head", "waiting"))
        ),
    ],
)
def test_the_page_of_an_edition_costs_the_same_at_300_editions_as_at_30(signed_in, pages_by_count, who, state):
    client, costs = signed_in(getattr(people, who)()), []
    for document, edition in pages_by_count.values():
        if state == "waiting":
            pages.edit(document, writer := people.author(), title="Another title", sections=[pages.SECTION])
            edition = submit(document, "en", user=writer)
        costs.append(cost_of(client, f"/admin/desk/editions/{edition.pk}/"))
    assert costs[0] == costs[1]


def test_the_page_of_a_document_costs_the_same_at_300_editions_as_at_30(signed_in, pages_by_count):
    client = signed_in(people.head())
    few, many = (cost_of(client, f"/admin/desk/documents/{document.pk}/") for document, _ in pages_by_count.values())
    assert few == many


def test_the_writing_form_costs_the_same_at_300_editions_as_at_30(signed_in, pages_by_count):
    client = signed_in(people.author())
    paths = [f"/admin/articles/article/{pages.working(document).pk}/change/" for document, _ in pages_by_count.values()]
    few, many = (cost_of(client, path) for path in paths)
    assert few == many


def test_submitting_and_signing_cost_the_same_at_300_editions_as_at_30(pages_by_count):
    author, reviewer, costs = people.author(), people.reviewer(), []
    # So that readers' search knows the words: new ones take statements of their own.
    pages.publish(pages.article(author, title="Another title", sections=[pages.SECTION]), author, reviewer)
    for document, _edition in pages_by_count.values():
        pages.edit(document, author, title="Another title", sections=[pages.SECTION])
        with counted_cost() as submitting:
            edition = submit(document, "en", user=author)
        with counted_cost() as signing:
            pages.sign(edition, reviewer)
        costs.append((submitting, signing))
    assert costs[0] == costs[1]


def test_a_remark_on_a_removed_passage_costs_the_same_at_300_editions_as_at_30(signed_in):
    author, reviewer, costs = people.author(), people.reviewer(), []
    for count in (FEW, MANY):
        document = pages.article(author)
        first = pages.publish(document, author, reviewer)
        passage = next(node.id for node in first.tree.walk() if node.type == "paragraph")
        removed = {"id": pages.working(document).sections.get().pk, "body": "<p>Nothing like it at all.</p>"}
        pages.edit(document, author, sections=[removed])
        second = pages.publish(document, author, reviewer)
        remark = add_remark(second, user=reviewer, text="Why did it go?", node_id=passage)
        add_editions(second, count)
        pages.edit(document, author, title="Another title")
        submit(document, "en", user=author)  # from here on it is known where the remark stands
        pages.edit(document, author, title="A third title")
        with counted_cost() as submitting:
            edition = submit(document, "en", user=author)
        showing = cost_of(signed_in(reviewer), f"/admin/desk/editions/{edition.pk}/")
        [thread] = load_threads(edition)
        assert (thread.first, thread.is_gone, thread.node_id) == (remark, True, passage)
        costs.append((submitting, showing))
    assert costs[0] == costs[1]
