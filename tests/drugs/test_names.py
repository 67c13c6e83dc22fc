"""A page that names a drug without a link may rest on it: found when it is frozen, in every language and script."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drugs.models import Monograph
from editorial.editions.models import Dependency, Reliance
from editorial.reading.link_report import find_dead_ends, find_linking_editions
from editorial.reviews.models import Recheck
from editorial.reviews.services import withdraw
from tests.factories import drugs, pages, people
from tests.layers import layer

pytestmark = pytest.mark.django_db


@layer
def desk():
    admin, verifier, reviewer = drugs.drug_admin(), drugs.drug_admin(), people.reviewer("en", "es", "ar", "zh-hans")
    drug = drugs.monograph(admin, slug="zebramab", title="Zebramab")
    Monograph.objects.filter(pk=drug.pk).update(title_es="zebramab-es", title_ar="زيبراماب", title_zh_hans="斑马单抗")
    drugs.verified(drug, admin, verifier)
    pages.publish(drug, admin, reviewer)
    return SimpleNamespace(admin=admin, reviewer=reviewer, drug=drug, author=people.author())


def publish(desk, body: str, **parts):
    section = {"heading": "More", "body": f"<p>{body}</p>"}
    return pages.publish(pages.article(desk.author, sections=[section], **parts), desk.author, desk.reviewer)


def reliances(edition) -> set[tuple[int, str]]:
    return set(Dependency.objects.filter(edition=edition).values_list("document", "how"))


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("Some get Zebramab.", True),
        ("Some get <strong>zebra</strong>mab.", True),
        ("ZEBRA is a brand.", True),
        ("Zebras live in herds; rezebramab does not exist.", False),
        ("Algunas reciben zebramab-es.", True),  # Spanish words beside the name that every language knows
        ("斑马单抗", False),  # not a name in English
    ],
)
def test_a_page_that_names_a_drug_rests_on_it_perhaps(desk, body, named):
    edition = publish(desk, body)
    assert reliances(edition) == ({(desk.drug.pk, Reliance.NAMES)} if named else set())


@pytest.mark.parametrize("where", ["title", "lead"])
def test_a_name_counts_wherever_it_stands(desk, where):
    edition = publish(desk, "Nothing here.", **{where: "About zebramab"})
    assert reliances(edition) == {(desk.drug.pk, Reliance.NAMES)}


def test_the_title_of_a_source_names_nothing(desk):
    source = pages.reference("trial-1", title="Zebramab in a trial")
    edition = publish(desk, "It helped some.[@trial-1]", references=[source])
    assert reliances(edition) == set()


@pytest.mark.parametrize(
    ("body", "how"),
    [
        ('<a href="/drugs/zebramab/">zebramab</a>, so zebramab', Reliance.CITES),
        ('See <a href="/drugs/zebramab/">this</a>; Zebra is its brand.', Reliance.CITES),
    ],
)
def test_whoever_leads_to_a_drug_is_not_said_to_name_it_as_well(desk, body, how):
    assert reliances(publish(desk, body)) == {(desk.drug.pk, how)}


def test_a_monograph_does_not_rest_on_itself_and_may_rest_on_another_that_it_names(desk):
    other = drugs.monograph(desk.admin, title="Lionmab", slug="lionmab", lead="Given with zebramab.")
    drugs.verified(other, desk.admin, drugs.drug_admin())
    edition = pages.publish(other, desk.admin, desk.reviewer)
    assert (desk.drug.pk, Reliance.NAMES) in reliances(edition)
    assert other.pk not in {document for document, _how in reliances(edition)}


@pytest.mark.parametrize(
    ("language", "words", "named"),
    [
        ("ar", "وزيبراماب دواء", True),
        ("zh-hans", "使用斑马单抗治疗", True),
        ("es", "斑马单抗", False),
        ("zh-hans", "Zebramab", True),
    ],
)
@pytest.mark.parametrize("brackets", ["", " (Zebramab)", "（zebramab）"])
def test_a_translation_names_a_drug_by_its_name_there_or_in_the_source_language(desk, language, words, named, brackets):
    title = {"ar": "title_ar", "zh-hans": "title_zh_hans", "es": "title_es"}[language]
    Monograph.objects.filter(pk=desk.drug.pk).update(**{title: Concat(title, Value(brackets))})
    source = publish(desk, "Some get this drug.")
    translator = people.translator(language)
    typed = dict.fromkeys(pages.typed_translation(source, language), words)
    pages.translate(source.document, language, translator, typed)
    pages.give_reasons(source.document, language, translator)
    edition = pages.submit(source.document, language, user=translator)
    assert reliances(edition) == ({(desk.drug.pk, Reliance.NAMES)} if named else set())


def test_a_name_of_several_drugs_is_that_of_each(desk):
    other = drugs.monograph(desk.admin, title="Lionmab", products=[drugs.PRODUCT])
    edition = publish(desk, "Zebra is a brand.")
    assert reliances(edition) == {(desk.drug.pk, Reliance.NAMES), (other.pk, Reliance.NAMES)}


def test_a_regulators_decision_reaches_who_names_the_drug_and_a_new_edition_does_not(desk):
    edition = publish(desk, "Some get zebramab.")
    drugs.edit(desk.drug, desk.admin, lead="Another lead.")
    pages.publish(desk.drug, desk.admin, desk.reviewer)
    assert not Recheck.objects.filter(edition=edition).exists()
    drugs.event(desk.drug, desk.admin, "withdrawn-by-sponsor", on=date(2021, 7, 1))
    recheck = Recheck.objects.filter(edition=edition).with_certainty().get()
    assert (recheck.cause, recheck.is_certain) == ("event", False)


def test_who_only_names_a_drug_leads_nowhere(desk):
    publish(desk, "Some get zebramab.")
    withdraw(desk.drug, "en", user=desk.reviewer, reason="An error.")
    now = timezone.now()
    assert find_linking_editions(desk.drug, None, 9) == []
    assert list(find_dead_ends(now)) == []


def test_freezing_asks_for_names_in_two_statements_however_many_there_are(desk):
    counts = []
    for _time in range(2):
        document = pages.article(desk.author, lead="About zebramab.")
        with CaptureQueriesContext(connection) as queries:
            pages.submit(document, "en", user=desk.author)
        counts.append(len([query for query in queries if "monograph" in query["sql"] and "SELECT" in query["sql"]]))
        for number in range(4):
            drugs.monograph(desk.admin, title=f"Drug {number}")
    assert counts[0] == counts[1]
