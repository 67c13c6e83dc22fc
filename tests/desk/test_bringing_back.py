"""The page for bringing back what was taken down: what it shows, what it asks and where it is offered."""

import pytest
from django.utils import timezone

from editorial.editions.models import Edition, Release, SignOff
from editorial.reviews.models import Question
from editorial.reviews.services import revoke_sign_off, withdraw
from tests.desk.forms import forms
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.layers import layer

pytestmark = pytest.mark.django_db


@layer
def down(world):
    """The page that was live, revoked in every language; a corrected edition is submitted."""
    sign_off = SignOff.objects.get(edition=world.edition)
    revoke_sign_off(sign_off, user=world.head, reason="The dose is wrong.")
    pages.edit(world.live, world.author, title="Corrected")
    world.corrected = submit(world.live, "en", user=world.author)
    return world


def address(edition: Edition) -> str:
    return f"/admin/desk/editions/{edition.pk}/bring-back/"


def live(world) -> set[str]:
    releases = Release.objects.live(timezone.now()).filter(document=world.live)
    return set(releases.values_list("language", flat=True))


def form_of(response) -> dict:
    [form] = [form for form in forms(response) if "bring-back-password" in form["fields"]]
    questions = {f"bring-back-question-{question.pk}": "yes" for question in Question.objects.filter(is_asked=True)}
    return {
        **form["fields"],
        **questions,
        "bring-back-password": people.PASSWORD,
        "bring-back-remarks": "It was right.",
    }


def test_it_shows_why_the_page_came_down_and_what_was_submitted_since(down, signed_in):
    told = signed_in(down.other_reviewer).get(address(down.edition)).content.decode()
    for words in (
        "The dose is wrong.",
        down.head.name,
        down.reviewer.name,
        "Taken down in every language",
        "Corrected",
    ):
        assert words in told, words


def test_a_reviewer_brings_the_source_back_and_then_its_translation(down, signed_in):
    client = signed_in(down.other_reviewer)
    spanish = Edition.objects.get(document=down.live, language="es")
    for edition, languages in ((down.edition, {"en"}), (spanish, {"en", "es"})):
        answer = client.post(address(edition), form_of(client.get(address(edition))), follow=True)
        assert live(down) == languages
        assert "Brought back. Readers can see it again." in answer.content.decode()


def test_what_was_typed_stays_when_it_is_refused_and_the_password_does_not(down, signed_in):
    client = signed_in(down.other_reviewer)
    sent = form_of(client.get(address(down.edition))) | {"bring-back-password": "not it"}
    answer = client.post(address(down.edition), sent)
    assert answer.status_code == 409
    [form] = [form for form in forms(answer) if "bring-back-password" in form["fields"]]
    assert form["fields"]["bring-back-remarks"] == "It was right."
    assert form["fields"]["bring-back-password"] == ""
    assert live(down) == set()


def test_what_happens_meanwhile_has_to_be_read_before_signing(down, signed_in):
    client = signed_in(down.other_reviewer)
    sent = form_of(client.get(address(down.edition)))
    pages.edit(down.live, down.author, title="Corrected again")
    submit(down.live, "en", user=down.author)
    answer = client.post(address(down.edition), sent)
    assert answer.status_code == 409
    assert "has changed since you opened this form" in answer.content.decode()
    assert client.post(address(down.edition), form_of(answer)).status_code == 302
    assert live(down) == {"en"}


def test_a_translation_shows_what_changed_in_its_source_since(world, signed_in):
    withdraw(world.live, "es", user=world.reviewer, reason="A word is wrong.")
    pages.edit(world.live, world.author, title="A newer title", lead="A newer lead.")
    pages.publish(world.live, world.author, world.reviewer)
    told = signed_in(world.other_reviewer).get(address(Edition.objects.get(document=world.live, language="es")))
    for words in ("A word is wrong.", "Readers will be told that this translation is outdated.", "newer"):
        assert words in told.content.decode(), words


@pytest.mark.parametrize("who", ["author", "head", "operator", "reviewer"])
def test_it_is_offered_where_the_page_came_down_and_others_see_why_they_cannot(down, signed_in, who):
    client = signed_in(getattr(down, who))
    for page in (f"/admin/desk/documents/{down.live.pk}/", f"/admin/desk/editions/{down.edition.pk}/"):
        assert address(down.edition) in client.get(page).content.decode()
    told = client.get(address(down.edition)).content.decode()
    assert ("Only medical reviewers can sign." in told) is (who != "reviewer")


@pytest.mark.parametrize("name", ["waiting", "edition"])
def test_it_is_not_offered_where_nothing_came_down(world, signed_in, name):
    edition = getattr(world, name)
    client = signed_in(world.other_reviewer)
    for page in (f"/admin/desk/documents/{edition.document_id}/", f"/admin/desk/editions/{edition.pk}/"):
        assert "bring-back" not in client.get(page).content.decode()
    assert "Sign and bring back" not in client.get(address(edition)).content.decode()
