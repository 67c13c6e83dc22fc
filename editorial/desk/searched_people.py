"""Boxes for a colleague: by the user name, which people type or choose from what the server finds."""

from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from editorial.accounts.models import User
from editorial.editions.models import SignOff
from editorial.editions.search_words import fold

from .writing.key_field import KeyField, NamedKeyInput

MOST = 8  # people: who sees none of theirs types another letter
MOST_WORDS = 5


def signers() -> "QuerySet[User]":
    """Everybody who ever signed."""
    return User.objects.filter(Exists(SignOff.objects.filter(recorded_by=OuterRef("pk"))))


def active_reviewers() -> "QuerySet[User]":
    """Those who may be away, and stand in for each other."""
    return User.objects.filter(is_active=True, reviewer__isnull=False)


def find_people(people: "QuerySet[User]", typed: str) -> "list[User]":
    """A few of them with all that was typed in their names, whatever the marks and capitals; the first without a word.

    By name. The names of all are read for it: there are as many people as work here, and no more.
    """
    people = people.order_by("last_name", "first_name", "pk")
    parts = [fold(word.removeprefix("@")) for word in typed.replace("\0", "").split()[:MOST_WORDS]]
    if not any(parts):
        return list(people[:MOST])
    named = people.values_list("pk", "first_name", "last_name", "username")
    matching = (key for key, *names in named if all(any(part in fold(name) for name in names) for part in parts))
    keys = list(islice(matching, MOST))
    found = User.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]


class PersonField(KeyField):
    """Reads a user name, with or without an @, and gives the user."""

    widget = NamedKeyInput
    has_capitals = True

    def __init__(self, people: "QuerySet[User]", **options: Any) -> None:
        super().__init__(people, column="username", suggest=lambda typed: find_people(people, typed), **options)

    def as_key(self, value: Any) -> str:
        return super().as_key(value).removeprefix("@")
