"""What people type finds the page that they mean, first, among many that have the same words."""

import pytest
from django.utils import timezone

from editorial.reading.search.queries import read_query
from editorial.reading.search.ranking import find_entries
from tests import PROVING
from tests.factories import pages, people
from tests.factories.search_library import add_entries, distractors
from tests.layers import layer

from .pages_to_find import PAGES, QUERIES

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

COUNT = 2_000 if PROVING else 200
CASES = [
    (language, typed, title)
    for language, titles in QUERIES.items()
    for title, queries in titles.items()
    for typed in queries
]


@layer
def titles() -> dict[int, str]:
    """{entry's key: title} of the pages and of those that have their words."""
    live = pages.publish(pages.article(people.author(), title="Zebra"), people.author(), people.reviewer())
    trees = [*distractors(PAGES, COUNT // 2), *PAGES]
    trees += distractors([tree for tree in reversed(PAGES)], COUNT // 2)
    entries = add_entries(live, trees, timezone.now())
    return {entry.pk: tree.root.plain("title") for entry, tree in zip(entries, trees, strict=True)}


def test_there_are_sixty_queries_in_five_languages():
    assert len(CASES) >= 60
    assert {language for language, _typed, _title in CASES} == {"en", "es", "ar", "zh-hans", "vi"}


@pytest.mark.parametrize(("language", "typed", "title"), CASES)
def test_what_people_type_finds_what_they_mean_first(titles, language, typed, title):
    at = timezone.now()
    entries, _has_all = find_entries(read_query(typed, language, at), at)
    assert [titles[entry.pk] for entry in entries[:1]] == [title], [titles[entry.pk] for entry in entries[:5]]
    assert {entry.language for entry in entries} == {language}
