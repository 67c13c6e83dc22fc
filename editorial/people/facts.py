"""A person as a flat table of facts: what changes are told in, compared in and applied from."""

from datetime import date
from typing import Any

from editorial.accounts.models import Reviewer, ReviewerLanguage, RoleGrant, User
from editorial.accounts.roles import TRUSTED_ROLES, Role

# {what: value}, {what: [before, after]}; a value is a JSON one, None for what is not there.
Facts = dict[str, Any]
Changes = dict[str, list[Any]]

ACCOUNT = ("username", "first_name", "last_name", "email", "is_active", "is_staff")
IDENTITY = ("username", "first_name", "last_name", "email")
CREDENTIALS = ("slug", "name", "letters", "specialty", "valid_until", "distinction")
_ROLE, _CREDENTIALS, _LANGUAGE = "role:", "credentials:", "language:"


def describe_person(person: User) -> Facts:
    """Everything about them that an admin can change, as the database has it now."""
    row = User.objects.get(pk=person.pk)
    facts: Facts = {name: getattr(row, name) for name in ACCOUNT}
    for grant in row.roles.all():
        facts[f"{_ROLE}{grant.role}:{grant.language}"] = True
    credentials = Reviewer.objects.filter(user=row).first()
    if credentials:
        facts |= {f"{_CREDENTIALS}{name}": _plain(getattr(credentials, name)) for name in CREDENTIALS}
        facts |= {f"{_LANGUAGE}{spoken.language}": True for spoken in credentials.languages.all()}
    return facts


def is_described(known: Facts) -> bool:
    """Whether records tell everything about somebody, so that what they do not tell of is not there."""
    return "username" in known


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def lock_person(person: User) -> User:
    """The person's row, as it is now, for the length of the transaction."""
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


def compare_facts(before: Facts, after: Facts) -> Changes:
    """What differs."""
    names = [*before, *(name for name in after if name not in before)]
    return {name: [before.get(name), after.get(name)] for name in names if before.get(name) != after.get(name)}


def is_trusted(facts: Facts) -> bool:
    """Whether this person signs, or lets others sign: by a role or by credentials."""
    return any(value is not None and makes_trusted(what) for what, value in facts.items())


def makes_trusted(what: str) -> bool:
    """Whether whoever has this signs, or lets others sign."""
    return what.startswith(_CREDENTIALS) or (what.startswith(_ROLE) and Role(what.split(":")[1]) in TRUSTED_ROLES)


def needs_agreement(what: str, before: Any, after: Any, facts: Facts) -> bool:
    """Whether this change of a person of these facts counts only once a second person agreed.

    What only takes something away counts at once: somebody who leaves, a role or a language less, a registration that
    ended.
    """
    if what.startswith(_ROLE):
        return bool(after) and Role(what.split(":")[1]) in TRUSTED_ROLES
    if what.startswith(_LANGUAGE):
        return bool(after)
    if what == f"{_CREDENTIALS}valid_until":
        return before is None or after > before
    if what.startswith(_CREDENTIALS):
        return True
    return is_trusted(facts) and (what in IDENTITY or bool(after))


def apply_changes(person: User, changes: Changes) -> None:
    """Write the changes, whoever agreed to them. In a transaction that locked the person's row."""
    of_account = {what: after for what, (_before, after) in changes.items() if what in ACCOUNT}
    if of_account:
        for what, after in of_account.items():
            setattr(person, what, after)
        person.save(update_fields=list(of_account))
    for what, (_before, after) in changes.items():
        if what.startswith(_ROLE):
            _head, role, language = what.split(":")
            grants = RoleGrant.objects.filter(user=person, role=role, language=language)
            RoleGrant.objects.create(user=person, role=role, language=language) if after else grants.delete()
    if credentials := planned_credentials(person, changes):
        credentials.save()
    for what, (_before, after) in changes.items():
        if what.startswith(_LANGUAGE):
            row = {"reviewer": Reviewer.objects.get(user=person), "language": what.removeprefix(_LANGUAGE)}
            ReviewerLanguage.objects.create(**row) if after else ReviewerLanguage.objects.filter(**row).delete()


def planned_credentials(person: User, changes: Changes) -> Reviewer | None:
    """The person's credentials as these changes would have them, not saved; None where they touch none."""
    planned = {
        what.removeprefix(_CREDENTIALS): after
        for what, (_before, after) in changes.items()
        if what.startswith(_CREDENTIALS)
    }
    if not planned:
        return None
    credentials = Reviewer.objects.filter(user=person).first() or Reviewer(user=person)
    for name, after in planned.items():
        setattr(credentials, name, date.fromisoformat(after) if name == "valid_until" else after)
    return credentials
