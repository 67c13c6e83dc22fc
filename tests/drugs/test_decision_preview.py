"""Before a decision is recorded its form shows what it will do: just that then happens, and looking changes nothing."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drugs.decision_preview import preview_event
from drugs.models import ApprovalEvent
from drugs.services import correct_event, record_event
from editorial.editions.blockers import Blocked
from editorial.editions.models import Edition, EndCause, ReleaseEnd
from editorial.reading.models import WithheldBlock
from editorial.reviews.models import Mail, Recheck
from tests.desk.conftest import state
from tests.desk.forms import filled
from tests.drugs.test_admin import words
from tests.factories import drugs, pages, people
from tests.factories.bulk_rows import create_dependents
from tests.factories.pages import submit
from tests.layers import layer

pytestmark = pytest.mark.django_db

DAY = date(2021, 8, 27)


@layer
def rows():
    made = SimpleNamespace(
        admin=drugs.drug_admin(), other=drugs.drug_admin(), reviewer=people.reviewer("en", "es"),
        author=people.author(), translator=people.translator("es"),
    )  # fmt: skip
    made.document = drugs.monograph(made.admin, slug="zebramab", title="Zebramab")
    made.granted = drugs.verified(made.document, made.admin, made.other)
    pages.publish(made.document, made.admin, made.reviewer)
    shown = {"heading": "The drug", "body": "<p>It is one.</p>", "piece_of": made.document, "piece": "approvals"}
    made.showing = pages.article(made.author, slug="showing", sections=[shown])
    pages.publish(made.showing, made.author, made.reviewer)
    pages.publish_translation(made.showing, "es", made.translator, made.reviewer)
    named = {"heading": "More", "body": "<p>Zebramab may be used. It is a drug.</p>"}
    made.naming = pages.article(made.author, slug="naming", sections=[named])
    pages.publish(made.naming, made.author, made.reviewer)
    made.coming = pages.article(made.author, slug="coming", sections=[shown])
    edition = submit(made.coming, "en", user=made.author)
    pages.sign(edition, made.reviewer, publish_at=timezone.now() + timedelta(days=3))
    made.waiting = pages.article(made.author, slug="waiting", sections=[named])
    submit(made.waiting, "en", user=made.author)
    made.source = drugs.source(made.admin)
    return made


@pytest.fixture
def desk(rows, signed_in):
    rows.client = signed_in(rows.admin)
    rows.recording = f"/admin/drugs/monograph/{rows.document.pk}/record/"
    return rows


def recorder(desk, kind: str, *, of_approval: bool = True, seen: str | None = None):
    approval = drugs.approval(desk.document) if of_approval else None
    return lambda: record_event(
        desk.document, user=desk.admin, kind=kind, happened_on=DAY, reference=desk.source, approval=approval, seen=seen
    )


KINDS = [
    ("withdrawn-by-sponsor", True), ("narrowed", True), ("boxed-warning-changed", False),
    ("safety-communication", False), ("label-changed", False), ("other", False),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "of_approval"), KINDS)
def test_what_is_shown_is_what_happens(desk, kind, of_approval):
    record = recorder(desk, kind, of_approval=of_approval)
    before = state()
    preview = preview_event(record)
    assert state() == before
    event = record()
    rechecks = Recheck.objects.filter(because=event.record_digest).with_certainty()
    held = set(ReleaseEnd.objects.filter(cause=EndCause.HELD).values_list("release__edition", flat=True))
    opened = sorted((recheck.edition_id, recheck.is_certain, recheck.edition_id in held) for recheck in rechecks)
    assert [(key, is_certain, is_held) for key, is_certain, _state, is_held in preview.opened.rows] == opened
    told = Mail.objects.filter(because=event.record_digest).values("user").distinct().count()
    assert preview.opened.people_count == told
    assert preview.opened.held_count == len(held)
    assert preview.is_urgent == (kind not in ("narrowed", "label-changed", "other"))


def test_what_pages_assert_and_will_not_be_so_is_told_too(desk):
    said = {"heading": "So far", "body": "<p>One drug is approved for this[=FDA: 1 drug for triple-negative].</p>"}
    asserting = pages.article(desk.author, slug="asserting", sections=[said])
    edition = pages.publish(asserting, desk.author, desk.reviewer)
    preview = preview_event(recorder(desk, "withdrawn-by-sponsor")).opened
    assert (edition.pk, True, "live", False) in preview.rows
    assert ["One drug is approved for this."] in [page.sentences for page in preview.sample]
    recorder(desk, "withdrawn-by-sponsor")()
    opened = Recheck.objects.values_list("edition", flat=True).distinct()
    assert {row[0] for row in preview.rows} == set(opened)


def test_it_tells_states_languages_and_sentences(desk):
    opened = preview_event(recorder(desk, "withdrawn-by-sponsor")).opened
    counted = {
        count.language: [[(str(state.value), number) for state, number in states] for states in count.columns]
        for count in opened.languages
    }
    assert counted == {
        "en": [[("live", 2), ("scheduled", 1)], [("live", 1), ("waiting", 1)]],
        "es": [[("live", 1)], []],
    }
    assert (opened.certain_pages, opened.uncertain_pages) == (3, 2)
    assert [edition.document for edition in opened.held] == [desk.coming]
    assert ["Zebramab may be used."] in [page.sentences for page in opened.sample]


def test_what_a_correction_withholds_is_told(desk):
    def correct():
        return correct_event(desk.granted, user=desk.other, note="Wrong.", is_void=True, is_unsafe=True)

    assert preview_event(correct).withheld == desk.granted.approval_words
    assert not WithheldBlock.objects.exists()


def test_what_changed_since_it_was_shown_has_to_be_looked_at_again(desk):
    seen = preview_event(recorder(desk, "withdrawn-by-sponsor")).seen
    another = pages.article(desk.author, sections=[{"heading": "More", "body": "<p>Zebramab.</p>"}])
    pages.publish(another, desk.author, desk.reviewer)
    before = state()
    with pytest.raises(Blocked, match="Look again"):
        recorder(desk, "withdrawn-by-sponsor", seen=seen)()
    assert state() == before
    again = preview_event(recorder(desk, "withdrawn-by-sponsor")).seen
    assert recorder(desk, "withdrawn-by-sponsor", seen=again)().pk


def test_the_form_shows_it_first_and_then_records_it(desk):
    typed = {
        "approval": drugs.approval(desk.document).pk, "kind": "withdrawn-by-sponsor", "happened_on": "2021-08-27",
        "reference": desk.source.key, "note": "By letter.",
    }  # fmt: skip
    before = ApprovalEvent.objects.count()
    shown = desk.client.post(desk.recording, filled(desk.client.get(desk.recording), preview="1", **typed))
    assert shown.status_code == 200
    assert "Nothing is recorded yet." in words(shown)
    assert "Scheduled editions that are put on hold: 1." in words(shown)
    assert ApprovalEvent.objects.count() == before
    data = filled(shown)
    assert data["note"] == "By letter."
    assert data["_seen"]
    assert desk.client.post(desk.recording, data).status_code == 302
    assert ApprovalEvent.objects.count() == before + 1


def test_what_cannot_have_happened_is_told_instead(desk):
    typed = {"kind": "withdrawn-by-sponsor", "happened_on": "2999-08-27", "reference": desk.source.key}
    shown = desk.client.post(desk.recording, filled(desk.client.get(desk.recording), preview="1", **typed))
    assert shown.status_code == 409
    assert "What will happen" not in words(shown)
    assert "Say which approval this decision is about." in words(shown)


def test_it_takes_as_many_statements_however_many_pages_rest_on_it(desk):
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            preview_event(recorder(desk, "withdrawn-by-sponsor"))
        return len(captured)

    few = count()
    create_dependents(Edition.objects.get(document=desk.naming), desk.document, desk.reviewer, 60)
    assert count() <= few
