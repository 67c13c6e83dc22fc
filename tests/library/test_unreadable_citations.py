"""What begins like a citation and is none is never shown to readers: it blocks, with its place and the nearest key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.editions.blockers import Blocked
from editorial.editions.tree import inline
from editorial.library.checks import UnreadableCitation, _typed
from editorial.library.references import nearest_citations
from editorial.reviews.services import submit
from tests.factories import pages, people


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


@given(st.text("ab-_@[] ;\u2011A1", max_size=20))
def test_whatever_begins_like_a_citation_is_read_or_told(text):
    runs = inline.from_text(text)
    begun = text.replace("\n", " ").count("[@")
    told = len(UnreadableCitation.begun.findall(_typed(runs)))
    assert sum(inline.cites(runs).values()) + told == begun or begun > told > 0
