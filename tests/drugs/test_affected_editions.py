"""A decision reaches every edition that rests on it, and no other: whoever shows, leads to or names the drug, cites the
decision's source, or claims something that it may make wrong. It is certain where that shows the change or cites it.

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

from drugs.models import Approval, Biomarker, BoxedWarning, Monograph
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


# {words: what they claim}, and {drug: claims that decisions about its approval may make wrong}. By hand.
CLAIMS = {
    "Immunotherapy is approved for triple-negative breast cancer.": "triple-negative",
    "No treatment is approved for breast cancer.": "breast",
    "One treatment is approved for HER2-positive breast cancer.": "her2-positive",
    "It may help if the CPS is 10 or more.": "cps-10",
    "It may help if the CPS is 20 or more.": "cps-20",
    "Breast cancer may be treated, also with PD-L1.": "",
}
SPANISH_CLAIM = "La inmunoterapia está aprobada para el cáncer de mama triple negativo."
TOUCHED = {"a": {"triple-negative", "breast", "cps-10"}, "b": {"her2-positive", "breast"}}


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
    for node in nodes_of(edition):
        if node["type"] == "piece" and node["attrs"]["document"] == drug.pk:
            found.add(node["attrs"]["piece"])
        for runs in words_of(node):
            found.update("link" for run in runs if run.get("document") == drug.pk)
            text = "".join(run.get("text", "") for run in runs)
            found.update("name" for name in names if re.search(rf"\b{name}\b", text, re.IGNORECASE))
    return found


def cited_by(edition: Edition) -> set[str]:
    return {run["cite"] for node in nodes_of(edition) for runs in words_of(node) for run in runs if "cite" in run}


def claimed_by(edition: Edition) -> set[str]:
    text = "\n".join(run.get("text", "") for node in nodes_of(edition) for runs in words_of(node) for run in runs)
    claims = {claim for words, claim in CLAIMS.items() if words in text}
    return claims | ({"triple-negative"} if SPANISH_CLAIM in text and edition.language == "es" else set())


def nodes_of(edition: Edition) -> list[dict]:
    waiting, nodes = [json.loads(bytes(edition.content))["root"]], []
    while waiting:
        nodes.append(waiting.pop())
        waiting += nodes[-1].get("children", [])
    return nodes


def words_of(node: dict) -> list[list[dict]]:
    return [[{"text": words}] if isinstance(words, str) else words for words in node.get("words", {}).values()]


@settings(max_examples=settings().max_examples // 2 if PROVING else 3)
@given(data=st.data())
def test_exactly_those_that_rest_on_a_decision_are_reached_and_certain_where_they_show_it(data):
    with transaction.atomic():
        Exploration(make_crew(), data).run()
        transaction.set_rollback(True)


class Exploration:
    """Drugs, pages and decisions at random. It keeps by itself which editions are read or may be, and what is open."""

    def __init__(self, crew, data):
        self.crew, self.data = crew, data
        self.drugs: dict[str, Document] = {}
        self.sources: dict[str, set[str]] = {}  # {key: drugs of whose approvals it tells}
        self.states: dict[int, str] = {}  # of editions of pages: live, waiting, scheduled or down
        self.open: set[tuple[int, str]] = set()  # (edition, digest of the decision)
        self.references = {}
        self.last = None  # decision that nobody took back: (slug, kind, source, event)

    def draw(self, label: str, options) -> str:
        return self.data.draw(st.sampled_from(sorted(options)), label=label)

    def run(self) -> None:
        for slug, names in NAMES.items():
            approval = {**drugs.APPROVAL, "cancer": "triple-negative" if slug == "a" else "her2-positive"}
            parts = {"products": [{**drugs.PRODUCT, "brand": names["en"][1]}], "approvals": [approval]}
            drug = self.drugs[slug] = drugs.monograph(self.crew.admin, slug=slug, title=names["en"][0], **parts)
            if slug == "a":
                marker = Biomarker.objects.get(monograph=drug.pk)
                Approval.objects.filter(monograph=drug.pk).update(biomarker=marker)
            source = self.new_source()
            drugs.verified(drug, self.crew.admin, self.crew.other, on=date(2019, 1, 1), reference=source)
            self.sources[source.key] = {slug}
            pages.publish(drug, self.crew.admin, self.crew.reviewer)
        self.new_source()  # one that no decision has yet
        if self.data.draw(st.booleans(), label="the Spanish name is known from the start"):
            self.name_in_spanish()
        for number in range(self.data.draw(st.integers(1, 4), label="pages")):
            self.make_page(number)
        self.name_in_spanish()
        for step in range(self.data.draw(st.integers(1, 4), label="decisions")):
            self.decide(self.draw("of", self.drugs), step)
            self.check_what_is_open()
            self.change_a_page(step)
            self.check_what_is_open()

    def new_source(self):
        source = drugs.source(self.crew.admin)
        self.references[source.key] = source
        return source

    def name_in_spanish(self) -> None:
        Monograph.objects.filter(pk=self.drugs["a"].pk).update(title_es="Cebramab")

    def body(self) -> list[dict]:
        sections = []
        for slug, document in self.drugs.items():
            shown = self.draw(f"piece of {slug}", {"", *PIECES} if self.data.draw(st.booleans()) else {""})
            if shown:
                sections.append({"heading": "Here", "body": "", "piece_of": document, "piece": shown})
            words = {
                "": "Nothing.",
                "link": f'See <a href="/drugs/{slug}/">this</a>.',
                "name": f"Some get {NAMES[slug]['en'][0]}.",
                "brand": f"Some get {NAMES[slug]['en'][1].upper()}.",
            }
            said = words[self.draw(f"words about {slug}", words)]
            sections.append({"heading": "More", "body": f"<p>{said}</p>"})
        claim = self.draw("claim", {"", *CLAIMS})
        cited = self.draw("cites", {"", *self.references})
        if claim or cited:
            cite = f"[@{cited}]" if cited else ""
            sections.append({"heading": "More", "body": f"<p>{claim or 'It helped some.'}{cite}</p>"})
        return sections

    def make_page(self, number: int) -> None:
        crew = self.crew
        document = pages.article(crew.author, title=f"Page {number}", sections=self.body())
        state = self.draw("state", {"live", "waiting", "scheduled", "down"})
        edition = submit(document, "en", user=crew.author)
        self.states[edition.pk] = state
        if state == "waiting":
            return
        later = {"publish_at": edition.recorded_at + timedelta(days=3)} if state == "scheduled" else {}
        pages.sign(edition, crew.reviewer, **later)
        if state != "scheduled" and self.data.draw(st.booleans(), label="translated"):
            typed = pages.typed_translation(edition, "es")
            spanish = self.draw("in Spanish", {"", "Cebramab", SPANISH_CLAIM})
            if spanish:
                typed = {place: spanish if "es More" in words else words for place, words in typed.items()}
            pages.translate(document, "es", crew.translator, typed)
            pages.give_reasons(document, "es", crew.translator)
            translation = submit(document, "es", user=crew.translator)
            pages.sign(translation, crew.reviewer)
            self.states[translation.pk] = state
        if state == "down":
            withdraw(document, "en", user=crew.reviewer, reason="An error.")

    def change_a_page(self, step: int) -> None:
        """A page gets a new edition, or one that waits is signed: what was open there is settled by that."""
        changeable = {pk for pk, state in self.states.items() if state in ("live", "waiting")}
        english = Edition.objects.filter(pk__in=changeable, language="en")
        keys = set(english.values_list("pk", flat=True))
        if not keys or not self.data.draw(st.booleans(), label="a page changes"):
            return
        edition = Edition.objects.get(pk=self.draw("which", keys))
        if self.states[edition.pk] == "live":
            pages.edit(
                edition.document, self.crew.author, title=f"Anew {step}", lead=self.draw("lead", {"A lead.", *CLAIMS})
            )
            newer = submit(edition.document, "en", user=self.crew.author)
            del self.states[edition.pk]
        else:
            newer = edition
        pages.sign(newer, self.crew.reviewer)
        self.states[newer.pk] = "live"
        self.open = {(pk, digest) for pk, digest in self.open if pk != edition.pk}

    def decide(self, slug: str, step: int) -> None:
        """Record a decision, if that can have happened, or take back the last one; and look at what that reached."""
        crew, known = self.crew, Recheck.objects.count()
        is_taken_back = self.last is not None and self.data.draw(st.booleans(), label="the last one is taken back")
        if is_taken_back:
            slug, kind, source, recorded = self.last
        else:
            kind = self.draw("decision", CHANGED)
            key = self.draw("its source", {"new", *self.references})
            source = self.new_source() if key == "new" else self.references[key]
        document = self.drugs[slug]
        monograph = Monograph.objects.get(pk=document.pk)
        approval = monograph.approvals.get()
        about = {"approval": approval} if kind in OF_APPROVALS else {}
        if kind in ("shortage-began", "discontinued"):
            about = {"product": monograph.products.get()}
        about["pathway"] = "regular" if kind == "granted" else ""
        changed = CHANGED[kind]
        if kind in OF_APPROVALS and approval.events.filter(kind__in=("suspended", "withdrawn-by-agency")).exists():
            changed = {"approvals", "card"}  # the card tells of one that left, and since when
        try:
            with transaction.atomic():
                if is_taken_back:
                    event = void_event(recorded, user=crew.admin, note="It did not happen.")
                else:
                    on = date(2020 + step, 1, 1)
                    event = record_event(
                        document, user=crew.admin, kind=kind, happened_on=on, reference=source, **about
                    )
        except Blocked:
            assert Recheck.objects.count() == known
            return
        self.last = None if is_taken_back else (slug, kind, source, event)
        told = self.sources.setdefault(source.key, set())
        if kind in OF_APPROVALS:
            told.add(slug)
        expected = dict.fromkeys(Edition.objects.filter(document=document).values_list("pk", flat=True), True)
        for edition in Edition.objects.filter(pk__in=self.states):
            certainty = self.rests_on(edition, slug, kind, source.key, changed)
            if certainty is not None:
                expected[edition.pk] = certainty
        opened = Recheck.objects.filter(because=event.record_digest).with_certainty()
        assert {recheck.edition_id: recheck.is_certain for recheck in opened} == expected
        self.open |= {(pk, event.record_digest) for pk in expected}

    def rests_on(self, edition: Edition, slug: str, kind: str, source: str, changed: set[str] | None) -> bool | None:
        """Whether the edition certainly rests on the decision; None where it does not rest on it at all."""
        shown, cited = shown_by(edition, self.drugs[slug]), cited_by(edition)
        about = {slug} if kind in OF_APPROVALS else set()
        telling = {source} | {key for key, told in self.sources.items() if told & about}
        certain = bool(shown & (set(PIECES) if changed is None else changed))
        certain |= any(not self.sources[key] - about for key in cited & telling)
        claims = claimed_by(edition) & (TOUCHED[slug] if about else set())
        return certain if shown or claims or cited & telling else None

    def check_what_is_open(self) -> None:
        rechecks = Recheck.objects.open().filter(cause="event")
        assert set(rechecks.values_list("edition", "because")) == self.open


# --- What the kind says against what pieces show ---


@pytest.mark.parametrize(
    "first", ["", *(pytest.param(kind, marks=pytest.mark.prove) for kind in ("suspended", "withdrawn-by-agency"))]
)
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
