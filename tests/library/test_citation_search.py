"""What an author finds to cite or to link to, by a few letters."""

import pytest

from editorial.accounts.models import User
from tests.factories import drugs, pages, people
from tests.layers import layer

pytestmark = pytest.mark.both_databases

SET_ID = "6fa682c9-a312-4932-9831-f286908660ee"
PICK = "/admin/library/reference/pick/"


@layer
def author() -> User:
    """Who looks for something of each sort that one can cite or link to."""
    author = people.author()
    pages.put_references(
        author, pages.reference("schmid-2020", title="Early disease", source="N Engl J Med", set_id=SET_ID)
    )
    pages.glossary_entry(author, slug="pd-l1", title="PD-L1")
    pages.article(author, slug="biomarkers", title="Biomarker tests")
    pages.site_words(author, "helpline", "Helpline")
    drugs.monograph(drugs.drug_admin(), slug="zebramab", title="Zebramab")
    pages.article(author, slug="marks", title="Cáncer de pulmón", lead="Quaggas are rare.")
    return author


@pytest.fixture
def find(author, signed_in):
    client = signed_in(author)

    def ask(words: str) -> list[tuple[str, str]]:
        answer = client.get(PICK, {"q": words}).json()["results"]
        return [(item["name"], item.get("text") or item["link"]) for item in answer]

    return ask


SOURCE = ("Early disease", "[@schmid-2020]")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("schmid", SOURCE),
        ("early dis", SOURCE),
        ("n engl", SOURCE),
        ("10.1056/schmid", SOURCE),
        ("6FA682C9", SOURCE),
        (SET_ID, SOURCE),
        ("pd-l", ("PD-L1", "/glossary/pd-l1/")),
        ("  biomarker  tests ", ("Biomarker tests", "/articles/biomarkers/")),
        ("zebra", ("Zebramab", "/drugs/zebramab/")),
        ("cancer pulmon", ("Cáncer de pulmón", "/articles/marks/")),
        ("PULMÓN", ("Cáncer de pulmón", "/articles/marks/")),
        ("quagga", ("Cáncer de pulmón", "/articles/marks/")),
    ],
)
def test_it_is_found_by_any_of_its_names_and_says_what_to_put_into_the_text(find, words, found):
    assert found in find(words)


def test_a_drug_is_found_by_its_brand(find):
    brand = drugs.PRODUCT["brand"]
    assert ("Zebramab", "/drugs/zebramab/") in find(brand[:5].lower())


@pytest.mark.parametrize("words", ["", "   ", "\0", "nothing is called so", "x" * 5000])
def test_nothing_is_found_where_nothing_is_called_so(find, words):
    assert find(words) == []


def test_what_has_no_page_is_not_offered_for_a_link(find):
    assert find("helpline") == []


def test_queries_and_answers_are_few_however_much_there_is(find, author, django_assert_max_num_queries):
    pages.put_references(author, *(pages.reference(f"many-{number}", title="Of many") for number in range(20)))
    with django_assert_max_num_queries(17):
        assert len(find("of many")) == 8
