"""A decision reaches every edition that shows, leads to or names the drug; it is certain where that shows the change.

Against a slow search that reads the bytes of each edition and shares no code with the engine.
"""

import json
import re
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from drugs.models import BoxedWarning, Monograph
from drugs.services import correct_event, record_event, void_event
from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.editions.kinds import kind_of
from editorial.editions.models import Document, Edition
from editorial.reviews.models import Recheck
from editorial.reviews.services import withdraw
from editorial.reviews.shown_changes import find_recorded_changes
from tests import PROVING
from tests.factories import drugs, pages, people
from tests.factories.bulk_rows import create_dependents
from tests.factories.pages import submit
from tests.layers import layer

pytestmark = pytest.mark.django_db

PIECES = ("card", "approvals", "dosing", "side-effects")
NAMES = {"a": {"en": ("Zebramab", "Alphabrand"), "es": ("Cebramab",)}, "b": {"en": ("Lionmab", "Betabrand")}}
# {kind of decision: pieces that it changes}; None where all may be. By hand, from what the templates show.
CHANGED = {
    "granted": {"approvals"},
    "narrowed": {"approvals"},
    "suspended": {"approvals", "card"},
    "withdrawn-by-agency": {"approvals", "card"},
    "shortage-began": set(),
    "discontinued": {"card"},
    "boxed-warning-changed": {"card"},
    "safety-communication": None,
}
OF_APPROVALS = ("granted", "narrowed", "suspended", "withdrawn-by-agency")


def make_crew() -> SimpleNamespace:
    return SimpleNamespace(
        admin=drugs.drug_admin(), other=drugs.drug_admin(), reviewer=people.reviewer("en", "es"),
        author=people.author(), translator=people.translator("es"),
    )  # fmt: skip


@layer
def crew():
    return make_crew()


def shown_by(edition: Edition, drug: Document) -> set[str]:
    """Pieces of the drug, "link" and "name": what of it the bytes show, lead to, or name in their language."""
    found: set[str] = set()
    names = [name for language in {"en", edition.language} for name in NAMES[drug.slug].get(language, ())]

    def walk(node) -> None:
        if node["type"] == "piece" and node["attrs"]["document"] == drug.pk:
            found.add(node["attrs"]["piece"])
        for words in node.get("words", {}).values():
            runs = [{"text": words}] if isinstance(words, str) else words
            found.update("link" for run in runs if run.get("document") == drug.pk)
            text = "".join(run.get("text", "") for run in runs)
            found.update("name" for name in names if re.search(rf"\b{name}\b", text, re.IGNORECASE))
        for child in node.get("children", []):
            walk(child)

    walk(json.loads(bytes(edition.content))["root"])
    return found


@settings(max_examples=settings().max_examples // 2 if PROVING else 6)
@given(data=st.data())
def test_exactly_those_that_rest_on_a_decision_are_reached_and_certain_where_they_show_it(data):
    with transaction.atomic():
        explore(make_crew(), data)
        transaction.set_rollback(True)


def explore(crew, data) -> None:
    documents = {}
    for slug, names in NAMES.items():
        product = {**drugs.PRODUCT, "brand": names["en"][1]}
        documents[slug] = drugs.monograph(crew.admin, slug=slug, title=names["en"][0], products=[product])
        drugs.verified(documents[slug], crew.admin, crew.other, on=date(2019, 1, 1))
        pages.publish(documents[slug], crew.admin, crew.reviewer)
    if data.draw(st.booleans(), label="the Spanish name is known from the start"):
        Monograph.objects.filter(pk=documents["a"].pk).update(title_es="Cebramab")
    for number in range(data.draw(st.integers(1, 4), label="pages")):
        make_page(crew, data, documents, number)
    Monograph.objects.filter(pk=documents["a"].pk).update(title_es="Cebramab")
    for step in range(data.draw(st.integers(1, 3), label="decisions")):
        slug = data.draw(st.sampled_from(sorted(documents)), label="of")
        decide(crew, data, documents[slug], step)


def make_page(crew, data, documents: dict, number: int) -> None:
    sections = []
    for slug, document in documents.items():
        shown = data.draw(st.sampled_from(["", "", *PIECES]), label=f"piece of {slug}")
        if shown:
            sections.append({"heading": "Here", "body": "", "piece_of": document, "piece": shown})
        words = data.draw(st.sampled_from(["", "link", "name", "brand"]), label=f"words about {slug}")
        body = {
            "": "Nothing.",
            "link": f'See <a href="/drugs/{slug}/">this</a>.',
            "name": f"Some get {NAMES[slug]['en'][0]}.",
            "brand": f"Some get {NAMES[slug]['en'][1].upper()}.",
        }[words]
        sections.append({"heading": "More", "body": f"<p>{body}</p>"})
    document = pages.article(crew.author, title=f"Page {number}", sections=sections)
    state = data.draw(st.sampled_from(["live", "waiting", "scheduled", "down"]), label="state")
    edition = submit(document, "en", user=crew.author)
    if state == "waiting":
        return
    later = {"publish_at": edition.recorded_at + timedelta(days=3)} if state == "scheduled" else {}
    pages.sign(edition, crew.reviewer, **later)
    if state != "scheduled" and data.draw(st.booleans(), label="translated"):
        typed = pages.typed_translation(edition, "es")
        if data.draw(st.booleans(), label="with the Spanish name"):
            typed = {place: "Cebramab" if "es More" in words else words for place, words in typed.items()}
        pages.translate(document, "es", crew.translator, typed)
        pages.sign(submit(document, "es", user=crew.translator), crew.reviewer)
    if state == "down":
        withdraw(document, "en", user=crew.reviewer, reason="An error.")


def decide(crew, data, document, step: int) -> None:
    """Record a decision, if that can have happened, and look at what it reached."""
    kind = data.draw(st.sampled_from(sorted(CHANGED)), label="decision")
    monograph, known = Monograph.objects.get(pk=document.pk), Recheck.objects.count()
    approval, on = monograph.approvals.get(), date(2020 + step, 1, 1)
    changed = CHANGED[kind]
    if kind in OF_APPROVALS and approval.events.filter(kind__in=("suspended", "withdrawn-by-agency")).exists():
        changed = {"approvals", "card"}  # the card tells of one that left, and since when
    about = {"approval": approval} if kind in OF_APPROVALS else {}
    if kind in ("shortage-began", "discontinued"):
        about = {"product": monograph.products.get()}
    try:
        with transaction.atomic():
            event = record_event(
                document, user=crew.admin, kind=kind, happened_on=on, reference=drugs.source(crew.admin),
                pathway="regular" if kind == "granted" else "", **about,
            )  # fmt: skip
    except Blocked:
        assert Recheck.objects.count() == known
        return
    rests = {edition.pk: shown_by(edition, document) for edition in Edition.objects.exclude(document=document)}
    expected = {pk: bool(shown & (set(PIECES) if changed is None else changed)) for pk, shown in rests.items() if shown}
    expected |= dict.fromkeys(Edition.objects.filter(document=document).values_list("pk", flat=True), True)
    opened = Recheck.objects.filter(because=event.record_digest).with_certainty()
    assert {recheck.edition_id: recheck.is_certain for recheck in opened} == expected


# --- What the kind says against what pieces show ---


@pytest.mark.parametrize("first", ["", "suspended", "withdrawn-by-agency"])
@pytest.mark.parametrize("kind", ["narrowed", "suspended", "withdrawn-by-sponsor", "reworded", "widened", "reinstated"])
def test_pieces_that_a_decision_changes_are_among_those_that_the_kind_says(crew, first, kind):
    document = drugs.monograph(crew.admin)
    drugs.verified(document, crew.admin, crew.other, on=date(2019, 1, 1))
    if first:
        drugs.verified(document, crew.admin, crew.other, first, date(2019, 6, 1))
    old = freezing.build_candidate(document, "en").tree.root
    try:
        event = drugs.verified(document, crew.admin, crew.other, kind, date(2020, 1, 1))
    except Blocked:
        return  # it cannot have happened
    new = freezing.build_candidate(document, "en").tree.root
    changed = {
        name for name, piece in kind_of(document).embedding.pieces.items() if piece.content(old) != piece.content(new)
    }
    assert changed <= find_recorded_changes(event).pieces


@pytest.mark.parametrize("is_void", [True, False])
def test_a_correction_changes_what_either_decision_said(crew, is_void):
    document = drugs.monograph(crew.admin)
    drugs.verified(document, crew.admin, crew.other, on=date(2019, 1, 1))
    left = drugs.event(document, crew.admin, "withdrawn-by-sponsor", date(2020, 1, 1))
    if is_void:
        event = void_event(left, user=crew.admin, note="It was another drug.")
    else:
        event = correct_event(left, user=crew.admin, note="It was narrowed.", kind="narrowed")
    assert find_recorded_changes(event).pieces == {"approvals", "card"}


def test_a_correction_of_one_that_nobody_verified_changes_what_readers_see(crew):
    document = drugs.monograph(crew.admin)
    drugs.verified(document, crew.admin, crew.other, on=date(2019, 1, 1))
    source = drugs.source(crew.admin)
    seen = record_event(
        document, user=crew.admin, kind="boxed-warning-changed", happened_on=date(2020, 1, 1), reference=source
    )
    drugs.verify(seen, crew.other)
    narrowed = {"kind": "narrowed", "approval": drugs.approval(document), "note": "No warning was changed."}
    unseen = correct_event(seen, user=crew.admin, **narrowed)
    event = correct_event(unseen, user=crew.admin, note="A day later.", happened_on=date(2020, 1, 2))
    assert find_recorded_changes(event).pieces == {"approvals", "card"}


def test_a_warning_that_comes_with_an_approval_is_changed_by_its_grant(crew):
    warning = {**drugs.PARTS["boxed_warnings"][0]}
    document = drugs.monograph(crew.admin, boxed_warnings=[warning])
    event = drugs.event(document, crew.admin)
    assert not find_recorded_changes(event).has_repeated
    BoxedWarning.objects.filter(monograph__document=document).update(approval=drugs.approval(document))
    changes = find_recorded_changes(event)
    assert (changes.pieces, changes.has_repeated) == ({"approvals", "card"}, True)


# --- Many ---

MANY = 2000


@pytest.mark.both_databases
def test_a_decision_and_its_certainty_take_as_many_statements_for_thousands_of_editions(crew):
    document = drugs.monograph(crew.admin)
    drugs.verified(document, crew.admin, crew.other, on=date(2019, 1, 1))
    pages.publish(document, crew.admin, crew.reviewer)
    section = {"heading": "Here", "body": "", "piece_of": document, "piece": "dosing"}
    model = pages.publish(pages.article(crew.author, sections=[section]), crew.author, crew.reviewer)

    def act() -> int:
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            event = drugs.event(document, crew.admin, "narrowed", date(2020, 1, 1))
            opened = Recheck.objects.filter(because=event.record_digest).with_certainty()
            certain = set(opened.filter(is_certain=True).values_list("edition", flat=True))
            transaction.set_rollback(True)
        # Those that show its card or repeat its warnings show no approval of it.
        assert certain == set(Edition.objects.filter(document=document).values_list("pk", flat=True))
        return len(queries)

    create_dependents(model, document, crew.reviewer, 30)
    few = act()
    create_dependents(model, document, crew.reviewer, MANY - 30)
    assert act() == few
