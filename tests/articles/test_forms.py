"""The form in which an article is written."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from articles.models import Article
from tests.desk.forms import filled
from tests.factories import bulk_rows, drugs, pages, people
from tests.factories.figures import figure
from tests.reading.rendered import parsed

pytestmark = pytest.mark.django_db
CHOICES = "/admin/articles/article/pieces/"


def address_of(document) -> str:
    return f"/admin/articles/article/{document.pk}/change/"


def offered(client, query: str) -> dict[str, str]:
    answer = client.get(CHOICES, {"q": query}).json()
    return {choice["value"]: choice["name"] for choice in answer["choices"]}


def named(response) -> list[str]:
    """What stands under the boxes for pieces, but for the blank one's and the one that is copied."""
    outputs = [node.text or "" for node in parsed(response).iter("output") if node.get("class") == "choice-name"]
    return outputs[:-2]


def test_it_takes_the_same_queries_however_many_sections_there_are(signed_in):
    author, drug_admin = people.author(), drugs.drug_admin()

    def count_queries(sections: int) -> int:
        key = figure(author, f"figure-{sections}")
        drug = drugs.monograph(drug_admin, title=f"Drug {sections}")
        shown = {"heading": "H", "body": "<p>Words.</p>", "figure": key, "shows": f"{drug.pk}:approvals"}
        document = pages.article(author, sections=[shown] * sections)
        with CaptureQueriesContext(connection) as queries:
            page = signed_in(author).get(address_of(document))
        assert named(page) == [f"Drug {sections}: approvals table"] * sections
        return len(queries)

    count_queries(1)
    assert count_queries(2) == count_queries(9)


def test_it_takes_the_same_queries_and_bytes_however_many_other_pages_there_are(signed_in):
    author = people.author()
    document = pages.article(author, sections=[{"heading": "H", "body": "<p>Words.</p>"}])

    def measure() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            page = signed_in(author).get(address_of(document))
        return len(queries), len(page.content)

    bulk_rows.create_monographs(5)
    measure()
    few_queries, few_bytes = measure()
    bulk_rows.create_monographs(195)
    bulk_rows.create_articles(200)
    queries, size = measure()
    assert queries == few_queries
    assert abs(size - few_bytes) < 200  # session keys and the like


def test_pieces_are_found_by_the_title_and_the_label_whatever_the_marks(signed_in):
    admin = drugs.drug_admin()
    zebra, other = drugs.monograph(admin, title="Quággamab"), drugs.monograph(admin, title="Othermab")
    client = signed_in(people.author())
    assert offered(client, "quagga")[f"{zebra.pk}:approvals"] == "Quággamab: approvals table"
    assert {key.partition(":")[0] for key in offered(client, "quagga")} == {str(zebra.pk)}
    assert offered(client, "othermab appro") == {f"{other.pk}:approvals": "Othermab: approvals table"}
    assert {f"{zebra.pk}:dosing", f"{other.pk}:dosing"} == offered(client, "dosing").keys()
    assert next(iter(offered(client, f"{zebra.pk}:dosing"))) == f"{zebra.pk}:dosing"
    assert offered(client, "nothing-has-this-word") == {}


def test_few_pieces_are_offered_in_few_queries_however_many_pages_there_are(signed_in):
    client = signed_in(people.author())

    def ask(query: str) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            found = offered(client, query)
        return len(found), len(queries)

    bulk_rows.create_monographs(20)
    words = ["", "common", "dosing", "common dosing"]
    few = [ask(word) for word in words]
    bulk_rows.create_monographs(200)
    assert [ask(word) for word in words] == few
    assert all(found == 8 for found, _queries in few)


@pytest.mark.parametrize(
    "typed", ["Zebra", "9:approvals", "zebramab approvals", "x" * 200, "٣:approvals", "1" * 40 + ":a"]
)
def test_what_is_no_piece_is_refused_in_words_and_stays_in_its_box(signed_in, typed):
    author, drug = people.author(), drugs.monograph(drugs.drug_admin(), title="Zebramab")
    document = pages.article(author, sections=[{"heading": "H", "body": "<p>Words.</p>"}])
    client, address = signed_in(author), address_of(document)
    refused = client.post(address, filled(client.get(address), sections__0__shows=typed))
    assert refused.status_code == 400
    assert filled(refused)["sections-0-shows"] == typed
    offers_key = f"{drug.pk}:approvals (Zebramab: approvals table)" in refused.content.decode()
    assert offers_key is typed.lower().startswith("zebra")  # so that it can be chosen without JavaScript
    assert not Article.objects.get(pk=document.pk).sections.get().shows


def test_a_piece_is_saved_by_its_key_and_called_by_its_name_in_a_conflict(signed_in):
    author, head = people.author(), people.head()
    admin = drugs.drug_admin()
    mine, theirs = (drugs.monograph(admin, title=title) for title in ("Minemab", "Theirmab"))
    document = pages.article(author, sections=[{"heading": "H", "body": "<p>Words.</p>"}])
    client, address = signed_in(author), address_of(document)
    opened = client.get(address)
    section = Article.objects.get(pk=document.pk).sections.get()
    row = {"id": section.pk, "heading": "H", "body": "<p>Words.</p>", "shows": f"{theirs.pk}:dosing"}
    pages.edit(document, head, sections=[row])
    refused = client.post(address, filled(opened, sections__0__shows=f"{mine.pk}:dosing"))
    assert refused.status_code == 409
    with translation.override("en"):
        for name in ("Minemab: dosing schedule", "Theirmab: dosing schedule"):
            assert name in refused.content.decode()
    assert client.post(address, filled(refused)).status_code == 302
    section.refresh_from_db()
    assert section.shows == f"{mine.pk}:dosing"
