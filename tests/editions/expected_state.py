"""What the state machine knows by itself: who is who, who typed which word, what may be read when.

Nothing here asks the engine for its rules. Words are unique tokens, so each word on a page leads to who typed it.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

TOKEN = re.compile(r"tok\d+x")


def tokens(text: str) -> list[str]:
    return TOKEN.findall(text)


def skeleton(node: dict) -> list:
    """A stored tree without its words: all that a translation shares with its source."""
    cited = [
        sorted(run["cite"] for run in words if "cite" in run) if isinstance(words, list) else []
        for _name, words in sorted(node.get("words", {}).items())
    ]
    own = [node["type"], node["id"], node.get("attrs", {}), sorted(node.get("words", {})), cited]
    return [own, [skeleton(child) for child in node.get("children", [])]]


@dataclass
class Somebody:
    """A person as they are now: roles, and the credentials that they sign with."""

    user: object
    writes: bool = False
    reviews: bool = False
    translates: set[str] = field(default_factory=set)
    signs_in: set[str] = field(default_factory=set)
    hides: bool = False
    revokes: bool = False
    valid_until: date = date(2090, 1, 1)
    active: bool = True

    def may_write(self, language: str) -> bool:
        return self.active and (self.writes if language == "en" else language in self.translates)

    def may_sign(self, language: str, today: date) -> bool:
        return self.active and self.reviews and language in self.signs_in and today <= self.valid_until

    def may_withdraw(self, today: date) -> bool:
        return self.active and (self.hides or (self.reviews and bool(self.signs_in) and today <= self.valid_until))


@dataclass
class Frozen:
    """One edition as it was submitted, and all that happened to it."""

    pk: int
    language: str
    number: int
    words: frozenset[str]
    frozen_at: datetime
    required: int
    source: int | None
    base: int | None  # the edition that it builds on, and who wrote what is new since then, as both were frozen
    writers: frozenset[str]
    signers: dict[int, tuple[str, datetime | None]] = field(default_factory=dict)  # sign-off: (who, not before)
    revoked: set[int] = field(default_factory=set)
    sent_back: bool = False
    met: bool = False

    @property
    def standing(self) -> set[str]:
        return {who for sign_off, (who, _at) in self.signers.items() if sign_off not in self.revoked}


@dataclass
class Interval:
    """When an edition may be read: start <= t < end."""

    edition: Frozen
    start: datetime
    end: datetime | None = None
    cut_by: "Interval | None" = None

    def covers(self, at: datetime) -> bool:
        return self.start <= at and (self.end is None or at < self.end)

    def is_open(self, at: datetime) -> bool:
        return self.end is None or (self.end > at and self.end > self.start)


class Public:
    """What readers may read, language by language, as the promise has it."""

    def __init__(self):
        self.editions: dict[int, Frozen] = {}
        self.intervals: list[Interval] = []
        self.withdrawals: list[tuple[str, datetime]] = []  # ("" for all languages, when)
        self.brought_back: dict[int, datetime] = {}  # edition: when last

    def of(self, language: str) -> list[Frozen]:
        return [item for item in self.editions.values() if item.language == language]

    def newest(self, language: str) -> Frozen | None:
        return max(self.of(language), key=lambda edition: edition.number, default=None)

    def barred(self, edition: Frozen) -> set[str]:
        """Who wrote something that only their own signature would cover."""
        barred, base = set(edition.writers), self.editions.get(edition.base)
        while base and not self.stands(base):
            barred |= base.writers
            base = self.editions.get(base.base)
        return barred

    def stands(self, edition: Frozen) -> bool:
        """Whether enough people signed it who wrote nothing that only their own signature would cover."""
        barred = self.barred(edition)
        source = self.editions.get(edition.source)
        return len(edition.standing - barred) >= edition.required and (source is None or self.stands(source))

    def served(self, language: str, at: datetime) -> Frozen | None:
        found = [
            interval.edition
            for interval in self.intervals
            if interval.edition.language == language and interval.covers(at)
        ]
        assert len(found) < 2
        return found[0] if found else None

    def withdrawn(self, language: str, at: datetime) -> bool:
        """Whether the page was taken down in just this language, and not read there since; "" is the whole document."""
        read = [
            item.start
            for item in self.intervals
            if item.edition.language == language and item.start <= at and (item.end is None or item.end > item.start)
        ]
        return any(scope == language and max([when, *read]) == when <= at for scope, when in self.withdrawals)

    def withdrawn_since(self, edition: Frozen) -> bool:
        since = self.brought_back.get(edition.pk, edition.frozen_at)
        return any(scope in ("", edition.language) and when > since for scope, when in self.withdrawals)

    def served_last(self, language: str, at: datetime) -> Frozen | None:
        """What was read last in a language, whether or not it is now."""
        read = [
            interval for interval in self.intervals if interval.edition.language == language and interval.start <= at
        ]
        read = [item for item in read if item.end is None or item.end > item.start]
        return max(read, key=lambda interval: interval.start).edition if read else None

    def is_open(self, language: str, at: datetime) -> bool:
        """Whether something is read in a language, or will be."""
        return bool(self._open(language, at))

    def bring_back(self, edition: Frozen, sign_off: int, who: str, now: datetime) -> None:
        edition.signers[sign_off] = (who, None)
        if self.stands(edition):
            self.brought_back[edition.pk] = now
            self.intervals.append(Interval(edition, now))

    def sign(self, edition: Frozen, sign_off: int, who: str, not_before: datetime | None, now: datetime) -> None:
        edition.signers[sign_off] = (who, not_before)
        if edition.met or not self.stands(edition):
            return
        edition.met = True
        waits = [at for key, (_who, at) in edition.signers.items() if at and key not in edition.revoked]
        new = Interval(edition, max([now, *waits]))
        for other in self._open(edition.language, now):
            end = max(new.start, other.start)
            if other.end is None or end <= other.end:
                other.end, other.cut_by = end, new
        self.intervals.append(new)

    def _open(self, language: str, now: datetime) -> list[Interval]:
        return [
            interval
            for interval in self.intervals
            if interval.edition.language in (language or interval.edition.language,) and interval.is_open(now)
        ]

    def withdraw(self, scope: str, now: datetime) -> None:
        self.withdrawals.append((scope, now))
        for item in self._open(scope, now):
            item.end, item.cut_by = max(now, item.start), None

    def revoke(self, edition: Frozen, sign_off: int, now: datetime) -> None:
        """Whatever no longer stands leaves the page, in every language: live pages as by a withdrawal."""
        edition.revoked.add(sign_off)
        fallen = [item for item in self._open("", now) if not self.stands(item.edition)]
        live = {item.edition.language for item in fallen if item.start <= now}
        for item in sorted(fallen, key=lambda interval: interval.start, reverse=True):
            if item.start > now and not live & {"en", item.edition.language}:
                self._cancel(item, now)
        for language in ["en"] if "en" in live else sorted(live):
            self.withdraw("" if language == "en" else language, now)

    def _cancel(self, scheduled: Interval, now: datetime) -> None:
        """It never comes: what would have ended for it goes on, until the next that is to come."""
        scheduled.end, scheduled.cut_by = scheduled.start, None
        for interval in self.intervals:
            if interval.cut_by is scheduled and interval.start < scheduled.start and self.stands(interval.edition):
                later = [i for i in self._open(interval.edition.language, now) if i.start >= scheduled.start]
                following = min(later, key=lambda i: i.start, default=None)
                interval.end, interval.cut_by = (following.start, following) if following else (None, None)

    def vouched(self, token: str, writer: str, *, before: Frozen | None = None) -> bool:
        """Whether somebody else signed this word, in an edition whose sign-offs stand."""
        return any(
            token in item.words and item.met and self.stands(item) and item.standing - {writer}
            for item in self.editions.values()
            if before is None or item.language != before.language or item.number < before.number
        )
