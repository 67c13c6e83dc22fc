"""What a page asserts is frozen as it is written; who asserts what is not so any more is told, in every language."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from drugs.services import correct_event, void_event
from editorial.editions import verifying
from editorial.editions.assertions import FACT_FIELDS
from editorial.editions.blockers import Blocked
from editorial.editions.models import AssertedFact, Assertion, Dependency, Edition, Release, Reliance
from editorial.editions.tree import inline
from editorial.reviews import rules
from editorial.reviews.models import Cause, FactChange, Recheck
from editorial.reviews.services import check_assertions_of_the_day, dismiss_recheck
from tests import PROVING
from tests.factories import drugs, pages, people
from tests.factories.bulk_rows import create_dependents
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

ONE = "FDA: 1 drug for triple-negative"
ZEBRA = "FDA: zebramab for triple-negative"
MANY = 2000 if PROVING else 200
LEAVES = ("withdrawn-by-sponsor", date(2021, 7, 1))


def make_desk():
    admin, verifier, author = drugs.drug_admin(), drugs.drug_admin(), people.author()
    reviewer, translator = people.reviewer("en", "es"), people.translator("es")
    desk = SimpleNamespace(admin=admin, verifier=verifier, author=author, reviewer=reviewer, translator=translator)
    desk.zebra = drugs.monograph(admin, slug="zebramab", title="Zebramab")
    desk.lion = drugs.monograph(admin, slug="lionmab", title="Lionmab", products=[])
    drugs.verified(desk.zebra, admin, verifier, on=date(2020, 1, 1))
    return desk


@layer
def desk():
    return make_desk()


def write(desk, *facts: str, body: str = "Some drugs are approved", **parts):
    marks = "".join(f"[={fact}]" for fact in facts)
    section = {"heading": "More", "body": f"<p>{body} {marks}. Another sentence.</p>"}
    return pages.article(desk.author, sections=[section], **parts)


def publish(desk, *facts: str, **parts) -> Edition:
    return pages.publish(write(desk, *facts, **parts), desk.author, desk.reviewer)


def untrue() -> set[int]:
    return set(Recheck.objects.open().filter(cause=Cause.UNTRUE).values_list("edition", flat=True))


def leave(desk, document=None, on: date = LEAVES[1], **fields):
    return drugs.event(document or desk.zebra, desk.admin, LEAVES[0], on, **fields)


def leave_for_good(desk, document=None, **fields):
    drugs.verify(leave(desk, document, **fields), desk.verifier)


# --- Freezing ---


def test_what_is_asserted_is_frozen_as_it_is_written(desk):
    edition = publish(desk, ONE, ZEBRA, ONE)
    assert f'{{"asserts":"{ONE}"}}' in bytes(edition.content).decode()
    assert set(Assertion.objects.filter(edition=edition).values_list("fact__text", flat=True)) == {ONE, ZEBRA}
    assert Dependency.objects.get(edition=edition, document=desk.zebra).how == Reliance.STATES


def test_a_page_that_asserts_nothing_costs_no_more_and_says_nothing_of_it(desk):
    edition = publish(desk)
    assert b"asserts" not in bytes(edition.content)
    assert not Assertion.objects.filter(edition=edition).exists()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Two are [=FDA: 2 drugs for triple-negative].", "not true today. Approved: \u2068Zebramab\u2069 (regular)"),
        ("One [=FDA: not zebramab].", "not true today"),
        ("One [=FDA: some].", "No drug has “some”"),
        ("One [=FDA: 1 drug for measles].", "no type of cancer"),
        ("One [=1 drug].", "would see this mark"),
        ("One [=FDA: <strong>1</strong> drug for triple-negative].", "would see this mark"),
        ("[=FDA: 1 drug for triple-negative] One is.", "Nothing stands before"),
    ],
)
def test_what_is_not_so_or_cannot_be_read_is_not_submitted(desk, body, said):
    document = pages.article(desk.author, sections=[{"heading": "More", "body": f"<p>{body}</p>"}])
    with pytest.raises(Blocked) as refused:
        pages.submit(document, "en", user=desk.author)
    assert said in " ".join(refused.value.blockers)
    assert not Edition.objects.filter(document=document).exists()


def test_a_mark_in_a_title_is_not_submitted(desk):
    document = write(desk, title=f"One [={ONE}]")
    with pytest.raises(Blocked, match="not in a title"):
        pages.submit(document, "en", user=desk.author)


def test_what_is_recorded_and_not_verified_is_not_asserted_yet(desk):
    drugs.event(desk.lion, desk.admin)
    with pytest.raises(Blocked, match="not verified yet"):
        pages.submit(write(desk, "FDA: lionmab"), "en", user=desk.author)


@pytest.mark.parametrize("typed", ["Una.", f"Una [={ONE}] [={ONE}].", f"Una [={ZEBRA}]."])
def test_a_translation_asserts_what_its_source_does(desk, typed):
    source = publish(desk, ONE)
    words = pages.typed_translation(source, "es")
    place = next(place for place, text in words.items() if "[=" in text)
    pages.translate(source.document, "es", desk.translator, {**words, place: typed})
    with pytest.raises(Blocked, match="differs from the source"):
        pages.submit(source.document, "es", user=desk.translator)
    pages.translate(source.document, "es", desk.translator, {place: f"Una [={ONE}]."})
    edition = pages.submit(source.document, "es", user=desk.translator)
    assert edition.assertions.get().fact.text == ONE


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("One is [=FDA: not x].", "One is."),
        ("One is [=FDA: not x] so.", "One is so."),
        ("One is [=FDA: not x]so.", "One is so."),
        ("One is[=FDA: not x] “so”.", "One is “so”."),
        ("One is [=FDA: not x]“so”.", "One is “so”."),
        ("One is [=FDA: not x] [=FDA: not y].", "One is."),
        ("One is [=FDA: not x]", "One is"),
        ("一种[=FDA: not x]。", "一种。"),
        ("واحد [=FDA: not x]؟", "واحد؟"),
    ],
)
def test_readers_find_no_space_where_a_mark_stands(typed, plain):
    words = inline.from_text(typed)
    assert inline.plain(words) == plain
    assert inline.from_text(inline.typed_text(words)) == words


# --- Travelling ---


def test_recording_what_ends_a_fact_reaches_who_asserts_it_in_every_language(desk):
    english, other = publish(desk, ONE), publish(desk, "FDA: not lionmab")
    spanish = pages.publish_translation(english.document, "es", desk.translator, desk.reviewer)
    awaiting = pages.submit(write(desk, ZEBRA), "en", user=desk.author)
    event = leave(desk)
    assert untrue() == {english.pk, spanish.pk, awaiting.pk}
    change = FactChange.objects.get()
    assert [told["is_verified"] for told in change.ended] == [False, False]
    assert "will not be true any more" in str(change)
    drugs.verify(event, desk.verifier)
    assert untrue() == {english.pk, spanish.pk, awaiting.pk}
    assert "Approved before: \u2068Zebramab\u2069 (regular). Approved now: none of those asked about." in str(
        FactChange.objects.latest("pk")
    )
    assert other.pk not in untrue()
    assert Recheck.objects.filter(cause=Cause.UNTRUE).with_certainty().filter(is_certain=False).count() == 0
    assert list(verifying.find_problems(desk.zebra)) == []


def test_what_leaves_a_fact_as_it_is_opens_nothing(desk):
    publish(desk, ZEBRA, "FDA: at least 1 drug for triple-negative")
    drugs.verified(desk.zebra, desk.admin, desk.verifier, "narrowed", date(2021, 1, 1))
    drugs.verified(desk.lion, desk.admin, desk.verifier, on=date(2021, 3, 1))
    assert not Recheck.objects.exists()
    assert not FactChange.objects.exists()


def test_a_second_approval_ends_that_there_is_one(desk):
    edition = publish(desk, ONE)
    drugs.verified(desk.lion, desk.admin, desk.verifier, on=date(2021, 3, 1))
    assert untrue() == {edition.pk}
    assert Recheck.objects.filter(edition=edition).first().document == desk.lion


def test_what_is_marked_as_unsafe_ends_a_fact_at_once(desk):
    edition = publish(desk, ZEBRA)
    granted = drugs.approval(desk.zebra).events.get()
    void_event(granted, user=desk.admin, note="It was another drug.", is_unsafe=True)
    assert untrue() == {edition.pk}
    assert FactChange.objects.get().ended[0]["is_verified"]


def test_a_correction_of_a_day_ends_nothing(desk):
    publish(desk, ZEBRA)
    granted = drugs.approval(desk.zebra).events.get()
    drugs.verify(
        correct_event(granted, user=desk.admin, note="A day later.", happened_on=date(2020, 1, 2)), desk.verifier
    )
    assert not FactChange.objects.exists()


def test_what_was_announced_ends_a_fact_by_itself_when_the_day_comes(desk):
    edition, today = publish(desk, ZEBRA), timezone.localdate()
    leave_for_good(desk, on=today + timedelta(days=2), announced_on=today)
    for days, expected in ((0, set()), (1, set()), (2, {edition.pk}), (3, {edition.pk})):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            check_assertions_of_the_day()
            check_assertions_of_the_day()
        assert untrue() == expected
    assert FactChange.objects.get().recorded_by == desk.verifier
    assert list(verifying.find_problems(desk.zebra)) == []


def test_a_scheduled_edition_is_held_while_it_asserts_what_is_not_so(desk):
    edition = pages.submit(write(desk, ZEBRA), "en", user=desk.author)
    pages.sign(edition, desk.reviewer, publish_at=timezone.now() + timedelta(days=3))
    leave_for_good(desk)
    assert rules.is_held(edition)
    assert not Release.objects.filter(edition=edition).open_after(timezone.now()).exists()


def test_a_fact_that_is_so_again_may_end_again(desk):
    first = publish(desk, ZEBRA)
    leave_for_good(desk)
    drugs.verified(desk.zebra, desk.admin, desk.verifier, "reinstated", date(2021, 8, 1))
    for recheck in Recheck.objects.open().filter(edition=first):
        dismiss_recheck(recheck, user=desk.reviewer, password=people.PASSWORD, reason="It is back.")
    second = publish(desk, ZEBRA)
    leave_for_good(desk, on=date(2021, 9, 1))
    assert untrue() == {first.pk, second.pk}


def test_what_was_replaced_is_not_looked_at_again(desk):
    document = write(desk, ZEBRA)
    pages.publish(document, desk.author, desk.reviewer)
    row = pages.working(document).sections.get()
    other = {"id": row.pk, "heading": "More", "body": "<p>Nothing of that.</p>"}
    pages.edit(document, desk.author, sections=[other])
    newer = pages.publish(document, desk.author, desk.reviewer)
    assert not newer.assertions.exists()
    leave_for_good(desk)
    assert untrue() == set()


# --- In a constant number of statements ---


def test_it_takes_as_many_statements_for_many_pages_and_many_facts(desk):
    model = publish(desk, ZEBRA)
    event = leave(desk)

    def act() -> int:
        with CaptureQueriesContext(connection) as queries, transaction.atomic():
            drugs.verify(event, desk.verifier)
            asserting = set(Assertion.objects.values_list("edition", flat=True))
            latest = FactChange.objects.latest("pk")
            assert (
                set(Recheck.objects.filter(because=latest.record_digest).values_list("edition", flat=True)) == asserting
            )
            transaction.set_rollback(True)
        return len(queries)

    def add(count: int, facts: list[str]) -> None:
        create_dependents(model, desk.lion, desk.reviewer, count)
        copies = Edition.objects.filter(assertions=None).exclude(document__in=[desk.zebra, desk.lion])
        made = [
            AssertedFact.objects.get_or_create(
                text=fact, defaults=AssertedFact.objects.values(*FACT_FIELDS, "checked_on")[0]
            )[0]
            for fact in facts
        ]
        Assertion.objects.bulk_create(
            Assertion(edition=edition, fact=made[number % len(made)]) for number, edition in enumerate(copies)
        )

    add(20, [ZEBRA])
    few = act()
    uses = ["", ", advanced", ", first line", ", no marker", ", her2 negative", ", hormone negative"]
    add(
        MANY,
        [
            f"FDA: {what} for {cancer}{use}"
            for what in ("zebramab", "zebramab regular", "1 drug")
            for cancer in ("triple-negative", "breast")
            for use in uses
        ],
    )
    assert act() == few


# --- On the desk ---


def test_settling_shows_the_sentence_that_asserts_it_and_what_was_so(desk, signed_in):
    edition = publish(desk, ONE, body="Today one drug is approved")
    leave_for_good(desk)
    client = signed_in(desk.reviewer)
    page = client.get(reverse("desk:settle", args=["untrue", desk.zebra.pk])).content.decode()
    assert "Today one drug is approved." in page
    assert "Another sentence" not in page
    assert "Asserts what is not true any more" in page
    assert "is not true any more. Approved before:" in page
    assert "may rest on it" not in page
    page = client.get(reverse("desk:edition", args=[edition.pk])).content.decode()
    assert "something that it asserts is not true any more" in page


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("triple", {ONE: "True today", "FDA: only zebramab for triple-negative": "True today"}),
        ("zebra", {ZEBRA: "True today", "FDA: zebramab regular for triple-negative": "True today"}),
        ("lionmab", {"FDA: not lionmab for triple-negative": "True today"}),
        ("FDA: 2 drugs for triple-negative", {"FDA: 2 drugs for triple-negative": "Not true today"}),
        ("FDA: 2 drugs for measles", {"FDA: 2 drugs for measles": "Not true today"}),
        ("nothing", {}),
        ("", {}),
    ],
)
def test_an_author_finds_what_may_be_asserted(desk, signed_in, typed, expected):
    answer = signed_in(desk.author).get("/admin/library/reference/pick/", {"q": typed}).json()["results"]
    found = {item["name"]: item for item in answer if item.get("text", "").startswith("[=")}
    assert {name: item["sort"] for name, item in found.items()} == expected
    assert all(item["text"] == f"[={name}]" for name, item in found.items())


def test_readers_see_no_marks(desk, client):
    edition = publish(desk, ONE, body="Today one drug is approved")
    page = client.get(f"/en/articles/{edition.document.slug}/").content.decode()
    assert "Today one drug is approved. Another sentence." in page
    assert "[=" not in page
