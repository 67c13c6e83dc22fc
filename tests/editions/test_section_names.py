"""Every block of every kind of page is found by the headings that it stands under."""

import pytest

from editorial.editions.freezing import build_candidate
from editorial.editions.kinds import kind_of
from editorial.editions.section_names import block_place, name_sections
from tests.factories import drugs, pages, people

BODY = (
    "<p>It helps.</p><h3>How</h3><p>By vein.</p><ul><li>One</li></ul><h4>How often</h4><p>Weekly.</p>"
    "<h3>Why</h3><table><tr><td>A cell</td></tr></table>"
)
ARTICLE = {
    "It helps.": ("What is it?",),
    "How": ("What is it?",),
    "By vein.": ("What is it?", "How"),
    "One": ("What is it?", "How"),
    "How often": ("What is it?", "How"),
    "Weekly.": ("What is it?", "How", "How often"),
    "Why": ("What is it?",),
    "A cell": ("What is it?", "Why"),
    "A point": ("Key points",),
    "It is serious.": ("When to call",),
}


def places(document) -> dict[str, tuple[str, ...]]:
    """{the words of a block: where it stands}"""
    kind, tree = kind_of(document), build_candidate(document, "en").tree
    sections = name_sections(kind, tree)
    return {node.plain(name): sections[node.id] for node in tree.walk() for name in node.words}


def test_a_block_of_an_article_stands_under_its_section_and_subheadings(db):
    sections = [{"heading": "What is it?", "body": BODY}, {"heading": "When to call", "body": "<p>It is serious.</p>"}]
    document = pages.article(people.author(), key_points=[{"text": "A point"}], sections=sections)
    found = places(document)
    assert ARTICLE.items() <= found.items()
    assert (found["Immunotherapy"], found["What is it?"]) == ((), ("What is it?",))
    kind, tree = kind_of(document), build_candidate(document, "en").tree
    assert block_place(kind, tree.root, {}) == "Title and lead"


@pytest.mark.parametrize(
    ("words", "place"), [("Sick lungs", ("Side effects",)), ("It wakes the immune system.", ("How it works",))]
)
def test_a_block_of_a_monograph_stands_in_the_list_that_the_writing_form_names(db, words, place):
    admin = drugs.drug_admin()
    document = drugs.monograph(admin, how_it_works="<p>It wakes the immune system.</p>")
    assert places(document)[words] == place
