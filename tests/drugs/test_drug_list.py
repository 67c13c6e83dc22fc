"""The list of drugs by brand, and its second view."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drugs.drug_list import DrugList
from drugs.models import ListedDrug
from editorial.reading.list_rows import rebuild_lists
from tests.factories import drugs, pages, people
from tests.reading import rendered

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def publish(slug: str, title: str, brand: str, people_of) -> None:
    products = [{**drugs.PRODUCT, "brand": brand}] if brand else []
    admin, other, reviewer = people_of
    document = drugs.monograph(admin, slug=slug, title=title, products=products)
    drugs.verified(document, admin, other)
    pages.publish(document, admin, reviewer)


@pytest.fixture
def team():
    return drugs.drug_admin(), drugs.drug_admin(), people.reviewer()


def names(client, path: str = "/en/drugs/") -> list[str]:
    headings = rendered.parsed(client.get(path)).iter("h2")
    found = [item for item in headings if item.get("class") == "drug-entry-name"]
    return [" ".join("".join(item.itertext()).split()) for item in found]


def test_drugs_are_listed_by_brand_and_one_without_by_its_generic_name(client, team):
    for slug, title, brand in (
        ("a", "Alphamab", "Zulu"), ("b", "Mikomab", ""), ("c", "Zetamab", "Alfa"), ("d", "Betamab", "echo"),
    ):  # fmt: skip
        publish(slug, title, brand, team)
    expected = ["Alfa (zetamab)", "echo (betamab)", "Mikomab", "Zulu (alphamab)"]
    assert names(client) == expected
    assert "Triple-negative" not in rendered.words(client.get("/en/drugs/"))  # no word is signed
    assert list(DrugList().find_problems()) == []
    ListedDrug.objects.all().delete()
    assert list(DrugList().find_problems()) != []
    rebuild_lists()
    assert names(client) == expected


@pytest.mark.parametrize("path", ["/en/drugs/", "/en/drugs/?view=approvals"])
def test_a_longer_list_asks_no_more_questions(client, team, path):
    publish("a", "Alphamab", "Alfa", team)
    client.get(path)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    before = count()
    for number in range(4):
        publish(f"b-{number}", f"Betamab {number}", f"Bravo {number}", team)
    assert count() == before


def test_the_approvals_are_a_second_view_with_an_address_of_its_own(client, team):
    publish("a", "Alphamab", "Alfa", team)
    by_drug, by_approval = client.get("/en/drugs/"), client.get("/en/drugs/?view=approvals")
    assert (names(client), names(client, "/en/drugs/?view=approvals")) == (["Alfa (alphamab)"], [])
    assert "For cancer that has spread." in rendered.words(by_approval)
    assert "?view=approvals" in rendered.links(by_drug)
    assert 'rel="canonical" href="http://testserver/en/drugs/?view=approvals"' in canonical(by_approval)
    assert by_approval["ETag"] != by_drug["ETag"]


@pytest.mark.parametrize("query", ["?state=regular", "?view=approvals&state=regular"])
def test_an_address_that_chooses_among_approvals_is_one_of_theirs(client, team, query):
    publish("a", "Alphamab", "Alfa", team)
    assert names(client, f"/en/drugs/{query}") == []
    assert 'rel="canonical" href="http://testserver/en/drugs/?view=approvals"' in canonical(
        client.get(f"/en/drugs/{query}")
    )


def test_a_view_that_nobody_knows_is_the_list_of_drugs(client, team):
    publish("a", "Alphamab", "Alfa", team)
    assert names(client, "/en/drugs/?view=unheard-of") == ["Alfa (alphamab)"]


def canonical(response) -> str:
    """The page, its own addresses without the name of the host that tests are given."""
    own = r'rel="canonical" href="https?://[^/"]+'
    return re.sub(own, 'rel="canonical" href="http://testserver', response.content.decode())
