"""A table in a translation: each cell for itself, and only what changed is to be done again."""

import pytest

from editorial.editions.freezing import build_candidate, find_signed_source, find_unchecked_units
from editorial.editions.tree import inline
from editorial.editions.tree.units import find_units
from tests.factories import pages, people

pytestmark = pytest.mark.django_db

TABLE = (
    "<table><caption>Blood tests</caption><tr><th>Test</th><th>How often</th></tr>"
    "<tr><td>Liver</td><td>every 3 weeks</td></tr>"
    "<tr><td>Platelets above 10<sup>9</sup></td><td>each visit</td></tr></table>"
)
# What an author makes of it, without ids, as the editor sends it; then what is new to translate, and what is to be
# looked at again.
EDITED = {
    "a column in the middle": (
        TABLE.replace("</th><th>How", "</th><th>Why</th><th>How").replace("Liver</td>", "Liver</td><td>Safety</td>")
        .replace("</sup></td>", "</sup></td><td>Bleeding</td>"),
        {"Why", "Safety", "Bleeding"}, set(),
    ),
    "a row on top": (
        TABLE.replace("<tr><td>Liver", "<tr><td>Thyroid</td><td>at the start</td></tr><tr><td>Liver"),
        {"Thyroid", "at the start"}, set(),
    ),
    "another number": (TABLE.replace("3 weeks", "6 weeks"), set(), {"every 6 weeks"}),
    "a power that is none": (TABLE.replace("<sup>9</sup>", "9"), set(), {"Platelets above 109"}),
    "no headings": (TABLE.replace("th>", "td>"), set(), set()),
}  # fmt: skip


@pytest.mark.parametrize(("edited", "fresh", "stale"), EDITED.values(), ids=EDITED)
def test_only_cells_that_changed_are_to_be_translated_again(edited, fresh, stale):
    author, reviewer, translator = people.author(), people.reviewer(), people.translator("es")
    document = pages.article(author, sections=[{"heading": "Tests", "body": TABLE}])
    first = pages.publish(document, author, reviewer)
    pages.publish_translation(document, "es", translator, people.reviewer("es"))
    section = pages.working(document).sections.get()
    pages.edit(document, author, sections=[{"id": section.pk, "heading": "Tests", "body": edited}])
    pages.publish(document, author, reviewer)
    source = find_signed_source(document)
    translated = {unit.place for unit in find_units(first.tree)}
    texts = {unit.place: inline.plain(unit.source) for unit in find_units(source.tree)}
    assert {text for place, text in texts.items() if place not in translated} == fresh
    unchecked = {unit.place for unit in find_unchecked_units(document, "es", source)} & translated
    assert {texts[place] for place in unchecked} == stale
    kept = {unit.place for unit in find_units(build_candidate(document, "es").tree)}
    assert kept == translated & texts.keys()
