"""A translation whose facts are older than the source's says so beside each of them, and since when."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.editions.models import Edition
from editorial.reading import older_facts
from tests.factories import drugs, pages, people
from tests.factories.bulk_editions import add_editions
from tests.layers import layer
from tests.reading import rendered
from tests.reading.query_plans import tables_scanned

pytestmark = pytest.mark.django_db

MONOGRAPH, ARTICLE = "/es/drugs/zebramab/", "/es/articles/main/"
SOURCE = "/en/drugs/zebramab/"
START = datetime(2026, 1, 5, 17, tzinfo=UTC)
LATER = START + timedelta(days=10)
DAY = "15 de enero de 2026"
OLDER = "La página original dice aquí algo distinto desde el"


def make_desk() -> SimpleNamespace:
    """A monograph in English and Spanish, and an article in both that shows pieces of it."""
    made = SimpleNamespace(
        admin=drugs.drug_admin(), other=drugs.drug_admin(), author=people.author(), reviewer=people.reviewer(),
        translator=people.translator("es"),
    )  # fmt: skip
    approvals = [drugs.APPROVAL, {**drugs.APPROVAL, "plain": "For another cancer.", "stage": "early"}]
    made.document = drugs.monograph(made.admin, slug="zebramab", approvals=approvals)
    for place in (0, 1):
        drugs.verified(made.document, made.admin, made.other, approval=drugs.approval(made.document, place))
    pages.publish(made.document, made.admin, made.reviewer)
    pages.publish_translation(made.document, "es", made.translator, made.reviewer)
    sections = [
        {"heading": name, "body": "<p>Words.</p>", "piece_of": made.document, "piece": name}
        for name in ("approvals", "dosing", "card")
    ]
    article = pages.article(made.author, slug="main", title="Main", sections=sections)
    pages.publish(article, made.author, made.reviewer)
    pages.publish_translation(article, "es", made.translator, made.reviewer)
    return made


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@layer
def desk():
    with time_machine.travel(START, tick=False):
        return make_desk()


def rows(document, related: str) -> list[dict]:
    """The parts of a list as a form would send them again."""
    listed = []
    for place, row in enumerate(getattr(document.monograph, related).order_by("order", "pk")):
        known = drugs.PARTS[related][min(place, len(drugs.PARTS[related]) - 1)]
        listed.append({**known, "id": row.pk})
    return listed


def doses(desk, **fields) -> list[dict]:
    [dose] = rows(desk.document, "doses")
    return [dose | fields]


def published(desk) -> None:
    pages.publish(desk.document, desk.admin, desk.reviewer)


def dose_changed(desk):
    drugs.edit(desk.document, desk.admin, doses=doses(desk, dose="400"))
    published(desk)


def dose_reworded(desk):
    drugs.edit(desk.document, desk.admin, doses=doses(desk, phase=f"At first[@{drugs.LABEL}]"))
    published(desk)


def dose_added(desk):
    [dose] = rows(desk.document, "doses")
    new = {**drugs.PARTS["doses"][0], "dose": "300"}
    drugs.edit(desk.document, desk.admin, doses=[dose, new])
    published(desk)


def approval_added(desk):
    """To the end of the list; the others are sent as they are."""
    new = {**drugs.APPROVAL, "plain": "For a third cancer.", "line": "later"}
    known = [{"id": row.pk} for row in desk.document.monograph.approvals.order_by("order", "pk")]
    drugs.edit(desk.document, desk.admin, approvals=[*known, new])
    drugs.verified(desk.document, desk.admin, desk.other, approval=drugs.approval(desk.document, 2))
    published(desk)


def lead_reworded(desk):
    drugs.edit(desk.document, desk.admin, lead="Another lead.")
    published(desk)


def approval_withdrawn(desk):
    drugs.verified(desk.document, desk.admin, desk.other, "withdrawn-by-agency", date(2025, 12, 1))
    published(desk)


def warning_reworded(desk):
    [warning] = rows(desk.document, "boxed_warnings")
    drugs.edit(
        desk.document, desk.admin, boxed_warnings=[warning | {"text": f"You may die of infections.[@{drugs.LABEL}]"}]
    )
    published(desk)


def nothing_happened(desk):
    pass


def translated_again(desk):
    dose_changed(desk)
    pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)


@dataclass(frozen=True)
class Said:
    """Where a line stands: ids of the nearest elements that have one, with what the line leads to."""

    places: list[str]
    targets: list[str]


def lines(client, path: str) -> Said:
    root = rendered.parsed(client.get(path))
    parents = {child: parent for parent in root.iter() for child in parent}
    places, targets = [], []
    for line in root.iter("p"):
        if "drug-older" not in (line.get("class") or "").split():
            continue
        assert f"{OLDER} " in "".join(line.itertext())
        [link] = line.iter("a")
        assert link.get("hreflang") == "en"
        targets.append(link.get("href"))
        node = line
        while not node.get("id"):
            node = parents[node]
        places.append(node.get("id"))
    return Said(places, targets)


def block_id(desk, related: str, place: int = 0) -> str:
    return list(getattr(desk.document.monograph, related).order_by("order", "pk"))[place].block_id


# (what happens to the source, the list of its block, how many lines on the article)
CHANGES = [
    (dose_changed, "doses", 2),
    (approval_withdrawn, "approvals", 3),
    (warning_reworded, "boxed_warnings", 1),
]
SILENT = [nothing_happened, dose_reworded, lead_reworded, translated_again]


@pytest.mark.parametrize(("change", "related", "count"), CHANGES)
def test_a_fact_that_changed_in_the_source_has_a_line_beside_it(desk, client, clock, change, related, count):
    block = block_id(desk, related)
    clock.move_to(LATER)
    change(desk)
    said = lines(client, MONOGRAPH)
    # Also beside the line that says what it is used for, which is not folded.
    places = [*(["used-for"] if related == "approvals" else []), block]
    assert said == Said(places, [f"{SOURCE}#{block}"] * len(places))
    assert DAY in rendered.words(client.get(MONOGRAPH))
    assert set(lines(client, ARTICLE).targets) == {f"{SOURCE}#{block}"}
    assert len(lines(client, ARTICLE).places) == count
    assert lines(client, SOURCE).places == []


@pytest.mark.parametrize("change", SILENT)
def test_words_alone_and_translations_that_are_up_to_date_have_no_line(desk, client, clock, change):
    clock.move_to(LATER)
    change(desk)
    assert [lines(client, path).places for path in (MONOGRAPH, ARTICLE, SOURCE)] == [[], [], []]


def test_what_is_new_in_the_source_is_said_at_the_head_of_its_list(desk, client, clock):
    clock.move_to(LATER)
    dose_added(desk)
    new = block_id(desk, "doses", 1)
    assert lines(client, MONOGRAPH) == Said(["doses"], [f"{SOURCE}#{new}"])
    assert lines(client, ARTICLE).targets == [f"{SOURCE}#{new}"]


def test_an_approval_that_is_new_in_the_source_is_said_above_the_others(desk, client, clock):
    clock.move_to(LATER)
    approval_added(desk)
    new = block_id(desk, "approvals", 2)
    assert lines(client, MONOGRAPH).targets == [f"{SOURCE}#{new}"]
    assert lines(client, ARTICLE).targets == [f"{SOURCE}#{new}"] * 2  # of its table and of its card
    before, line, _after = rendered.words(client.get(MONOGRAPH)).partition(OLDER)
    assert line
    assert "For cancer that has spread." not in before


def test_what_is_gone_from_the_source_leads_to_its_page(desk, client, clock):
    dose = block_id(desk, "doses")
    clock.move_to(LATER)
    drugs.edit(desk.document, desk.admin, doses=doses(desk, retired=True))
    published(desk)
    assert lines(client, MONOGRAPH) == Said([dose], [SOURCE])


def test_the_day_is_that_of_the_first_edition_that_said_otherwise(desk, client, clock):
    clock.move_to(LATER)
    dose_changed(desk)
    clock.move_to(LATER + timedelta(days=10))
    drugs.edit(desk.document, desk.admin, lead="Another lead.")
    published(desk)
    assert DAY in rendered.words(client.get(MONOGRAPH))


def test_what_is_again_as_it_was_translated_has_no_line(desk, client, clock):
    clock.move_to(LATER)
    dose_changed(desk)
    clock.move_to(LATER + timedelta(days=10))
    drugs.edit(desk.document, desk.admin, doses=doses(desk))
    published(desk)
    assert lines(client, MONOGRAPH).places == []


def test_a_source_edition_that_is_not_what_was_frozen_leaves_the_page_without_lines(desk, client, clock, monkeypatch):
    clock.move_to(LATER)
    dose_changed(desk)
    read = older_facts.read_edition
    monkeypatch.setattr(older_facts, "read_edition", lambda values: read(values)._replace(is_intact=False))
    assert lines(client, MONOGRAPH).places == []


def test_only_translations_that_are_outdated_take_more_statements(desk, client, clock):
    def measure() -> list[int]:
        counts = []
        for path in (SOURCE, MONOGRAPH, "/ar/drugs/zebramab/", "/en/articles/main/", ARTICLE):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    before = measure()
    clock.move_to(LATER)
    lead_reworded(desk)
    after = measure()
    assert after == [count + more for count, more in zip(before, [0, 2, 0, 0, 1], strict=True)]
    clock.move_to(LATER + timedelta(days=1))
    dose_changed(desk)
    approval_withdrawn(desk)
    assert measure() == after


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_source_editions_are_found_without_reading_those_of_other_pages(desk):
    keys = list(Edition.objects.filter(document=desk.document, language="en").values_list("pk", flat=True))
    assert tables_scanned(lambda: list(older_facts.source_editions(keys, "en"))) == []


def test_of_a_source_that_is_far_ahead_only_the_newest_editions_are_read(desk, client, clock):
    source = Edition.objects.filter(document=desk.document, language="en")
    translated = source.latest("number")
    clock.move_to(LATER)
    dose_changed(desk)
    newest = add_editions(source.latest("number"), 3 * older_facts.MOST)
    assert len(older_facts.source_editions([translated.pk, newest.pk], "en")) <= older_facts.MOST + 2
    assert lines(client, MONOGRAPH).places != []


def test_each_new_edition_of_the_source_gives_an_outdated_page_another_tag(desk, client, clock):
    clock.move_to(LATER)
    lead_reworded(desk)
    tags = {path: client.get(path)["ETag"] for path in (MONOGRAPH, ARTICLE)}
    clock.move_to(LATER + timedelta(days=1))
    dose_changed(desk)
    assert Edition.objects.filter(document=desk.document, language="en").count() == 3
    for path, tag in tags.items():
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 200, path
