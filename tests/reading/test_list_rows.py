"""What readers' lists are asked from says what the gate says, at any time and whatever was recorded."""

from datetime import datetime

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editorial.editions.kinds import kind_named
from editorial.editions.models import Document, Edition, Release, Withdrawal
from editorial.reading import list_questions
from editorial.reading.list_rows import find_list_problems, rebuild_lists, rules_digest
from editorial.reading.models import ListedPage, ListedSignature, ListRules
from editorial.reviews.services import reaffirm, revoke_sign_off, withdraw
from tests import PROVING
from tests.factories import drugs, pages, people
from tests.factories.recorded_pasts import SECOND, recorded_past
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

LANGUAGES = ("en", "es", "ar")
language = st.sampled_from(["en", "en", "es"])
wait = st.integers(0, 50)
# What may happen to a page, with the seconds until then and, of releases and ends, until it takes effect.
steps = st.lists(
    st.one_of(
        st.tuples(st.just("release"), wait, language, st.sampled_from([0, 0, 30, 70])),
        st.tuples(st.just("end"), wait, language, st.sampled_from([0, 20])),
        st.tuples(st.just("withdraw"), wait, st.sampled_from(["", "es"]), st.just(0)),
    ),
    max_size=8,
)


def listed_by_the_gate(document: Document, language: str, at: datetime) -> list[tuple[int, bool]]:
    """[(release's key, whether its translation is outdated)], by the rule itself and from the records."""
    live = {release.language: release for release in Release.objects.live(at).filter(document=document)}
    own, source = live.get(language), live.get("en")
    if own is None:
        is_down = Withdrawal.objects.in_force(at).filter(document=document, language=language).exists()
        return [(source.pk, False)] if source and not is_down else []
    translates = own.edition.source_edition_id
    if source is None or not translates or translates == source.edition_id:
        return [(own.pk, False)]
    return [(source.pk if kind_named(document.kind).listing.has_medical_facts else own.pk, True)]


def listed(document: Document, language: str, at: datetime) -> list[tuple[int, bool]]:
    found = list_questions.find_pages(document.kind, language, at, number=1, per_page=9)
    return [(page.release_id, page.is_outdated) for page in found.rows if page.document_id == document.pk]


@layer
def live() -> Edition:
    return pages.publish(pages.article(people.author()), people.author(), people.reviewer())


@settings(
    max_examples=100 if PROVING else 5,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps, kind=st.sampled_from(["article", "monograph"]))
def test_a_list_has_what_the_gate_lets_through_at_any_time(live, steps, kind):
    with recorded_past(live, kind) as past:
        for step in steps:
            past.do(*step)
            instants = [past.at + seconds * SECOND for seconds in (0, 20, 70)]
            if step[1]:  # somebody whose clock is behind, or who began to read before
                instants.append(past.at - SECOND)
            for at in instants:
                for code in LANGUAGES:
                    assert listed(past.document, code, at) == listed_by_the_gate(past.document, code, at), (code, at)


@layer
def world():
    """An article and a monograph in two languages, with a past; everything by the services."""
    author, reviewer, translator = people.author(), people.reviewer(), people.translator("es")
    article = pages.article(author, slug="a-page")
    pages.publish(article, author, reviewer)
    pages.publish_translation(article, "es", translator, reviewer)
    admin = drugs.drug_admin()
    monograph = drugs.monograph(admin)
    drugs.verified(monograph, admin, people.reviewer())
    pages.publish(monograph, admin, reviewer)
    return article, monograph, author, reviewer


def rows() -> set[tuple]:
    """What the lists are asked from, without the rows that have ended."""
    pages_ = ListedPage.objects.filter(listed_until=None)
    signatures = ListedSignature.objects.filter(listed_until=None)
    return {
        *pages_.values_list("document", "language", "release", "is_outdated", "letter", "approvals__state"),
        *signatures.values_list("document", "language", "release", "signer_slug"),
    }


def test_the_services_leave_the_lists_as_a_rebuild_makes_them(world):
    article, monograph, _author, reviewer = world
    assert list(find_list_problems()) == []
    edition = Edition.objects.get(document=article, language="en")
    reaffirm(edition, user=reviewer, password=people.PASSWORD, answers=pages.answers(edition))
    withdraw(article, "es", user=people.operator(), reason="wrong")
    revoke_sign_off(Edition.objects.get(document=monograph).sign_offs.get(), user=reviewer, reason="An error.")
    assert list(find_list_problems()) == []
    before = rows()
    assert before
    rebuild_lists()
    assert rows() == before
    assert list(find_list_problems()) == []


@pytest.mark.parametrize("model", [ListedPage, ListedSignature])
def test_verify_records_finds_rows_that_are_not_what_was_released(world, model):
    changed = model.objects.first()
    model.objects.filter(pk=changed.pk).update(position=b"first")
    [problem, *_others] = find_list_problems()
    assert problem.startswith(str(changed.document))
    call_command("rebuild_lists", verbosity=0)
    assert list(find_list_problems()) == []


def test_verify_records_finds_approvals_that_the_list_of_drugs_lacks(world):
    _article, monograph, _author, _reviewer = world
    ListedPage.objects.get(document=monograph, language="es").approvals.all().delete()
    [problem] = find_list_problems()
    assert problem.startswith(str(monograph))
    rebuild_lists()
    assert list(find_list_problems()) == []


def test_lists_that_were_made_by_other_rules_are_made_anew_after_migrate(world):
    assert ListRules.objects.get().digest == rules_digest()
    before = rows()
    ListRules.objects.update(digest="of before")
    ListedPage.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert rows() == before
    assert ListRules.objects.get().digest == rules_digest()


def test_saving_a_page_again_that_others_read_leaves_the_rows_of_other_languages(world):
    article, _monograph, author, reviewer = world
    withdraw(article, "es", user=people.operator(), reason="wrong")
    spanish = set(ListedPage.objects.filter(document=article, language="es").values_list("pk", flat=True))
    pages.edit(article, author, title="Another title")
    pages.publish(article, author, reviewer)
    assert spanish == set(ListedPage.objects.filter(document=article, language="es").values_list("pk", flat=True))
