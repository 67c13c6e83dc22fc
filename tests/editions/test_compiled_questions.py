"""A statement that is kept returns what the ORM does; what could not is refused."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import models
from django.utils import timezone

from editorial.accounts.models import Reviewer
from editorial.editions.compiled_questions import (
    AT,
    DAY,
    DOCUMENT,
    KEYS,
    LANGUAGE,
    NUMBER,
    find_instances,
    find_rows,
    has_rows,
)
from editorial.editions.freezing import build_source_candidate
from editorial.editions.kinds import kind_of
from editorial.editions.models import Document, Edition, Release, SignOff
from editorial.library.glossary.models import GlossaryEntry
from editorial.library.models import Reference
from tests.factories import pages, people
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@layer
def released():
    author, reviewer = people.author(), people.reviewer()
    document = pages.article(author)
    first = pages.publish(document, author, reviewer)
    pages.edit(document, author, title="Another title")
    return first, pages.publish(document, author, reviewer)


def of_page(document, language, number):
    editions = Edition.objects.filter(document=document, language=language, number__lte=number).order_by("number")
    return editions.values_list("pk", "recorded_at", "contributors", "title")


def live(at):
    return Release.objects.live(at).order_by("pk").values_list("pk", "released_from", "met_by")


def signed(keys):
    return SignOff.objects.filter(edition__in=keys).order_by("pk").values_list("review_due_on", "recorded_at")


def registered(day):
    return Reviewer.objects.filter(valid_until__gte=day).order_by("pk").values_list("pk", "valid_until")


def test_rows_are_those_of_the_orm_whatever_is_asked_for(released):
    first, second = released
    page = {"document": first.document_id, "language": "en"}
    for number in (0, 1, 2):
        asked = find_rows(of_page, DOCUMENT, LANGUAGE, NUMBER, **page, number=number)
        assert asked == [list(row) for row in of_page(*page.values(), number)]
    for at in (first.recorded_at - timedelta(1), timezone.now()):
        assert find_rows(live, AT, at=at) == [list(row) for row in live(at)]
    for keys in ([], [first.pk], [first.pk, second.pk], [first.pk, second.pk, 0]):
        assert find_rows(signed, (KEYS,), keys=keys) == [list(row) for row in signed(keys)]
    for day in (date(2000, 1, 1), date(2999, 1, 1)):
        assert find_rows(registered, DAY, day=day) == [list(row) for row in registered(day)]
        assert has_rows(registered, DAY, day=day) == registered(day).exists()


def test_what_is_given_has_a_statement_of_its_own(released):
    def titles(column):
        return Edition.objects.order_by("pk").values_list(column)

    assert find_rows(titles, "title") != find_rows(titles, "language")
    assert find_rows(titles, "title") == [[edition.title] for edition in released]


@pytest.mark.parametrize(
    "make",
    [
        lambda: GlossaryEntry.objects.values_list(f"title_{settings.SOURCE_LANGUAGE}", "document"),  # in any order
        lambda: Edition.objects.values_list("pk", flat=True),
        lambda: Edition.objects.values("pk"),
        Edition.objects.all,
    ],
)
def test_only_rows_whose_columns_come_in_order_can_be_asked_for(make):
    with pytest.raises(TypeError, match="another order"):
        find_rows(make)


def test_a_translated_model_is_asked_past_its_manager():
    author = people.author()
    document = pages.glossary_entry(author)

    def entries():
        return models.QuerySet(GlossaryEntry).values_list("document", f"title_{settings.SOURCE_LANGUAGE}")

    assert find_rows(entries) == [[document.pk, "PD-L1"]]


@pytest.mark.parametrize(
    ("model", "column"), [(Document, "pk"), (Reference, "pk"), (Reference, "key"), (Edition, "pk")]
)
def test_instances_are_those_of_the_orm_in_every_column(released, model, column):
    pages.put_references(people.author(), *map(pages.reference, ("z-later", "a-earlier")))
    pages.article(people.author(), slug="another")
    rows = list(model._base_manager.order_by(*model._meta.ordering))
    unknown = "nobody" if column == "key" else 10**9
    found = find_instances(model, column, [unknown, *reversed([getattr(row, column) for row in rows])])
    assert len(rows) > 1
    assert [vars(row) | {"_state": None} for row in found] == [vars(row) | {"_state": None} for row in rows]
    assert find_instances(model, column, []) == []


def test_a_copy_reads_once_what_other_pages_have_too(released, django_assert_num_queries):
    document = released[0].document
    copy = kind_of(document).read_copy(document)
    first = build_source_candidate(copy)
    with django_assert_num_queries(0):
        again = build_source_candidate(copy)
    assert first == again
