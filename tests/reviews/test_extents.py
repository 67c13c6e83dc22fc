"""An edition's extent is counted when it is frozen, against the one released before it."""

import pytest

from editorial.reviews.models import Extent
from tests.factories import pages, people

pytestmark = pytest.mark.both_databases


def sizes(edition) -> tuple[int, int, int]:
    found = Extent.objects.get(edition=edition)
    return found.words, found.words_changed, found.sections_changed


@pytest.mark.django_db
def test_an_extent_is_that_of_what_changed_since_the_last_release():
    author, reviewer = people.author(), people.reviewer()
    document = pages.article(author, title="Four words of title", lead="A lead.")
    first = pages.publish(document, author, reviewer)
    assert sizes(first) == (16, 16, 2)  # six of its own, ten in its section
    pages.edit(document, author, title="Four words of heading")
    pages.submit(document, "en", user=author)
    pages.edit(document, author, lead="A new lead.")
    # The one between was never released: nobody has signed its words either.
    assert sizes(pages.submit(document, "en", user=author)) == (17, 2, 1)
