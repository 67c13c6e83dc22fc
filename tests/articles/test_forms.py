"""The form in which an article is written."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import drugs, pages, people
from tests.factories.figures import figure

pytestmark = pytest.mark.django_db


def test_it_takes_the_same_queries_however_many_sections_and_choices_there_are(signed_in):
    author, drug_admin = people.author(), drugs.drug_admin()

    def count_queries(sections: int) -> int:
        figure(author, f"figure-{sections}")
        drugs.monograph(drug_admin, title=f"Drug {sections}")
        document = pages.article(author, sections=[{"heading": "H", "body": "<p>Words.</p>"}] * sections)
        with CaptureQueriesContext(connection) as queries:
            page = signed_in(author).get(f"/admin/articles/article/{document.pk}/change/").content.decode()
        assert page.count(f"Drug {sections}: ") >= sections  # it offers the pieces of the drug, in each section
        return len(queries)

    count_queries(1)
    assert count_queries(2) == count_queries(9)
