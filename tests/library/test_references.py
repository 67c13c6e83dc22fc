"""One source is one record, whoever types it and however."""

from datetime import date

import pytest

from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.library.models import Reference
from editorial.library.services import create_reference, save_reference
from editorial.library.services.references import DuplicateReference
from tests.factories import pages, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return people.author()


@pytest.fixture
def known(author):
    return create_reference(user=author, **pages.reference(pmid="123"))


@pytest.mark.parametrize(
    "same",
    [
        {"doi": "10.1056/schmid-2020"},
        {"doi": "10.1056/SCHMID-2020"},
        {"doi": "https://doi.org/10.1056/schmid-2020"},
        {"doi": "doi: 10.1056/schmid-2020"},
        {"doi": "DOI 10.1056/Schmid-2020"},
        {"doi": "http://www.doi.org/10.1056/schmid-2020"},
        {"doi": "https://DX.DOI.org/doi:10.1056/schmid-2020"},
        {"doi": "https://doi.org/10.1056%2Fschmid-2020"},
        {"doi": "", "url": "https://doi.org/10.1056/schmid-2020"},
        {"doi": "", "url": "HTTPS://DOI.ORG/10.1056/SCHMID-2020"},
        {"doi": "", "url": "https://pubmed.ncbi.nlm.nih.gov/123/"},
        {"doi": "", "url": "https://www.ncbi.nlm.nih.gov/pubmed/123"},
        {"doi": "", "pmid": "PMID: 123"},
        {"doi": "", "pmid": " 123 "},
        {"doi": "10.1056/another", "pmid": "123"},
    ],
)
def test_a_source_that_is_there_is_refused_with_the_one_that_is(author, known, same):
    with pytest.raises(DuplicateReference) as caught:
        create_reference(user=author, **pages.reference("other", **same))
    assert caught.value.reference == known
    assert Reference.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"key": "schmid-2020", "doi": "10.1/other", "pmid": ""}, "key: "),
        ({"key": "Not A Key"}, "key: Use lower-case letters, digits and hyphens."),
        ({"doi": "11.1056/x"}, "DOI: For example 10.1056/NEJMoa1910549."),
        *(
            ({"pmid": pmid}, "PMID: A number that does not begin with 0.")
            for pmid in ("12a", "0123", "0", "1234567890", "١٢٣", "-1", "1.0")
        ),
        ({"doi": "", "pmid": "", "url": ""}, "so that it can be found"),
        ({"title": " "}, "title: "),
    ],
)
def test_a_reference_that_is_wrong_is_refused_in_words(author, known, fields, told):
    with pytest.raises(Blocked) as caught:
        create_reference(user=author, **{**pages.reference("other"), **fields})
    assert any(told in blocker for blocker in caught.value.blockers)
    assert Reference.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"doi": "", "url": "https://doi.org/10.1056/An-article"}, ("10.1056/An-article", "")),
        ({"doi": "", "url": "https://pubmed.ncbi.nlm.nih.gov/456"}, ("", "456")),
        ({"doi": "10.1000/other", "url": "https://doi.org/10.1056/an-article"}, ("10.1000/other", "")),
        ({"url": "https://example.org/doi.org/10.1056/an-article", "doi": ""}, ("", "")),
        ({"doi": "", "url": "https://pubmed.ncbi.nlm.nih.gov/?term=1"}, ("", "")),
    ],
)
def test_an_identifier_that_only_the_web_address_holds_is_taken_from_it(author, typed, kept):
    made = create_reference(user=author, **pages.reference(**typed))
    assert (made.doi, made.pmid) == kept
    assert made.url == typed["url"]


SET_ID = "6fa682c9-a312-4932-9831-f286908660ee"
DAILYMED = f"https://dailymed.nlm.nih.gov/dailymed/drugInfo.cfm?setid={SET_ID}"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"set_id": SET_ID.upper()}, SET_ID),
        ({"set_id": f"{{{SET_ID}}}"}, SET_ID),
        ({"set_id": SET_ID.replace("-", "")}, SET_ID),
        ({"url": DAILYMED}, SET_ID),
        ({"url": f"{DAILYMED}&version=1"}, SET_ID),
        ({"url": "https://example.org/?setid=nothing"}, ""),
        ({"url": DAILYMED, "set_id": "9333c79b-d487-4538-a9f0-71b91a02b287"}, "9333c79b-d487-4538-a9f0-71b91a02b287"),
    ],
)
def test_the_set_id_of_a_label_is_kept_in_one_form_and_taken_from_its_address(author, typed, kept):
    assert create_reference(user=author, **pages.reference(**typed)).set_id == kept


@pytest.mark.parametrize("typed", ["6fa682c9", f"{SET_ID}0", "a label", "6fa682c9-a312-4932-9831-f28690866zee"])
def test_a_set_id_that_is_none_is_refused_with_an_example(author, typed):
    with pytest.raises(Blocked, match=f"set id of the label: .*For example {SET_ID}|at most 36"):
        create_reference(user=author, **pages.reference(set_id=typed))


def test_each_version_of_a_label_is_one_source(author):
    label = {"doi": "", "url": DAILYMED, "label_version": 7}
    first = create_reference(user=author, **pages.reference("first", **label))
    with pytest.raises(DuplicateReference) as caught:
        create_reference(user=author, **pages.reference("second", **label))
    assert caught.value.reference == first
    create_reference(user=author, **pages.reference("third", **{**label, "label_version": 8}))
    create_reference(user=author, **pages.reference("fourth", **{**label, "label_version": None}))
    with pytest.raises(DuplicateReference):
        create_reference(user=author, **pages.reference("fifth", **{**label, "label_version": None}))


def test_a_page_says_which_label_it_cites_and_of_other_sources_nothing(author, known, client):
    label = {"set_id": SET_ID, "label_version": 222, "label_date": date(2026, 2, 10)}
    create_reference(user=author, **pages.reference("a-label", **label))
    document = pages.article(author, slug="a-page", key_points=[{"text": "A.[@a-label] B.[@schmid-2020]"}])
    tree = freezing.build_candidate(document, "en").tree
    attrs = {node.attrs["key"]: node.attrs for node in tree.walk() if node.type == "reference"}
    named = ("set_id", "label_version", "label_date")
    assert [attrs["a-label"].get(name) for name in named] == [SET_ID, 222, "2026-02-10"]
    assert attrs["schmid-2020"].keys().isdisjoint(named)
    pages.publish(document, author, people.reviewer())
    page = client.get("/en/articles/a-page/").content.decode()
    assert page.count("Label version") == 1
    assert "Label version 222 of Feb. 10, 2026" in page
    assert page.count(SET_ID) == 1


def test_the_key_that_texts_cite_stays(author, known):
    save_reference(known, key="other", title="Another title", user=author, reason="a slip")
    saved = Reference.objects.get()
    assert (saved.key, saved.title) == ("schmid-2020", "Another title")
    assert Reference.history.latest("history_id").history_change_reason == "a slip"


def test_a_signed_edition_keeps_the_reference_as_it_was(author, known, client):
    document = pages.article(author, slug="a-page", key_points=[{"text": "A.[@schmid-2020]"}])
    pages.publish(document, author, people.reviewer())
    before = client.get("/en/articles/a-page/").content
    save_reference(known, title="Another title", user=author)
    assert client.get("/en/articles/a-page/").content == before
    pages.publish(document, author, people.reviewer())
    assert b"Another title" in client.get("/en/articles/a-page/").content


@pytest.mark.parametrize(
    "person", [people.reviewer, people.operator, people.site_admin, lambda: people.translator("es")]
)
def test_only_those_who_write_make_references(person):
    with pytest.raises(Blocked, match="Your role can't edit"):
        create_reference(user=person(), **pages.reference())
    assert not Reference.objects.exists()
