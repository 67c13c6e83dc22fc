"""A name that a drug gets after a page was frozen: whoever changes the drug finds who names it by that."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drugs.models import Monograph
from editorial.editions.models import Dependency, Reliance
from editorial.editions.tree import inline
from editorial.reviews.models import Recheck
from editorial.reviews.services import late_names, withdraw
from tests.factories import drugs, pages, people
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LATE = "Late Brand"


@layer
def desk():
    admin, reviewer = drugs.drug_admin(), people.reviewer("en", "ar", "zh-hans")
    drug = drugs.monograph(admin, slug="zebramab", title="Zebramab")
    drugs.verified(drug, admin, drugs.drug_admin())
    return SimpleNamespace(admin=admin, reviewer=reviewer, drug=drug, author=people.author())


def publish(desk, lead: str):
    return pages.publish(pages.article(desk.author, lead=lead), desk.author, desk.reviewer)


def rename(desk, **names) -> None:
    """Give the drug another brand, or other titles."""
    drugs.edit(desk.drug, desk.admin, products=[{**drugs.PRODUCT, "brand": LATE}])
    Monograph.objects.filter(pk=desk.drug.pk).update(**names)


def reached(desk) -> set[int]:
    drugs.event(desk.drug, desk.admin, "withdrawn-by-sponsor", on=date(2021, 7, 1))
    return set(Recheck.objects.filter(cause="event").values_list("edition", flat=True))


def test_who_names_the_drug_by_a_later_brand_is_reached_and_nobody_else(desk):
    naming = publish(desk, "Some get late brand today.")
    publish(desk, "A brand that came late.")
    publish(desk, "Some get a drug.")
    rename(desk)
    assert not Dependency.objects.filter(document=desk.drug).exists()
    assert reached(desk) == {naming.pk}
    assert Dependency.objects.get(document=desk.drug).how == Reliance.NAMES


@pytest.mark.parametrize(
    ("language", "words", "title"),
    [
        ("ar", "يُعطى وبزيبراماب معا", {"title_ar": "زيبراماب"}),
        ("ar", "والزيبراماب دواء", {"title_ar": "زيبراماب"}),
        ("zh-hans", "使用斑马单抗治疗", {"title_zh_hans": "斑马单抗"}),
    ],
)
def test_a_title_that_is_translated_later_is_found_in_its_script(desk, language, words, title):
    source, translator = publish(desk, "Some get a drug."), people.translator(language)
    typed = dict.fromkeys(pages.typed_translation(source, language), words)
    pages.translate(source.document, language, translator, typed)
    pages.give_reasons(source.document, language, translator)
    edition = pages.submit(source.document, language, user=translator)
    rename(desk, **title)
    assert reached(desk) == {edition.pk}
    assert words in inline.plain(edition.tree.root.words["title"])


def test_of_more_than_can_be_read_each_that_has_the_words_is_reached_unread(desk, monkeypatch):
    first = publish(desk, "A brand that came late.")
    others = [publish(desk, f"Late Brand, {number}.") for number in range(2)]
    rename(desk)
    monkeypatch.setattr(late_names, "MOST_READ", 1)
    assert reached(desk) == {first.pk, *(edition.pk for edition in others)}


def test_it_takes_as_many_statements_for_twelve_pages_as_for_three(desk):
    counts = []
    pages.publish(desk.drug, desk.admin, desk.reviewer)
    rename(desk)
    for count in (3, 9):
        Monograph.objects.filter(pk=desk.drug.pk).update(title_en="Zebramab")
        names = f"name{count}x"
        for _number in range(count):
            publish(desk, f"Some get {names}.")
        Monograph.objects.filter(pk=desk.drug.pk).update(title_en=names)
        with CaptureQueriesContext(connection) as queries:
            late_names.record_late_names([desk.drug.pk])
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert Dependency.objects.filter(document=desk.drug, how=Reliance.NAMES).count() == 12


def test_a_page_without_names_costs_one_statement(desk):
    edition = publish(desk, "Some get a drug.")
    with CaptureQueriesContext(connection) as queries:
        late_names.record_late_names([edition.document_id])
    assert len(queries) == 1
    withdraw(edition.document, "en", user=desk.reviewer, reason="An error.")
