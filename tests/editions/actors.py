"""Everybody at work on one document: each act goes through the services and is checked against the ledger."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone

from articles.models import Article, Section
from editorial.accounts.models import ReviewerLanguage, RoleGrant, User
from editorial.accounts.roles import Role
from editorial.editions import freezing, verifying
from editorial.editions.blockers import Blocked
from editorial.editions.models import ChainHead, Contribution, Edition, Release, SignOff, WorkingVersion
from editorial.editions.tree.units import find_units
from editorial.editions.working.copies import version_token
from editorial.editions.working.translated_words import write_translation
from editorial.library.services.topics import save_topic
from editorial.reviews.models import SignOffPolicy
from editorial.reviews.services import revoke_sign_off, withdraw
from tests.editions.expected_state import Frozen, Public, Somebody, skeleton, tokens
from tests.editions.reinstatements import Reinstatements
from tests.editions.remarks import Remarks
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.parsing import without_language

LANGUAGES = ["en", "es", "ar"]
START = datetime(2026, 1, 5, 17, tzinfo=UTC)
NAMES = ["ana", "bo", "cy", "di", "eva", "fei", "gus", "hal", "ida"]


def somebody(*roles: Role, translates=(), signs_in=()) -> Somebody:
    return Somebody(
        people.person(*roles, translates=translates, signs_in=signs_in),
        writes=Role.AUTHOR in roles or Role.HEAD in roles,
        reviews=Role.REVIEWER in roles,
        translates=set(translates),
        signs_in=set(signs_in),
        hides=Role.OPERATOR in roles,
        revokes=Role.HEAD in roles or Role.SITE_ADMIN in roles,
    )


class Everybody(Remarks, Reinstatements):
    """People, the document that they work on, what the ledger knows of both, and readers."""

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.clock = time_machine.travel(START, tick=False)
        self.time = self.clock.start()
        self.client = Client()
        self.count = 0
        self.typed: dict[str, tuple[str, str]] = {}  # token: (who, language)
        self.public = Public()
        self.verified = 0  # records
        self.remarks: dict[int, list] = {}  # key of what began a thread: [language, who opened it, is it open]
        self.observed: list[tuple[datetime, dict[str, int | None]]] = []

    def teardown(self):
        for at, seen in self.observed:
            assert self.live_at(at) == seen
        self.clock.stop()
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    # --- Words and people ---

    def begin(self, ready: int) -> None:
        every = set(LANGUAGES)
        self.people = {
            "ana": somebody(Role.AUTHOR),
            "bo": somebody(Role.AUTHOR, Role.REVIEWER, signs_in=every),
            "cy": somebody(Role.REVIEWER, signs_in=every),
            "di": somebody(Role.REVIEWER, signs_in={"en", "es"}),
            "eva": somebody(translates={"es", "ar"}),
            "fei": somebody(Role.REVIEWER, translates={"es", "ar"}, signs_in=every),
            "gus": somebody(Role.HEAD),
            "hal": somebody(Role.OPERATOR),
            "ida": somebody(Role.AUTHOR, Role.REVIEWER, Role.HEAD, Role.OPERATOR, translates={"es"}, signs_in=every),
        }
        self.topic = save_topic("a-topic", self.word("ana", "en"), user=self.user("ana"))
        self.title, self.lead = self.word("ana", "en"), self.word("ana", "en")
        self.sections: list[dict] = []
        self.points: list[dict] = []
        words = {"title": self.title, "lead": self.lead}
        self.document = pages.article(self.user("ana"), slug="a-page", topics=[self.topic], sections=[], **words)
        self.topic_words = {"en": self.topic.name_en}
        for who in ("ana", "bo"):
            self.add_section(who)
        if ready:
            self.publish("en", 0, 1, None)
        if ready > 2:
            self.publish("es", ready, ready, None)

    def word(self, who: str, language: str) -> str:
        """Something that nobody typed before."""
        self.count += 1
        self.typed[f"tok{self.count}x"] = (who, language)
        return f"tok{self.count}x"

    def user(self, who: str) -> User:
        """As a new request knows them."""
        return people.again(self.people[who].user)

    def named(self, key: int) -> str:
        return next(name for name, person in self.people.items() if person.user.pk == key)

    def tick(self, milliseconds: int = 1) -> None:
        self.time.shift(timedelta(milliseconds=milliseconds))

    today = property(lambda self: timezone.localdate())

    def attempt(self, act, /, *arguments, **keywords):
        """What the service returned, or None when it refused; a refusal changes nothing."""
        self.tick()
        before = self.state()
        try:
            return act(*arguments, **keywords)
        except Blocked as blocked:
            assert blocked.blockers
            assert self.state() == before
            return None

    def state(self) -> list:
        return [
            list(ChainHead.objects.values_list("document", "count", "digest")),
            list(WorkingVersion.objects.order_by("pk").values_list("pk", "token")),
            Contribution.objects.count(),
            *(model.history.count() for model in (Article, Section)),
        ]

    # --- Writing ---

    def new_section(self, who: str) -> dict:
        heading, body = self.word(who, "en"), [f"{self.word(who, 'en')} {self.word(who, 'en')} {self.word(who, 'en')}"]
        return {"id": None, "heading": heading, "body": body, "retired": False}

    def edit(self, who: str, **changed) -> bool:
        """Save the whole form with these parts changed, and the ledger's copy of it if that was let in."""
        form = {"title": self.title, "sections": self.sections, "points": self.points} | changed
        saved = self.attempt(
            pages.edit,
            self.document,
            self.user(who),
            title=form["title"],
            lead=self.lead,
            sections=[
                {**section, "body": "".join(f"<p>{text}</p>" for text in section["body"])}
                for section in form["sections"]
            ],
            key_points=form["points"],
        )
        assert (saved is not None) is self.people[who].may_write("en")
        if saved is None:
            return False
        self.title = form["title"]
        for name, rows in (("sections", saved.sections), ("points", saved.key_points)):
            setattr(self, name, [{**mine, "id": row.pk} for mine, row in zip(form[name], rows.all(), strict=True)])
        return True

    def retitle(self, who: str) -> None:
        self.edit(who, title=self.word(who, "en"))

    def add_section(self, who: str) -> None:
        self.edit(who, sections=[*self.sections, self.new_section(who)])

    def add_point(self, who: str) -> None:
        self.edit(who, points=[*self.points, {"id": None, "text": self.word(who, "en"), "retired": False}])

    def edit_body(self, who: str, which: int, how: str) -> None:
        index = which % len(self.sections)
        section = self.sections[index]
        body = list(section["body"])
        match how:
            case "append":
                body[0] += f" {self.word(who, 'en')}"
            case "rewrite":
                body[-1] = self.word(who, "en")
            case "add":
                body.insert(0, f"{self.word(who, 'en')} {self.word(who, 'en')}")
            case "drop":
                body = body[:-1] or body
        self.edit(who, sections=[*self.sections[:index], {**section, "body": body}, *self.sections[index + 1 :]])

    def retire_or_bring_back(self, who: str, which: int, *, points: bool) -> None:
        name = "points" if points and self.points else "sections"
        rows = [dict(row) for row in getattr(self, name)]
        rows[which % len(rows)]["retired"] ^= True
        self.edit(who, **{name: rows})

    def reorder(self, who: str, which: int) -> None:
        cut = which % len(self.sections)
        self.edit(who, sections=[*self.sections[cut:], *self.sections[:cut]])

    def name_topic(self, who: str, language: str) -> None:
        word = self.word(who, language)
        if self.attempt(save_topic, "a-topic", word, language=language, user=self.user(who)):
            assert self.people[who].may_write(language)
            self.topic_words[language] = word

    def translate(self, who: str, language: str, share: int, *, stale: bool) -> None:
        """Type all the words or some; `stale`: only of units that changed since. The rest may count as checked."""
        source = freezing.find_signed_source(self.document)
        if source is None:
            return
        found = freezing.find_unchecked_units(self.document, language, source) if stale else find_units(source.tree)
        words = {unit.place: self.word(who, language) for number, unit in enumerate(found) if share > 1 or number % 2}
        checked = frozenset(unit.place for unit in find_units(source.tree)) if share == 4 else frozenset()
        self.attempt(
            write_translation, self.document, language, words, source=source, user=self.user(who),
            token=version_token(self.document, language), checked=checked,
        )  # fmt: skip

    # --- Reviewing ---

    def submit(self, who: str, language: str) -> None:
        edition = self.attempt(submit, self.document, language, user=self.user(who))
        if edition is None:
            return
        assert self.people[who].may_write(language)
        newest = self.public.newest(language)
        frozen = Frozen(
            edition.pk, language, edition.number, frozenset(tokens(bytes(edition.content).decode())), timezone.now(),
            self.policy(language), edition.source_edition_id, edition.base_edition_id,
            frozenset(self.named(person["id"]) for person in edition.contributors),
        )  # fmt: skip
        assert frozen.number == (newest.number + 1 if newest else 1)
        assert edition.required_sign_offs == frozen.required
        if language == "en":
            self.check_source(edition, frozen)
        else:
            self.check_translation(edition, frozen)
        self.public.editions[edition.pk] = frozen

    def policy(self, language: str) -> int:
        rows = {(row.kind, row.language): row.sign_offs for row in SignOffPolicy.objects.all()}
        reach = [("article", language), ("article", ""), ("", language), ("", "")]
        return next((rows[item] for item in reach if item in rows), 1)

    def check_source(self, edition: Edition, frozen: Frozen) -> None:
        shown = [section for section in self.sections if not section["retired"]]
        points = [point["text"] for point in self.points if not point["retired"]]
        typed = [self.title, self.lead, self.topic_words["en"], *points]
        typed += [text for section in shown for text in (section["heading"], *section["body"])]
        assert frozen.words == set(tokens(" ".join(typed)))
        root = json.loads(bytes(edition.content))["root"]
        headings = [child["words"]["heading"] for child in root["children"] if child["type"] == "section"]
        assert headings == [section["heading"] for section in shown]

    def check_translation(self, edition: Edition, frozen: Frozen) -> None:
        source = Edition.objects.get(pk=edition.source_edition_id)
        mine, theirs = (json.loads(bytes(item.content))["root"] for item in (edition, source))
        assert skeleton(mine) == skeleton(theirs)
        assert frozen.source == self.public.served("en", timezone.now()).pk
        assert all(self.typed[token][1] == edition.language for token in frozen.words)

    def sign(self, who: str, language: str, *, password: str = people.PASSWORD, wait: timedelta | None = None) -> None:
        frozen = self.public.newest(language)
        if frozen is None:
            return
        self.tick()
        at = timezone.now() + wait + timedelta(milliseconds=1) if wait else None
        edition = Edition.objects.get(pk=frozen.pk)
        signed = self.attempt(pages.sign, edition, self.user(who), password=password, publish_at=at)
        if signed is None:
            return
        assert password == people.PASSWORD
        assert self.people[who].may_sign(language, self.today)
        assert not frozen.sent_back and not frozen.met and not frozen.revoked and who not in frozen.standing
        assert not self.public.withdrawn_since(frozen)
        assert self.open_remarks(language) == []
        assert frozen.source is None or self.public.stands(self.public.editions[frozen.source])
        own = {token for token in frozen.words if self.typed[token][0] == who}
        assert {token for token in own if not self.public.vouched(token, who, before=frozen)} == set()
        self.public.sign(frozen, signed.pk, who, at, timezone.now())

    def publish(self, language: str, writer: int, signer: int, wait: timedelta | None) -> None:
        """What usually happens: somebody who may, submits; somebody who may, signs."""
        writers = [name for name in NAMES if self.people[name].may_write(language)]
        signers = [name for name in NAMES if self.people[name].may_sign(language, self.today)]
        if not writers or not signers:
            return
        self.settle_all(language, signers[signer % len(signers)])
        if language != "en":
            self.translate(writers[writer % len(writers)], language, 2, stale=True)
        self.submit(writers[writer % len(writers)], language)
        for step in range(2):
            self.sign(signers[(signer + step) % len(signers)], language, wait=wait)

    def reaffirm(self, who: str, language: str) -> None:
        live = self.public.served(language, timezone.now())
        if live is None:
            return
        edition = Edition.objects.get(pk=live.pk)
        record = self.attempt(pages.confirm, edition, self.user(who))
        self.tick()
        if record:
            assert self.open_remarks(language) == []
            assert self.people[who].may_sign(language, self.today)
            live.signers[record.pk] = (who, None)

    def withdraw(self, who: str, language: str) -> None:
        if self.attempt(withdraw, self.document, language, user=self.user(who), reason="An error."):
            assert self.people[who].may_withdraw(self.today)
            self.public.withdraw("" if language == "en" else language, timezone.now())

    def revoke(self, who: str, which: int) -> None:
        signed = sorted((key, item.pk) for item in self.public.editions.values() for key in item.signers)
        key, pk = signed[-1 - which % len(signed)]
        self.revoke_sign_off(who, self.public.editions[pk], key)

    def revoke_sign_off(self, who: str, frozen: Frozen, key: int) -> None:
        if self.attempt(revoke_sign_off, SignOff.objects.get(pk=key), user=self.user(who), reason="An error."):
            assert self.people[who].revokes or frozen.signers[key][0] == who
            assert key not in frozen.revoked
            self.public.revoke(frozen, key, timezone.now())

    # --- People, policy, time ---

    def set_policy(self, kind: str, language: str, needed: int) -> None:
        self.tick()
        SignOffPolicy.objects.update_or_create(kind=kind, language=language, defaults={"sign_offs": needed})

    def change_person(self, who: str, what: str) -> None:
        person, user = self.people[who], self.user(who)
        reviewer = getattr(user, "reviewer", None)
        if what in ("leave", "return"):
            person.active = user.is_active = what == "return"
            user.save()
        if reviewer and what in ("lapse", "return"):
            person.valid_until = reviewer.valid_until = self.today + timedelta(days=-1 if what == "lapse" else 400)
            reviewer.save()
        elif reviewer and what == "language":
            ReviewerLanguage.objects.filter(reviewer=reviewer, language="ar").delete()
            person.signs_in.discard("ar")
        elif what == "role":
            RoleGrant.objects.filter(user=user, role=Role.AUTHOR).delete()
            person.writes = who in ("gus", "ida")  # heads of content write too

    # --- Readers ---

    def live_at(self, at: datetime) -> dict[str, int | None]:
        live = Release.objects.live(at).filter(document=self.document)
        found = [(release.language, release.edition_id) for release in live]
        assert len(dict(found)) == len(found)
        return dict.fromkeys(LANGUAGES) | dict(found)

    def check_readers(self) -> None:
        now = timezone.now()
        expected = {language: self.public.served(language, now) for language in LANGUAGES}
        seen = self.live_at(now)
        assert seen == {language: edition and edition.pk for language, edition in expected.items()}
        before = self.observed[-1][1] if self.observed else {}
        turn = LANGUAGES[len(self.observed) % 3]  # one page after every step, and each whose edition changed
        for language in LANGUAGES:
            if language == turn or before.get(language) != seen[language]:
                self.check_page(language, expected, now)
        for frozen in filter(None, expected.values()):
            self.check_edition(frozen)
        self.observed.append((now, seen))
        at, then = self.observed[len(self.observed) // 2]
        assert self.live_at(at) == then

    def check_page(self, language: str, expected: dict, now: datetime) -> None:
        answer = self.client.get(f"/{language}/articles/a-page/")
        own, source = expected[language], expected["en"]
        if own is None and (source is None or self.public.withdrawn(language, now)):
            is_gone = self.public.withdrawn(language if source else "", now)
            assert (answer.status_code, set(tokens(answer.content.decode()))) == (410 if is_gone else 404, set())
            return
        # On a translation that is behind, what the source says there now is offered, as in the source's language.
        rest, offered = without_language(answer, "en" if own and source and language != "en" else "none")
        assert set(tokens(offered)) <= (source or own).words
        on_page = set(tokens(rest))
        assert on_page <= (own or source).words
        assert len(on_page) >= len((own or source).words) - 1
        assert (answer.status_code, dict(answer.cookies)) == (200, {})

    def check_edition(self, frozen: Frozen) -> None:
        edition = Edition.objects.get(pk=frozen.pk)
        digest = hashlib.sha256(bytes(edition.content)).hexdigest()
        signed = [off for off in edition.sign_offs.all() if off.pk not in frozen.revoked]
        assert {item.content_digest for item in [edition, *signed]} == {digest}
        assert {item.pk for item in signed} == frozen.signers.keys() - frozen.revoked
        assert len({item.recorded_by_id for item in signed}) >= frozen.required
        assert frozenset(tokens(bytes(edition.content).decode())) == frozen.words
        assert [token for token in frozen.words if not self.public.vouched(token, self.typed[token][0])] == []

    def check_records(self) -> None:
        head = ChainHead.objects.get(document=self.document)
        if head.count != self.verified:
            assert list(verifying.find_problems(self.document)) == []
            self.verified = head.count
