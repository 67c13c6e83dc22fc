"""Changes of people in words."""

from collections.abc import Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from editorial.accounts.languages import own_name
from editorial.accounts.models import Reviewer, RoleGrant, Specialty, User
from editorial.accounts.roles import Role
from editorial.editions.labels import isolate

from .facts import ACCOUNT, Changes
from .models import PersonRecord


def describe_changes(changes: Changes) -> Iterator[str]:
    """One line for each: what it was and what it is to be."""
    for what, (before, after) in changes.items():
        was, becomes = _value(what, before), _value(what, after)
        if was != becomes:  # a new row says of what it has not that it is empty
            yield _("%(what)s: %(before)s → %(after)s") % {
                "what": capfirst(_label(what)), "before": _apart(was), "after": _apart(becomes),
            }  # fmt: skip


def _apart(value: str) -> str:
    """Two values of the other direction would swap their places, and the arrow would point from the new to the old."""
    return isolate(value) if get_language_bidi() or not value.isascii() else value


def describe_seen(request: PersonRecord) -> str:
    """Who the person was when it was asked for: a name alone may be two people's."""
    return f"{request.seen.get('username', '')} · {request.seen.get('email', '')}"


def _label(what: str) -> str:
    head, _colon, rest = what.partition(":")
    if head == "role":
        role, _colon, language = rest.partition(":")
        name = str(Role(role).label) + (f" ({own_name(language)})" if language else "")
        return f"{RoleGrant._meta.verbose_name} {name}"
    if head == "language":
        return _("may sign in %(language)s") % {"language": own_name(rest)}
    model, name = (User, what) if what in ACCOUNT else (Reviewer, rest)
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a field of ours


def _value(what: str, value: Any) -> str:
    if value in (None, ""):
        return _("no") if what.startswith(("role:", "language:")) else "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(Specialty(value).label) if what == "credentials:specialty" else str(value)
