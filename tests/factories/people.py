"""People with roles and credentials. Their password is PASSWORD."""

from datetime import date
from functools import cache
from itertools import count

from django.contrib.auth.hashers import make_password

from editorial.accounts.models import Reviewer, ReviewerLanguage, RoleGrant, Specialty, User
from editorial.accounts.roles import Role
from editorial.people.services import record_everything

_numbers = count()
PASSWORD = "a password of tests"
FIRST_NAMES = ("Aisha", "Bashir", "Chen", "Dalia", "Erik", "Fatima", "Gustavo", "Hanh", "Irina", "Jonas")
EVERY_LANGUAGE = ("en", "es", "ar", "zh-hans", "vi")


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


def person(*roles: Role, translates=(), signs_in=(), **fields) -> User:
    """Somebody with these roles, who translates into and has credentials for these languages."""
    number = next(_numbers)
    username = fields.pop("username", f"person{number}")
    given = {
        "first_name": FIRST_NAMES[number % len(FIRST_NAMES)],
        "last_name": f"Person{number}",
        "email": f"{username}@example.org",
        "password": _hashed(),
        "is_staff": True,
    }
    user = User.objects.create(username=username, **given | fields)
    grants = [(role, "") for role in roles] + [(Role.TRANSLATOR, language) for language in translates]
    for role, language in grants:
        RoleGrant.objects.create(user=user, role=role, language=language)
    if signs_in:
        credentials(user, *signs_in)
    return user


def credentials(user: User, *languages: str, **fields) -> Reviewer:
    """Credentials for these languages."""
    given = {
        "slug": user.username,
        "name": user.name,
        "letters": "MD",
        "specialty": Specialty.ONCOLOGY,
        "valid_until": date(2090, 12, 31),
    }
    reviewer = Reviewer.objects.create(user=user, **given | fields)
    for language in languages:
        ReviewerLanguage.objects.create(reviewer=reviewer, language=language)
    return reviewer


def author(**fields) -> User:
    return person(Role.AUTHOR, **fields)


def reviewer(*languages: str, **fields) -> User:
    """A medical reviewer who may sign in these languages; without any, in all of them."""
    return person(Role.REVIEWER, signs_in=languages or EVERY_LANGUAGE, **fields)


def translator(*languages: str, **fields) -> User:
    return person(translates=languages, **fields)


def head(**fields) -> User:
    return person(Role.HEAD, **fields)


def operator(**fields) -> User:
    return person(Role.OPERATOR, **fields)


def site_admin(**fields) -> User:
    return person(Role.SITE_ADMIN, **fields)


def on_record(*users: User) -> None:
    """Give each the record that somebody who was made by a service has."""
    for user in users:
        record_everything(user, reason="A test.")


def again(user: User) -> User:
    """The same person as a later request knows them: roles are read anew."""
    return User.objects.get(pk=user.pk)
