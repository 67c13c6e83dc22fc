"""A monograph goes the whole way; what is wrong with it is told in the editor's words."""

from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from drugs.models import Biomarker, SideEffect
from drugs.services import correct_event, save_monograph, void_event
from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.editions.models import Reliance
from editorial.editions.tree import inline
from editorial.editions.tree.units import tree_structure
from editorial.editions.working.copies import version_token
from editorial.editions.working.translated_words import write_translation
from editorial.reviews.models import Recheck
from tests.factories import drugs, pages, people
from tests.layers import layer

pytestmark = pytest.mark.django_db


@layer
def desk():
    made = SimpleNamespace(
        admin=drugs.drug_admin(), other=drugs.drug_admin(), reviewer=people.reviewer(),
        translator=people.translator("es", "ar"), author=people.author(),
    )  # fmt: skip
    made.document = drugs.monograph(made.admin)
    drugs.verified(made.document, made.admin, made.other)
    return made


def test_it_is_submitted_signed_translated_and_keeps_its_structure(desk):
    source = pages.publish(desk.document, desk.admin, desk.reviewer)
    edition = pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)
    assert tree_structure(edition.tree) == tree_structure(source.tree)
    assert edition.title == "es Zebramab"


def test_its_tree_holds_facts_as_data_and_words_as_words(desk):
    root = freezing.build_candidate(desk.document, "en").tree.root
    found = {node.type: node for node in root.walk()}
    assert dict(found["dose"].attrs) == {
        "dose": "200", "unit": "mg", "every": 3, "every_unit": "weeks", "number": 0, "route": "vein",
    }  # fmt: skip
    assert dict(found["biomarker"].attrs) == {
        "name": "PD-L1", "comparison": ">=", "cutoff": "10", "unit": "CPS", "test": "A kit",
    }  # fmt: skip
    assert found["approval"].words["plain"] == "For cancer that has spread."
    assert found["dose"].words == {"phase": [{"text": "From the start"}, {"cite": drugs.LABEL}]}


def test_its_tree_takes_the_same_queries_however_many_approvals_it_has(desk, django_assert_num_queries):
    with CaptureQueriesContext(connection) as queries:
        freezing.build_candidate(desk.document, "en")
    more = [{**drugs.APPROVAL, "plain": f"For cancer number {number}."} for number in range(3)]
    first = drugs.approval(desk.document)
    drugs.edit(desk.document, desk.admin, approvals=[{"id": first.pk}, *more])
    for place in (1, 2, 3):
        drugs.verified(desk.document, desk.admin, desk.other, approval=drugs.approval(desk.document, place))
    with django_assert_num_queries(len(queries)):
        tree = freezing.build_candidate(desk.document, "en").tree
    assert len([node for node in tree.walk() if node.type == "event"]) == 4


def test_references_are_numbered_as_the_page_first_shows_them(desk):
    pages.put_references(desk.admin, *(pages.reference(key) for key in ("works", "warned", "terms", "test")))
    marker = Biomarker.objects.get(monograph__document=desk.document)
    warning, approval = desk.document.monograph.boxed_warnings.get(), drugs.approval(desk.document)
    drugs.edit(
        desk.document,
        desk.admin,
        how_it_works="<p>It helps[@works][@warned].</p>",
        boxed_warnings=[{"id": warning.pk, "text": "Infections[@warned]."}],
        biomarkers=[{"id": marker.pk, "meaning": "A protein[@test]."}],
        approvals=[{"id": approval.pk, "terms": "Metastatic[@terms]."}],
    )
    root = freezing.build_candidate(desk.document, "en").tree.root
    decided = approval.events.get().reference.key
    assert [node.attrs["key"] for node in root.walk() if node.type == "reference"] == [
        drugs.LABEL, "warned", "works", "terms", decided, "test",
    ]  # fmt: skip


CITED = [
    ("doses", "phase"), ("side_effects", "name"), ("side_effects", "signs"), ("side_effects", "what_to_do"),
    ("boxed_warnings", "text"), ("biomarkers", "meaning"), ("approvals", "terms"), ("approvals", "meaning"),
]  # fmt: skip


@pytest.mark.parametrize(("related", "field"), CITED)
def test_facts_cite_their_sources_and_translations_keep_the_citations(desk, related, field):
    pages.put_references(desk.admin, pages.reference("trial"))
    part = list(getattr(desk.document.monograph, related).all())[-1]
    drugs.edit(desk.document, desk.admin, **{related: [{"id": part.pk, field: f"Zebra [@trial][@{drugs.LABEL}]"}]})
    source = pages.publish(desk.document, desk.admin, desk.reviewer)
    place = (part.block_id, field)
    assert words_at(source.tree, place) == [{"text": "Zebra "}, {"cite": "trial"}, {"cite": drugs.LABEL}]
    edition = pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)
    assert inline.cites(words_at(edition.tree, place)) == {"trial": 1, drugs.LABEL: 1}
    write_translation(
        desk.document, "es", {place: "Cebra [@trial]"}, source=source, user=desk.translator,
        token=version_token(desk.document, "es"),
    )  # fmt: skip
    [told] = freezing.build_candidate(desk.document, "es").blockers
    assert told == "The citations differ from the source: “Zebra”"


def words_at(tree, place):
    return next(node.words[place[1]] for node in tree.walk() if node.id == place[0])


def test_an_approval_without_a_verified_event_is_not_there(desk):
    drugs.edit(desk.document, desk.admin, approvals=[{**drugs.APPROVAL, "plain": "Something else."}])
    tree = freezing.build_candidate(desk.document, "en").tree
    assert [node.words["plain"] for node in tree.walk() if node.type == "approval"] == ["For cancer that has spread."]


def test_a_boxed_warning_that_goes_with_an_approval_is_there_once_that_is_verified(desk):
    drugs.edit(desk.document, desk.admin, approvals=[{**drugs.APPROVAL, "plain": "With another drug."}])
    together = drugs.approval(desk.document, 1)
    drugs.edit(
        desk.document,
        desk.admin,
        boxed_warnings=[{"title": "Both", "text": f"Words.[@{drugs.LABEL}]", "approval": together}],
    )

    def titles() -> list[str]:
        tree = freezing.build_candidate(desk.document, "en").tree
        return [node.words["title"] for node in tree.walk() if node.type == "boxed-warning"]

    assert titles() == ["Low white cells"]
    event = drugs.event(desk.document, desk.admin, approval=together)
    assert titles() == ["Low white cells"]
    drugs.verify(event, desk.other)
    assert titles() == ["Low white cells", "Both"]


def test_a_partners_boxed_warning_rests_on_the_partner(desk):
    """So that a change there is known here, in every language, in the transaction that makes it."""
    partner = drugs.monograph(desk.admin, slug="partnerib")
    drugs.verified(partner, desk.admin, desk.other)
    pages.publish(partner, desk.admin, desk.reviewer)
    drugs.edit(
        desk.document,
        desk.admin,
        boxed_warnings=[{"title": "Theirs", "text": f"Words.[@{drugs.LABEL}]", "partner": partner}],
    )
    editions = [
        pages.publish(desk.document, desk.admin, desk.reviewer),
        pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer),
    ]
    assert not Recheck.objects.exists()
    drugs.edit(partner, desk.admin, lead="A newer lead.")
    pages.publish(partner, desk.admin, desk.reviewer)
    assert not Recheck.objects.exists()  # nobody repeats that
    drugs.edit(partner, desk.admin, boxed_warnings=[{"title": "Fever", "text": f"Words.[@{drugs.LABEL}]"}])
    pages.publish(partner, desk.admin, desk.reviewer)
    assert {recheck.edition for recheck in Recheck.objects.open()} == set(editions)


def test_editions_of_before_are_known_to_repeat_a_partners_warning_once_all_migrations_have_run(desk, monkeypatch):
    partner = drugs.monograph(desk.admin, slug="partnerib")
    find = freezing.find_dependencies
    as_before = {Reliance.ASSERTS: Reliance.CITES}
    monkeypatch.setattr(
        freezing, "find_dependencies", lambda tree: {(key, as_before.get(how, how)) for key, how in find(tree)}
    )
    drugs.edit(
        desk.document,
        desk.admin,
        boxed_warnings=[{"title": "Theirs", "text": f"Words.[@{drugs.LABEL}]", "partner": partner}],
    )
    edition = pages.publish(desk.document, desk.admin, desk.reviewer)
    migration = import_module("drugs.migrations.0002_editions_repeat_their_partners_warnings")
    for _ in range(2):
        migration.name_repeated_partners(apps, SimpleNamespace(connection=connection))
        told = edition.dependencies.filter(document=partner).values_list("how", flat=True)
        assert sorted(told) == ["asserts", "cites"]


REFUSED_WARNINGS = [
    (lambda desk, other: {"partner": desk.document}, "names the drug itself as its partner"),
    (lambda desk, other: {"partner": pages.article(desk.author)}, "not a drug of this site"),
    (lambda desk, other: {"approval": drugs.approval(other)}, "an approval of another drug"),
]


@pytest.mark.parametrize(("given", "told"), REFUSED_WARNINGS)
def test_a_boxed_warning_that_makes_no_sense_is_refused_in_words(desk, given, told):
    row = {"title": "Theirs", "text": f"Words.[@{drugs.LABEL}]", **given(desk, drugs.monograph(desk.admin))}
    with pytest.raises(Blocked, match=f"boxed warning 1: .*{told}"):
        drugs.edit(desk.document, desk.admin, boxed_warnings=[row])


REFUSED = [
    ({"biomarkers": [{"name": "TMB", "cutoff": "10", "comparison": ">=", "unit": ""}]}, "needs a unit"),
    ({"biomarkers": [{"name": "TMB", "cutoff": "10", "comparison": "", "unit": "mut/Mb"}]}, "needs a unit"),
    ({"doses": [{"dose": "0", "unit": "mg", "every": 3}]}, "greater than zero"),
    ({"doses": [{"dose": "1", "unit": "mg", "every": 0}]}, "greater than or equal to 1"),
    ({"side_effects": [{"name": "Lungs", "serious": True, "care_level": ""}]}, "how soon a reader has to act"),
    ({"side_effects": [{"name": "Lungs", "serious": True}]}, "how soon a reader has to act"),
    ({"side_effects": [{"name": "Rash", "serious": False, "care_level": "urgent"}]}, "mark it as serious"),
    ({"side_effects": [{"name": "x" * 201}]}, "side effect 1: side effect: "),
    ({"products": [{"brand": "Zebra"}]}, "product 1: application number: "),
    ({"title": "x" * 201}, "at most 200 characters"),
    ({"review_interval_months": 0}, "greater than or equal to 1"),
]


def test_everything_that_makes_no_sense_is_told_at_once_and_of_what(desk):
    wrong = {name: value for parts, _told in REFUSED[:3] + REFUSED[4:5] + REFUSED[-2:] for name, value in parts.items()}
    with pytest.raises(Blocked) as caught:
        drugs.edit(desk.document, desk.admin, **wrong)
    told = " ".join(caught.value.blockers)
    for words in (
        "biomarker 1:",
        "dose 1: Dose must be greater than zero.",
        "side effect 1:",
        "greater than or equal to 1",
    ):
        assert words in told


def test_what_is_told_names_a_part_that_is_there(desk):
    worst = SideEffect.objects.get(serious=True)
    with pytest.raises(Blocked, match="side effect “Sick lungs”: Say how soon"):
        drugs.edit(desk.document, desk.admin, side_effects=[{"id": worst.pk, "care_level": ""}])


def test_parts_that_a_monograph_has_not_are_a_mistake_of_the_program(desk):
    with pytest.raises(TypeError, match="sideeffects"):
        save_monograph(desk.document, user=desk.admin, token=None, sideeffects=[])


def test_an_approval_needs_a_biomarker_of_its_own_page_that_is_there(desk):
    approval, own = drugs.approval(desk.document), Biomarker.objects.get(monograph__document=desk.document)
    theirs = Biomarker.objects.get(monograph__document=drugs.monograph(desk.admin))
    with pytest.raises(Blocked, match="biomarker of another drug"):
        drugs.edit(desk.document, desk.admin, approvals=[{"id": approval.pk, "biomarker": theirs}])
    drugs.edit(desk.document, desk.admin, approvals=[{"id": approval.pk, "biomarker": own}])
    assert freezing.build_candidate(desk.document, "en").blockers == []
    drugs.edit(desk.document, desk.admin, biomarkers=[{"id": own.pk, "retired": True}])
    [told] = freezing.build_candidate(desk.document, "en").blockers
    assert "needs a biomarker that was retired" in told


def test_what_a_regulator_decided_stays_on_the_page_until_it_is_taken_back(desk):
    approval, retire = drugs.approval(desk.document), {"retired": True}
    with pytest.raises(Blocked, match="stays on the page"):
        drugs.edit(desk.document, desk.admin, approvals=[{"id": approval.pk, **retire}])
    taken = void_event(approval.events.get(), user=desk.admin, note="Of another drug.")
    with pytest.raises(Blocked, match="have that verified"):
        drugs.edit(desk.document, desk.admin, approvals=[{"id": approval.pk, **retire}])
    drugs.verify(taken, desk.other)
    drugs.edit(desk.document, desk.admin, approvals=[{"id": approval.pk, **retire}])
    assert drugs.approval(desk.document).retired


@pytest.mark.parametrize("is_verified", [True, False])
def test_whose_approval_it_is_stays_while_it_has_decisions(desk, is_verified):
    document = desk.document if is_verified else drugs.monograph(desk.admin)
    if not is_verified:
        drugs.event(document, desk.admin)
    approval = drugs.approval(document)
    changed = {"approvals": [{"id": approval.pk, "authority": "EMA"}]}
    before = freezing.build_candidate(document, "en").digest
    with pytest.raises(Blocked, match="recorded as those of US Food and Drug"):
        drugs.edit(document, desk.admin, lead="Changed.", **changed)
    assert freezing.build_candidate(document, "en").digest == before
    taken = void_event(approval.events.get(), user=desk.admin, note="Of another authority.")
    if is_verified:
        drugs.verify(taken, desk.other)
    drugs.edit(document, desk.admin, **changed)
    assert drugs.approval(document).authority == "EMA"


@pytest.mark.parametrize("word", ["plain", "terms"])
def test_an_approval_that_is_shown_needs_its_words(desk, word):
    approval = drugs.approval(desk.document)
    drugs.edit(desk.document, desk.admin, approvals=[{"id": approval.pk, word: ""}])
    [told] = freezing.build_candidate(desk.document, "en").blockers
    assert "needs words" in told


def test_half_a_history_is_not_submitted(desk):
    """The grant was unsafe and nobody has read the source of its correction; what came after it is verified."""
    drugs.verified(desk.document, desk.admin, desk.other, "narrowed", date(2022, 1, 1))
    grant = drugs.approval(desk.document).events.get(kind="granted")
    right = correct_event(grant, user=desk.admin, note="A label date.", happened_on=date(2020, 11, 10), is_unsafe=True)
    [told] = freezing.build_candidate(desk.document, "en").blockers
    assert "by what is verified" in told
    assert "cannot be narrowed before it was granted" in told
    drugs.verify(right, desk.other)
    assert freezing.build_candidate(desk.document, "en").blockers == []


@pytest.mark.parametrize(("parts", "told"), REFUSED)
def test_what_makes_no_sense_is_refused_and_nothing_is_changed(desk, parts, told):
    before = freezing.build_candidate(desk.document, "en").digest
    with pytest.raises(Blocked) as caught:
        drugs.edit(desk.document, desk.admin, lead="Changed.", **parts)
    assert told in " ".join(caught.value.blockers)
    assert freezing.build_candidate(desk.document, "en").digest == before


BLOCKED = [
    ({"title": ""}, "needs the drug's name"),
    ({"lead": ""}, "needs a lead"),
    ({"side_effects": [{"name": "Lungs", "serious": True, "care_level": "urgent"}]}, "write its signs"),
    ({"side_effects": [{"name": ""}]}, "has no name yet"),
    ({"boxed_warnings": [{"title": "T", "text": ""}]}, "needs a title and a text"),
    ({"how_it_works": "<p>So.[@nowhere]</p>"}, "there is no such reference"),
    ({"side_effects": [{"name": "Rash[@nowhere]"}]}, "there is no such reference"),
    ({"doses": [{"dose": "1", "unit": "mg", "every": 3}]}, "The dose “1 mg” has no source."),
    ({"doses": [{"dose": "1", "unit": "mg", "every": 3, "phase": "Later"}]}, "The dose “Later” has no source."),
    ({"side_effects": [{"name": "Rash"}]}, "The side effect “Rash” has no source."),
    ({"boxed_warnings": [{"title": "Fever[@a]", "text": "Hot."}]}, "The boxed warning “Fever[@a]” has no source."),
]


def test_a_part_that_was_retired_needs_no_source(desk):
    drugs.edit(desk.document, desk.admin, doses=[{"dose": "1", "unit": "mg", "every": 3, "retired": True}])
    assert freezing.build_candidate(desk.document, "en").blockers == []


@pytest.mark.parametrize(("changed", "told"), BLOCKED)
def test_what_is_missing_is_told_before_it_is_submitted(desk, changed, told):
    drugs.edit(desk.document, desk.admin, **changed)
    assert told in " ".join(freezing.build_candidate(desk.document, "en").blockers)


def test_a_withdrawn_approval_says_what_that_means(desk):
    approval = drugs.approval(desk.document)
    drugs.edit(desk.document, desk.admin, approvals=[{"id": approval.pk, "meaning": ""}])
    drugs.verified(desk.document, desk.admin, desk.other, "withdrawn-by-sponsor", date(2021, 8, 27))
    [told] = freezing.build_candidate(desk.document, "en").blockers
    assert "say what that means" in told


@pytest.mark.parametrize("who", ["author", "reviewer", "translator"])
def test_only_drug_admins_write_monographs(desk, who):
    with pytest.raises(Blocked, match="can't edit pages of this kind"):
        drugs.edit(desk.document, getattr(desk, who), lead="Mine.")


def test_the_database_refuses_a_cut_off_without_a_unit(desk):
    marker = Biomarker.objects.get(monograph__document=desk.document)
    with pytest.raises(IntegrityError), transaction.atomic():
        Biomarker.objects.filter(pk=marker.pk).update(unit="")
