"""Who wrote each text is kept with every save, exactly; asking costs the same after many saves as after few."""

import re
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from editorial.accounts.roles import Role
from editorial.editions.freezing import build_candidate
from editorial.editions.kinds import kind_of
from editorial.editions.models import HistoryMark, RowWriter, WrittenText
from editorial.editions.validity import find_base
from editorial.editions.working.contributors import find_contributors
from editorial.editions.working.row_history import SavedRow
from editorial.editions.working.text_writers import Writers, keep_missing_writers, keep_writers
from tests import PROVING
from tests.factories import pages, people
from tests.factories.bulk_saves import add_saves
from tests.factories.counting import Cost, counted_cost
from tests.factories.pages import submit

pytestmark = pytest.mark.django_db

TEXTS = ["", "Zero", "One", "Two", "Three"]
saves = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(TEXTS)), min_size=1, max_size=12)


def slow_search(log: list[tuple[str, str]], signed: str | None) -> set[str]:
    """Who wrote the last text of a log of saves and was not signed with `signed`, read save by save."""
    writers: set[str] = set()
    texts: dict[str, set[str]] = {}
    before = ""
    for who, text in log:
        if text == before:
            continue
        before = text
        if text == signed:
            writers = set()
            continue
        texts[text] = writers = texts.get(text, writers) | {who}
    return writers


@settings(max_examples=300 if PROVING else 25)
@given(saves, st.sampled_from([None, *TEXTS[1:]]), st.booleans())
def test_the_writers_of_a_text_are_those_that_a_search_of_every_save_finds(log, signed, is_told_at_once):
    with transaction.atomic():
        users = {name: people.person(Role.AUTHOR) for name in "abc"}
        document = pages.article(people.author())
        [slot] = [slot for slot in _slots(document) if slot.field == "lead"]
        log = [*[("c", "Before")], *log]
        WrittenText.objects.filter(column="lead_en").delete()
        for who, text in log:
            add_saves(slot.row, "lead_en", [text], users[who])
        if is_told_at_once:
            forget_writers()
            keep_writers([SavedRow(slot.row)])
        slot.row.refresh_from_db()
        place = (slot.node_id, slot.word)
        found = Writers([slot], [], "en", {place: _words(slot, signed)}).of_slot(slot)
        names = {user.pk: name for name, user in users.items()}
        if log[-1][1] and log[-1][1] != signed:
            known = {names[key] for key in found[place] if key in names}
            assert known == slow_search(log, signed)
        transaction.set_rollback(True)


def test_a_save_reads_nothing_of_the_history_of_the_rows_that_it_writes():
    author = people.author()
    document = pages.article(author)
    pages.edit(document, author, lead="First.")
    with CaptureQueriesContext(connection) as queries:
        pages.edit(document, author, lead="Second.")
    read = {table for query in queries for table in re.findall(r'^SELECT "articles_(historical\w+)"', query["sql"])}
    assert not read & {"historicalarticle", "historicalsection", "historicalkeypoint"}
    [slot] = [slot for slot in _slots(document) if slot.field == "lead"]
    place = (slot.node_id, slot.word)
    assert Writers([slot], [], "en", {place: None}).of_slot(slot) == {place: {author.pk}}


def _slots(document) -> list:
    kind = kind_of(document)
    return list(kind.slots(kind.read_copy(document)))


def _words(slot, text: str | None):
    return None if text is None else next(iter(slot.parse(text).values()))


def forget_writers() -> None:
    for model in (HistoryMark, RowWriter, WrittenText):
        model.objects.all().delete()


def cost_of(act: Callable[[], object]) -> Cost:
    with transaction.atomic():
        act()  # whatever is read once
        transaction.set_rollback(True)
    with counted_cost() as cost:
        act()
    return cost


@pytest.mark.parametrize("is_released", [False, True], ids=["never released", "saved after a release"])
def test_submitting_costs_the_same_after_many_saves_as_after_few(is_released):
    costs = []
    author, reviewer = people.author(), people.reviewer()
    for count in (2, 200):
        document = pages.article(author)
        if is_released:
            pages.publish(document, author, reviewer)
        article = pages.working(document)
        section = article.sections.get()
        add_saves(article, "title_en", (f"Title {number}" for number in range(count)), author)
        add_saves(section, "body_en", (body(number) for number in range(count)), author)
        costs.append(cost_of(partial(submit, document, "en", user=author, note="Another title.")))
    assert costs[0] == costs[1]


def body(number: int) -> str:
    return f'<p data-id="b-aaaaaaaa">Said {number} times.</p><p data-id="b-bbbbbbbb">Always.</p>'


def test_saving_costs_the_same_after_many_saves_as_after_few():
    costs = []
    for count in (2, 200):
        author = people.author()
        document = pages.article(author)
        add_saves(pages.working(document), "title_en", (f"Title {number}" for number in range(count)), author)
        costs.append(cost_of(partial(pages.edit, document, author, title="Another")))
    assert costs[0] == costs[1]


def test_who_wrote_before_writers_were_kept_is_found_in_the_history():
    author, other = people.author(), people.author()
    document = pages.article(author)
    pages.edit(document, other, lead="Another lead.")
    tree = build_candidate(document, "en").tree
    known = find_contributors(document, tree, find_base(document, "en"))
    kept = [list(model.objects.order_by(*keys).values_list(*keys)) for model, keys in TOLD]
    forget_writers()
    assert find_contributors(document, tree, find_base(document, "en")) == known
    forget_writers()
    keep_missing_writers(None, "default")
    assert [list(model.objects.order_by(*keys).values_list(*keys)) for model, keys in TOLD] == kept


def test_an_upgrade_asks_the_same_of_thirty_pages_as_of_one_when_no_writers_are_missing():
    author, costs = people.author(), []
    for count in (1, 30):
        for _number in range(count):
            pages.article(author)
        costs.append(cost_of(partial(keep_missing_writers, None, "default")).queries)
    assert costs[0] == costs[1]


TOLD = [
    (HistoryMark, ("model", "row_id", "history_id")),
    (RowWriter, ("model", "row_id", "column", "user")),
    (WrittenText, ("model", "row_id", "column", "node_id", "word", "digest", "depth", "branch", "is_tip")),
]


def test_who_wrote_a_link_before_there_was_a_page_at_it_is_known_when_there_is_one(monkeypatch):
    author, other = people.author(), people.author()
    linked = '<p>See <a href="/articles/later/">this</a> first.</p>'
    document = pages.article(author)
    section = pages.working(document).sections.get()
    with monkeypatch.context() as patch:
        patch.setattr("editorial.editions.fields.resolve_links", lambda nodes: nodes)
        pages.edit(document, author, sections=[{"id": section.pk, "body": linked}])
    later = pages.article(author)
    type(later).objects.filter(pk=later.pk).update(slug="later")
    pages.edit(document, other, sections=[{"id": section.pk, "body": linked.replace("first", "then")}])
    slots = [slot for slot in _slots(document) if slot.field == "body"]
    places = dict.fromkeys(slots[0].read("en"))
    assert set().union(*Writers(slots, [], "en", places).of_slot(slots[0]).values()) == {author.pk, other.pk}
