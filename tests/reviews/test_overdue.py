"""The policy for overdue pages: who sets it, exactly which pages come down by it, and what the records say."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from editorial.accounts.models import RoleGrant
from editorial.editions.blockers import Blocked
from editorial.editions.models import Document, Withdrawal
from editorial.editions.verifying import find_problems
from editorial.reviews.mail import worker
from editorial.reviews.models import Mail, OverduePolicy, Recheck
from editorial.reviews.services import overdue as service
from editorial.reviews.services import revoke_sign_off, set_overdue_policy, withdraw, withdraw_overdue
from tests.factories import pages, people
from tests.factories.leaflets import write_leaflet
from tests.factories.workplace import DAY, live

pytestmark = pytest.mark.django_db
AFTER = 30


@pytest.fixture(autouse=True)
def records_are_whole(desk):
    yield
    assert [problem for document in Document.objects.all() for problem in find_problems(document)] == []


@pytest.fixture
def policy(desk) -> OverduePolicy:
    return set_overdue_policy(OverduePolicy(kind="article", after_days=AFTER), user=desk.head)


def due(desk, days: int, document=None, language: str = "en", writer=None):
    """The page is published, and due so many days from now."""
    edition = pages.submit(document or desk.document, language, user=writer or desk.author)
    pages.sign(edition, desk.reviewer, review_due_on=timezone.localdate() + days * DAY)
    return edition


def went() -> set[tuple[int, str]]:
    return {(record.document_id, record.language) for record in withdraw_overdue()}


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (people.head, True),
        (people.site_admin, True),
        (people.author, False),
        (people.reviewer, False),
        (people.operator, False),
        (lambda: people.head(is_active=False), False),
    ],
)
def test_who_sets_policies_sets_this_one(desk, person, may):
    user = person()
    if may:
        made = set_overdue_policy(OverduePolicy(kind="article", after_days=AFTER), user=user)
        assert (made.set_by, made.set_by_name, made.set_at) == (user, user.name, timezone.now())
    else:
        with pytest.raises(Blocked, match="Only a head of content or a site admin"):
            set_overdue_policy(OverduePolicy(kind="article", after_days=AFTER), user=user)
        assert not OverduePolicy.objects.exists()


@pytest.mark.parametrize("kind", ["site-words", "nothing", ""])
def test_site_words_have_none_because_every_page_needs_them(desk, kind):
    with pytest.raises(Blocked, match="kind of page does not exist"):
        set_overdue_policy(OverduePolicy(kind=kind, after_days=AFTER), user=desk.head)


def test_without_a_policy_nothing_comes_down(desk):
    edition = due(desk, 1)
    desk.clock.shift(3000 * DAY)
    assert went() == set()
    assert live(desk.document) == edition


@pytest.mark.parametrize(
    ("days_late", "goes"), [(-1, False), (0, False), (1, False), (30, False), (31, True), (99, True)]
)
def test_a_page_goes_when_its_date_is_longer_ago_than_the_policy_allows(desk, policy, days_late, goes):
    edition = due(desk, 10)
    desk.clock.shift((10 + days_late) * DAY)
    assert went() == ({(desk.document.pk, "")} if goes else set())
    assert live(desk.document) == (None if goes else edition)


def test_days_end_at_midnight_at_home(desk, policy):
    due(desk, 10)
    desk.clock.move_to(timezone.localtime().replace(hour=23, minute=59) + (10 + AFTER) * DAY)
    assert went() == set()
    desk.clock.shift(timedelta(minutes=1))
    assert went() == {(desk.document.pk, "")}


def test_only_pages_of_its_kind_go(desk, policy):
    entry = pages.glossary_entry(desk.author)
    due(desk, 1, entry)
    words = pages.site_words(desk.author)
    due(desk, 1, words)
    desk.clock.shift(3000 * DAY)
    assert went() == set()
    assert live(entry) and live(words)


def test_a_page_that_was_checked_again_in_time_stays(desk, policy):
    edition = due(desk, 10)
    desk.clock.shift(20 * DAY)
    pages.confirm(edition, desk.reviewer, review_due_on=timezone.localdate() + 100 * DAY)
    desk.clock.shift(60 * DAY)
    assert went() == set()
    desk.clock.shift((40 + AFTER + 1) * DAY)
    assert went() == {(desk.document.pk, "")}


def test_a_sign_off_that_was_revoked_keeps_no_page_up(desk, policy):
    edition = due(desk, 10)
    pages.confirm(edition, people.reviewer(), review_due_on=timezone.localdate() + 300 * DAY)
    revoke_sign_off(edition.sign_offs.latest("sequence"), user=desk.head, reason="An error.")
    desk.clock.shift((10 + AFTER + 1) * DAY)
    assert went() == {(desk.document.pk, "")}


def test_a_newer_edition_counts_and_not_the_one_before(desk, policy):
    due(desk, 10)
    desk.clock.shift(20 * DAY)
    pages.edit(desk.document, desk.author, title="Second")
    newer = due(desk, 300)
    desk.clock.shift(100 * DAY)
    assert went() == set()
    assert live(desk.document) == newer


def test_a_draft_that_waits_does_not_keep_the_old_page_up(desk, policy):
    due(desk, 10)
    desk.submitted("Second")
    desk.clock.shift((10 + AFTER + 1) * DAY)
    assert went() == {(desk.document.pk, "")}


def translated(desk, days: int):
    pages.translate(desk.document, "es", desk.translator)
    return due(desk, days, language="es", writer=desk.translator)


def test_a_translation_goes_by_its_own_date_and_leaves_the_others(desk, policy):
    english = due(desk, 300)
    translated(desk, 10)
    desk.clock.shift((10 + AFTER + 1) * DAY)
    assert went() == {(desk.document.pk, "es")}
    assert live(desk.document, language="es") is None
    assert live(desk.document) == english


def test_the_source_takes_its_translations_along_in_one_record(desk, policy):
    due(desk, 10)
    translated(desk, 5)
    desk.clock.shift((10 + AFTER + 1) * DAY)
    assert went() == {(desk.document.pk, "")}
    assert live(desk.document, language="es") is None
    assert Withdrawal.objects.count() == 1


def test_what_is_down_already_is_not_taken_down_again(desk, policy):
    due(desk, 10)
    withdraw(desk.document, "en", user=desk.operator, reason="An error.")
    desk.clock.shift(300 * DAY)
    assert went() == set()


def test_a_second_run_does_nothing(desk, policy):
    due(desk, 10)
    desk.clock.shift((10 + AFTER + 1) * DAY)
    assert len(withdraw_overdue()) == 1
    before = Mail.objects.count()
    assert withdraw_overdue() == []
    assert Mail.objects.count() == before


def test_the_policy_counts_as_it_is_now(desk, policy):
    due(desk, 10)
    desk.clock.shift((10 + AFTER + 1) * DAY)
    policy.after_days = 60
    set_overdue_policy(policy, user=desk.head)
    assert went() == set()
    policy.delete()
    assert went() == set()


def test_what_happened_between_the_list_and_the_lock_counts(desk, policy, monkeypatch):
    edition = due(desk, 10)
    desk.clock.shift((10 + AFTER + 1) * DAY)
    lock_dependents = service.lock_dependents

    def reaffirmed_meanwhile(documents):
        monkeypatch.setattr(service, "lock_dependents", lock_dependents)
        pages.confirm(edition, desk.reviewer, review_due_on=timezone.localdate() + 100 * DAY)
        return lock_dependents(documents)

    monkeypatch.setattr(service, "lock_dependents", reaffirmed_meanwhile)
    assert went() == set()
    assert live(desk.document) == edition


def test_one_page_that_fails_leaves_the_others_to_come_down(desk, policy, monkeypatch, caplog):
    other = pages.article(desk.author)
    due(desk, 10)
    due(desk, 10, other)
    desk.clock.shift((10 + AFTER + 1) * DAY)
    record_withdrawal = service.record_withdrawal

    def failing(document, *args, **keywords):
        if document == desk.document:
            raise RuntimeError("no")
        return record_withdrawal(document, *args, **keywords)

    monkeypatch.setattr(service, "record_withdrawal", failing)
    assert went() == {(other.pk, "")}
    assert "An overdue page was not taken down" in caplog.text
    assert live(desk.document)


@pytest.mark.parametrize("has_left", [False, True])
def test_the_record_says_what_did_it_and_who_set_it(desk, policy, has_left):
    due(desk, 10)
    desk.clock.shift((10 + AFTER + 1) * DAY)
    if has_left:
        RoleGrant.objects.filter(user=desk.head).delete()
        desk.head.is_active = False
        desk.head.save()
    [record] = withdraw_overdue()
    assert (record.recorded_by, record.recorded_by_name) == (desk.head, desk.head.name)
    assert record.credentials == f"policy for overdue pages, set by {desk.head.name}"
    assert record.reason == (
        "Due for review on Jan. 15, 2026 and still not reviewed 30 days later. Taken down by the policy for overdue "
        f"pages that {desk.head.name} set on Jan. 5, 2026."
    )


def test_it_opens_rechecks_as_any_withdrawal(desk, policy):
    sections = [{"heading": "Here", "body": "", "piece_of": leaflet(desk), "piece": "box"}]
    resting = pages.publish(pages.article(desk.author, sections=sections), desk.author, desk.reviewer)
    set_overdue_policy(OverduePolicy(kind="leaflet", after_days=AFTER), user=desk.head)
    desk.clock.shift(31 * DAY + AFTER * DAY)
    assert len(withdraw_overdue()) == 1
    assert Recheck.objects.open().get(cause="withdrawn").edition == resting


def leaflet(desk) -> Document:
    document = write_leaflet(desk.author, "base", "Base", "<p>Words.</p>")
    due(desk, 30, document)
    return document


@pytest.mark.parametrize("submitted_by_who_set_it", [False, True])
def test_who_submitted_the_page_is_told_that_the_policy_took_it_down(desk, submitted_by_who_set_it):
    writer = desk.head if submitted_by_who_set_it else desk.author
    set_overdue_policy(OverduePolicy(kind="article", after_days=AFTER), user=desk.head)
    due(desk, 10, writer=writer)
    desk.clock.shift((10 + AFTER + 1) * DAY)
    withdraw_overdue()
    Mail.objects.exclude(event="withdrawn").delete()
    worker.send_waiting()
    [letter] = mail.outbox
    assert letter.to == [writer.email]
    assert "The policy for overdue pages took this page down in every language." in letter.body


@pytest.mark.parametrize("command", ["withdraw_overdue", "send_mail"])
def test_both_commands_do_it(desk, policy, command, capsys):
    due(desk, 10)
    desk.clock.shift((10 + AFTER + 1) * DAY)
    call_command(command)
    assert live(desk.document) is None
    if command == "withdraw_overdue":
        assert "1 overdue pages taken down." in capsys.readouterr().out
