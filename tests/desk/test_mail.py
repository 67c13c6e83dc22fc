"""Each person chooses when to get mail, for themselves; a site admin sees what waits and what failed."""

import pytest
from django.utils import timezone

from editorial.accounts.mail_retries import ATTEMPTS
from editorial.accounts.models import MailChoice, User
from editorial.reviews.mail import events, outbox
from editorial.reviews.models import Mail, MailState
from tests.desk.forms import filled

ADDRESS = "/admin/desk/mail/"


def chosen(user) -> tuple[str, str]:
    return User.objects.values_list("mail_choice", "mail_language").get(pk=user.pk)


def test_mail_comes_at_once_unless_somebody_chooses_otherwise(world):
    assert chosen(world.author) == (MailChoice.AT_ONCE, "en")


@pytest.mark.parametrize("choice", MailChoice)
def test_a_person_chooses_for_themselves(signed_in, world, choice):
    client = signed_in(world.author)
    response = client.post(ADDRESS, filled(client.get(ADDRESS), choice=choice, language="ar"))
    assert response.status_code == 302
    assert chosen(world.author) == (choice, "ar")
    assert chosen(world.reviewer) == (MailChoice.AT_ONCE, "en")


@pytest.mark.parametrize("wrong", [{"choice": "often"}, {"language": "tlh"}, {"choice": ""}])
def test_what_cannot_be_chosen_is_refused_in_words_and_the_rest_is_kept(signed_in, world, wrong):
    client = signed_in(world.author)
    response = client.post(ADDRESS, {"choice": MailChoice.DAILY, "language": "es", **wrong})
    assert response.status_code == 400
    assert response.content.count(b"errorlist") == 1
    assert chosen(world.author) == (MailChoice.AT_ONCE, "en")


def test_every_page_of_the_desk_leads_to_it(signed_in, world):
    assert f'href="{ADDRESS}"' in signed_in(world.operator).get("/admin/desk/").content.decode()


def test_a_site_admin_sees_what_was_given_up_and_why_and_changes_nothing(signed_in, world):
    letter = outbox.claim_letter(Mail.objects.filter(event=events.ASKED).first().user_id, timezone.now())
    Mail.objects.filter(pk=letter.mails[0].pk).update(attempts=ATTEMPTS)
    letter.mails[0].attempts = ATTEMPTS
    outbox.mark_failed(letter, "OSError: the server said no", timezone.now())
    client = signed_in(world.admin)
    listed = client.get("/admin/reviews/mail/", {"state": MailState.FAILED}).content.decode()
    assert "the server said no" in listed
    page = client.get(f"/admin/reviews/mail/{letter.mails[0].pk}/change/")
    assert page.status_code == 200
    assert client.post(f"/admin/reviews/mail/{letter.mails[0].pk}/change/", {"state": "waiting"}).status_code == 403
