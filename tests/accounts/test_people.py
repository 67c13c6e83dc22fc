"""Roles and credentials: what each grants, and what the database refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from editorial.accounts.languages import bcp47, column, direction
from editorial.accounts.models import RoleGrant
from editorial.accounts.roles import GRANTS, Permission, Role
from tests.factories import pages, people

GRANTED = {
    Role.AUTHOR: {"read-desk", "remark", "write"},
    Role.REVIEWER: {"read-desk", "remark", "review", "withdraw", "send-notice", "share", "agree"},
    Role.TRANSLATOR: {"read-desk", "remark", "translate", "decide-terms"},
    Role.DRUG_ADMIN: {"read-desk", "remark", "record-facts"},
    Role.HEAD: {"read-desk", "remark", "write", "share", "revoke", "set-policy", "oversee", "agree", "decide-terms"},
    Role.OPERATOR: {"read-desk", "hide", "send-notice"},
    Role.SITE_ADMIN: {"read-desk", "set-policy", "manage-people", "revoke", "agree"},
}


@pytest.mark.parametrize("role", Role)
def test_role_grants_what_is_written_here_and_no_more(role):
    assert GRANTS[role] == GRANTED[role]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.REVIEWER])
def test_nobody_but_reviewers_signs(role):
    assert Permission.REVIEW not in GRANTS[role]


@pytest.mark.django_db
def test_superusers_may_no_more_than_their_roles():
    assert not any(people.person(is_superuser=True).can(permission) for permission in Permission)


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role != Role.TRANSLATOR])
def test_inactive_people_may_nothing(role):
    assert not any(people.person(role, is_active=False).can(permission) for permission in Permission)


@pytest.mark.django_db
def test_a_translator_translates_into_their_own_languages():
    user = people.translator("es", "ar")
    assert [language for language in people.EVERY_LANGUAGE if user.can(Permission.TRANSLATE, language=language)] == [
        "es",
        "ar",
    ]
    assert not user.can(Permission.WRITE)


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "language"), [(Role.TRANSLATOR, ""), (Role.AUTHOR, "es"), (Role.REVIEWER, "en")])
def test_only_translators_have_a_language_and_each_has(role, language):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=people.person(), role=role, language=language)


@pytest.mark.django_db
def test_a_role_is_held_once():
    user = people.author()
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=user, role=Role.AUTHOR)


@pytest.mark.django_db
def test_an_address_of_a_reviewer_is_their_own_in_any_case():
    people.credentials(people.person(), slug="ana-ruiz")
    with pytest.raises(IntegrityError), transaction.atomic():
        people.credentials(people.person(), slug="Ana-Ruiz")


@pytest.mark.django_db
def test_credentials_hold_to_the_last_day_and_in_their_languages():
    reviewer = people.credentials(people.person(), "en", "ar", valid_until=date(2026, 3, 31))
    assert reviewer.is_valid_on(date(2026, 3, 31)) and not reviewer.is_valid_on(date(2026, 4, 1))
    assert [language for language in people.EVERY_LANGUAGE if reviewer.has_language(language)] == ["en", "ar"]


@pytest.mark.django_db
def test_people_whom_records_name_are_never_deleted():
    writer, signer = people.author(), people.reviewer()
    pages.publish(pages.article(writer), writer, signer)
    for user in (writer, signer):
        with pytest.raises(ProtectedError):
            user.delete()


@pytest.mark.django_db
def test_a_name_is_never_empty():
    assert people.person(first_name="", last_name="", username="ana").name == "ana"
    assert people.person(first_name="Ana", last_name="Ruiz").name == "Ana Ruiz"


@pytest.mark.parametrize(
    ("language", "tag", "way", "ending"),
    [("en", "en", "ltr", "en"), ("ar", "ar", "rtl", "ar"), ("zh-hans", "zh-Hans", "ltr", "zh_hans")],
)
def test_a_language_is_written(language, tag, way, ending):
    assert (bcp47(language), direction(language), column(language)) == (tag, way, ending)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "status"), [("Some words 1", "A password is set."), (None, "No password is set.")]
)
def test_an_account_says_whether_it_has_a_password_and_not_how_that_is_kept(client, password, status):
    manager, other = people.person(Role.SITE_ADMIN), people.person(Role.AUTHOR)
    other.set_password(password)
    other.save()
    client.force_login(manager)
    words = client.get(f"/admin/accounts/user/{other.pk}/change/").content.decode()
    assert status in words
    assert [word for word in ("algorithm", "iterations", "pbkdf2", "salt", "Staff status") if word in words] == []
