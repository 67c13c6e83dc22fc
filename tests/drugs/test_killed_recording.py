"""Whoever records or corrects a decision may be killed between any two statements: it was recorded whole, or not."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection
from django.utils import timezone

from drugs.models import ApprovalEvent
from drugs.services import correct_event
from editorial.editions.models import Edition, Release
from editorial.editions.verifying import find_problems
from editorial.reviews.models import OpenRecheck, Recheck
from tests import PROVING
from tests.factories import drugs, pages, people

pytestmark = pytest.mark.both_databases


class Killed(BaseException):
    """No `except` of the product sees it."""


class Killer:
    """Ends the connection before one statement, as the end of its process would: nothing is said to the database."""

    def __init__(self, at: int):
        self.left = at

    def __call__(self, run, sql, params, many, context):
        if self.left == 0:
            connection.connection.close()
            raise Killed
        self.left -= 1
        return run(sql, params, many, context)


def count_rows() -> dict[str, int]:
    """{table: rows} of all tables."""
    return {model._meta.db_table: model._base_manager.count() for model in apps.get_models(include_auto_created=True)}


def killed_at(act: Callable[[], object], place: int) -> bool:
    """Whether it was killed before it came to an end."""
    try:
        with connection.execute_wrapper(Killer(place)):
            act()
    except Killed:
        with suppress(DatabaseError):
            connection.close()
        return True
    return False


@pytest.fixture
def drug(fresh_connection):
    """A drug that pages show, link to, name, cite or claim something of; live, waiting, scheduled and in Spanish."""
    admin, author, reviewer = drugs.drug_admin(), people.author(), people.reviewer("en", "es")
    document, source = drugs.monograph(admin, slug="zebramab", title="Zebramab"), drugs.source(admin)
    drugs.verified(document, admin, drugs.drug_admin(), reference=source)
    pages.publish(document, admin, reviewer)
    shown = {"heading": "Here", "body": "", "piece_of": document, "piece": "approvals"}
    bodies = (
        "Some get zebramab.", '<a href="/drugs/zebramab/">this</a>', f"It helped.[@{source.key}]",
        "It is approved for triple-negative breast cancer.",
    )  # fmt: skip
    for section in [shown, *({"heading": "More", "body": f"<p>{body}</p>"} for body in bodies)]:
        live = pages.publish(pages.article(author, sections=[section]), author, reviewer)
        pages.publish_translation(live.document, "es", people.translator("es"), reviewer)
        pages.submit(pages.article(author, sections=[section]), "en", user=author)
        coming = pages.article(author, sections=[section])
        pages.publish(coming, author, reviewer, publish_at=timezone.now() + timedelta(days=1))
    return document


@pytest.mark.parametrize("act", ["record", pytest.param("correct", marks=pytest.mark.prove)])
def test_a_decision_is_recorded_with_all_of_its_rechecks_or_not_at_all(drug, act):
    admin = drugs.drug_admin()
    granted, source = ApprovalEvent.objects.get(document=drug), drugs.source(admin)

    def record():
        if act == "record":
            drugs.event(drug, admin, "withdrawn-by-sponsor", date(2021, 7, 1), reference=source)
        else:
            correct_event(granted, user=admin, note="A day later.", happened_on=date(2020, 11, 14), is_unsafe=True)

    before, place = count_rows(), 0
    while killed_at(record, place):
        assert count_rows() == before, f"killed before statement {place}"
        place += 1 if PROVING else 6
    assert place > 30
    event = ApprovalEvent.objects.latest("pk")
    reached = set(Recheck.objects.filter(because=event.record_digest).values_list("edition", flat=True))
    assert reached == set(Edition.objects.values_list("pk", flat=True))
    assert OpenRecheck.objects.count() >= len(reached)
    assert not Release.objects.open_after(timezone.now()).filter(released_from__gt=timezone.now()).exists()
    assert list(find_problems(drug)) == []
