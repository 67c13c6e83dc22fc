"""People with roles and credentials. Their password is PASSWORD."""

from datetime import date
from functools import cache

import factory
from django.contrib.auth.hashers import make_password

from editorial.accounts.models import Reviewer, ReviewerLanguage, RoleGrant, Specialty, User
from editorial.accounts.roles import Role

PASSWORD = "a password of tests"
EVERY_LANGUAGE = ("en", "es", "ar", "zh-hans", "vi")


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda number: f"person{number}")
    first_name = factory.Faker("first_name")
    last_name = factory.Sequence(lambda number: f"Person{number}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    password = factory.LazyFunction(_hashed)
    is_staff = True


class ReviewerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Reviewer

    user = factory.SubFactory(UserFactory)
    slug = factory.LazyAttribute(lambda reviewer: reviewer.user.username)
    name = factory.LazyAttribute(lambda reviewer: reviewer.user.name)
    letters = "MD"
    specialty = Specialty.ONCOLOGY
    valid_until = date(2090, 12, 31)


def person(*roles: Role, translates=(), signs_in=(), **fields) -> User:
    """Somebody with these roles, who translates into and has credentials for these languages."""
    user = UserFactory(**fields)
    grants = [(role, "") for role in roles] + [(Role.TRANSLATOR, language) for language in translates]
    for role, language in grants:
        RoleGrant.objects.create(user=user, role=role, language=language)
    if signs_in:
        credentials(user, *signs_in)
    return user


def credentials(user: User, *languages: str, **fields) -> Reviewer:
    """Credentials for these languages."""
    reviewer = ReviewerFactory(user=user, **fields)
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


def again(user: User) -> User:
    """The same person as a later request knows them: roles are read anew."""
    return User.objects.get(pk=user.pk)
