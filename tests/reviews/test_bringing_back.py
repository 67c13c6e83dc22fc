"""What was taken down comes back only by a person: the edition that was live last, signed again, and nothing else."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from editorial.accounts.roles import Role
from editorial.editions.blockers import Blocked
from editorial.editions.models import Edition, Meaning, Reinstatement, Release, SignOff, Withdrawal, append_record
from editorial.editions.states import PublicState, load_states
from editorial.editions.verifying import find_problems
from editorial.reviews.models import Cause, Mail, Recheck, SignOffPolicy
from editorial.reviews.reinstatements import find_returnable, reinstatement_blockers, returnable_languages, seen_digest
from editorial.reviews.services import (
    add_remark,
    answer_remark,
    dismiss_recheck,
    revoke_sign_off,
    withdraw,
)
from tests.factories import pages, people
from tests.factories.leaflets import write_leaflet
from tests.factories.pages import submit
from tests.layers import layer

pytestmark = pytest.mark.django_db
REASON = "The dose was right after all."


@layer
def shop():
    return Shop()


class Shop:
    """An article that shows a leaflet, live in English and Spanish."""

    def __init__(self):
        self.author, self.reviewer, self.other = people.author(), people.reviewer(), people.reviewer()
        self.head, self.translator = people.head(), people.translator("es")
        self.both = people.person(Role.AUTHOR, Role.REVIEWER, signs_in=("en",))
        self.leaflet = write_leaflet(self.author, "base", "Base", "<p>Words.</p>")
        pages.publish(self.leaflet, self.author, self.reviewer)
        self.document = pages.article(self.author)
        self.edit("Plain")
        self.english = pages.publish(self.document, self.author, self.reviewer)
        self.spanish = pages.publish_translation(self.document, "es", self.translator, self.reviewer)

    def edit(self, title: str, words: str = "It helps.") -> None:
        """Titles have no words for numbers, which would be safety-critical."""
        shown = {"heading": "Here", "body": f'<p>{words} <a href="/leaflets/base/">Base</a></p>'}
        rows = pages.working(self.document).sections.filter(heading_en="Here").values("id")
        pages.edit(self.document, self.author, title=title, sections=[{**shown, **row} for row in rows] or [shown])

    def withdraw(self, language: str = "en") -> None:
        withdraw(self.document, language, user=self.reviewer, reason="A dose is wrong.")

    def revoke(self, edition: Edition) -> None:
        [sign_off] = edition.sign_offs.filter(revocation__isnull=True)
        revoke_sign_off(sign_off, user=self.head, reason="Wrong.")

    def bring_back(self, edition: Edition, user=None, **more) -> SignOff:
        keywords = {"remarks": REASON, **more}
        return pages.bring_back(Edition.objects.get(pk=edition.pk), user or self.other, **keywords)

    def live(self) -> dict[str, int]:
        releases = Release.objects.live(timezone.now()).filter(document=self.document)
        return dict(releases.values_list("language", "number"))

    def is_proven(self) -> bool:
        return list(find_problems(self.document)) == []


def refused(shop, edition, message: str, **more) -> None:
    before = (shop.live(), SignOff.objects.count(), Reinstatement.objects.count())
    with pytest.raises(Blocked, match=message):
        shop.bring_back(edition, **more)
    assert (shop.live(), SignOff.objects.count(), Reinstatement.objects.count()) == before


def test_a_page_that_was_taken_down_comes_back_by_a_signature_in_a_new_interval(shop):
    shop.withdraw()
    assert returnable_languages(shop.document) == {"en": shop.english.pk, "es": shop.spanish.pk}
    record = shop.bring_back(shop.english)
    assert shop.live() == {"en": 1}
    assert (record.meaning, record.review.remarks) == (Meaning.BROUGHT_BACK, REASON)
    back = Reinstatement.objects.get()
    assert (back.edition, back.withdrawal, back.sign_off) == (shop.english, Withdrawal.objects.get(), record)
    assert back.recorded_by == shop.other
    first, second = shop.english.releases.order_by("sequence")
    assert first.ends.get().cause == "withdrawn"
    assert second.released_from == back.recorded_at
    assert shop.is_proven()


def test_what_was_live_at_a_past_moment_stays_what_was_live_then(shop):
    shop.withdraw()
    down = timezone.now()
    shop.bring_back(shop.english)
    assert not Release.objects.live(down).filter(document=shop.document).exists()


def test_the_source_comes_first_and_each_translation_by_a_signature_of_its_own(shop):
    shop.withdraw()
    refused(shop, shop.spanish, "The source is not live")
    shop.bring_back(shop.english)
    assert shop.live() == {"en": 1}
    shop.bring_back(shop.spanish)
    assert shop.live() == {"en": 1, "es": 1}
    assert shop.is_proven()


def test_a_translation_that_was_taken_down_alone_comes_back_alone(shop):
    shop.withdraw("es")
    assert returnable_languages(shop.document) == {"es": shop.spanish.pk}
    shop.bring_back(shop.spanish)
    assert shop.live() == {"en": 1, "es": 1}


def test_a_revoked_sign_off_is_given_again_and_then_the_translations_may_follow(shop):
    shop.revoke(shop.english)
    assert shop.live() == {}
    shop.bring_back(shop.english)
    shop.bring_back(shop.spanish)
    assert shop.live() == {"en": 1, "es": 1}
    assert shop.is_proven()


@pytest.mark.both_databases
def test_where_two_sign_offs_were_revoked_two_people_sign_again(shop):
    SignOffPolicy.objects.create(kind="article", sign_offs=2)
    shop.edit("Clear")
    edition = submit(shop.document, "en", user=shop.author)
    sign_offs = [pages.sign(edition, who) for who in (shop.reviewer, shop.other)]
    for sign_off in sign_offs:
        revoke_sign_off(sign_off, user=shop.head, reason="Wrong.")
    shop.bring_back(edition)
    assert shop.live() == {}
    assert not Reinstatement.objects.exists()
    refused(shop, edition, "You have signed it again. It still lacks sign-offs by others: 1.")
    shop.bring_back(edition, shop.reviewer)
    assert shop.live() == {"en": 2}
    assert len(Release.objects.live(timezone.now()).get(document=shop.document).met_by) == 2
    assert shop.is_proven()


def test_where_one_of_two_sign_offs_was_revoked_one_person_signs_again(shop):
    SignOffPolicy.objects.create(kind="article", sign_offs=2)
    shop.edit("Clear")
    edition = submit(shop.document, "en", user=shop.author)
    first, _second = [pages.sign(edition, who) for who in (shop.reviewer, shop.other)]
    revoke_sign_off(first, user=shop.head, reason="Wrong.")
    shop.bring_back(edition, people.reviewer())
    assert shop.live() == {"en": 2}


def test_a_corrected_edition_brings_its_own_language_back_and_others_only_by_a_person(shop):
    """Edition 2 is revoked, whose page is signed in Spanish as edition 1; edition 3 is signed."""
    shop.edit("Clear")
    second = pages.publish(shop.document, shop.author, shop.reviewer)
    shop.revoke(second)
    assert shop.live() == {}
    shop.edit("Bright")
    pages.publish(shop.document, shop.author, shop.reviewer)
    assert shop.live() == {"en": 3}
    shop.bring_back(shop.spanish)
    assert shop.live() == {"en": 3, "es": 1}
    assert load_states([shop.document.pk])[shop.document.pk]["es"].public == PublicState.OUTDATED
    assert shop.is_proven()


OLDER = "It helps 42 people, says Pfizer."
SAFETY = {
    "It helps 42 people a lot, says Pfizer.": False,
    "It helps <strong>42</strong> people, says Pfizer.": False,
    "It helps 42 people, says Pfizer. Many say so.": False,
    "It helps 43 people, says Pfizer.": True,
    "It helps more than 42 people, says Pfizer.": True,
    "It helps people, says Pfizer.": True,
    "It does not help 42 people, says Pfizer.": True,
    "It helps 4<sup>2</sup> people, says Pfizer.": True,
    "It helps 42 people, says Pfizer since 2 May 2024.": True,
    '<a href="https://example.org/">It helps</a> 42 people, says Pfizer.': True,
    "It helps 42 people, says Pfizer. Call 020 555 0199.": True,
}
# Which words can do harm, test_minor_changes.py says of all of them.
IN_TEST = [
    "It helps 42 people a lot, says Pfizer.",
    "It helps 43 people, says Pfizer.",
    "It helps people, says Pfizer.",
]


@pytest.mark.parametrize(
    ("words", "is_refused"),
    [pytest.param(*case, marks=() if case[0] in IN_TEST else pytest.mark.prove) for case in SAFETY.items()],
)
def test_a_translation_of_an_older_source_comes_back_unless_what_it_says_could_do_harm_now(shop, words, is_refused):
    shop.edit("Plain", OLDER)
    pages.publish(shop.document, shop.author, shop.reviewer)
    shop.spanish = pages.publish_translation(shop.document, "es", shop.translator, shop.reviewer)
    shop.withdraw("es")
    shop.edit("Plain", words)
    pages.publish(shop.document, shop.author, shop.reviewer)
    if is_refused:
        refused(shop, shop.spanish, "Advice, facts or numbers have changed in the source since edition 2")
    else:
        shop.bring_back(shop.spanish)
        assert shop.live() == {"en": 3, "es": 2}
        assert load_states([shop.document.pk])[shop.document.pk]["es"].public == PublicState.OUTDATED


@pytest.mark.parametrize(
    ("care", "more", "is_refused"), [("", "Rest.", False), ("urgent", "Call today.", True), ("", "", False)]
)
def test_advice_that_came_or_changed_since_keeps_an_older_translation_down(shop, care, more, is_refused):
    shop.withdraw("es")
    group = "when-to-call" if care else "overview"
    added = [{"heading": "New", "body": f"<p>{more}</p>", "care_level": care, "group": group}] if more else []
    pages.edit(shop.document, shop.author, title="Plain again", sections=added)
    pages.publish(shop.document, shop.author, shop.reviewer)
    if is_refused:
        refused(shop, shop.spanish, "Advice, facts or numbers have changed")
    else:
        shop.bring_back(shop.spanish)


def test_a_translation_of_a_source_that_is_no_longer_signed_does_not_come_back(shop):
    shop.revoke(shop.english)
    shop.edit("Clear")
    pages.publish(shop.document, shop.author, shop.reviewer)
    refused(shop, shop.spanish, "no longer signed. Translate the signed one")


def test_only_the_edition_that_readers_saw_last_comes_back(shop):
    shop.edit("Clear")
    second = pages.publish(shop.document, shop.author, shop.reviewer)
    shop.edit("Bright")
    third = submit(shop.document, "en", user=shop.author)
    shop.withdraw()
    for edition in (shop.english, third):
        refused(shop, edition, "Only the edition that readers saw last")
    assert find_returnable(shop.document, "en") == second
    shop.bring_back(second)
    assert shop.live() == {"en": 2}


def test_nothing_comes_back_where_something_is_live_or_scheduled(shop):
    refused(shop, shop.english, "Edition 1 is live or scheduled in this language")
    shop.withdraw()
    shop.edit("Clear")
    pages.publish(shop.document, shop.author, shop.reviewer, publish_at=timezone.now() + timedelta(days=1))
    refused(shop, shop.english, "Edition 2 is live or scheduled in this language")
    assert returnable_languages(shop.document) == {"es": shop.spanish.pk}


def lapsed():
    """A reviewer whose registration has ended."""
    user = people.person(Role.REVIEWER)
    people.credentials(user, "en", valid_until=timezone.localdate() - timedelta(days=1))
    return user


@pytest.mark.parametrize(
    ("who", "message"),
    [
        (lambda shop: shop.author, "Only medical reviewers can sign"),
        (lambda shop: shop.head, "Only medical reviewers can sign"),
        (lambda shop: people.operator(), "Only medical reviewers can sign"),
        (lambda shop: people.reviewer("es"), "You may not sign pages in English"),
        (lambda shop: lapsed(), "was valid until"),
    ],
)
def test_only_who_may_sign_the_edition_brings_it_back(shop, who, message):
    shop.withdraw()
    refused(shop, shop.english, message, user=who(shop))


def test_nobody_brings_back_what_they_wrote(shop):
    pages.edit(shop.document, shop.both, title="Clear")
    second = pages.publish(shop.document, shop.author, shop.reviewer)
    shop.withdraw()
    refused(shop, second, "You contributed to this edition", user=shop.both)


def test_a_reason_and_the_password_are_needed(shop):
    shop.withdraw()
    refused(shop, shop.english, "Give a reason", remarks=" ")
    refused(shop, shop.english, "password is incorrect", password="not it")


def test_open_remarks_and_safety_rechecks_are_settled_first(shop):
    remark = add_remark(shop.english, user=shop.reviewer, text="24, not 42", node_id="")
    shop.withdraw()
    withdraw(shop.leaflet, "en", user=shop.reviewer, reason="An error.")
    [recheck] = Recheck.objects.open().filter(edition=shop.english, cause=Cause.WITHDRAWN)
    told = " ".join(reinstatement_blockers(shop.english, shop.other))
    assert "24, not 42" in told
    assert "Safety rechecks of this edition that are still open: 1." in told
    answer_remark(shop.english, remark, user=shop.reviewer, text="", act="resolved")
    dismiss_recheck(recheck, user=shop.other, password=people.PASSWORD, reason="It says the same.")
    shop.bring_back(shop.english)
    assert shop.live() == {"en": 1}


def test_what_changes_while_it_is_down_is_known_mailed_to_nobody_and_settled_by_the_signature(shop):
    shop.withdraw()
    Mail.objects.all().delete()
    write_leaflet(shop.author, "", "Base two", "<p>Words.</p>", document=shop.leaflet)
    pages.publish(shop.leaflet, shop.author, shop.reviewer)
    opened = Recheck.objects.open().filter(edition__document=shop.document)
    assert set(opened.values_list("edition", "cause")) == {
        (shop.english.pk, Cause.RELEASED), (shop.spanish.pk, Cause.RELEASED),
    }  # fmt: skip
    assert not Mail.objects.filter(event="recheck").exists()
    shop.bring_back(shop.english)
    assert set(opened.values_list("edition", flat=True)) == {shop.spanish.pk}


def test_pages_that_show_it_are_told_when_it_comes_back(shop):
    withdraw(shop.leaflet, "en", user=shop.reviewer, reason="An error.")
    edition = Edition.objects.get(document=shop.leaflet)
    shop.bring_back(edition)
    causes = Recheck.objects.open().filter(edition=shop.english).values_list("cause", flat=True)
    assert set(causes) == {Cause.WITHDRAWN, Cause.RELEASED}


@pytest.mark.both_databases
def test_a_page_that_came_back_can_be_taken_down_again_and_comes_back_again(shop):
    for number in (1, 2, 3):
        shop.withdraw()
        assert shop.live() == {}
        shop.bring_back(shop.english)
        assert shop.live() == {"en": 1}
        assert Reinstatement.objects.count() == number
    assert shop.is_proven()


def test_whoever_brings_it_back_has_seen_all_that_happened_to_the_page_until_then(shop):
    shop.withdraw()
    seen = seen_digest(shop.english)
    shop.edit("Clear")
    submit(shop.document, "en", user=shop.author)
    refused(shop, shop.english, "has changed since you opened this form", seen=seen)
    shop.bring_back(shop.english, seen=seen_digest(shop.english))
    assert shop.live() == {"en": 1}


def test_a_new_edition_supersedes_what_was_brought_back_and_one_frozen_before_the_withdrawal_does_not(shop):
    shop.edit("Before")
    before = submit(shop.document, "en", user=shop.author)
    shop.withdraw()
    shop.bring_back(shop.english)
    with pytest.raises(Blocked, match="withdrawn after this edition was submitted"):
        pages.sign(before, shop.reviewer)
    shop.edit("After")
    pages.publish(shop.document, shop.author, shop.reviewer)
    assert shop.live() == {"en": 3}


# --- What the database itself refuses ---


def forged(shop, **fields) -> Reinstatement:
    values = {
        "document": shop.document, "language": "en", "edition": shop.english, "reason": "Forged.",
        "withdrawal": Withdrawal.objects.order_by("-pk").first(),
        "sign_off": shop.english.sign_offs.get(), **fields,
    }  # fmt: skip
    return append_record(Reinstatement(**values), user=values["sign_off"].recorded_by)


@pytest.mark.both_databases
def test_the_database_refuses_to_bring_back_another_edition_or_by_another_person(shop):
    shop.edit("Clear")
    second = pages.publish(shop.document, shop.author, shop.reviewer)
    shop.withdraw()
    cases = [
        {},  # edition 1 is not the one that was live last
        {"edition": second},  # signed by nobody of these
        {"edition": second, "sign_off": second.sign_offs.get(), "language": "es"},
    ]
    for fields in cases:
        with pytest.raises(DatabaseError), transaction.atomic():
            forged(shop, **fields)
    forged(shop, edition=second, sign_off=second.sign_offs.get())
