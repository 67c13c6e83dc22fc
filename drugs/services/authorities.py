"""Finding authorities by their codes, and adding and changing them."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import field_blocker, refuse_if
from editorial.editions.working.copies import refreshed_user, save_row
from editorial.editions.working.row_conflicts import last_seen, refuse_if_changed
from editorial.editions.working.rows import set_column

from ..models import Approval, ApprovalEvent, Authority, Product

MOST_OFFERED = 300
FIELDS = ("code", "name", "jurisdiction", "role", "decision_term")
_KEPT = FIELDS[2:]  # what pages and records hold copies of, or are worded by


def find_authorities(codes: Iterable[str]) -> dict[str, Authority]:
    """{code: authority} of those that there are. One query, none for no codes."""
    codes = set(codes) - {""}
    return {row.code: row for row in Authority.objects.filter(code__in=codes)} if codes else {}


def authority_choices() -> list[tuple[str, str]]:
    """[(code, name)] for forms, by code."""
    return list(Authority.objects.values_list("code", "name")[:MOST_OFFERED])


def save_authority(
    authority: Authority, *, user: User, seen: int | None = None, reason: str = "", **fields: Any
) -> Authority:
    """Add an authority, or change one, from its FIELDS; one that is there keeps its code.

    `seen` is what `last_seen` told when the form was opened. Raises Blocked, or RowChanged when it was changed since.
    """
    with transaction.atomic():
        user = refreshed_user(user)
        if authority.pk:
            authority = Authority.objects.select_for_update().get(pk=authority.pk)
            if seen != last_seen(authority):  # those that every site begins with have no history yet
                refuse_if_changed(authority, seen, FIELDS, user=user)
        before = {name: getattr(authority, name) for name in FIELDS}
        for name in FIELDS:
            if name in fields:
                set_column(authority, name, fields[name])
        refuse_if(_blockers(authority, before, user))
        save_row(authority, user=user, reason=reason)
        return authority


def _blockers(authority: Authority, before: dict[str, Any], user: User) -> Iterator[str]:
    if not user.can(Permission.RECORD_FACTS):
        yield _("Only drug admins add and change authorities.")
    try:
        authority.full_clean()
    except ValidationError as error:
        for name, problems in error.message_dict.items():
            yield from (field_blocker(name, problem) if name in FIELDS else problem for problem in problems)
        return
    changed = {name for name in FIELDS if getattr(authority, name) != before[name]}
    if authority.pk and "code" in changed:
        yield field_blocker("code", _("The code of an authority never changes. Add another authority."))
    if authority.pk and changed & {*_KEPT} and is_in_use(authority):
        yield _(
            "Decisions or products of this authority are on record as they are. Only its name can change. If "
            "something else is wrong, add another authority."
        )


def is_in_use(authority: Authority) -> bool:
    """Whether a part of a monograph or a record names it."""
    return any(
        model._base_manager.filter(authority=authority.code).exists() for model in (Product, Approval, ApprovalEvent)
    )
