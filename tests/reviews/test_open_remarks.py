"""Open remarks hold the signature: who opened one resolves it, or somebody who signs sets it aside, saying why."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from editorial.accounts.roles import Role
from editorial.editions.blockers import Blocked
from editorial.editions.models import Edition, Review, SignOff
from editorial.editions.verifying import find_problems
from editorial.reviews.models import Act, Remark, SignOffPolicy
from editorial.reviews.services import add_remark, answer_remark, send_back
from editorial.reviews.threads import load_threads, open_threads
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.factories.unguarded import unguarded

pytestmark = pytest.mark.django_db
TWO = [{"heading": "Doses", "body": "<p>Take 42 mg.</p>"}, {"heading": "Second", "body": "<p>Two.</p>"}]


@pytest.fixture
def desk():
    made = SimpleNamespace(author=people.author(), reviewer=people.reviewer(), other=people.reviewer())
    made.both = people.person(Role.AUTHOR, Role.REVIEWER, signs_in={"en"})
    made.document = pages.article(made.author, sections=TWO)
    made.edition = submit(made.document, "en", user=made.author)
    return made


def remark(desk, *, user=None, edition: Edition | None = None, words: str = "Take 42 mg.") -> Remark:
    edition = edition or desk.edition
    node = next((node.id for node in edition.tree.walk() if words and node.plain("text") == words), "")
    return add_remark(edition, user=user or desk.reviewer, text="24, not 42", node_id=node)


def settle(desk, first: Remark, act: str, *, user=None, text: str = "") -> Remark:
    return answer_remark(desk.edition, first, user=user or desk.reviewer, text=text, act=act)


def resubmit(desk, *sections: dict, user=None) -> Edition:
    rows = list(pages.working(desk.document).sections.order_by("order"))
    pages.edit(
        desk.document,
        user or desk.author,
        sections=[{"id": row.pk, **new} for row, new in zip(rows, sections, strict=True)],
    )
    desk.edition = submit(desk.document, "en", user=desk.author)
    return desk.edition


def sign(desk, user=None) -> SignOff:
    return pages.sign(desk.edition, user or desk.reviewer)


def refuses(desk, *told: str, user=None) -> None:
    with pytest.raises(Blocked) as refused:
        sign(desk, user)
    assert all(words in str(refused.value) for words in told), refused.value.blockers
    assert not SignOff.objects.filter(edition=desk.edition).exists()


def test_nobody_signs_past_an_open_remark_and_is_told_where_it_stands(desk):
    first = remark(desk)
    refuses(desk, "\u2068Doses\u2069: your remark is still open", "24, not 42", "Resolve it before you sign")
    refuses(desk, "\u2068Doses\u2069: a remark by", desk.reviewer.name, "or set it aside", user=desk.other)
    settle(desk, first, Act.RESOLVED)
    assert sign(desk, desk.other)


def test_an_answer_that_it_is_done_settles_nothing(desk):
    first = remark(desk)
    settle(desk, first, Act.DONE, user=desk.author)
    [thread] = load_threads(desk.edition)
    assert (thread.is_open, thread.is_called_done) == (True, True)
    refuses(desk, "24, not 42")
    settle(desk, first, Act.RESOLVED)
    settle(desk, first, Act.REOPENED, text="Not everywhere.")
    [thread] = load_threads(desk.edition)
    assert (thread.is_open, thread.is_called_done) == (True, False)
    refuses(desk, "Not everywhere.")


def test_a_number_that_was_not_mended_is_not_signed_in_the_next_edition(desk):
    first = remark(desk)
    send_back(desk.edition, user=desk.reviewer, remarks="")
    resubmit(desk, TWO[0], {**TWO[1], "body": "<p>Two, and something else.</p>"})
    settle(desk, first, Act.DONE, user=desk.author)
    for user in (desk.reviewer, desk.other):
        refuses(desk, "Doses", "24, not 42", user=user)


GONE = [
    # (sections as they are submitted again, where a remark on a passage that is gone stands)
    ([{**TWO[0], "body": "<p>Nothing like it at all.</p>"}, TWO[1]], "Doses"),
    ([{**TWO[0], "heading": "How much", "body": "<p>Nothing like it at all.</p>"}, TWO[1]], "How much"),
    ([{**TWO[0], "retired": True}, TWO[1]], "Doses"),
]


@pytest.mark.parametrize(("sections", "place"), GONE)
def test_a_remark_whose_passage_is_gone_stays_open_where_it_stood_with_the_old_words(desk, sections, place):
    first = remark(desk)
    resubmit(desk, *sections)
    refuses(desk, f"\u2068{place}\u2069: your remark is still open")
    [thread] = open_threads(desk.document, "en", desk.edition.tree)
    assert (thread.is_gone, thread.first.quote, thread.place) == (True, "Take 42 mg.", f"\u2068{place}\u2069")
    section = next((node.id for node in desk.edition.tree.walk() if node.plain("heading") == place), "")
    assert thread.section_id == section
    settle(desk, first, Act.RESOLVED)
    assert sign(desk)


def test_a_remark_on_the_whole_page_names_that(desk):
    remark(desk, words="")
    refuses(desk, "The whole page: your remark is still open")


def test_only_who_opened_a_thread_resolves_it(desk):
    first = remark(desk)
    for user in (desk.author, desk.other, people.head()):
        with pytest.raises(Blocked, match=f"Only .{desk.reviewer.name}., who opened this thread"):
            settle(desk, first, Act.RESOLVED, user=user)
    settle(desk, first, Act.RESOLVED)
    settle(desk, first, Act.REOPENED, user=desk.other, text="No.")
    with pytest.raises(Blocked, match=f"Only .{desk.other.name}., who opened"):
        settle(desk, first, Act.RESOLVED)
    settle(desk, first, Act.RESOLVED, user=desk.other)
    assert sign(desk)


def test_who_signs_sets_anothers_remark_aside_with_a_reason_that_the_records_keep(desk):
    first = remark(desk)
    with pytest.raises(Blocked, match="Give a reason for the record"):
        settle(desk, first, Act.SET_ASIDE, user=desk.other, text=" ")
    settle(desk, first, Act.SET_ASIDE, user=desk.other, text="The label says 42.")
    signed = sign(desk, desk.other)
    kept = signed.review.remarks
    assert all(words in kept for words in (desk.other.name, "24, not 42", "The label says 42."))
    assert list(find_problems(desk.document)) == []
    resubmit(desk, TWO[0], {**TWO[1], "body": "<p>Something else.</p>"})
    assert sign(desk, desk.other).review.remarks == ""  # told once


def test_who_left_holds_nobody_up_for_good(desk):
    first = remark(desk)
    desk.reviewer.is_active = False
    desk.reviewer.save()
    settle(desk, first, Act.SET_ASIDE, user=desk.other, text="They left; the label says 42.")
    assert sign(desk, desk.other)


def test_who_may_not_sign_sets_nothing_aside(desk):
    first = remark(desk)
    spanish, lapsed = people.reviewer("es"), people.person(Role.REVIEWER)
    people.credentials(lapsed, "en", valid_until=timezone.localdate() - timedelta(days=1))
    refused = {
        desk.reviewer: "You opened this thread, so resolve it",
        desk.author: "Only medical reviewers can sign",
        people.head(): "Only medical reviewers can sign",
        spanish: "You may not sign pages in",
        lapsed: "Your registration was valid until",
    }
    for user, told in refused.items():
        with pytest.raises(Blocked, match=told):
            settle(desk, first, Act.SET_ASIDE, user=user, text="Never mind.")
    pages.edit(desk.document, desk.both, lead="Theirs.")
    with pytest.raises(Blocked, match="You have edited this page since edition 1"):
        settle(desk, first, Act.SET_ASIDE, user=desk.both, text="Never mind.")
    submit(desk.document, "en", user=desk.author)
    with pytest.raises(Blocked, match="You contributed to this edition"):  # the newest, though not the one before it
        settle(desk, first, Act.SET_ASIDE, user=desk.both, text="Never mind.")


def test_the_live_edition_is_not_reaffirmed_past_an_open_remark(desk):
    sign(desk)
    first = remark(desk, user=desk.other)
    with pytest.raises(Blocked, match="a remark by"):
        pages.confirm(desk.edition, desk.reviewer)
    settle(desk, first, Act.RESOLVED, user=desk.other)
    assert pages.confirm(desk.edition, desk.reviewer)


def test_of_two_who_have_to_sign_the_second_ones_remark_holds_the_release(desk):
    SignOffPolicy.objects.create(kind="article", sign_offs=2)
    resubmit(desk, TWO[0], {**TWO[1], "body": "<p>More.</p>"})
    sign(desk)
    first = remark(desk, user=desk.other)
    with pytest.raises(Blocked, match="your remark is still open"):
        sign(desk, desk.other)
    assert not desk.edition.releases.exists()
    settle(desk, first, Act.RESOLVED, user=desk.other)
    sign(desk, desk.other)
    assert desk.edition.releases.exists()


def test_remarks_of_another_language_hold_nothing(desk):
    sign(desk)
    translator = people.translator("es")
    pages.translate(desk.document, "es", translator)
    spanish = submit(desk.document, "es", user=translator)
    add_remark(desk.edition, user=desk.other, text="In English.")
    assert pages.sign(spanish, people.reviewer("es"))


def test_sending_back_is_never_held(desk):
    remark(desk, user=desk.other)
    assert send_back(desk.edition, user=desk.reviewer, remarks="Mend it.").verdict
    assert Review.objects.count() == 1


def test_the_database_refuses_to_set_aside_without_a_reason(desk):
    first = remark(desk)
    made = {name: getattr(first, name) for name in ("document", "language", "edition", "made_by", "made_by_name")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.create(**made, thread=first, act=Act.SET_ASIDE, text="", made_at=timezone.now())


def test_a_page_whose_older_edition_was_tampered_with_can_be_submitted_again(desk):
    remark(desk)
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("UPDATE editions_edition SET content = %s", [b"{}"])
    older = desk.edition
    assert resubmit(desk, {"heading": "Doses", "body": "<p>Take 24 mg.</p>"}, TWO[1]).number == older.number + 1
