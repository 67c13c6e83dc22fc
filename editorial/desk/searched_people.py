"""Boxes for a colleague: by the user name, which people type or choose from what the server finds."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from editorial.accounts.models import User
from editorial.editions.models import SignOff

from .writing.key_field import KeyField, NamedKeyInput

MOST = 8  # people: who sees none of theirs types another letter
MOST_WORDS = 5


def signers() -> "QuerySet[User]":
    """Everybody who ever signed."""
    return User.objects.filter(Exists(SignOff.objects.filter(recorded_by=OuterRef("pk"))))


def active_reviewers() -> "QuerySet[User]":
    """Those who may be away, and stand in for each other."""
    return User.objects.filter(is_active=True, reviewer__isnull=False)


def find_people(people: "QuerySet[User]", typed: str) -> "QuerySet[User]":
    """A few of them with all that was typed in their names, by name; the first without a word."""
    for word in typed.replace("\0", "").split()[:MOST_WORDS]:
        part = word.removeprefix("@")
        people = people.filter(
            Q(first_name__icontains=part) | Q(last_name__icontains=part) | Q(username__icontains=part)
        )
    return people.order_by("last_name", "first_name", "pk")[:MOST]


class PersonField(KeyField):
    """Reads a user name, with or without an @, and gives the user."""

    widget = NamedKeyInput
    has_capitals = True

    def __init__(self, people: "QuerySet[User]", **options: Any) -> None:
        super().__init__(people, column="username", suggest=lambda typed: find_people(people, typed), **options)

    def as_key(self, value: Any) -> str:
        return super().as_key(value).removeprefix("@")
