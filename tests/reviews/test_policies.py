"""Policies: who changed them is on record, and what asks for fewer sign-offs takes two."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from editorial.accounts.languages import all_languages
from editorial.editions.blockers import Blocked
from editorial.editions.checkpoints import (
    Checkpoint,
    create_checkpoint,
    create_key,
    find_differences,
    public_key_of,
    read_checkpoint,
)
from editorial.editions.models import append_site_record
from editorial.reviews.mail.worker import send_waiting
from editorial.reviews.models import OverduePolicy, PolicyAct, PolicyRecord, Question, SignOffPolicy, required_sign_offs
from editorial.reviews.services import (
    answer_policy_request,
    change_sign_off_policy,
    delete_overdue_policy,
    save_question,
    set_overdue_policy,
)
from editorial.reviews.services.policies import is_lowering
from tests.factories import drugs, pages, people
from tests.factories.pages import submit
from tests.factories.unguarded import unguarded

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

ONE, TWO, THREE = ({"sign_offs": number, "grave_sign_offs": 3} for number in (1, 2, 3))


@pytest.fixture
def head():
    return people.head()


@pytest.fixture
def two_needed(head):
    """Every page needs two sign-offs."""
    change_sign_off_policy("", "", TWO, user=head)


def needed() -> int:
    return required_sign_offs("article", "en", grave=False)


def test_raising_counts_at_once_and_is_on_record(head):
    record = change_sign_off_policy("", "", TWO, user=head, reason="A new rule.")
    assert (record.act, record.before, record.after, record.reason) == (PolicyAct.CHANGED, {}, TWO, "A new rule.")
    assert (record.recorded_by, record.recorded_by_name, needed()) == (head, head.name, 2)


def test_lowering_counts_only_when_a_second_person_agrees(head, two_needed):
    request = change_sign_off_policy("", "", ONE, user=head, reason="Too few reviewers.")
    assert (request.act, needed()) == (PolicyAct.ASKED, 2)
    answer = answer_policy_request(request, agrees=True, user=people.site_admin())
    assert (answer.act, answer.request, needed()) == (PolicyAct.AGREED, request, 1)


def test_nobody_agrees_to_what_they_asked_for_and_the_database_holds_it_too(head, two_needed):
    request = change_sign_off_policy("", "", ONE, user=head)
    with pytest.raises(Blocked, match="You asked for this yourself"):
        answer_policy_request(request, agrees=True, user=head)
    answer = PolicyRecord(
        act=PolicyAct.AGREED, policy=request.policy, kind="", language="", before=TWO, after=ONE, request=request
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        append_site_record(answer, user=head)
    assert needed() == 2


@pytest.mark.parametrize("who", ["author", "reviewer", "operator", "drug_admin"])
def test_nobody_else_changes_or_answers(two_needed, head, who):
    user = drugs.drug_admin() if who == "drug_admin" else getattr(people, who)()
    request = change_sign_off_policy("", "", ONE, user=head)
    for act in (
        lambda: change_sign_off_policy("", "", THREE, user=user),
        lambda: answer_policy_request(request, agrees=True, user=user),
        lambda: answer_policy_request(request, agrees=False, user=user, reason="No."),
    ):
        with pytest.raises(Blocked, match="Only a head of content or a site admin"):
            act()
    assert needed() == 2


def test_whoever_asked_can_take_it_back_and_others_refuse_with_a_reason(head, two_needed):
    other = people.head()
    for user in (head, other):
        request = change_sign_off_policy("", "", ONE, user=head)
        with pytest.raises(Blocked, match="Give a reason"):
            answer_policy_request(request, agrees=False, user=user)
        answer_policy_request(request, agrees=False, user=user, reason="No.")
        with pytest.raises(Blocked, match="has answered this already"):
            answer_policy_request(request, agrees=True, user=other)
    assert needed() == 2


def test_one_request_waits_at_a_time_and_is_stale_once_the_policy_is_another(head, two_needed):
    request = change_sign_off_policy("", "", ONE, user=head)
    with pytest.raises(Blocked, match="already waiting"):
        change_sign_off_policy("", "", {}, user=head)
    change_sign_off_policy("", "", THREE, user=head)
    with pytest.raises(Blocked, match="was changed after this was asked for"):
        answer_policy_request(request, agrees=True, user=people.head())
    assert needed() == 3


def test_the_same_numbers_change_nothing_and_leave_no_record(head, two_needed):
    before = PolicyRecord.objects.count()
    assert change_sign_off_policy("", "", TWO, user=head) is None
    assert PolicyRecord.objects.count() == before


def test_a_lower_policy_never_reaches_what_is_frozen(head, two_needed):
    author, reviewer = people.author(), people.reviewer()
    edition = submit(pages.article(author), "en", user=author)
    request = change_sign_off_policy("", "", ONE, user=head)
    answer_policy_request(request, agrees=True, user=people.head())
    pages.sign(edition, reviewer)
    assert not edition.releases.exists()
    edition.refresh_from_db()
    assert edition.required_sign_offs == 2


# --- What lowers ---

rows = st.dictionaries(
    st.tuples(st.sampled_from(["", "article", "glossary"]), st.sampled_from(["", "en", "es"])),
    st.tuples(st.integers(1, 3), st.integers(1, 3)),
    max_size=5,
)


@given(rows=rows, change=rows.filter(bool), takes_away=st.booleans())
def test_what_lowers_is_what_makes_any_page_need_fewer(rows, change, takes_away):
    """Against a plain look at every page before and after, by what the database answers."""
    reach, (sign_offs, grave) = next(iter(change.items()))
    numbers = {} if takes_away else {"sign_offs": sign_offs, "grave_sign_offs": grave}

    def policies(kept) -> list[SignOffPolicy]:
        return [SignOffPolicy(kind=kind, language=language, sign_offs=each[0], grave_sign_offs=each[1])
                for (kind, language), each in kept.items()]  # fmt: skip

    def all_needed(kept) -> list[int]:
        SignOffPolicy.objects.all().delete()
        SignOffPolicy.objects.bulk_create(policies(kept))
        return [
            required_sign_offs(kind, language, grave=is_grave)
            for kind in ("article", "glossary", "monograph")
            for language in all_languages()
            for is_grave in (False, True)
        ]

    after = {key: value for key, value in rows.items() if key != reach} | (
        {} if takes_away else {reach: (sign_offs, grave)}
    )
    is_fewer = any(now < before for before, now in zip(all_needed(rows), all_needed(after), strict=True))
    assert is_lowering(policies(rows), *reach, numbers) == is_fewer


def test_a_more_particular_policy_that_asks_for_fewer_is_a_lower_one(head, two_needed):
    assert change_sign_off_policy("article", "es", ONE, user=head).is_open
    assert not change_sign_off_policy("article", "en", THREE, user=head).is_open


# --- The chain ---


def tampered(sql: str) -> None:
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("UPDATE reviews_policyrecord SET reason = 'Another.' WHERE sequence = 1", "was changed after it was written"),
        ("DELETE FROM reviews_policyrecord WHERE sequence = 1", "stands where record 1 should"),
        ("UPDATE reviews_signoffpolicy SET sign_offs = 1", "is not the one that was recorded last"),
        ("DELETE FROM reviews_signoffpolicy", "is not the one that was recorded last"),
        (
            "INSERT INTO reviews_signoffpolicy (kind, language, sign_offs, grave_sign_offs, back_check) "
            "VALUES ('drug', '', 1, 1, FALSE)",
            "was never recorded",
        ),
        ("UPDATE reviews_question SET text_en = 'It looks fine.'", "question of the checklist 1 for every kind"),
    ],
)
def test_whoever_gets_past_the_service_is_found_out(head, two_needed, sql, message):
    change_sign_off_policy("", "", THREE, user=head)
    call_command("verify_records", stdout=StringIO())
    tampered(sql)
    with pytest.raises(CommandError, match=message):
        call_command("verify_records", stdout=StringIO())


@pytest.mark.parametrize("verb", ["UPDATE reviews_policyrecord SET reason = 'x'", "DELETE FROM reviews_policyrecord"])
def test_records_of_policies_are_never_changed(two_needed, verb):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


def test_an_agreement_of_whoever_asked_is_found_though_the_chain_was_rewritten(head, two_needed):
    request = change_sign_off_policy("", "", ONE, user=head)
    answer = answer_policy_request(request, agrees=True, user=people.head())
    answer.recorded_by, answer.recorded_by_name = head, head.name
    tampered(
        f"UPDATE reviews_policyrecord SET recorded_by_id = {head.pk}, recorded_by_name = '{head.name}', "
        f"record_digest = '{answer.digest()}' WHERE id = {answer.pk}"
    )
    with pytest.raises(CommandError, match="whoever agreed had asked for it"):
        call_command("verify_records", stdout=StringIO())


def test_a_checkpoint_covers_the_records_of_policies(head, two_needed, settings):
    key = create_key()
    checkpoint: Checkpoint = read_checkpoint(create_checkpoint(key), public_key_of(key))
    covered = PolicyRecord.objects.latest("sequence").sequence
    change_sign_off_policy("", "", THREE, user=head)
    assert not list(find_differences(checkpoint))
    tampered(f"UPDATE reviews_policyrecord SET record_digest = 'another' WHERE sequence = {covered}")
    [message] = find_differences(checkpoint)
    assert message.startswith(f"records of policies: record {covered} is not the one")


# --- The checklist ---


def test_every_change_of_a_question_is_on_record_and_nobody_else_makes_one(head):
    question = save_question_of(head, text_en="It is right.")
    question.is_asked, question.kind = False, "article"
    record = save_question(question, user=head)
    assert save_question(question, user=head) is None
    with pytest.raises(Blocked):
        save_question(question, user=people.reviewer())
    assert (record.policy, record.kind, record.recorded_by) == ("question", "", head)
    assert record.before | {"is_asked": False, "kind": "article"} == record.after
    assert record.after["text_en"] == "It is right."
    call_command("verify_records", stdout=StringIO())


def save_question_of(user, **words) -> Question:
    question = Question(order=90, **words)
    save_question(question, user=user)
    return question


# --- Overdue pages, and a small team ---


def test_the_policy_for_overdue_pages_is_on_record_too(head):
    policy = set_overdue_policy(OverduePolicy(kind="article", after_days=30), user=head)
    set_overdue_policy(policy, user=head)  # as it is
    policy.after_days = 60
    set_overdue_policy(policy, user=head)
    delete_overdue_policy(policy, user=head)
    with pytest.raises(Blocked):
        delete_overdue_policy(policy, user=people.author())
    assert [(record.before, record.after) for record in PolicyRecord.objects.filter(policy="overdue")] == [
        ({}, {"after_days": 30}), ({"after_days": 30}, {"after_days": 60}), ({"after_days": 60}, {}),
    ]  # fmt: skip


def test_a_team_without_a_second_person_agrees_on_the_server_and_it_is_on_record(head, two_needed):
    request = change_sign_off_policy("", "", ONE, user=head)
    call_command("answer_policy", stdout=(output := StringIO()))
    assert output.getvalue().startswith(f"{request.pk}: every kind, all languages")
    with pytest.raises(CommandError, match="Say with --reason"):
        call_command("answer_policy", request.pk)
    call_command("answer_policy", request.pk, reason="We are two.", stdout=StringIO())
    answer = PolicyRecord.objects.latest("sequence")
    assert (answer.act, answer.recorded_by, "@" in answer.recorded_by_name) == (PolicyAct.AGREED, None, True)
    assert needed() == 1
    with pytest.raises(CommandError, match="Nothing of this number"):
        call_command("answer_policy", request.pk, reason="Again.")


# --- Mail ---


def test_those_who_may_answer_are_mailed_and_whoever_asked_is_told_the_answer(head, two_needed, mailoutbox):
    other, admin, reviewer = people.head(), people.site_admin(), people.reviewer()
    request = change_sign_off_policy("", "", ONE, user=head, reason="Too few of us.")
    send_waiting()
    assert {address for message in mailoutbox for address in message.to} == {other.email, admin.email}
    assert all("Too few of us." in message.body and "/admin/desk/policies/" in message.body for message in mailoutbox)
    assert reviewer.email not in str([message.to for message in mailoutbox])
    mailoutbox.clear()
    answer_policy_request(request, agrees=True, user=admin)
    send_waiting()
    [message] = mailoutbox
    assert (message.to, "has agreed" in message.body) == ([head.email], True)


def test_a_mail_server_that_fails_undoes_nothing(head, two_needed, settings, caplog):
    people.site_admin()
    settings.EMAIL_BACKEND = "tests.reviews.mail_backends.Broken"
    assert change_sign_off_policy("", "", ONE, user=head).is_open
    send_waiting()
    assert "was not sent" in caplog.text
