"""A monograph is not submitted while the site has no signed words for what its decisions say."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.editions import freezing
from tests.factories import drugs, pages, people
from tests.layers import layer

pytestmark = pytest.mark.django_db

SIGNED = ("state-regular", "event-granted-regular", "event-narrowed")


@layer
def desk():
    made = SimpleNamespace(
        admin=drugs.drug_admin(), other=drugs.drug_admin(), author=people.author(), reviewer=people.reviewer()
    )
    made.document = drugs.monograph(made.admin)
    drugs.verified(made.document, made.admin, made.other)
    return made


def sign_words(desk, *keys: str) -> None:
    phrases = [{"key": key, "text": f"Words of {key}"} for key in keys]
    words = pages.site_words(desk.author, "drug-words", "Words about drugs", "", phrases=phrases)
    pages.publish(words, desk.author, desk.reviewer)


def blockers(desk) -> list[str]:
    return freezing.build_candidate(desk.document, "en").blockers


def test_a_site_without_words_about_drugs_is_not_asked_for_any(desk):
    drugs.verified(desk.document, desk.admin, desk.other, "suspended", date(2022, 1, 1))
    assert blockers(desk) == []


def test_what_has_its_words_is_not_told(desk):
    sign_words(desk, *SIGNED)
    drugs.verified(desk.document, desk.admin, desk.other, "narrowed", date(2022, 1, 1))
    assert blockers(desk) == []


def test_each_word_that_is_missing_is_named_with_where_it_belongs(desk):
    sign_words(desk, *SIGNED)
    drugs.event(desk.document, desk.admin, "suspended", date(2022, 1, 1))
    assert blockers(desk) == []  # nobody verified it, so it is not on the page
    drugs.verified(desk.document, desk.admin, desk.other, "reworded", date(2022, 2, 1))
    drugs.verified(desk.document, desk.admin, desk.other, "withdrawn-by-agency", date(2023, 1, 1))
    found = blockers(desk)
    assert len(found) == 3
    for key, told in zip(
        ("event-reworded", "event-withdrawn-by-agency", "state-withdrawn"), sorted(found), strict=True
    ):
        assert f"“Words about drugs” have nothing signed for “{key}”" in told


def test_it_is_asked_in_one_query(desk):
    def ask() -> int:
        with CaptureQueriesContext(connection) as queries:
            blockers(desk)
        return len(queries)

    few = ask()
    drugs.edit(desk.document, desk.admin, approvals=[{**drugs.APPROVAL, "plain": "Another."}])
    drugs.verified(desk.document, desk.admin, desk.other, approval=drugs.approval(desk.document, 1))
    assert ask() == few
