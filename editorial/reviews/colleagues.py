"""Colleagues whom a remark can mention, by their usernames."""

import re
from dataclasses import dataclass

from django.db.models import Case, Q, QuerySet, When

from editorial.accounts.models import Reviewer, User
from editorial.accounts.roles import Permission, roles_granting
from editorial.editions.models import Edition

# A name ends before Chinese, which has no spaces; "[@key]" cites a reference.
_MENTION = re.compile(r"(?<![\w@.\[])@([\w.+@-]*\w)")
_HAN = re.compile(r"[㐀-鿿豈-﫿]")

BY_NAME = ("first_name", "last_name", "pk")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody whom a remark can mention."""

    user: User
    is_author: bool  # whether they wrote or submitted the edition

    @property
    def reviewer(self) -> Reviewer | None:
        """Their credentials, if they have any."""
        return getattr(self.user, "reviewer", None)


def colleagues_on(edition: Edition, user: User) -> QuerySet[User]:
    """Everybody on the desk but `user` who wrote this edition or reviews."""
    on_desk = Q(roles__role__in=roles_granting(Permission.READ_DESK))
    wrote_or_reviews = Q(pk__in=_author_ids(edition)) | Q(roles__role__in=roles_granting(Permission.REVIEW))
    people = User.objects.filter(on_desk, is_active=True).values("pk")
    return User.objects.filter(wrote_or_reviews, pk__in=people).exclude(pk=user.pk).distinct()


def find_colleagues(edition: Edition, user: User, most: int) -> list[Colleague]:
    """At most so many of `colleagues_on`, those first who wrote the edition; listed by name. One query."""
    authors = _author_ids(edition)
    is_author = Case(When(pk__in=authors, then=0), default=1)
    users = User.objects.filter(pk__in=colleagues_on(edition, user).values("pk")).select_related("reviewer")
    people = [Colleague(person, person.pk in authors) for person in users.order_by(is_author, *BY_NAME)[:most]]
    return sorted(people, key=lambda colleague: colleague.user.name.casefold())


def _author_ids(edition: Edition) -> set[int]:
    return {person["id"] for person in edition.contributors} | {edition.recorded_by_id}


def mentioned_users(text: str) -> list[User]:
    """Colleagues on the desk whom a text mentions by username, as in "@ana.ruiz"."""
    return list({user.pk: user for user in _users_by_mention(text).values() if user}.values())


def unknown_names(text: str) -> list[str]:
    """Names that a text mentions and nobody on the desk has."""
    return [name for name, user in _users_by_mention(text).items() if user is None]


def _users_by_mention(text: str) -> dict[str, User | None]:
    """{name as it was typed: its user}."""
    names = dict.fromkeys(_MENTION.findall(text))
    if not names:
        return {}
    people = {user.username.casefold(): user for user in _active() if user.can(Permission.READ_DESK)}
    return {name: _find_user(name.casefold(), people) for name in names}


def _find_user(name: str, people: dict[str, User]) -> User | None:
    if name in people:
        return people[name]
    prefixes = [username for username in people if name.startswith(username) and _HAN.match(name, len(username))]
    return people[max(prefixes, key=len)] if prefixes else None


def _active() -> QuerySet[User]:
    return User.objects.filter(is_active=True).order_by("pk").prefetch_related("roles")
