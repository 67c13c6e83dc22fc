"""An author, two reviewers and an admin, and nobody else, do all that they need to."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command

from editorial.accounts.models import Reviewer, User
from editorial.accounts.roles import Permission, Role
from editorial.editions.models import Withdrawal
from editorial.people.facts import describe_person
from editorial.people.models import PersonRecord, open_requests
from editorial.people.services import answer_request, change_person
from editorial.reviews.mail.worker import send_waiting
from editorial.reviews.services import revoke_sign_off, send_back, withdraw
from immuno_site.demonstration.people import PASSWORD as DEMO_PASSWORD
from immuno_site.demonstration.people import load_people
from tests.desk.forms import filled
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db
CREDENTIALS = {
    "letters": "MD", "specialty": "medical-oncology", "valid_until": "2090-01-01",
    "languages-TOTAL_FORMS": "1", "languages-0-language": "en",
}  # fmt: skip


class Team:
    """The people as they work: each at a browser of their own, with mail of their own."""

    def __init__(self, signed_in):
        self.signed_in = signed_in

    def named(self, username: str) -> User:
        return User.objects.get(username=username)

    def on_server(self, *command: str, **options) -> None:
        call_command(*command, reason="A small team.", stdout=StringIO(), **options)

    def save(self, who: str, address: str, **typed) -> None:
        """Fill in a form of the admin and save it."""
        client = self.signed_in(self.named(who))
        response = client.post(address, filled(client.get(address)) | typed)
        assert response.status_code == 302, response.content.decode()

    def agree(self, who: str) -> None:
        """Agree on the desk to what waits there."""
        client, request = self.signed_in(self.named(who)), open_requests().get()
        assert f"/admin/desk/people/{request.pk}/answer/" in client.get("/admin/desk/people/").content.decode()
        assert client.post(f"/admin/desk/people/{request.pk}/answer/", {"agree": "1"}).status_code == 302
        assert not open_requests().exists()

    def choose_password(self, client, username: str) -> None:
        """Follow the newest link that was mailed to them."""
        send_waiting()
        letters = [letter for letter in mail.outbox if letter.to == [self.named(username).email]]
        link = next(found for letter in reversed(letters) for found in re.findall(r"/admin/reset/\S+", letter.body))
        address = client.get(link, follow=True).redirect_chain[-1][0]
        assert client.post(address, {"new_password1": PASSWORD, "new_password2": PASSWORD}).status_code == 302
        assert self.named(username).check_password(PASSWORD)

    def add(self, username: str, **name) -> None:
        self.save("admin", "/admin/accounts/user/add/", username=username, email=f"{username}@example.org", **name)

    def give_role(self, username: str, role: Role) -> None:
        page = f"/admin/accounts/user/{self.named(username).pk}/change/"
        self.save("admin", page, **{"roles-TOTAL_FORMS": "1", "roles-0-role": role.value})


@pytest.fixture
def team(signed_in) -> Team:
    return Team(signed_in)


def test_four_people_set_themselves_up_write_sign_and_change_and_nobody_acts_alone(team, client):
    team.on_server("set_up_person", "admin", role=["site-admin"], email="admin@example.org")
    team.choose_password(client, "admin")
    for username, first in (("maya", "Maya"), ("helen", "Helen"), ("rafael", "Rafael")):
        team.add(username, first_name=first)
        team.choose_password(client, username)
    team.give_role("maya", Role.AUTHOR)
    # The first reviewer: nobody but the admin is there yet, so the server agrees. The second: the first one agrees.
    for username in ("helen", "rafael"):
        for step in ("role", "credentials"):
            if step == "role":
                team.give_role(username, Role.REVIEWER)
            else:
                person = team.named(username)
                team.save(
                    "admin", "/admin/accounts/reviewer/add/", user=person.pk, slug=username, name=person.name,
                    **CREDENTIALS,
                )  # fmt: skip
            if username == "helen":
                team.on_server("agree_to_change", str(open_requests().get().sequence))
            else:
                team.agree("helen")
    maya, helen, rafael, admin = map(team.named, ("maya", "helen", "rafael", "admin"))
    # Pages: written, sent back, signed, revoked, signed by the other, taken down.
    document = pages.article(maya)
    send_back(submit(document, "en", user=maya), user=helen, remarks="No.")
    pages.edit(document, maya, lead="Other words.")
    edition = pages.publish(document, maya, rafael)
    revoke_sign_off(edition.sign_offs.get(), user=admin, reason="Too quick.")
    pages.edit(document, maya, lead="Better words.")
    pages.publish(document, maya, helen)
    withdraw(document, "en", user=rafael, reason="Wrong.")
    assert Withdrawal.objects.filter(document=document).exists()
    # People: each one's address, with the agreement of somebody who is there.
    for username, who in (("helen", "rafael"), ("rafael", "helen"), ("admin", "helen")):
        page = f"/admin/accounts/user/{team.named(username).pk}/change/"
        team.save("admin", page, email=f"new-{username}@example.org")
        team.agree(who)
        assert team.named(username).email == f"new-{username}@example.org"
    team.save("admin", f"/admin/accounts/reviewer/{helen.reviewer.pk}/change/", valid_until="2095-01-01")
    team.agree("rafael")
    assert Reviewer.objects.get(user=helen).valid_until == date(2095, 1, 1)
    # The author becomes the second admin, and the first one leaves.
    team.save(
        "admin", f"/admin/accounts/user/{maya.pk}/change/",
        **{"roles-TOTAL_FORMS": "2", "roles-1-role": "site-admin", "roles-1-language": ""},
    )  # fmt: skip
    team.agree("rafael")
    assert team.named("maya").can(Permission.MANAGE_PEOPLE)
    call_command("verify_records", stdout=StringIO())


def test_the_only_admin_who_is_gone_is_replaced_on_the_server(team):
    team.on_server("set_up_person", "admin", role=["site-admin"], email="admin@example.org")
    team.on_server("set_up_person", "next", role=["site-admin"], email="next@example.org")
    assert team.named("next").can(Permission.MANAGE_PEOPLE) and PersonRecord.objects.count() == 2


@pytest.fixture
def small(team) -> Team:
    """The four, each with a password, all of them on record."""
    admin, author = people.site_admin(username="admin"), people.author(username="maya")
    people.on_record(admin, author, people.reviewer(username="helen"), people.reviewer(username="rafael"))
    return team


def test_a_team_that_loses_a_reviewer_gets_another(small, client):
    small.save("admin", f"/admin/accounts/user/{small.named('rafael').pk}/change/", is_active="")
    assert not small.named("rafael").can(Permission.REVIEW) and not open_requests().exists()
    document = pages.article(small.named("maya"))
    pages.publish(document, small.named("maya"), small.named("helen"))
    small.add("ines", first_name="Ines")
    small.choose_password(client, "ines")
    small.give_role("ines", Role.REVIEWER)
    small.agree("helen")
    person = small.named("ines")
    small.save(
        "admin", "/admin/accounts/reviewer/add/", user=person.pk, slug="ines", name=person.name, **CREDENTIALS
    )  # fmt: skip
    small.agree("helen")
    pages.edit(document, small.named("maya"), lead="Other words.")
    pages.publish(document, small.named("maya"), small.named("ines"))
    call_command("verify_records", stdout=StringIO())


def test_a_change_of_the_only_reviewer_who_is_left_is_agreed_to_on_the_server(small):
    for username in ("helen", "rafael"):
        small.save("admin", f"/admin/accounts/user/{small.named(username).pk}/change/", email=f"{username}@new.example")
        if username == "helen":
            small.agree("rafael")
            small.save("admin", f"/admin/accounts/user/{small.named('helen').pk}/change/", is_active="")
    small.on_server("agree_to_change", str(open_requests().get().sequence))
    assert small.named("rafael").email == "rafael@new.example"
    call_command("verify_records", stdout=StringIO())


def test_an_admin_who_lost_the_password_gets_a_link_and_one_who_lost_the_address_is_helped_on_the_server(
    small, client, monkeypatch
):
    client.post("/admin/password_reset/", {"email": "admin@example.org"})
    small.choose_password(client, "admin")
    small.on_server("set_up_person", "admin", email="admin@new.example", no_email=True)
    client.post("/admin/password_reset/", {"email": "admin@new.example"})
    send_waiting()
    assert all("/reset/" not in letter.body for letter in mail.outbox if letter.to == ["admin@new.example"])
    monkeypatch.setattr("getpass.getpass", lambda prompt="": "seven horses in a meadow")
    call_command("changepassword", "admin", stdout=StringIO())
    assert small.named("admin").check_password("seven horses in a meadow")
    send_waiting()
    assert any("was set anew" in letter.body for letter in mail.outbox if letter.to == ["admin@new.example"])
    call_command("verify_records", stdout=StringIO())


def test_everybody_of_the_demonstration_can_be_changed_by_its_people():
    crowd = load_people()
    admin = crowd["admin"]
    assert all(user.check_password(DEMO_PASSWORD) for user in crowd.values())
    for person in crowd.values():
        before = describe_person(person)["email"]
        request = change_person(person, {"email": [before, f"new-{before}"]}, user=admin).request
        if request:
            others = [user for user in crowd.values() if user not in (admin, person) and user.can(Permission.AGREE)]
            answer_request(request, agrees=True, user=others[0])
        assert User.objects.get(pk=person.pk).email == f"new-{before}"
