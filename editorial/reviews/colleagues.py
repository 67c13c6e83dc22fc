"""Colleagues whom somebody can ask about a page, by their user names."""

import re

from django.db.models import Q, QuerySet

from editorial.accounts.models import User
from editorial.accounts.roles import Permission, roles_granting
from editorial.editions.models import Edition

# A name ends before Chinese, which has no spaces; "[@key]" cites a reference.
_MENTION = re.compile(r"(?<![\w@.\[])@([\w.+@-]*\w)")
_HAN = re.compile(r"[㐀-鿿豈-﫿]")


def find_colleagues(edition: Edition, user) -> list[User]:
    """Who wrote this edition, and reviewers, without `user`, by name; `wrote` tells them apart. Two queries."""
    wrote = {person["id"] for person in edition.contributors} | {edition.recorded_by_id}
    reviews = Q(roles__role__in=roles_granting(Permission.REVIEW))
    found = _active().filter(Q(pk__in=wrote) | reviews).exclude(pk=user.pk).select_related("reviewer").distinct()
    people = [each for each in found if each.may(Permission.READ_DESK)]
    for each in people:
        each.wrote = each.pk in wrote
    return sorted(people, key=lambda each: each.name.casefold())


def mentioned_users(text: str) -> list[User]:
    """Colleagues on the desk whom a text asks by their user name, as in "@ana.ruiz"."""
    return list({user.pk: user for user in _asked(text).values() if user}.values())


def unknown_names(text: str) -> list[str]:
    """Names that a text asks and nobody on the desk has."""
    return [name for name, user in _asked(text).items() if user is None]


def _asked(text: str) -> dict[str, User | None]:
    """{name as it was typed: who it is}."""
    names = dict.fromkeys(_MENTION.findall(text))
    if not names:
        return {}
    people = {each.username.casefold(): each for each in _active() if each.may(Permission.READ_DESK)}
    return {name: _person(name.casefold(), people) for name in names}


def _person(name: str, people: dict[str, User]) -> User | None:
    if name in people:
        return people[name]
    followed = [each for each in people if name.startswith(each) and _HAN.match(name, len(each))]
    return people[max(followed, key=len)] if followed else None


def _active() -> QuerySet[User]:
    return User.objects.filter(is_active=True).order_by("pk").prefetch_related("roles")
