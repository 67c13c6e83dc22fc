"""Translations: who signs them, whatever the policy; and the back-check, a sign-off by somebody else."""

from datetime import timedelta

import pytest
from django.db import Error, transaction
from django.utils import timezone

from editorial.accounts.models import Reviewer, ReviewerLanguage, RoleGrant
from editorial.accounts.roles import Role
from editorial.editions.blockers import Blocked
from editorial.editions.models import Meaning, Review, SignOff, Verdict, append_record
from editorial.editions.tree.units import find_units
from editorial.editions.validity import is_valid
from editorial.editions.verifying import find_problems
from editorial.reviews import queue
from editorial.reviews.back_checks import find_back_check_units
from editorial.reviews.models import Mail, SignOffPolicy
from editorial.reviews.services import (
    add_remark,
    back_check,
    change_sign_off_policy,
    record_absence,
    revoke_sign_off,
    send_back,
)
from editorial.reviews.services.signing import append_sign_off
from tests.factories import pages, people
from tests.factories.people import PASSWORD
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

BODY = "<p>Take 50 mg twice a day.</p><p>It has a nice colour.</p><p>Do not drive.</p>"


class Case:
    """A translation that waits, and whoever may sign or back-check it until something is done about it."""

    def __init__(self):
        self.author, self.translator = people.author(), people.translator("es")
        self.signer, self.checker = people.reviewer("es"), people.reviewer("en", "es")
        self.document = pages.article(self.author, sections=[{"heading": "Dose", "body": BODY}])
        self.source = pages.publish(self.document, self.author, people.reviewer("en"))

    def submit(self, *, has_reasons: bool = False):
        pages.translate(self.document, "es", self.translator)
        if not has_reasons:
            pages.give_reasons(self.document, "es", self.translator)
        self.edition = pages.submit(self.document, "es", user=self.translator)
        return self.edition

    def written(self, edition=None) -> dict:
        return {unit.place: "Take 50 mg" for unit in find_back_check_units(edition or self.edition)}

    def check(self, user=None, **more) -> SignOff:
        keywords = {"password": PASSWORD, "written": self.written(), **more}
        return back_check(self.edition, user=people.again(user or self.checker), **keywords)


@layer
def case() -> Case:
    return Case()


@layer
def asked(case) -> Case:
    """Policy asks for a back-check."""
    SignOffPolicy.objects.create(language="es", back_check=True)
    case.submit()
    return case


# --- Who signs a translation, whatever the policy ---------------------------------------------------------------------


def is_without_the_language(case):
    ReviewerLanguage.objects.filter(reviewer__user=case.signer, language="es").delete()


def is_without_the_role(case):
    RoleGrant.objects.filter(user=case.signer).delete()


def has_lapsed(case):
    Reviewer.objects.filter(user=case.signer).update(valid_until=timezone.localdate() - timedelta(days=1))


def has_another_language(case):
    ReviewerLanguage.objects.filter(reviewer__user=case.signer).update(language="ar")


def stands_in_without_the_language(case):
    deputy = people.reviewer("en")
    today = timezone.localdate()
    record_absence(case.signer, deputy=deputy, from_day=today, until_day=today, user=case.signer)
    case.signer = deputy


def translates_a_text(case):
    RoleGrant.objects.create(user=case.signer, role=Role.TRANSLATOR, language="es")
    source = case.source
    place = next(unit.place for unit in find_units(source.tree) if unit.node.plain("text").startswith("It has"))
    pages.translate(case.document, "es", people.again(case.signer), {place: "Tiene un color bonito."})
    case.edition = pages.submit(case.document, "es", user=case.translator)


def gave_a_reason(case):
    RoleGrant.objects.create(user=case.signer, role=Role.TRANSLATOR, language="es")
    place = next(unit.place for unit in find_units(case.source.tree) if unit.node.plain("text").startswith("Take 50"))
    pages.translate(case.document, "es", case.translator, {place: "Tome 60 mg dos veces al día."})
    pages.give_reasons(case.document, "es", people.again(case.signer))
    case.edition = pages.submit(case.document, "es", user=case.translator)


POLICIES = [None, {"sign_offs": 1, "grave_sign_offs": 1}, {"sign_offs": 2, "back_check": True}]


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (is_without_the_language, "You may not sign pages in Español"),
        (has_another_language, "You may not sign pages in Español"),
        (is_without_the_role, "Only medical reviewers"),
        (has_lapsed, "registration was valid until"),
        (stands_in_without_the_language, "You may not sign pages in Español"),
        (translates_a_text, "You contributed to this edition"),
        (gave_a_reason, "You contributed to this edition"),
    ],
)
def test_who_signs_a_translation_holds_its_language_then_and_wrote_none_of_it(case, policy, changed, why):
    if policy:
        SignOffPolicy.objects.create(**policy)
    case.submit()
    changed(case)
    with pytest.raises(Blocked, match=why):
        pages.sign(case.edition, people.again(case.signer))
    assert not case.edition.sign_offs.exists()


def test_who_gave_a_reason_may_sign_once_somebody_else_judged_it(case):
    case.submit()
    gave_a_reason(case)
    assert [person["id"] for person in case.edition.contributors] == sorted([case.translator.pk, case.signer.pk])
    pages.sign(case.edition, people.reviewer("es"))
    edition = changes_nothing_critical(case)
    assert [person["id"] for person in edition.contributors] == [case.translator.pk]


def test_the_database_takes_no_signature_in_a_language_that_the_signer_does_not_hold(case):
    edition, stranger = case.submit(), people.reviewer("ar")
    with pytest.raises(Error), transaction.atomic():
        _forge(edition, stranger, Meaning.SIGNED)


def _forge(edition, user, meaning, **more) -> SignOff:
    review = append_record(Review(document=edition.document, edition=edition, verdict=Verdict.ACCEPTED), user=user)
    due, now = timezone.localdate() + timedelta(days=90), timezone.now()
    return append_sign_off(edition, review, meaning, due, user=user, now=now, **more)


# --- The back-check ---------------------------------------------------------------------------------------------------


def test_readers_see_it_after_a_back_check_and_not_before(asked):
    assert asked.edition.needs_back_check
    pages.sign(asked.edition, asked.signer)
    assert not asked.edition.releases.exists()
    record = asked.check()
    assert record.meaning == Meaning.BACK_CHECKED
    assert [text["words"] for text in record.back_check] == ["Take 50 mg"] * len(asked.written())
    assert asked.edition.releases.exists()
    assert is_valid(asked.edition)
    assert not list(find_problems(asked.document))


def test_it_may_come_before_the_signature(asked):
    asked.check()
    assert not asked.edition.releases.exists()
    pages.sign(asked.edition, asked.signer)
    assert asked.edition.releases.exists()


def test_a_signer_asks_for_one_where_policy_does_not(case):
    edition = case.submit()
    assert not edition.needs_back_check
    pages.sign(edition, case.signer, asks_back_check=True)
    assert not edition.releases.exists()
    case.check()
    assert edition.releases.exists()
    assert not list(find_problems(case.document))


def test_a_second_signature_is_no_back_check(asked):
    pages.sign(asked.edition, asked.signer)
    with pytest.raises(Blocked, match="still needs a back-check"):
        pages.sign(asked.edition, people.reviewer("es"))


def is_monolingual(case):
    ReviewerLanguage.objects.filter(reviewer__user=case.checker, language="en").delete()


def is_without_the_target(case):
    ReviewerLanguage.objects.filter(reviewer__user=case.checker, language="es").delete()


def is_the_translator(case):
    RoleGrant.objects.create(user=case.checker, role=Role.TRANSLATOR, language="es")
    case.translator = people.again(case.checker)
    source = case.source
    place = next(unit.place for unit in find_units(source.tree) if unit.node.plain("text").startswith("It has"))
    pages.translate(case.document, "es", case.translator, {place: "Tiene un color bonito."})
    case.edition = pages.submit(case.document, "es", user=case.translator)


def is_the_signer(case):
    SignOffPolicy.objects.update(sign_offs=2)
    pages.sign(case.edition, case.checker)


def sees_it_sent_back(case):
    send_back(case.edition, user=case.signer, remarks="Not right.")


def comes_second(case):
    case.check(people.reviewer("en", "es"))


def sees_an_open_remark(case):
    add_remark(case.edition, user=case.signer, text="Is it 50?")


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (is_monolingual, "may sign pages in English too"),
        (is_without_the_target, "You may not sign pages in Español"),
        (is_the_translator, "You contributed to this edition"),
        (is_the_signer, "You signed this edition"),
        (sees_it_sent_back, "was sent back"),
        (comes_second, "was back-checked already"),
        (sees_an_open_remark, "is still open"),
    ],
)
def test_who_may_not_back_check_is_told_why(asked, changed, why):
    changed(asked)
    with pytest.raises(Blocked, match=why):
        asked.check()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"password": "not it"}, "password is incorrect"),
        ({"written": {}}, "Still to do"),
        ({"written": "blank"}, "Still to do"),
        ({"written": "long"}, "at most 500"),
    ],
)
def test_what_was_not_read_is_not_signed(asked, more, why):
    texts = {"blank": dict.fromkeys(asked.written(), " "), "long": dict.fromkeys(asked.written(), "x" * 501)}
    if isinstance(more.get("written"), str):
        more = {"written": texts[more["written"]]}
    with pytest.raises(Blocked, match=why):
        asked.check(**more)


def test_nobody_back_checks_what_nobody_asked_for(case):
    case.submit()
    with pytest.raises(Blocked, match="Nobody asked"):
        case.check()


def test_the_database_holds_it_too(asked):
    edition, checker = asked.edition, asked.checker
    texts = [{"node": "a", "word": "text", "words": "50 mg"}]
    pages.sign(edition, asked.signer)
    with pytest.raises(Error), transaction.atomic():
        _forge(edition, asked.signer, Meaning.BACK_CHECKED, back_check=texts)
    asked.check(checker)
    with pytest.raises(Error), transaction.atomic():
        _forge(edition, checker, Meaning.SIGNED)


def test_a_revoked_back_check_takes_the_page_down(asked):
    pages.sign(asked.edition, asked.signer)
    record = asked.check()
    revoke_sign_off(record, user=people.again(asked.checker), reason="I mixed up two texts.")
    assert not is_valid(asked.edition)
    assert not asked.edition.releases.open_after(timezone.now()).exists()


def test_only_what_changed_since_the_last_back_check_is_read_again(asked):
    assert {unit.source for unit in find_back_check_units(asked.edition)} == {
        "Take 50 mg twice a day.",
        "Do not drive.",
    }
    pages.sign(asked.edition, asked.signer)
    asked.check()
    section = pages.working(asked.document).sections.get()
    body = BODY.replace("50 mg", "60 mg").replace("nice", "dark")
    pages.edit(asked.document, asked.author, sections=[{"id": section.pk, "heading": "Dose", "body": body}])
    pages.publish(asked.document, asked.author, people.reviewer("en"))
    edition = asked.submit()
    assert [unit.source for unit in find_back_check_units(edition)] == ["Take 60 mg twice a day."]


def test_a_change_of_nothing_that_is_safety_critical_needs_none(asked):
    pages.sign(asked.edition, asked.signer)
    asked.check()
    section = pages.working(asked.document).sections.get()
    rows = [{"id": section.pk, "heading": "Dose", "body": BODY.replace("nice", "dark")}]
    pages.edit(asked.document, asked.author, sections=rows)
    pages.publish(asked.document, asked.author, people.reviewer("en"))
    assert not asked.submit(has_reasons=True).needs_back_check


def changes_nothing_critical(case, *, word: str = "dark"):
    """A new edition of both, in which what was back-checked stands as it was."""
    section = pages.working(case.document).sections.get()
    rows = [{"id": section.pk, "heading": "Dose", "body": BODY.replace("nice", word)}]
    pages.edit(case.document, case.author, sections=rows)
    pages.publish(case.document, case.author, people.reviewer("en"))
    return case.submit(has_reasons=True)


def test_what_rests_on_a_back_check_that_is_revoked_comes_down_with_it(asked):
    pages.sign(asked.edition, asked.signer)
    record = asked.check()
    for word in ("dark", "pale"):
        edition = changes_nothing_critical(asked, word=word)
        pages.sign(edition, asked.signer)
        assert edition.releases.exists()
    revoke_sign_off(record, user=people.again(asked.checker), reason="I mixed up two texts.")
    assert not is_valid(edition)
    assert not edition.releases.open_after(timezone.now()).exists()
    assert not list(find_problems(asked.document))
    again = pages.submit(asked.document, "es", user=asked.translator)
    assert again.needs_back_check


def test_what_waits_and_rests_on_a_back_check_that_is_revoked_is_submitted_again(asked):
    pages.sign(asked.edition, asked.signer)
    record = asked.check()
    edition = changes_nothing_critical(asked)
    revoke_sign_off(record, user=people.again(asked.checker), reason="I mixed up two texts.")
    with pytest.raises(Blocked, match="was withdrawn after"):
        pages.sign(edition, asked.signer)
    with pytest.raises(Blocked, match="was withdrawn after"):
        back_check(edition, user=asked.checker, password=PASSWORD, written=asked.written(edition))
    assert pages.submit(asked.document, "es", user=asked.translator).needs_back_check


def is_sent_back(asked):
    send_back(asked.edition, user=asked.signer, remarks="Not yet.")


def falls_otherwise(asked):
    signed = pages.sign(asked.edition, asked.signer)
    revoke_sign_off(signed, user=people.again(asked.signer), reason="I was in a hurry.")


@pytest.mark.parametrize("changed", [is_sent_back, falls_otherwise])
def test_nothing_rests_on_the_back_check_of_an_edition_that_does_not_stand(asked, changed):
    asked.check()
    changed(asked)
    assert changes_nothing_critical(asked).needs_back_check


def test_a_back_check_that_stands_covers_what_follows_an_edition_that_fell_otherwise(asked):
    record = pages.sign(asked.edition, asked.signer)
    asked.check()
    edition = changes_nothing_critical(asked)
    other = people.reviewer("es")
    pages.sign(edition, other)
    revoke_sign_off(record, user=people.again(asked.signer), reason="I was in a hurry.")
    assert is_valid(edition)


def test_a_policy_of_later_changes_nothing_that_waits(case):
    edition = case.submit()
    change_sign_off_policy("", "es", {"sign_offs": 1, "grave_sign_offs": 1, "back_check": True}, user=people.head())
    pages.sign(edition, case.signer)
    assert edition.releases.exists()


def test_those_who_may_are_asked_once_nothing_else_is_missing(asked):
    pages.sign(asked.edition, asked.signer)
    told = set(Mail.objects.filter(event="back-check").values_list("user", flat=True))
    assert told == {asked.checker.pk}


def test_the_queue_knows_what_only_lacks_its_back_check(asked):
    only = queue.pending_editions().filter(queue.wants_only_back_check())
    assert not only.exists()
    pages.sign(asked.edition, asked.signer)
    assert list(only) == [asked.edition]
