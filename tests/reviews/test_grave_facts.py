"""Withdrawals, boxed warnings and doses are grave: the policy asks for more sign-offs, on pages that show them too."""

from datetime import date
from types import SimpleNamespace

import pytest

from drugs.services import record_event, void_event
from editorial.editions.freezing import build_candidate
from editorial.editions.kinds import kind_of
from editorial.editions.tree import diff
from editorial.reviews.highlights import find_highlights
from editorial.reviews.models import Recheck, SignOffPolicy
from tests.factories import drugs, pages, people
from tests.factories.pages import submit
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

DAY = date(2021, 8, 27)


@layer
def rows():
    made = SimpleNamespace(
        admin=drugs.drug_admin(), other=drugs.drug_admin(), reviewer=people.reviewer(), author=people.author(),
        second=people.reviewer(),
    )  # fmt: skip
    made.document = drugs.monograph(made.admin, title="Zebramab")
    made.granted = drugs.verified(made.document, made.admin, made.other)
    pages.publish(made.document, made.admin, made.reviewer)
    SignOffPolicy.objects.create(grave_sign_offs=2)
    return made


@pytest.fixture
def desk(rows):
    return rows


def article(desk, piece: str):
    document = pages.article(
        desk.author,
        sections=[{"heading": "The drug", "body": "<p>It is one.</p>", "piece_of": desk.document, "piece": piece}],
    )
    sign_by_both(desk, submit(document, "en", user=desk.author))
    pages.edit(document, desk.author, lead="Another lead.")
    return document


def required(desk, document) -> int:
    user = desk.admin if document == desk.document else desk.author
    return submit(document, "en", user=user).required_sign_offs


def sign_by_both(desk, edition) -> None:
    for reviewer in [desk.reviewer, desk.second][: edition.required_sign_offs]:
        pages.sign(edition, reviewer)


KINDS = [
    ("withdrawn-by-sponsor", True), ("withdrawn-by-agency", True), ("withdrawal-announced", True),
    ("suspended", True), ("narrowed", False), ("reworded", False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "is_grave"), KINDS)
def test_a_withdrawal_needs_more_sign_offs_in_the_monograph(desk, kind, is_grave):
    drugs.verified(desk.document, desk.admin, desk.other, kind, DAY)
    assert required(desk, desk.document) == (2 if is_grave else 1)


def test_a_withdrawal_that_is_taken_back_is_as_grave(desk):
    withdrawn = drugs.verified(desk.document, desk.admin, desk.other, "withdrawn-by-sponsor", DAY)
    sign_by_both(desk, submit(desk.document, "en", user=desk.admin))
    drugs.verify(void_event(withdrawn, user=desk.admin, note="That was another drug."), desk.other)
    assert required(desk, desk.document) == 2


@pytest.mark.parametrize(("kind", "is_grave"), KINDS)
def test_a_page_that_shows_the_approvals_needs_more_sign_offs_until_it_is_settled(desk, kind, is_grave):
    document = article(desk, "approvals")
    drugs.event(desk.document, desk.admin, kind, DAY)
    assert Recheck.objects.open().filter(edition__document=document).exists()
    edition = submit(document, "en", user=desk.author)
    assert edition.required_sign_offs == (2 if is_grave else 1)
    sign_by_both(desk, edition)
    pages.edit(document, desk.author, lead="A third lead.")
    assert required(desk, document) == 1


@pytest.mark.parametrize(("piece", "is_grave"), [("card", True), ("side-effects", False)])
def test_a_boxed_warning_is_grave_where_it_is_shown_and_not_where_a_page_may_rest_on_it(desk, piece, is_grave):
    document = article(desk, piece)
    source = drugs.source(desk.admin)
    record_event(desk.document, user=desk.admin, kind="boxed-warning-changed", happened_on=DAY, reference=source)
    assert required(desk, document) == (2 if is_grave else 1)


def test_a_page_whose_dose_changed_elsewhere_needs_more_sign_offs(desk):
    document = article(desk, "dosing")
    row = {**drugs.PARTS["doses"][0], "dose": "400", "id": desk.document.monograph.doses.get().pk}
    drugs.edit(desk.document, desk.admin, doses=[row])
    edition = submit(desk.document, "en", user=desk.admin)
    assert edition.required_sign_offs == 2
    sign_by_both(desk, edition)
    assert required(desk, document) == 2


def test_what_an_unverified_withdrawal_changes_is_not_in_the_monograph_yet(desk):
    drugs.event(desk.document, desk.admin, "withdrawn-by-sponsor", DAY)
    drugs.edit(desk.document, desk.admin, lead="Another lead.")
    assert required(desk, desk.document) == 1


def test_what_happened_is_told_before_anything_else(desk):
    old = build_candidate(desk.document, "en").tree
    drugs.verified(desk.document, desk.admin, desk.other, "withdrawn-by-sponsor", DAY)
    changes = diff.compare_trees(old, build_candidate(desk.document, "en").tree)
    highlights = find_highlights(kind_of(desk.document), old, changes, "en", sections={})
    words = {(word.label, word.before, word.after) for highlight in highlights for word in highlight.words}
    sentences = [sentence for highlight in highlights for sentence in highlight.sentences]
    assert "Regulator's decision “\u2068withdrawn by the company Aug. 27, 2021\u2069”: added" in sentences
    assert ("what happened", "", "withdrawn by the company") in words
