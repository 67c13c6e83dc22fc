"""The promise over everything that stands on one page: pieces, words that open in place, site words.

An article shows pieces of other documents. People write, translate, submit, sign, withdraw and revoke all of them in
any order. After every step each word that a reader meets was signed, in that language, by somebody who did not type it.
"""

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from editorial.editions import freezing, verifying
from editorial.editions.blockers import Blocked
from editorial.editions.models import ChainHead, Document, Edition, Release, SignOff
from editorial.editions.tree.units import find_units
from editorial.editions.working.copies import version_token
from editorial.editions.working.translated_words import write_translation
from editorial.reviews.services import revoke_sign_off, withdraw
from tests import PROVING
from tests.databases import on_postgres
from tests.editions.actors import START
from tests.editions.embeddables import ITEMS, Item
from tests.editions.expected_state import tokens
from tests.factories import drugs, pages, people
from tests.factories.pages import submit
from tests.reading import rendered

pytestmark = pytest.mark.both_databases

LANGUAGES = ["en", "es", "ar"]
languages = st.sampled_from(LANGUAGES)
things = st.sampled_from(["article", *ITEMS])
writers = st.sampled_from(["ana", "bo"])
signers = st.sampled_from(["cy", "bo", "di"])


class Shelf(RuleBasedStateMachine):
    """Everybody at work on an article and on what it shows, and a reader looking at it after every step."""

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.clock = time_machine.travel(START, tick=False)
        self.time = self.clock.start()
        self.client = Client()
        self.count = self.steps = 0
        self.verified: dict[str, int] = {}  # records of each document that are known to verify
        self.typed: dict[str, tuple[str, str, str]] = {}  # token: (who, language, thing)
        self.unverified: set[int] = set()  # events whose source nobody else has read

    def teardown(self):
        self.clock.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize(ready=st.booleans())
    def begin(self, ready):
        every = LANGUAGES
        self.people = {
            "ana": people.author(),
            "bo": people.person("author", "reviewer", "drug-admin", signs_in=every),
            "fay": drugs.drug_admin(),
            "gil": drugs.drug_admin(),
            "cy": people.reviewer(*every),
            "di": people.reviewer("en", "es"),
            "eva": people.translator("es", "ar"),
            "hal": people.operator(),
            "gus": people.head(),
        }
        self.documents: dict[str, Document] = {}
        for name, item in ITEMS.items():
            self.documents[name] = item.make(self, name, "bo")
        sections = [
            {"heading": self.word("ana", "en", "article"), "body": f"<p>{self.word('ana', 'en', 'article')}</p>"}
            | item.shown(self.documents[name])
            for name, item in ITEMS.items()
        ]
        self.documents["article"] = pages.article(
            self.people["ana"], slug="shelf", title=self.word("ana", "en", "article"),
            lead=self.word("ana", "en", "article"), sections=sections,
        )  # fmt: skip
        if ready:
            for thing in [*ITEMS, "article"]:
                self.submit_it(thing, "en", "bo")
                self.sign_it(thing, "en", "cy")

    def word(self, who: str, language: str, thing: str) -> str:
        self.count += 1
        token = f"tok{self.count}x"
        self.typed[token] = (who, language, thing)
        return token

    def attempt(self, act, *arguments, **keywords):
        self.time.shift(0.001)
        try:
            return act(*arguments, **keywords)
        except Blocked:
            return None

    def newest(self, thing: str, language: str) -> Edition | None:
        found = Edition.objects.filter(document=self.documents[thing], language=language)
        return found.order_by("-number").first()

    @rule(thing=st.sampled_from(list(ITEMS)), who=writers)
    def write(self, thing, who):
        item: Item = ITEMS[thing]
        self.attempt(item.write, self, thing, self.documents[thing], who)

    @rule(who=writers)
    def retitle(self, who):
        title = self.word(who, "en", "article")
        self.attempt(pages.edit, self.documents["article"], self.people[who], title=title)

    @rule(thing=things, language=languages, who=writers)
    def submit_it(self, thing, language, who):
        writer = ITEMS[thing].writer(who) if thing in ITEMS else who
        user = self.people[writer if language == "en" else "eva"]
        self.attempt(submit, self.documents[thing], language, user=user)

    @rule(thing=things, language=languages, who=signers)
    def sign_it(self, thing, language, who):
        if edition := self.newest(thing, language):
            self.attempt(pages.sign, edition, people.again(self.people[who]))

    @rule(thing=things, who=writers, signer=signers)
    def publish(self, thing, who, signer):
        if thing in ITEMS:
            self.write(thing, who)
        else:
            self.retitle(who)
        self.submit_it(thing, "en", who)
        self.sign_it(thing, "en", signer)

    @rule(thing=things, language=st.sampled_from(["es", "ar"]))
    def translate(self, thing, language):
        document = self.documents[thing]
        source = freezing.find_signed_source(document)
        if source is None:
            return
        places = {unit.place for unit in find_units(source.tree)}
        words = {place: self.word("eva", language, thing) for place in places}
        self.attempt(
            write_translation, document, language, words, source=source, user=self.people["eva"],
            token=version_token(document, language), checked=places,
        )  # fmt: skip
        self.submit_it(thing, language, "ana")
        self.sign_it(thing, language, "cy")

    @rule(verified=st.booleans())
    def record(self, verified):
        event = self.attempt(ITEMS["drug"].record, self, self.documents["drug"], verified=verified)
        if event and not verified:
            self.unverified.add(event.pk)

    @rule(thing=things, language=languages)
    def take_down(self, thing, language):
        self.attempt(withdraw, self.documents[thing], language, user=self.people["hal"], reason="An error.")

    @rule(thing=things, language=languages)
    def revoke(self, thing, language):
        found = SignOff.objects.filter(document=self.documents[thing], language=language).order_by("-sequence")
        if newest := found.first():
            self.attempt(revoke_sign_off, newest, user=self.people["gus"], reason="An error.")

    # --- What a reader meets ---

    def live(self, thing: str, language: str) -> Edition | None:
        found = Release.objects.live(timezone.now()).filter(document=self.documents[thing], language=language)
        return found.first() and found.get().edition

    @invariant()
    def every_word_on_the_page_was_signed_in_its_language_by_somebody_else(self):
        if not hasattr(self, "documents"):
            return
        self.steps += 1
        signed: dict = {}  # each edition's words are asked for once in a step, not for each word of a page
        for language in {LANGUAGES[self.steps % 3], "en"}:
            answer = self.client.get(f"/{language}/articles/shelf/")
            own = self.live("article", language) or self.live("article", "en")
            if answer.status_code != 200:
                assert not tokens(answer.content.decode())
                continue
            for text in rendered.texts(answer):
                for token in tokens(text.words):
                    self.check_token(token, text, own.language, language, signed)
            self.check_pieces(answer, own.language)

    def signed_tokens(self, thing: str, language: str) -> tuple[set[str], list[tuple[int, set[str]]]]:
        """Tokens of the live edition; [(signer, tokens)] of all that stands signed in the language."""
        edition = self.live(thing, language)
        assert edition is not None
        vouchers = SignOff.objects.filter(document=edition.document_id, language=language, revocation__isnull=True)
        return set(tokens(bytes(edition.content).decode())), [
            (voucher.recorded_by_id, set(tokens(bytes(voucher.edition.content).decode())))
            for voucher in vouchers.select_related("edition")
        ]

    def check_token(self, token: str, text, words_in: str, asked: str, signed: dict) -> None:
        who, language, thing = self.typed[token]
        assert text.lang in ("", language)
        if thing in ITEMS and ITEMS[thing].is_site_words:
            assert language in (asked, "en")
        else:
            assert language == words_in
        if (thing, language) not in signed:
            signed[thing, language] = self.signed_tokens(thing, language)
        live, vouched = signed[thing, language]
        assert token in live
        assert any(token in words for signer_id, words in vouched if signer_id != self.people[who].pk)

    def check_pieces(self, answer, words_in: str) -> None:
        """A piece is shown just when its document is live in the language of the page."""
        shown = {thing for token in tokens(answer.content.decode()) for thing in [self.typed[token][2]]}
        root = self.live("article", words_in).tree.root
        embedded = {node.attrs["document"] for node in root.walk() if node.type == "piece"}
        for thing, item in ITEMS.items():
            if item.is_piece and self.documents[thing].pk in embedded:
                assert (thing in shown) is (self.live(thing, words_in) is not None)

    @invariant()
    def no_edition_tells_of_an_event_that_nobody_verified(self):
        if self.unverified:
            for edition in Edition.objects.filter(document=self.documents["drug"]):
                ids = {node.id for node in edition.tree.walk() if node.type == "event"}
                assert not ids & {f"event-{pk}" for pk in self.unverified}

    @invariant()
    def the_records_verify(self):
        for thing, document in getattr(self, "documents", {}).items():
            head = ChainHead.objects.get(document=document)
            if self.verified.get(thing) != head.count:
                assert list(verifying.find_problems(document)) == []
                self.verified[thing] = head.count


@pytest.mark.long
@pytest.mark.django_db
def test_every_word_that_stands_on_a_page_was_signed_by_somebody_else():
    if PROVING:
        budget = settings(max_examples=settings().max_examples // 3)
    elif on_postgres():
        budget = settings(max_examples=2, stateful_step_count=8)  # SQL differs there, and not what pages show
    else:
        budget = settings(max_examples=3)
    run_state_machine_as_test(Shelf, settings=budget)
