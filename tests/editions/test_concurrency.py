"""Several people at once, page in a process of their own, with real commits on a database of the test's own."""

from contextlib import ExitStack
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.utils import timezone

from articles.models import Article, Section
from editorial.accounts.models import User
from editorial.editions import freezing
from editorial.editions.models import Document, Edition, Release, Revocation, SignOff, Withdrawal
from editorial.editions.tree.nodes import from_bytes
from editorial.editions.verifying import find_problems
from editorial.editions.working.copies import version_token
from editorial.library.models import Topic
from editorial.library.services.topics import save_topic
from editorial.reviews.models import Act, OverduePolicy, Remark, SignOffPolicy
from editorial.reviews.services import answer_remark, revoke_sign_off, set_overdue_policy, withdraw
from tests import PROVING
from tests.editions.concurrent_workers import Workers
from tests.factories import pages, people
from tests.factories.pages import submit

pytestmark = pytest.mark.both_databases

ROUNDS = 8 if PROVING else 3

# SQLite lets one write after the other, which two tests show; `make prove` tries all of them there too.
where_writers_meet = pytest.mark.race


@pytest.fixture
def workers(fresh_connection, fresh_database):
    with ExitStack() as stack:
        yield Workers(fresh_database, stack)


@pytest.fixture
def document(fresh_connection) -> Document:
    author, reviewer = people.author(), people.reviewer()
    document = pages.article(author)
    pages.publish(document, author, reviewer)
    return document


@where_writers_meet
def test_two_translators_saving_two_languages_at_once_lose_nothing(workers, document):
    spanish, arabic = people.translator("es"), people.translator("ar")
    for translator, language in ((spanish, "es"), (arabic, "ar")):
        workers.hire("translate", translator, document=document.pk, language=language)

    def check(number, told):
        assert told == ["saved", "saved"]
        article, section = Article.objects.get(), Section.objects.get()
        assert (article.title_es, article.title_ar) == (f"es {number} title", f"ar {number} title")
        assert f"es {number} " in section.body_es and f"ar {number} " in section.body_ar

    workers.rounds(ROUNDS, check)
    rows = list(Article.history.order_by("history_id"))
    for older, newer in pairwise(rows):
        endings = {name.rpartition("_")[2] for name in newer.diff_against(older).changed_fields}
        if endings <= {"es", "ar"}:
            assert endings == ({"es"} if newer.history_user == spanish else {"ar"})
    assert version_token(document, "es") == version_token(document, "ar") == ROUNDS


@where_writers_meet
def test_an_author_and_a_translator_saving_at_once_lose_nothing(workers, document):
    workers.hire("retitle", people.author(), document=document.pk)
    workers.hire("translate", people.translator("es"), document=document.pk, language="es")

    def check(number, told):
        assert told == ["saved", "saved"]
        article = Article.objects.get()
        assert (article.title_en, article.title_es) == (f"Title {number}", f"es {number} title")

    workers.rounds(ROUNDS, check)


@where_writers_meet
def test_a_topic_on_two_pages_loses_nothing_when_both_are_translated_at_once(workers, document):
    author, reviewer = people.author(), people.reviewer()
    topic = save_topic("a-topic", "A topic", user=author)
    documents = [pages.article(author, topics=[topic]) for _ in range(2)]
    for page, language in zip(documents, ("es", "ar"), strict=True):
        pages.publish(page, author, reviewer)
        workers.hire("translate", people.translator(language), document=page.pk, language=language)

    def check(number, told):
        assert told == ["saved", "saved"]
        named = Topic.objects.get(pk=topic.pk)
        assert (named.name_es, named.name_ar) == (f"es {number} name", f"ar {number} name")

    workers.rounds(ROUNDS, check)


def test_two_authors_with_the_same_token_one_is_refused(workers, document):
    authors = people.author(), people.author()
    for author in authors:
        workers.hire("retitle_from_one_form", author, document=document.pk, token=version_token(document, "en"))

    def check(number, told):
        assert sorted(told) == ["WorkingCopyChanged", "saved"]
        winner = authors[told.index("saved")]
        article = Article.objects.get()
        assert article.title_en == f"Title {number} of {winner.pk}"
        assert Article.history.latest("history_id").history_user == winner

    workers.rounds(ROUNDS, check)


@where_writers_meet
def test_two_reviewers_signing_at_once_make_one_release(workers, document):
    editions = [_submitted(document, 0)]
    for _ in range(2):
        workers.hire("sign", people.reviewer(), document=document.pk)
    workers.begin()
    for number in range(ROUNDS):
        edition = editions[-1]
        assert sorted(workers.round()) == ["Blocked", "signed"]
        assert edition.releases.count() == edition.sign_offs.count() == edition.reviews.count() == 1
        editions.append(_submitted(document, number + 1))
    assert list(find_problems(document)) == []


@where_writers_meet
def test_two_reviewers_signing_at_once_where_two_are_needed_make_one_release(workers, document):
    SignOffPolicy.objects.create(sign_offs=2)
    edition = _submitted(document, 0)
    for _ in range(2):
        workers.hire("sign", people.reviewer(), document=document.pk)
    workers.begin()
    for number in range(ROUNDS):
        assert workers.round() == ["signed", "signed"]
        assert len(edition.releases.get().met_by) == 2
        edition = _submitted(document, number + 1)
    assert list(find_problems(document)) == []


def _submitted(document: Document, number: int) -> Edition:
    author = User.objects.get(pk=document.contributions.first().user_id)
    pages.edit(document, author, title=f"Submitted {number}")
    return submit(document, "en", user=author)


@where_writers_meet
def test_submitting_while_somebody_saves_freezes_one_state_whole(workers, document):
    """The saver writes the same mark into every part; a frozen edition never holds two marks."""
    workers.hire("mark_everything", people.author(), document=document.pk)
    workers.hire("submit", people.author(), document=document.pk)
    told = workers.rounds(ROUNDS)
    assert {saved for saved, _submitted in told} == {"saved"}
    frozen = Edition.objects.filter(document=document, number__gt=1)
    assert frozen.exists()
    for edition in frozen:
        root = from_bytes(bytes(edition.content)).root
        marks = {root.plain("title"), root.plain("lead"), *(item.plain("heading") for item in root.of_type("section"))}
        marks |= {node.plain("text") for item in root.of_type("section") for node in item.children}
        assert (
            len(marks) == 1 or edition.content_digest == Edition.objects.get(document=document, number=1).content_digest
        )
    assert list(find_problems(document)) == []


@where_writers_meet
def test_two_people_submitting_at_once_make_one_edition(workers, document):
    author = people.author()
    for _ in range(2):
        workers.hire("submit", people.author(), document=document.pk)
    workers.begin()
    for number in range(ROUNDS):
        pages.edit(document, author, title=f"To submit {number}")
        assert set(workers.round()) == {"Blocked", number + 2}
    assert list(Edition.objects.order_by("number").values_list("number", flat=True)) == list(range(1, ROUNDS + 2))


def test_withdrawing_while_somebody_signs_leaves_nothing_to_read(workers, document):
    author = people.author()
    workers.hire("sign", people.reviewer(), document=document.pk)
    workers.hire("withdraw", people.operator(), document=document.pk)
    workers.begin()
    for number in range(ROUNDS):
        pages.edit(document, author, title=f"Before {number}")
        waiting = submit(document, "en", user=author)
        signed, withdrawn = workers.round()
        assert withdrawn == "withdrawn"
        assert signed in ("signed", "Blocked")  # before the withdrawal, or refused after it
        assert freezing.find_signed_source(document) is None
        assert SignOff.objects.filter(edition=waiting).count() == (signed == "signed")
        pages.edit(document, author, title=f"After {number}")
        pages.publish(document, author, people.reviewer())
        assert Release.objects.filter(edition=waiting).count() == (signed == "signed")
    assert list(find_problems(document)) == []


def test_a_draft_is_submitted_or_discarded_at_once_and_never_both(workers, fresh_connection):
    author = people.author()
    drafts = [pages.article(author) for _number in range(ROUNDS)]
    for act in ("submit_one", "discard_one"):
        workers.hire(act, author, documents=[draft.pk for draft in drafts])
    told = workers.rounds(ROUNDS)
    for draft, (submitted, discarded) in zip(drafts, told, strict=True):
        assert (submitted == "submitted") is (discarded == "Blocked") is Edition.objects.filter(document=draft).exists()
        assert Document.objects.get(pk=draft.pk).is_discarded is (discarded == "discarded")


def test_who_signs_while_somebody_remarks_signed_before_it_or_is_refused(workers, document):
    author, colleague = people.author(), people.reviewer()
    workers.hire("sign", people.reviewer(), document=document.pk)
    workers.hire("remark", colleague, document=document.pk)
    workers.begin()
    for number in range(ROUNDS):
        pages.edit(document, author, title=f"Round {number}")
        waiting = submit(document, "en", user=author)
        signed, remarked = workers.round()
        first = Remark.objects.latest("pk")
        assert remarked == "remarked"
        assert signed in ("signed", "Blocked")
        sign_offs = SignOff.objects.filter(edition=waiting)
        assert [sign_off.recorded_at < first.made_at for sign_off in sign_offs] == [True] * (signed == "signed")
        answer_remark(waiting, first, user=colleague, text="", act=Act.RESOLVED)
    assert list(find_problems(document)) == []


@where_writers_meet
@pytest.mark.parametrize("act", ["bring_back", "sign", "submit", "withdraw"])
def test_bringing_back_while_somebody_else_acts_leaves_what_one_after_the_other_would(workers, document, act):
    """Another who brings it back, who signs a corrected edition, who submits one, who takes the page down."""
    edition, author = Edition.objects.get(document=document), people.author()
    workers.hire("bring_back", people.reviewer(), edition=edition.pk)
    other = {"submit": author, "withdraw": people.operator()}.get(act) or people.reviewer()
    workers.hire(act, other, **({"edition": edition.pk} if act == "bring_back" else {"document": document.pk}))
    workers.begin()
    for number in range(ROUNDS):
        edition = Edition.objects.get(pk=edition.pk)
        if freezing.find_signed_source(document):
            withdraw(document, "en", user=people.reviewer(), reason="An error.")
        if act in ("sign", "submit"):
            pages.edit(document, author, title=f"Corrected {number}")
        if act == "sign":
            submit(document, "en", user=author)
        brought, done = workers.round()
        live = freezing.find_signed_source(document)
        match act:
            case "bring_back":
                assert sorted([brought, done]) == ["Blocked", "back"]
                assert live == edition
            case "sign":
                # Whichever came first, the corrected edition is what readers see.
                assert done == "signed" and live.number == number + 2
                assert brought in ("back", "Blocked")
                break  # now that is the one that was live last
            case "submit":
                assert (brought, live) == ("back", edition)
            case "withdraw":
                # Taken down again after it came back; or nothing was there to be taken down yet.
                assert brought == "back" and (live == edition) is (done == "Blocked")
    assert list(find_problems(document)) == []


@where_writers_meet
def test_overdue_pages_come_down_once_however_many_take_them_down_at_once(workers, fresh_connection):
    with time_machine.travel(timezone.now() - timedelta(days=400), tick=False):
        author, reviewer, head = people.author(), people.reviewer(), people.head()
        documents = [pages.article(author) for _number in range(ROUNDS)]
        for item in documents:
            pages.publish(item, author, reviewer, review_due_on=timezone.localdate() + timedelta(days=1))
        set_overdue_policy(OverduePolicy(kind="article", after_days=30), user=head)
    for _number in range(3):
        workers.hire("withdraw_overdue", head)
    workers.begin()
    assert sum(workers.round()) == ROUNDS
    assert workers.round() == [0, 0, 0]
    assert sorted(Withdrawal.objects.values_list("document", flat=True)) == sorted(item.pk for item in documents)
    assert [problem for item in documents for problem in find_problems(item)] == []


@where_writers_meet
def test_two_people_revoking_what_two_people_signed_on_the_same_pages_both_do(workers, document):
    """Each locks several pages, which both signers signed; neither waits for the other for good."""
    author, signers = people.author(), [people.reviewer(), people.reviewer()]
    SignOffPolicy.objects.create(sign_offs=2)
    documents = [document, *(pages.article(author) for _ in range(3))]
    for signer in signers:
        workers.hire("revoke_since", people.head(), signer=signer.pk)
    workers.begin()
    for number in range(ROUNDS):
        for place, page in enumerate(documents):
            pages.edit(page, author, title=f"Round {number}")
            edition = submit(page, "en", user=author)
            # In another order than that of the keys.
            for signer in signers if place % 2 else reversed(signers):
                pages.sign(edition, signer)
        assert workers.round() == [4, 4]
        assert not Release.objects.live(timezone.now()).filter(document__in=documents).exists()
    for item in documents:
        assert list(find_problems(item)) == []


@where_writers_meet
def test_two_pages_that_lead_to_each_other_are_taken_down_at_once(workers, fresh_connection):
    """Each withdrawal holds the other page's schedule; neither waits for the other for good."""
    author, reviewer, operators = people.author(), people.reviewer(), [people.operator(), people.operator()]
    slugs = ("one", "two")
    documents = [pages.article(author, slug=slug) for slug in slugs]
    for operator, page in zip(operators, documents, strict=True):
        workers.hire("withdraw", operator, document=page.pk)
    workers.begin()
    for number in range(ROUNDS):
        for page, other in zip(documents, reversed(slugs), strict=True):
            section = {"heading": "More", "body": f'<p>See <a href="/articles/{other}/">it</a> {number}.</p>'}
            pages.edit(page, author, sections=[section])
            pages.publish(page, author, reviewer)
            pages.edit(page, author, title=f"Round {number}")
            pages.publish(page, author, reviewer, publish_at=timezone.now() + timedelta(days=1))
        assert workers.round() == ["withdrawn", "withdrawn"]
    assert not Release.objects.filter(document__in=documents).open_after(timezone.now()).exists()


@where_writers_meet
def test_what_somebody_signs_while_all_of_theirs_is_revoked_was_signed_after_it(workers, document):
    author, signer = people.author(), people.reviewer()
    workers.hire("sign", signer, document=document.pk)
    workers.hire("revoke_since", people.head(), signer=signer.pk)
    earlier = pages.article(author)
    workers.begin()
    for number in range(ROUNDS):
        for item in (document, earlier):
            pages.edit(item, author, title=f"Round {number}")
            edition = submit(item, "en", user=author)
        pages.sign(edition, signer)  # so that there is something to revoke
        workers.round()
        last = Revocation.objects.latest("recorded_at").recorded_at
        standing = SignOff.objects.filter(recorded_by=signer, revocation__isnull=True)
        assert all(item.recorded_at >= last for item in standing)
        for item in standing:
            revoke_sign_off(item, user=people.head(), reason="For the next round.")
    for item in (document, earlier):
        assert list(find_problems(item)) == []
