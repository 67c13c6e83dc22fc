"""Rechecks are opened exactly where a fact ends: against a slow search that shares no code with the engine."""

import json
import re
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from drugs.services import void_event
from editorial.editions.blockers import Blocked
from editorial.editions.models import AssertedFact, Edition
from editorial.reviews.models import Cause, Recheck
from editorial.reviews.services import withdraw
from tests import PROVING
from tests.drugs.test_asserting_editions import make_desk, publish
from tests.factories import drugs, pages, people

pytestmark = pytest.mark.django_db

WHAT = [
    "1 drug",
    "2 drugs",
    "no drug",
    "at least 1 drug",
    "zebramab",
    "not lionmab",
    "zebramab regular",
    "only lionmab",
]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["zebra", "lion"]),
        st.sampled_from(["granted-accelerated", "granted-regular", "converted", "suspended", "reinstated",
                         "withdrawn-by-agency", "publish", "publish", "translate", "take-down", "void", "void-unsafe"]),
        st.booleans(),  # whether somebody verifies it
        st.sampled_from(WHAT),
    ),
    min_size=3, max_size=9,
)  # fmt: skip


class SlowSearch:
    """Reads every edition's bytes and every event, and shares no code with the engine."""

    def __init__(self, desk):
        self.keys = {"zebramab": desk.zebra.pk, "lionmab": desk.lion.pk}
        self.documents = [desk.zebra, desk.lion]

    def approved(self, *, with_unverified: bool) -> dict[str, str]:
        approved = {}
        for name, document in zip(self.keys, self.documents, strict=True):
            state, previous = "", ""
            events = [
                event
                for newest in drugs.approval(document).events.order_by("happened_on")
                if not hasattr(newest, "corrected_by") and (event := self.counted(newest, with_unverified))
            ]
            for event in sorted(events, key=lambda event: event.happened_on):
                if event.kind == "granted":
                    state = previous = event.pathway
                elif event.kind == "converted":
                    state = previous = "regular"
                elif event.kind == "reinstated":
                    state = previous
                else:
                    state = ""
            if state:
                approved[name] = state
        return approved

    def counted(self, event, with_unverified: bool):
        while event and not with_unverified and not hasattr(event, "verification"):
            event = event.corrects if event.keeps_corrected else None
        return None if event is None or event.is_void else event

    def true(self) -> dict[str, tuple[bool, bool]]:
        now, later = self.approved(with_unverified=False), self.approved(with_unverified=True)
        return {what: (self.is_so(what, now), self.is_so(what, later)) for what in WHAT}

    def is_so(self, what: str, approved: dict[str, str]) -> bool:
        return {
            "1 drug": len(approved) == 1, "2 drugs": len(approved) == 2, "no drug": not approved,
            "at least 1 drug": bool(approved), "zebramab": "zebramab" in approved,
            "not lionmab": "lionmab" not in approved, "zebramab regular": approved.get("zebramab") == "regular",
            "only lionmab": set(approved) == {"lionmab"},
        }[what]  # fmt: skip

    def asserting(self) -> dict[int, str]:
        """{edition: what it asserts} of the newest of each page, which is all that is ever read or awaits here."""
        return {
            edition.pk: match[1]
            for edition in Edition.objects.all()
            if (match := re.search(r'"asserts":"FDA: ([a-z0-9 ]+) for', json.dumps(json.loads(bytes(edition.content)),
                                                                                separators=(",", ":"))))
        }  # fmt: skip


@settings(max_examples=settings().max_examples if PROVING else 6, deadline=None)
@given(steps=STEPS)
def test_rechecks_are_opened_where_a_fact_ends_and_nowhere_else(steps):
    with transaction.atomic():
        try:
            _play(steps)
        finally:
            transaction.set_rollback(True)


def _play(steps) -> None:
    desk = make_desk()
    search, day, expected, pages_made = SlowSearch(desk), date(2021, 1, 1), 0, 0
    chosen = {"zebra": desk.zebra, "lion": desk.lion}
    for drug, step, is_verified, what in steps:
        day += timedelta(days=1)
        before, ends = search.true(), []
        document = chosen[drug]
        try:
            if step == "publish":
                publish(desk, f"FDA: {what} for triple-negative")
                pages_made += 1
                assert before[what][0]
            elif step == "translate":
                for edition in Edition.objects.filter(pk__in=search.asserting(), language="en").order_by("-pk")[:1]:
                    pages.publish_translation(edition.document, "es", desk.translator, desk.reviewer)
                    assert before[search.asserting()[edition.pk]][0]
            elif step == "take-down":
                for edition in Edition.objects.filter(pk__in=search.asserting())[:1]:
                    withdraw(edition.document, "en", user=people.head(), reason="An error.")
            else:
                event = _record(desk, document, step, day)
                ends.append((before, search.true()))
                if is_verified and event.awaits_verification:
                    drugs.verify(event, desk.verifier)
                    ends.append((ends[0][1], search.true()))
        except Blocked:
            if step == "publish":
                assert not before[what][0]
        for was, now in ends:
            ended = {
                what for what in WHAT
                if (was[what][0] and not now[what][0]) or (was[what][1] and not now[what][1])
            }  # fmt: skip
            expected += sum(what in ended for what in search.asserting().values())
        assert Recheck.objects.filter(cause=Cause.UNTRUE).count() == expected
    assert AssertedFact.objects.count() <= pages_made


def _record(desk, document, step: str, day: date):
    if step.startswith("void"):
        heads = [event for event in drugs.approval(document).events.order_by("pk") if event.is_counted]
        if not heads:
            raise Blocked(["Nothing to take back."])
        return void_event(heads[-1], user=desk.admin, note="It did not happen.", is_unsafe=step == "void-unsafe")
    kind, _dash, pathway = step.partition("-") if step.startswith("granted") else (step, "", "")
    return drugs.event(document, desk.admin, kind, day, pathway=pathway)
