"""Contributors are exact: whoever changed what nobody has signed yet, and nobody else, whatever people save."""

from collections import defaultdict

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from editorial.accounts.roles import Role
from editorial.editions.blockers import Blocked
from editorial.editions.freezing import build_candidate, find_signed_source
from editorial.editions.validity import find_base
from editorial.editions.working.contributors import find_contributors
from editorial.library.services.topics import save_topic
from tests import PROVING
from tests.factories import pages, people
from tests.factories.pages import submit

pytestmark = pytest.mark.django_db

ACTS = [
    "title", "lead", "old lead", "body", "heading", "add", "retire", "group", "nothing", "topic", "topic in Spanish",
    "translate", "publish",
]  # fmt: skip
steps = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(ACTS), st.integers(0, 3)), max_size=14)


class Ledger:
    """What the page says in English, place by place, and who set each place to what. It knows no row and no history."""

    def __init__(self):
        self.now: dict[tuple, str] = {}
        self.log: dict[tuple, list[str]] = defaultdict(list)  # place: who changed it, one after the other
        self.signed: dict[tuple, str] = {}
        self.since: set[str] = set()  # those who saved a change since

    def put(self, who: str, values: dict[tuple, str], *, is_save: bool = True) -> None:
        changed = [place for place, value in values.items() if self.now.get(place) != value]
        for place in changed:
            self.now[place] = values[place]
            self.log[place].append(who)
        if changed and is_save:
            self.since.add(who)

    def shown(self) -> dict[tuple, str]:
        retired = {place[0] for place, value in self.now.items() if place[1] == "retired" and value == "yes"}
        return {place: value for place, value in self.now.items() if place[0] not in retired and place[1] != "retired"}

    def sign(self) -> None:
        self.signed, self.since = self.shown(), set()

    def bounds(self) -> tuple[set[str], set[str]]:
        """(those who must be among the contributors, those who may)."""
        least, most = set(self.since), set(self.since)
        known = {place[0] for place in self.signed}
        for place, value in self.shown().items():
            part, what = place
            if self.signed.get(place) == value:
                continue
            least.add(self.log[place][-1])
            most |= set(self.log[place])
            if what == "group":  # of a part: what is no word in it goes together
                most |= set(self.log[part, "retired"])
            if part not in known:  # nobody signed any of it
                most |= {who for other in self.now if other[0] == part for who in self.log[other]}
        return least, most


class Desk:
    def __init__(self):
        self.ledger, self.count = Ledger(), 0
        self.reviewer = people.reviewer()
        self.people = {name: people.person(Role.AUTHOR, translates=["es"]) for name in "abc"}
        self.fields = {"title": self.word(), "lead": self.word()}
        self.leads, self.sections = [self.fields["lead"]], [self.section(), self.section()]
        self.topic = save_topic("a-topic", self.word(), user=self.people["a"])
        self.ledger.put("a", {("topic", "name"): self.topic.name_en}, is_save=False)
        self.document = pages.article(self.people["a"], topics=[self.topic], **self.fields, sections=self.sections)
        self.note("a")

    def word(self) -> str:
        self.count += 1
        return f"word{self.count}"

    def section(self) -> dict:
        return {"heading": self.word(), "body": f"<p>{self.word()}</p>", "group": "", "retired": False}

    def note(self, who: str) -> None:
        rows = pages.working(self.document).sections.order_by("order")
        for section, row in zip(self.sections, rows, strict=True):
            section["id"] = row.pk
        values = {("page", name): value for name, value in self.fields.items()}
        for section in self.sections:
            for name in ("heading", "body", "group"):
                values[section["id"], name] = section[name]
            values[section["id"], "retired"] = "yes" if section["retired"] else "no"
        self.ledger.put(who, values)

    def act(self, who: str, act: str, which: int) -> None:
        user, section = self.people[who], self.sections[which % len(self.sections)]
        match act:
            case "title":
                self.fields["title"] = self.word()
            case "lead":
                self.fields["lead"] = self.word()
                self.leads.append(self.fields["lead"])
            case "old lead":
                self.fields["lead"] = self.leads[which % len(self.leads)]
            case "body":
                section["body"] = f"<p>{self.word()}</p>"
            case "heading":
                section["heading"] = self.word()
            case "add":
                self.sections.append(self.section())
            case "retire":
                section["retired"] = not section["retired"]
            case "group":
                section["group"] = "" if section["group"] else "when-to-call"
            case "topic":
                self.topic = save_topic("a-topic", self.word(), user=user)
                self.ledger.put(who, {("topic", "name"): self.topic.name_en}, is_save=False)
                return
            case "topic in Spanish":
                save_topic("a-topic", self.word(), language="es", user=user)
                return
            case "translate":
                if find_signed_source(self.document):
                    pages.translate(self.document, "es", user)
                return
            case "publish":
                self.publish(user)
                return
        pages.edit(self.document, user, **self.fields, sections=self.sections)
        self.note(who)

    def publish(self, user) -> None:
        try:
            edition = submit(self.document, "en", user=user)
        except Blocked:  # nothing is new, or no section is left
            return
        self.check(edition.contributors)
        pages.sign(edition, self.reviewer)
        self.ledger.sign()

    def check(self, contributors: list[dict]) -> None:
        names = {user.pk: name for name, user in self.people.items()}
        found = {names[person["id"]] for person in contributors}
        least, most = self.ledger.bounds()
        assert least <= found <= most


@settings(max_examples=200 if PROVING else 12)
@given(steps)
def test_contributors_are_those_whose_save_changed_what_is_not_signed_and_no_others(taken):
    with transaction.atomic():
        desk = Desk()
        for who, act, which in taken:
            desk.act(who, act, which)
        tree = build_candidate(desk.document, "en").tree
        desk.check(find_contributors(desk.document, tree, find_base(desk.document, "en")))
        transaction.set_rollback(True)
