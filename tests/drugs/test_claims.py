"""A decision reaches pages that name no drug: those that cite its source, and those whose claims it may make wrong."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drugs.models import Approval, Biomarker
from drugs.services import correct_event, record_event
from editorial.editions.models import Edition, EditionKeyword, NameReading, Release
from editorial.reviews import rules
from editorial.reviews.models import Recheck
from editorial.reviews.services import late_names
from tests.factories import drugs, pages, people
from tests.factories.unguarded import unguarded
from tests.layers import layer

pytestmark = pytest.mark.django_db
CPS = {"name": "PD-L1", "comparison": ">=", "cutoff": "10", "unit": "CPS", "test": "A kit"}


@layer
def desk():
    """A drug that is approved in triple-negative disease with a CPS of 10 or more, and by the same label elsewhere."""
    admin, verifier, reviewer = drugs.drug_admin(), drugs.drug_admin(), people.reviewer("en", "es", "ar", "zh-hans")
    approvals = [drugs.APPROVAL, {**drugs.APPROVAL, "cancer": "urothelial", "plain": "For bladder cancer."}]
    drug = drugs.monograph(admin, slug="zebramab", title="Zebramab", approvals=approvals, biomarkers=[CPS])
    approval, other = drugs.approval(drug), drugs.approval(drug, 1)
    Approval.objects.filter(pk=approval.pk).update(biomarker=drug.monograph.biomarkers.get())
    label, own = drugs.source(admin), drugs.source(admin)
    drugs.verified(drug, admin, verifier, on=date(2019, 1, 1), approval=other, reference=label)
    drugs.verified(drug, admin, verifier, on=date(2019, 1, 1), approval=approval, reference=own)
    drugs.verified(drug, admin, verifier, "narrowed", date(2019, 2, 1), approval=approval, reference=label)
    pages.publish(drug, admin, reviewer)
    return SimpleNamespace(
        admin=admin, verifier=verifier, reviewer=reviewer, drug=drug, author=people.author(), label=label, own=own,
        approval=approval, other=other,
    )  # fmt: skip


def write(desk, body: str, **parts):
    return pages.article(desk.author, sections=[{"heading": "More", "body": f"<p>{body}</p>"}], **parts)


def publish(desk, body: str, **parts) -> Edition:
    return pages.publish(write(desk, body, **parts), desk.author, desk.reviewer)


def another_drug(desk, **approval):
    approvals, products = [{**drugs.APPROVAL, **approval}], [{**drugs.PRODUCT, "brand": "Lion"}]
    return drugs.monograph(desk.admin, title="Lionmab", approvals=approvals, products=products)


def narrow(desk, **fields):
    return drugs.event(desk.drug, desk.admin, "narrowed", date(2021, 7, 1), approval=desk.approval, **fields)


def reached(event) -> dict[int, bool]:
    """{edition's key: whether it certainly rests on it} of other pages."""
    rechecks = Recheck.objects.filter(because=event.record_digest).exclude(edition__document=event.document)
    return {recheck.edition_id: recheck.is_certain for recheck in rechecks.with_certainty()}


@pytest.mark.parametrize(
    ("body", "is_reached"),
    [
        ("It is given if the CPS is 10 or more.", True),
        ("It is given if the CPS is 20 or more.", False),
        ("A test looks for PD-L1.", False),
        ("One treatment is approved if PD-L1 is found.", True),
        ("Immunotherapy is approved for triple-negative breast cancer.", True),
        ("No immunotherapy is approved for breast cancer.", True),
        ("No immunotherapy is approved for HER2-positive breast cancer.", False),
        ("Immunotherapy is approved for bladder cancer.", False),
        ("Triple-negative breast cancer is treated with chemotherapy.", False),
    ],
)
def test_a_decision_reaches_the_claims_that_it_may_make_wrong_and_no_others(desk, body, is_reached):
    edition = publish(desk, body)
    assert reached(narrow(desk)) == ({edition.pk: False} if is_reached else {})


@pytest.mark.parametrize(
    ("approved", "claimed", "is_reached"),
    [
        ({"cancer": "breast", "her2": "low"}, "HER2-low breast cancer", True),
        ({"cancer": "breast", "her2": "low"}, "triple-negative breast cancer", True),
        ({"cancer": "breast", "her2": "low"}, "HER2-positive breast cancer", False),
        ({"cancer": "breast", "her2": "low-or-ultralow"}, "cancers with an ultralow result", True),
        ({"cancer": "breast", "hormone_receptors": "positive"}, "triple-negative breast cancer", False),
        ({"cancer": "hr-positive"}, "triple-negative breast cancer", False),
        ({"cancer": "any-solid"}, "solid tumors", True),
        ({"cancer": "any-solid"}, "breast cancer", False),
    ],
)
def test_a_claim_about_a_cancer_is_reached_by_approvals_that_fit_it(desk, approved, claimed, is_reached):
    other = another_drug(desk, **approved)
    edition = publish(desk, f"Nothing is approved for {claimed}.")
    assert reached(drugs.event(other, desk.admin, on=date(2020, 1, 1))) == ({edition.pk: False} if is_reached else {})


@pytest.mark.parametrize("kind", ["refused", "transferred"])
def test_what_changes_no_approval_reaches_no_claim(desk, kind):
    publish(desk, "Immunotherapy is approved for triple-negative breast cancer.")
    other = another_drug(desk)
    if kind == "transferred":
        drugs.event(other, desk.admin, on=date(2020, 1, 1))
    assert reached(drugs.event(other, desk.admin, kind, date(2021, 1, 1))) == {}


def test_what_concerns_the_whole_drug_reaches_no_claim(desk):
    publish(desk, "Immunotherapy is approved for triple-negative breast cancer.")
    source = drugs.source(desk.admin)
    event = record_event(
        desk.drug, user=desk.admin, kind="safety-communication", happened_on=date(2021, 1, 1), reference=source
    )
    assert reached(event) == {}


def test_a_correction_reaches_what_either_decision_was_about(desk):
    event = narrow(desk)
    edition = publish(desk, "Immunotherapy is approved for triple-negative breast cancer.")
    assert reached(correct_event(event, user=desk.admin, note="Of another use.", approval=desk.other)) == {
        edition.pk: False
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", "La inmunoterapia está aprobada para el cáncer de mama triple negativo."),
        ("ar", "العلاج المناعي معتمد لسرطان الثدي الثلاثي السلبي"),
        ("zh-hans", "如果 CPS 评分为 １０ 或以上，可使用免疫治疗。"),
    ],
)
def test_a_translation_is_reached_by_its_own_words(desk, language, words):
    source, translator = publish(desk, "Some get this treatment."), people.translator(language)
    pages.translate(
        source.document, language, translator, dict.fromkeys(pages.typed_translation(source, language), words)
    )
    pages.give_reasons(source.document, language, translator)
    edition = pages.submit(source.document, language, user=translator)
    assert reached(narrow(desk)) == {edition.pk: False}


# --- Sources ---


@pytest.mark.parametrize(("source", "is_certain"), [("own", True), ("label", False)])
def test_who_cites_the_source_of_the_approval_rests_on_it_and_of_one_with_several_perhaps(desk, source, is_certain):
    key = getattr(desk, source).key
    edition = publish(desk, f"It helped some.[@{key}]")
    assert reached(narrow(desk)) == {edition.pk: is_certain}


def test_who_cites_the_source_of_another_approval_alone_does_not_rest_on_it(desk):
    other = another_drug(desk)
    source = drugs.source(desk.admin)
    drugs.event(other, desk.admin, on=date(2020, 1, 1), reference=source)
    publish(desk, f"It helped some.[@{source.key}]")
    assert reached(narrow(desk)) == {}


def test_who_cites_the_source_of_a_safety_communication_certainly_rests_on_it(desk):
    source = drugs.source(desk.admin)
    edition = publish(desk, f"Read this.[@{source.key}]")
    naming = publish(desk, "Some get zebramab.")
    event = record_event(
        desk.drug, user=desk.admin, kind="safety-communication", happened_on=date(2021, 1, 1), reference=source
    )
    assert reached(event) == {edition.pk: True, naming.pk: False}


# --- Live, scheduled, waiting; editions of before ---


@pytest.mark.parametrize(
    "body",
    [
        "It is given if the CPS is 10 or more.",
        "Immunotherapy is approved for breast cancer.",
        "It helped some.[@{key}]",
        "Some get zebramab.",
    ],
)
def test_a_scheduled_edition_is_held_whatever_it_rests_on_the_decision_by(desk, body):
    document = write(desk, body.replace("{key}", desk.own.key))
    edition = pages.publish(document, desk.author, desk.reviewer, publish_at=timezone.now() + timedelta(days=1))
    event = narrow(desk)
    assert list(reached(event)) == [edition.pk]
    assert rules.is_held(edition)
    assert not Release.objects.open_after(timezone.now()).filter(edition=edition).exists()


def test_an_edition_that_is_neither_read_nor_may_be_is_not_reached(desk):
    first = publish(desk, "Nothing.", lead="Immunotherapy is approved for breast cancer.")
    pages.edit(first.document, desk.author, lead="Nothing.")
    pages.publish(first.document, desk.author, desk.reviewer)
    assert reached(narrow(desk)) == {}


def test_editions_from_before_keywords_were_recorded_are_read_once(desk):
    editions = [publish(desk, f"It helped.[@{desk.own.key}]"), publish(desk, "It is approved for breast cancer.")]
    with unguarded():
        EditionKeyword.objects.all().delete()
    NameReading.objects.create(after=0, until=Edition.objects.latest("pk").pk)
    call_command("read_names", verbosity=0)
    call_command("read_names", verbosity=0)
    assert reached(narrow(desk)) == {editions[0].pk: True, editions[1].pk: False}


# --- A biomarker that the site comes to know later ---


def later_marker(desk):
    """Another drug that needs a biomarker of which no page knew that it is one."""
    other = another_drug(desk, cancer="urothelial")
    drugs.edit(other, desk.admin, biomarkers=[{**CPS, "name": "Nectin-4", "unit": "H-score", "cutoff": "150"}])
    Approval.objects.filter(monograph=other.pk).update(biomarker=Biomarker.objects.get(monograph=other.pk, cutoff=150))
    return other


def test_pages_that_claimed_something_of_it_before_are_found_when_a_decision_is_recorded(desk):
    claims = [
        publish(desk, "It may help if Nectin-4 is 150 or more."),
        publish(desk, "Nothing is approved for Nectin-4."),
    ]
    publish(desk, "Nectin-4 is a protein.")
    other = later_marker(desk)
    assert reached(drugs.event(other, desk.admin, on=date(2020, 1, 1))) == dict.fromkeys(
        (item.pk for item in claims), False
    )


def test_of_more_than_can_be_read_each_that_names_it_is_reached(desk, monkeypatch):
    editions = [publish(desk, f"Nectin-4 is a protein, {number}.") for number in range(3)]
    monkeypatch.setattr(late_names, "MOST_READ", 1)
    other = later_marker(desk)
    assert set(reached(drugs.event(other, desk.admin, on=date(2020, 1, 1)))) == {item.pk for item in editions[:2]}


# --- Statements ---


def test_freezing_takes_as_many_statements_however_many_keywords_there_are(desk):
    counts = []
    claims = " ".join(f"The CPS is {number} or more.[@{desk.own.key}]" for number in range(1, 40))
    for body in ("It is given if the CPS is 10 or more.", claims):
        document = write(desk, body)
        with CaptureQueriesContext(connection) as queries:
            pages.submit(document, "en", user=desk.author)
        counts.append(len([query for query in queries if "keyword" in query["sql"]]))
        for number in range(5):
            drugs.monograph(desk.admin, biomarkers=[{"name": f"Marker {number}"}])
    assert counts[0] == counts[1] <= 3
