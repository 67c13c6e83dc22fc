"""What begins like a citation and is none is never shown to readers: it blocks, with its place and the nearest key."""

from difflib import get_close_matches

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.editions.blockers import Blocked
from editorial.editions.tree import inline
from editorial.library import references
from editorial.library.checks import UnreadableCitation, _typed
from editorial.library.references import MOST_PARTS, nearest_citations
from tests.factories import pages, people
from tests.factories.pages import submit


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("[@Keytruda-label]", "[@keytruda-label]"),
        ("[@keytruda\u2011label]", "[@keytruda-label]"),
        ("[@keytruda-label; @schmid-2020]", "[@keytruda-label][@schmid-2020]"),
        ("[@keytruda-label ]", "[@keytruda-label]"),
        ("[@keytruda_label]", "[@keytruda-label]"),
        ("[@keytruda-<strong>label</strong>]", "[@keytruda-label]"),
        ("[@keytrudalabel]", "[@keytruda-label]"),
        ("[@keytruda-label", "[@keytruda-label]"),
        ("[@]", ""),
        ("[@something-else-altogether?]", ""),
    ],
)
def test_it_blocks_with_its_place_and_the_nearest_key(typed, meant):
    author = people.author()
    keys = [pages.reference("keytruda-label"), pages.reference("schmid-2020")]
    sections = [{"heading": "More", "body": f"<p>It helps many people.{typed} Ask.</p>"}]
    document = pages.article(author, references=keys, sections=sections)
    with pytest.raises(Blocked) as refused:
        submit(document, "en", user=author)
    [told] = refused.value.blockers
    assert meant in told if meant else "no reference has a similar key" in told
    assert "Did you mean" in told if meant else True
    assert "It helps many people." in told or "but there is no such reference" in told


@pytest.mark.django_db
def test_keys_are_compared_whatever_the_capitals_and_the_hyphens():
    pages.put_references(people.author(), pages.reference("keytruda-label"))
    assert nearest_citations("[@KEYTRUDA\u2013LABEL]") == "[@keytruda-label]"
    assert nearest_citations("[@keytruda-label, @nobody-knows-this]") == ""


@pytest.mark.django_db
@pytest.mark.both_databases
def test_however_many_references_there_are_few_keys_are_compared(django_assert_num_queries, monkeypatch):
    author = people.author()
    pages.put_references(author, *(pages.reference(f"study-{number:04}") for number in range(30)))
    pages.put_references(author, pages.reference("keytruda-label"), pages.reference("schmid-2020"))
    monkeypatch.setattr(references, "MOST_CANDIDATES", 12)
    compared = []

    def compare(part, keys, **options):
        compared.append(len(keys := list(keys)))
        return get_close_matches(part, keys, **options)

    monkeypatch.setattr(references, "get_close_matches", compare)
    with django_assert_num_queries(2):
        assert nearest_citations("[@keytruda-lable; @shcmid-2020]") == "[@keytruda-label][@schmid-2020]"
    with django_assert_num_queries(1):
        assert nearest_citations("[@sutdy-0017]") == "[@study-0017]"
    with django_assert_num_queries(MOST_PARTS):
        assert nearest_citations("[@study-0001" + "; study-0001" * 50) == ""
    assert max(compared) == 12


@given(st.text("ab-_@[] ;\u2011A1", max_size=20))
def test_whatever_begins_like_a_citation_is_read_or_told(text):
    runs = inline.from_text(text)
    begun = text.replace("\n", " ").count("[@")
    told = len(UnreadableCitation.begun.findall(_typed(runs)))
    assert sum(inline.cites(runs).values()) + told == begun or begun > told > 0
