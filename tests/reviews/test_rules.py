"""Who may sign what: each rule by itself, and all that stands in the way at once."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from editorial.accounts.models import Reviewer, ReviewerLanguage, RoleGrant
from editorial.accounts.roles import Role
from editorial.editions.blockers import Blocked
from editorial.editions.models import ChainHead, Edition, SignOff
from editorial.editions.tree import nodes
from editorial.reviews import rules
from editorial.reviews.models import SignOffPolicy
from editorial.reviews.services import revoke_sign_off, send_back, withdraw
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.layers import layer

pytestmark = pytest.mark.django_db


class Case:
    """A submitted edition, who wrote it, and a reviewer who may sign it until something is done about it."""

    def __init__(self):
        self.author, self.reviewer = people.author(), people.reviewer("en")
        self.document = pages.article(self.author)
        self.edition = submit(self.document, "en", user=self.author)
        self.keywords = {"password": people.PASSWORD}

    def sign(self) -> SignOff:
        return pages.sign(self.edition, people.again(self.reviewer), **self.keywords)


@layer
def case() -> Case:
    return Case()


def inactive(case):
    case.reviewer.is_active = False
    case.reviewer.save()


def without_the_role(case):
    RoleGrant.objects.filter(user=case.reviewer).delete()


def only_superuser(case):
    without_the_role(case)
    case.reviewer.is_superuser = True
    case.reviewer.save()


def without_credentials(case):
    ReviewerLanguage.objects.all().delete()
    Reviewer.objects.all().delete()


def lapsed(case):
    Reviewer.objects.update(valid_until=timezone.localdate() - timedelta(days=1))


def for_another_language(case):
    ReviewerLanguage.objects.filter(reviewer__user=case.reviewer).update(language="es")


def a_contributor(case):
    RoleGrant.objects.create(user=case.reviewer, role=Role.AUTHOR)
    pages.edit(case.document, people.again(case.reviewer), title="Mine")
    case.edition = submit(case.document, "en", user=case.author)


def signed_already(case):
    pages.edit(case.document, case.author, title="Two must sign")
    SignOffPolicy.objects.create(sign_offs=2)
    case.edition = submit(case.document, "en", user=case.author)
    case.sign()


def released_already(case):
    case.sign()
    case.reviewer = people.reviewer()


def sent_back(case):
    send_back(case.edition, user=people.reviewer(), remarks="Not right.")


def superseded(case):
    pages.edit(case.document, case.author, title="Newer")
    submit(case.document, "en", user=case.author)


def withdrawn_since(case):
    pages.sign(case.edition, people.reviewer())
    pages.edit(case.document, case.author, title="Newer")
    case.edition = submit(case.document, "en", user=case.author)
    withdraw(case.document, "en", user=people.operator(), reason="An error.")


def one_of_two_revoked(case):
    signed_already(case)
    revoke_sign_off(case.edition.sign_offs.get(), user=case.reviewer, reason="An error.")
    case.reviewer = people.reviewer()


def wrong_password(case):
    case.keywords["password"] = "not it"


def published_in_the_past(case):
    case.keywords["publish_at"] = timezone.now() - timedelta(seconds=1)


def due_today(case):
    case.keywords["review_due_on"] = timezone.localdate()


def due_before_it_is_published(case):
    start = timezone.now() + timedelta(days=60)
    case.keywords |= {"publish_at": start, "review_due_on": timezone.localdate(start) - timedelta(days=1)}


def due_on_the_day_of_publication(case):
    start = timezone.now() + timedelta(days=60)
    case.keywords |= {"publish_at": start, "review_due_on": timezone.localdate(start)}


def due_before_the_first_signer_wants_it_published(case):
    SignOffPolicy.objects.create(sign_offs=2)
    pages.edit(case.document, case.author, title="Another title")
    case.edition = submit(case.document, "en", user=case.author)
    pages.sign(case.edition, people.reviewer(), publish_at=timezone.now() + timedelta(days=60))
    case.keywords["review_due_on"] = timezone.localdate() + timedelta(days=30)


BLOCKERS = [
    (inactive, "Only medical reviewers can sign."),
    (without_the_role, "Only medical reviewers can sign."),
    (only_superuser, "Only medical reviewers can sign."),
    (without_credentials, "You have no reviewer credentials here."),
    (lapsed, "Your registration was valid until"),
    (for_another_language, "You may not sign pages in English."),
    (a_contributor, "You contributed to this edition"),
    (signed_already, "You have already signed or back-checked this edition."),
    (released_already, "This edition already has all its sign-offs."),
    (sent_back, "This edition was sent back."),
    (superseded, "Edition 2 has since been submitted."),
    (withdrawn_since, "This page was withdrawn after this edition was submitted."),
    (one_of_two_revoked, "A sign-off of this edition was revoked."),
    (wrong_password, "That password is incorrect."),
    (published_in_the_past, "The publication time has passed."),
    (due_today, "The next review must be after today."),
    (due_before_it_is_published, "The next review must be after the page is published"),
    (due_on_the_day_of_publication, "The next review must be after the page is published"),
    (due_before_the_first_signer_wants_it_published, "The next review must be after the page is published"),
]


@pytest.mark.parametrize(("make", "start"), BLOCKERS, ids=[make.__name__ for make, _start in BLOCKERS])
def test_signing_is_refused(case, make, start):
    make(case)
    before = ChainHead.objects.get(document=case.document).count
    with pytest.raises(Blocked) as caught:
        case.sign()
    assert [told.startswith(start) for told, start in zip(caught.value.blockers, [start], strict=True)] == [True]
    assert ChainHead.objects.get(document=case.document).count == before


def test_signing_is_refused_for_every_reason_at_once(case):
    a_contributor(case)
    sent_back(case)
    lapsed(case)
    for_another_language(case)
    wrong_password(case)
    published_in_the_past(case)
    due_today(case)
    RoleGrant.objects.filter(role=Role.REVIEWER, user=case.reviewer).delete()
    with pytest.raises(Blocked) as caught:
        case.sign()
    assert len(caught.value.blockers) == 8


def test_whoever_may_signs(case):
    signed = case.sign()
    reviewer = case.reviewer.reviewer
    assert (signed.signer_name, signed.signer_letters, signed.signer_slug) == (reviewer.name, "MD", reviewer.slug)
    assert signed.content_digest == case.edition.content_digest
    assert signed.meaning_words == "I have read this edition. It is medically right and fit for patients."
    assert list(case.edition.releases.values_list("met_by", flat=True)) == [[signed.record_digest]]


def test_registration_is_valid_to_the_end_of_its_last_day_at_home(case, settings):
    with time_machine.travel(datetime(2026, 7, 2, 3, 59, tzinfo=UTC), tick=False):  # July 1st, 23:59 in New York
        Reviewer.objects.update(valid_until="2026-07-01")
        assert list(rules.signer_blockers(case.edition, people.again(case.reviewer))) == []
    with time_machine.travel(datetime(2026, 7, 2, 4, 0, tzinfo=UTC), tick=False):
        assert len(list(rules.signer_blockers(case.edition, people.again(case.reviewer)))) == 1


def test_later_changes_of_credentials_change_no_record(case):
    signed = case.sign()
    Reviewer.objects.update(name="Somebody Else", letters="X")
    case.reviewer.first_name = "Changed"
    case.reviewer.save()
    again = SignOff.objects.get(pk=signed.pk)
    assert (again.signer_name, again.recorded_by_name) == (signed.signer_name, signed.recorded_by_name)
    assert again.is_intact


@pytest.mark.parametrize("make", [lapsed, for_another_language, without_the_role, without_credentials, inactive])
def test_reaffirming_takes_the_same_person_as_signing(case, make):
    case.sign()
    make(case)
    with pytest.raises(Blocked):
        pages.confirm(case.edition, people.again(case.reviewer))


def test_contributors_do_not_reaffirm(case):
    case.sign()
    both = case.author
    RoleGrant.objects.create(user=both, role=Role.REVIEWER)
    people.credentials(both, "en")
    with pytest.raises(Blocked, match="You contributed"):
        pages.confirm(case.edition, people.again(both))


def test_only_what_readers_see_is_reaffirmed(case):
    with pytest.raises(Blocked, match="Only the edition that readers see"):
        pages.confirm(case.edition, case.reviewer)


def test_reaffirming_takes_the_password(case):
    case.sign()
    with pytest.raises(Blocked, match="password is incorrect"):
        pages.confirm(case.edition, case.reviewer, password="not it")


@pytest.mark.parametrize("make", [lapsed, for_another_language, without_the_role, without_credentials])
def test_sending_back_takes_the_same_person_as_signing(case, make):
    make(case)
    with pytest.raises(Blocked):
        send_back(case.edition, user=people.again(case.reviewer), remarks="Not right.")


def test_sending_back_takes_a_reason(case):
    with pytest.raises(Blocked, match="Say what needs to change"):
        send_back(case.edition, user=case.reviewer, remarks="  ")


def test_what_was_sent_back_can_be_submitted_again_as_it_is(case):
    sent_back(case)
    again = submit(case.document, "en", user=case.author)
    assert (again.number, again.content_digest) == (2, case.edition.content_digest)


def test_same_words_are_not_submitted_twice(case):
    with pytest.raises(Blocked, match="is already pending review"):
        submit(case.document, "en", user=case.author)
    case.sign()
    with pytest.raises(Blocked, match="Nothing has changed since edition 1"):
        submit(case.document, "en", user=case.author)
    assert Edition.objects.filter(document=case.document).count() == 1


def test_same_words_are_not_submitted_twice_where_they_were_frozen_in_an_older_version_of_the_tree(desk, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(nodes, "VERSION", 1)
        edition = desk.published()
    assert b'"version":1' in bytes(edition.content)
    with pytest.raises(Blocked, match="Nothing has changed since edition 1"):
        submit(desk.document, "en", user=desk.author)


@pytest.mark.parametrize(
    ("person", "may"),
    [
        (people.author, True),
        (people.head, True),
        (people.reviewer, False),
        (people.operator, False),
        (people.site_admin, False),
        (lambda: people.translator("es"), False),
    ],
)
def test_only_those_who_write_submit(case, person, may):
    pages.edit(case.document, case.author, title="Newer")
    if may:
        assert submit(case.document, "en", user=person()).number == 2
    else:
        with pytest.raises(Blocked, match="Your role can't edit pages"):
            submit(case.document, "en", user=person())
