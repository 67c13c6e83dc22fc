"""One source is one record, whoever types it and however."""

import pytest

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
