"""The invented people of the demonstration. Their password is public, so they exist nowhere else."""

from datetime import date

from django.contrib.auth.hashers import PBKDF2PasswordHasher

from editorial.accounts.models import Reviewer, ReviewerLanguage, RoleGrant, Specialty, User
from editorial.accounts.roles import Role
from editorial.people.services import record_everything


class DemonstrationHasher(PBKDF2PasswordHasher):
    """A fast hash: loading the demonstration signs more than a hundred times, and its password is public."""

    iterations = 1_000


PASSWORD = "demo"  # noqa: S105 (public on purpose; the demo command refuses production settings)

# username: (first name, last name, [(role, language)])
PEOPLE = {
    "author": ("Maya", "Lindqvist", [(Role.AUTHOR, "")]),
    "reviewer": ("Helen", "Okafor", [(Role.REVIEWER, "")]),
    "reviewer2": ("Rafael", "Serrano", [(Role.REVIEWER, "")]),
    "translator": ("Lucía", "Haddad", [(Role.TRANSLATOR, "es"), (Role.TRANSLATOR, "ar")]),
    "translator2": ("Linh", "Zhao", [(Role.TRANSLATOR, "zh-hans"), (Role.TRANSLATOR, "vi")]),
    "drugadmin": ("Tomasz", "Berg", [(Role.DRUG_ADMIN, "")]),
    "head": ("Grace", "Whitfield", [(Role.HEAD, "")]),
    "operator": ("Sam", "Ito", [(Role.OPERATOR, "")]),
    "admin": ("Robin", "Keller", [(Role.SITE_ADMIN, "")]),
}

CREDENTIALS = {
    "reviewer": ("helen-okafor", "Helen Okafor", "MD", Specialty.ONCOLOGY, ["en", "es"]),
    "reviewer2": (
        "rafael-serrano",
        "Rafael Serrano",
        "MD, PhD",
        Specialty.SURGERY,
        ["en", "es", "ar", "zh-hans", "vi"],
    ),
}


def load_people() -> dict[str, User]:
    """{username: user}; those who exist already are left as they are."""
    return {username: _person(username, *details) for username, details in PEOPLE.items()}


def _person(username: str, first: str, last: str, roles: list) -> User:
    user = User.objects.filter(username=username).first()
    if user:
        return user
    user = User.objects.create_user(
        username, f"{username}@example.org", PASSWORD, first_name=first, last_name=last, is_staff=True
    )
    user.is_superuser = username == "admin"
    user.save()
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role, language=language) for role, language in roles)
    if username in CREDENTIALS:
        slug, name, letters, specialty, languages = CREDENTIALS[username]
        reviewer = Reviewer.objects.create(
            user=user,
            slug=slug,
            name=name,
            letters=letters,
            specialty=specialty,
            valid_until=date(2035, 12, 31),
        )
        ReviewerLanguage.objects.bulk_create(
            ReviewerLanguage(reviewer=reviewer, language=language) for language in languages
        )
    record_everything(user, reason="The demonstration.")
    return user
