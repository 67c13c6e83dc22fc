"""Colleagues whom a remark can mention, by their usernames."""

import re
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from editorial.accounts.models import Reviewer, User
from editorial.accounts.roles import Permission, roles_granting
from editorial.editions.models import Edition

# A name ends before Chinese, which has no spaces; "[@key]" cites a reference.
_MENTION = re.compile(r"(?<![\w@.\[])@([\w.+@-]*\w)")
_HAN = re.compile(r"[㐀-鿿豈-﫿]")


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody whom a remark can mention."""

    user: User
    is_author: bool  # whether they wrote or submitted the edition

    @property
    def reviewer(self) -> Reviewer | None:
        """Their credentials, if they have any."""
        return getattr(self.user, "reviewer", None)


def find_colleagues(edition: Edition, user: User) -> list[Colleague]:
    """Everybody but `user` who wrote this edition or reviews, by name. Two queries."""
    authors = {person["id"] for person in edition.contributors} | {edition.recorded_by_id}
    is_reviewer = Q(roles__role__in=roles_granting(Permission.REVIEW))
    users = _active().filter(Q(pk__in=authors) | is_reviewer).exclude(pk=user.pk).select_related("reviewer").distinct()
    people = [Colleague(person, person.pk in authors) for person in users if person.can(Permission.READ_DESK)]
    return sorted(people, key=lambda colleague: colleague.user.name.casefold())


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
