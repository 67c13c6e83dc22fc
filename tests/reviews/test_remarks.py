"""Remarks stand at their place, are answered and resolved, and come along when the page is submitted anew."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from editorial.editions.blockers import Blocked
from editorial.editions.freezing import build_candidate
from editorial.editions.models import Edition, Verdict
from editorial.reviews.colleagues import find_colleagues, mentioned_users, unknown_names
from editorial.reviews.mail import events
from editorial.reviews.models import LONGEST_REMARK, Act, Mail, Remark
from editorial.reviews.services import add_remark, answer_remark, send_back
from editorial.reviews.threads import load_threads, open_threads
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.layers import layer

pytestmark = pytest.mark.django_db
TWO = [{"heading": "First", "body": "<p>It helps one in three.</p>"}, {"heading": "Second", "body": "<p>Two.</p>"}]


@layer
def desk():
    made = SimpleNamespace(author=people.author(), reviewer=people.reviewer(), operator=people.operator())
    made.document = pages.article(made.author, sections=TWO)
    made.edition = submit(made.document, "en", user=made.author)
    return made


def block(edition: Edition, words: str) -> str:
    """The id of the block that says this."""
    [found] = [node.id for node in edition.tree.walk() if words in (node.plain("text"), node.plain("heading"))]
    return found


def thread(edition: Edition, first: Remark):
    return next(item for item in load_threads(edition) if item.first == first)


def test_a_remark_stands_at_its_block_and_keeps_its_words(desk):
    made = add_remark(
        desk.edition, user=desk.reviewer, text=" Says who? ", node_id=block(desk.edition, "It helps one in three.")
    )
    assert (made.text, made.quote, made.made_by_name) == ("Says who?", "It helps one in three.", desk.reviewer.name)
    [found] = load_threads(desk.edition)
    assert (found.first, found.is_open, found.is_gone, found.has_changed) == (made, True, False, False)


def test_a_thread_is_open_until_its_last_word_resolves_it(desk):
    made = add_remark(desk.edition, user=desk.reviewer, text="Says who?")
    seen = []
    for user, act, text in (
        (desk.author, Act.SAID, "The trial."),
        (desk.reviewer, Act.RESOLVED, ""),
        (desk.author, Act.SAID, "Thank you."),
        (desk.author, Act.REOPENED, "One more thing."),
        (desk.reviewer, Act.DONE, "Good."),
        (desk.author, Act.RESOLVED, ""),
    ):
        answer_remark(desk.edition, made, user=user, text=text, act=act)
        seen.append(thread(desk.edition, made).is_open)
    assert seen == [True, False, False, True, True, False]
    assert [entry.text for entry in thread(desk.edition, made).entries] == [
        "Says who?", "The trial.", "", "Thank you.", "One more thing.", "Good.", "",
    ]  # fmt: skip


def resubmitted(desk, sections: list[dict]) -> Edition:
    rows = list(pages.working(desk.document).sections.order_by("order"))
    given = [{**new, "id": row.pk} for row, new in zip(rows, sections, strict=True)]
    pages.edit(desk.document, desk.author, sections=given)
    return submit(desk.document, "en", user=desk.author)


AGAIN = [
    # (sections as they are submitted again, whether the words remarked on changed, whether their block is gone)
    ([TWO[0], {**TWO[1], "body": "<p>Two and more.</p>"}], False, False),
    ([{**TWO[0], "body": "<p>It helps one in three, says the trial.</p>"}, TWO[1]], True, False),
    ([{**TWO[0], "body": "<ul><li><p>Something else altogether</p></li></ul>"}, TWO[1]], False, True),
    ([{**TWO[0], "retired": True}, TWO[1]], False, True),
]


@pytest.mark.parametrize(("sections", "has_changed", "is_gone"), AGAIN)
def test_a_remark_is_carried_to_its_block_in_the_next_edition_or_says_that_it_is_gone(
    desk, sections, has_changed, is_gone
):
    made = add_remark(
        desk.edition, user=desk.reviewer, text="Says who?", node_id=block(desk.edition, "It helps one in three.")
    )
    send_back(desk.edition, user=desk.reviewer, remarks="")
    found = thread(resubmitted(desk, sections), made)
    assert (found.has_changed, found.is_gone) == (has_changed, is_gone)
    assert found.first.quote == "It helps one in three."
    assert found.is_open


def test_an_older_edition_does_not_show_what_was_said_of_a_newer_one(desk):
    newer = resubmitted(desk, [TWO[0], {**TWO[1], "body": "<p>New.</p>"}])
    add_remark(newer, user=desk.reviewer, text="Here.")
    assert (len(load_threads(desk.edition)), len(load_threads(newer))) == (0, 1)


def test_another_language_and_another_page_have_threads_of_their_own(desk):
    add_remark(desk.edition, user=desk.reviewer, text="Here.")
    other = submit(pages.article(desk.author), "en", user=desk.author)
    assert load_threads(other) == []
    assert open_threads(desk.document, "es", None) == []
    [first] = Remark.objects.all()
    with pytest.raises(Blocked, match="does not have that remark"):
        answer_remark(other, first, user=desk.author, text="Not there.")


def test_no_block_of_an_untouched_working_copy_has_changed_since_it_was_remarked_on(desk):
    for node in desk.edition.tree.walk():
        add_remark(desk.edition, user=desk.reviewer, text="Here.", node_id=node.id)
    found = open_threads(desk.document, "en", build_candidate(desk.document, "en").tree)
    assert len(found) > 4
    assert not any(item.has_changed or item.is_gone for item in found)


def test_open_threads_are_those_of_the_working_copy(desk):
    kept = add_remark(desk.edition, user=desk.reviewer, text="Open.", node_id=block(desk.edition, "First"))
    done = add_remark(desk.edition, user=desk.reviewer, text="Done.")
    answer_remark(desk.edition, done, user=desk.reviewer, text="", act=Act.RESOLVED)
    [found] = open_threads(desk.document, "en", None)
    assert found.first == kept
    assert found.is_gone


def test_a_block_that_is_gone_since_the_edition_before_is_remarked_on_where_it_stood(signed_in, desk):
    place = block(desk.edition, "It helps one in three.")
    pages.sign(desk.edition, desk.reviewer)
    second = resubmitted(desk, [{**TWO[0], "body": "<p>Something else altogether.</p>"}, TWO[1]])
    made = add_remark(second, user=desk.reviewer, text="Why did it go?", node_id=place)
    assert made.quote == "It helps one in three."
    [found] = load_threads(second)
    assert (found.is_gone, found.node_id, found.is_open) == (True, place, True)
    html = signed_in(desk.reviewer).get(f"/admin/desk/editions/{second.pk}/").content.decode()
    assert html.index(f'id="block-{place}"') < html.index("Why did it go?") < html.index('id="reader"')


OTHER, NOTHING = {**TWO[0], "body": "<p>Other words here.</p>"}, {**TWO[0], "body": "<p>Nothing like it.</p>"}
LATER = [
    # (sections as they are submitted again and again, what its block says at last, if it is anywhere)
    ([[OTHER, TWO[1]]], None),
    ([[OTHER, TWO[1]], TWO], "It helps one in three."),
    ([[OTHER, {**TWO[1], "body": "<p>Two.</p><p>It helps one in three.</p>"}],
      [OTHER, {**TWO[1], "body": "<p>Two.</p><p>It helps one in three, or four.</p>"}]],
     "It helps one in three, or four."),
]  # fmt: skip


@pytest.mark.parametrize(("editions", "words"), LATER)
@pytest.mark.parametrize("was_gone", [False, True])
def test_a_remark_follows_its_block_to_where_it_stands_in_later_editions(desk, editions, words, was_gone):
    place, edition = block(desk.edition, "It helps one in three."), desk.edition
    if was_gone:  # it is made on an edition that has the block no more
        pages.sign(edition, desk.reviewer)
        edition = resubmitted(desk, [NOTHING, TWO[1]])
    made = add_remark(edition, user=desk.reviewer, text="Here.", node_id=place)
    for sections in editions:
        edition = resubmitted(desk, sections)
    found = thread(edition, made)
    assert found.is_gone is (words is None)
    if words:
        assert (found.node_id, found.now) == (block(edition, words), words)
    [working] = open_threads(desk.document, "en", build_candidate(desk.document, "en").tree)
    assert (working.node_id, working.now) == (found.node_id, found.now)


REFUSED = [
    ({"text": "  "}, "Write your remark first"),
    ({"text": "x" * (LONGEST_REMARK + 1)}, "at most 4000 characters"),
    ({"text": "Here.", "node_id": "b-nowhere"}, "does not have that passage"),
]


@pytest.mark.parametrize(("given", "told"), REFUSED)
def test_a_remark_that_cannot_be_is_refused_in_words(desk, given, told):
    with pytest.raises(Blocked, match=told):
        add_remark(desk.edition, user=desk.reviewer, **given)
    assert not Remark.objects.exists()


def test_who_only_looks_says_nothing(desk):
    made = add_remark(desk.edition, user=desk.reviewer, text="Here.")
    for user in (desk.operator, people.person(), people.author(is_active=False)):
        with pytest.raises(Blocked, match="but not write them"):
            add_remark(desk.edition, user=user, text="Here.")
        with pytest.raises(Blocked, match="but not write them"):
            answer_remark(desk.edition, made, user=user, text="", act=Act.RESOLVED)
    assert Remark.objects.count() == 1


def test_resolving_twice_or_reopening_what_is_open_is_refused(desk):
    made = add_remark(desk.edition, user=desk.reviewer, text="Here.")
    with pytest.raises(Blocked, match="already open"):
        answer_remark(desk.edition, made, user=desk.author, text="", act=Act.REOPENED)
    answer_remark(desk.edition, made, user=desk.reviewer, text="", act=Act.RESOLVED)
    for act in (Act.RESOLVED, Act.SET_ASIDE, Act.DONE):
        with pytest.raises(Blocked, match="already resolved"):
            answer_remark(desk.edition, made, user=desk.reviewer, text="", act=act)


def test_the_database_refuses_to_change_or_delete_what_was_said(desk):
    made = add_remark(desk.edition, user=desk.reviewer, text="Here.")
    for change in (lambda: Remark.objects.filter(pk=made.pk).update(text="Other."), made.delete):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert Remark.objects.get().text == "Here."


MENTIONS = [
    ("@ana.ruiz, is this so?", ["ana.ruiz"]),
    ("Ask @ANA.RUIZ.", ["ana.ruiz"]),
    ("@ana.ruiz and @bo", ["ana.ruiz", "bo"]),
    ("mail@bo, ana.ruiz, @nobody, 10 mg @ 3 weeks", []),
    ("@gone @reader", []),
    ("@bo @bo", ["bo"]),
    ("@bo请看", ["bo"]),
    ("@cy@example.org wrote it", ["cy@example.org"]),
]


@pytest.mark.parametrize(("text", "names"), MENTIONS)
def test_colleagues_are_asked_by_their_user_name(db, text, names):
    for name in ("ana.ruiz", "bo", "cy@example.org"):
        people.author(username=name)
    people.author(username="gone", is_active=False)
    people.person(username="reader")
    assert sorted(item.username for item in mentioned_users(text)) == names


NOBODY = [
    ("@ana.ruiz, is this so? [@schmid-2020], 10 mg @ 3 weeks, mail@bo", []),
    ("@nobody and @Helen", ["nobody", "Helen"]),
    ("@gone @reader", ["gone", "reader"]),
]


@pytest.mark.parametrize(("text", "names"), NOBODY)
def test_a_name_that_nobody_has_is_refused_in_words(desk, text, names):
    people.author(username="ana.ruiz")
    people.author(username="gone", is_active=False)
    people.person(username="reader")
    assert unknown_names(text) == names
    first = add_remark(desk.edition, user=desk.reviewer, text="Here.")
    if names:
        with pytest.raises(Blocked, match=f"There is no user named \u2068@{names[0]}\u2069"):
            add_remark(desk.edition, user=desk.reviewer, text=text)
        with pytest.raises(Blocked, match="There is no user named"):
            answer_remark(desk.edition, first, user=desk.author, text=text)
    else:
        assert add_remark(desk.edition, user=desk.reviewer, text=text).text == text


def test_colleagues_to_ask_are_reviewers_and_who_wrote_the_page(desk):
    other, away = people.reviewer(), people.reviewer(is_active=False)
    people.translator("es")
    found = find_colleagues(desk.edition, desk.reviewer, 20)
    assert {(colleague.user, colleague.is_author) for colleague in found} == {(desk.author, True), (other, False)}
    assert away not in {colleague.user for colleague in found}
    names = [colleague.user.name.casefold() for colleague in found]
    assert names == sorted(names)
    assert [colleague.user for colleague in find_colleagues(desk.edition, desk.reviewer, 1)] == [desk.author]


def test_those_who_are_named_are_asked_and_those_in_the_thread_are_told_by_mail(desk):
    def told(remark: Remark) -> set[tuple]:
        found = Mail.objects.filter(because=f"remark-{remark.pk}")
        return {(item.event, item.user) for item in found}

    asked = people.author(username="bo")
    made = add_remark(desk.edition, user=desk.reviewer, text="Is this so, @bo?")
    assert told(made) == {(events.MENTION, asked), (events.REMARK, desk.author)}
    answered = answer_remark(desk.edition, made, user=desk.author, text="Yes.")
    assert told(answered) == {(events.REMARK, desk.reviewer)}


def test_sending_back_takes_the_remarks_that_the_reviewer_made_on_it(desk):
    with pytest.raises(Blocked, match="Say what needs to change"):
        send_back(desk.edition, user=desk.reviewer, remarks=" ")
    add_remark(desk.edition, user=people.reviewer(), text="Somebody else's.")
    resolved = add_remark(desk.edition, user=desk.reviewer, text="Settled.")
    answer_remark(desk.edition, resolved, user=desk.reviewer, text="", act=Act.RESOLVED)
    with pytest.raises(Blocked, match="Say what needs to change"):
        send_back(desk.edition, user=desk.reviewer, remarks="")
    add_remark(
        desk.edition, user=desk.reviewer, text="Says who?", node_id=block(desk.edition, "It helps one in three.")
    )
    add_remark(desk.edition, user=desk.reviewer, text="Too long.")
    review = send_back(desk.edition, user=desk.reviewer, remarks="")
    assert review.verdict == Verdict.SENT_BACK
    assert review.remarks == "“It helps one in three.”\nSays who?\n\nToo long."


def test_the_page_takes_the_same_queries_however_much_was_said(signed_in, desk):
    client = signed_in(desk.reviewer)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/admin/desk/editions/{desk.edition.pk}/").status_code == 200
        return len(queries)

    add_remark(desk.edition, user=desk.reviewer, text="First.")
    before = asked()
    for node in list(desk.edition.tree.walk())[1:]:
        first = add_remark(desk.edition, user=desk.reviewer, text="More.", node_id=node.id)
        answer_remark(desk.edition, first, user=desk.reviewer, text="Done.", act=Act.RESOLVED)
    assert asked() == before
