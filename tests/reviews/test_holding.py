"""Nothing scheduled that rests on what was taken down becomes readable by itself, and all else comes as it was signed.

Told beforehand by a list of what is to come, which shares no code with the intervals in the database.
"""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from editorial.editions import verifying
from editorial.editions.models import Edition, Release, SignOff
from editorial.reviews.models import Recheck
from editorial.reviews.services import dismiss_recheck, revoke_sign_off, withdraw
from tests import PROVING
from tests.factories import pages, people
from tests.factories.leaflets import write_leaflet
from tests.factories.pages import submit
from tests.reviews.test_rechecks import body

pytestmark = pytest.mark.django_db

SLUGS, DAYS = ["a", "b"], 4
CHANGES = ["withdraw", "withdraw", "revoke", "reaffirm", "publish"]
LINKS = st.sampled_from([SLUGS, SLUGS, []])
KEYS = [(slug, language) for slug in SLUGS for language in ("en", "es")]


@dataclass
class Signed:
    """An edition that is read, or that is to be from `since` on, and waits while anything in `because` is open."""

    edition: Edition
    links: list[str]
    since: int = 0  # days
    sign_offs: int = 1
    because: set[int] = field(default_factory=set)  # numbers of changes


class Schedules:
    def __init__(self):
        self.author, self.signer, self.other = people.author(), people.reviewer(), people.reviewer()
        self.head, self.translator = people.head(), people.translator("es")
        self.now, self.count = timezone.now(), 0
        self.read: dict[tuple, Signed] = {}
        self.coming: dict[tuple, list[Signed]] = {key: [] for key in KEYS}
        self.documents = {slug: write_leaflet(self.author, slug, slug, body()) for slug in SLUGS}
        for slug in SLUGS:
            self.publish(slug, "en", [])

    # --- What people do, in the database and in the list ---

    def publish(self, slug: str, language: str, links: list[str], days: int = 0) -> None:
        document, self.count = self.documents[slug], self.count + 1
        if language == "en":
            write_leaflet(self.author, "", f"{slug} {self.count}", body(*links), document=document)
        elif source := self.read.get((slug, "en")):
            letters = "".join("abcdefghij"[int(digit)] for digit in str(self.count))
            words = pages.typed_translation(source.edition, f"es {letters}")
            pages.translate(document, language, self.translator, words)
            links = source.links
        else:
            return  # there is nothing to translate
        edition = submit(document, language, user=self.author if language == "en" else self.translator)
        later = {"publish_at": self.now + timedelta(days=days)} if days else {}
        pages.sign(edition, self.signer, **later)
        self.let_come((slug, language), Signed(edition, links, days))

    def let_come(self, key: tuple, signed: Signed) -> None:
        """The newest stands: what was to come later than it does not come any more, what is held stays so."""
        before = [item for item in self.coming[key] if item.since < signed.since or item.because]
        self.coming[key] = [*(item for item in before if item is not signed), signed]
        if signed.since == 0:
            self.coming[key], self.read[key] = [], signed

    def withdraw(self, slug: str, language: str) -> None:
        if self.is_open(slug, language):
            withdraw(self.documents[slug], language, user=self.signer, reason="An error.")
            self.take_down(slug, language)
            self.hold(slug, language)

    def is_open(self, slug: str, language: str) -> bool:
        keys = [key for key in KEYS if key[0] == slug and (language == "en" or key[1] == language)]
        return any(key in self.read or any(not item.because for item in self.coming[key]) for key in keys)

    def take_down(self, slug: str, language: str) -> None:
        for key in KEYS:
            if key[0] == slug and (language == "en" or key[1] == language):
                self.read.pop(key, None)
                self.coming[key] = []

    def revoke(self, slug: str, language: str, which: int) -> None:
        key = (slug, language)
        found = [*([self.read[key]] if key in self.read else []), *self.coming[key]]
        if not found:
            return
        signed = found[which % len(found)]
        sign_off = SignOff.objects.filter(edition=signed.edition, revocation__isnull=True).latest("sequence")
        revoke_sign_off(sign_off, user=self.head, reason="Wrong.")
        signed.sign_offs -= 1
        if signed.sign_offs == 0:
            if signed is self.read.get(key):
                self.take_down(slug, language)
            else:
                self.coming[key].remove(signed)
        self.hold(slug, language, source=signed.edition.pk)

    def reaffirm(self, slug: str, language: str) -> None:
        signed = self.read.get((slug, language))
        if signed and signed.sign_offs == 1:
            pages.confirm(signed.edition, self.other)
            signed.sign_offs += 1

    def hold(self, slug: str, language: str, source: int | None = None) -> None:
        """What rests on a change for safety waits; a change in English is one in every language."""
        self.count += 1
        for (other, spoken), comings in self.coming.items():
            for place, coming in enumerate(comings):
                is_newest = place == len(comings) - 1
                rests = other != slug and slug in coming.links and language in ("en", spoken)
                translates = source is not None and coming.edition.source_edition_id == source
                if (rests or translates) and (is_newest or not coming.because):
                    coming.because.add(self.count)

    def dismiss(self, slug: str, language: str) -> None:
        """Somebody finds that a change does not matter for what waits; after the last one it comes, if it is newest."""
        waiting = [item for item in self.coming[slug, language] if item.because]
        if not waiting:
            return
        signed = waiting[-1]
        rechecks = Recheck.objects.open().filter(edition=signed.edition).order_by("pk")
        recheck = next(item for item in rechecks if item.is_about_safety)
        dismiss_recheck(recheck, user=self.other, password=people.PASSWORD, reason="It says the same.")
        signed.because.remove(min(signed.because))
        if not signed.because and signed is self.coming[slug, language][-1]:
            self.let_come((slug, language), signed)
        elif not signed.because:
            self.coming[slug, language].remove(signed)

    # --- What readers get ---

    def told(self, key: tuple, day: float) -> int | None:
        come = [item for item in self.coming[key] if not item.because and item.since <= day]
        newest = max(come, key=lambda coming: coming.since, default=self.read.get(key))
        return newest and newest.edition.pk

    def served(self, key: tuple, day: float) -> list[int]:
        at = max(self.now + timedelta(days=day), timezone.now())
        live = Release.objects.live(at).filter(document=self.documents[key[0]], language=key[1])
        return list(live.values_list("edition", flat=True))

    def check(self) -> None:
        for key in KEYS:
            for day in (0, *(day + 0.5 for day in range(DAYS + 1))):
                told = self.told(key, day)
                assert self.served(key, day) == ([told] if told else []), (key, day)


def test_an_edition_that_got_back_the_time_of_a_later_one_is_held_with_all_of_its_time():
    schedules = Schedules()
    for days in (2, 3, 4):
        schedules.publish("b", "en", ["a"], days)
    schedules.revoke("b", "en", which=3)  # the edition of day 3 now comes twice: until day 4, and from then on
    schedules.withdraw("a", "en")
    schedules.check()


def test_what_was_held_comes_when_nothing_is_open_though_a_newer_edition_was_revoked():
    schedules = Schedules()
    for days in (1, 4):
        schedules.publish("a", "en", ["b"], days)
    schedules.revoke("a", "en", which=2)
    schedules.revoke("b", "en", which=0)
    schedules.dismiss("a", "en")
    assert not any(item.because for item in schedules.coming["a", "en"])
    schedules.check()


@pytest.mark.long
@settings(max_examples=settings().max_examples // 2 if PROVING else 4)
@given(data=st.data())
def test_what_is_held_does_not_come_and_all_else_comes_as_it_was_signed(data):
    with transaction.atomic():
        explore(data)
        transaction.set_rollback(True)


def explore(data):
    schedules, few, which = Schedules(), st.integers(0, 3), st.sampled_from(KEYS)
    for _round in range(data.draw(st.integers(1, 3), label="rounds")):
        for slug, language in KEYS:
            for days in data.draw(st.lists(st.integers(1, DAYS), max_size=3), label="days"):
                schedules.publish(slug, language, data.draw(LINKS, label="links"), days)
        for act in data.draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=3), label="changes"):
            slug, language = data.draw(which, label="which")
            match act:
                case "publish":
                    schedules.publish(slug, language, data.draw(LINKS, label="links"))
                case "revoke":
                    schedules.revoke(slug, language, data.draw(few, label="which of them"))
                case _:
                    getattr(schedules, act)(slug, language)
            schedules.check()
        for slug, language in data.draw(st.lists(which, max_size=4), label="dismissed"):
            schedules.dismiss(slug, language)
            schedules.check()
    for document in schedules.documents.values():
        assert list(verifying.find_problems(document)) == []
