"""What a reviewer typed stays on the page until it is stored, whichever button they press and whatever is refused."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from editorial.accounts.roles import Role
from editorial.editions.models import Review
from editorial.reviews.models import Recheck, Remark, SignOffPolicy
from editorial.reviews.services import add_remark, dismiss_recheck, revoke_sign_off, withdraw
from tests.desk.conftest import state
from tests.desk.forms import agreed, filled
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.factories.people import PASSWORD

WRONG = {"sign-password": "not it"}
TYPED = {"sign-remarks": "A note.", "back-remarks": "Say it more simply."}


def page(world) -> str:
    return f"/admin/desk/editions/{world.waiting.pk}/"


def shown(response) -> dict:
    """What the form of the verdict holds, with the box that stands outside of it and belongs to it."""
    outside = response.content.decode().partition('id="id_back-remarks"')[2].partition("</textarea>")[0]
    return filled(response) | {"back-remarks": outside.partition(">")[2].strip()}


@pytest.mark.parametrize(
    ("verb", "sent", "why"),
    [
        ("sign", {"sign-password": PASSWORD}, "You wrote what needs to change."),
        ("sign", WRONG, "You wrote what needs to change."),
        ("sign", {}, ""),  # no password: the form says so
        ("sign", {"sign-password": PASSWORD, "sign-review_due_on": "x", "sign-publish_at": "soon"}, ""),
        ("send-back", {"back-remarks": ""}, "Say what needs to change"),
        ("send-back", {"back-remarks": " "}, "Say what needs to change"),
    ],
)
def test_a_refused_verdict_keeps_everything_that_was_typed(world, signed_in, verb, sent, why):
    client = signed_in(world.reviewer)
    typed = {**agreed(world.waiting, "sign"), **TYPED, **sent}
    before = state()
    response = client.post(f"{page(world)}{verb}/", typed)
    assert response.status_code == (409 if why else 400)
    assert why in response.content.decode()
    kept = {name: value.strip() for name, value in typed.items() if name != "sign-password"}
    assert {name: shown(response).get(name) for name in kept} == kept
    assert "not it" not in response.content.decode() and PASSWORD not in response.content.decode()
    assert state() == before


def test_a_page_that_is_sent_back_asks_for_no_password_even_where_it_is_refused(world, signed_in):
    response = signed_in(world.reviewer).post(f"{page(world)}send-back/", {"back-remarks": ""})
    assert "This field is required" not in response.content.decode()


def test_an_edition_is_signed_once_what_has_to_change_is_empty(world, signed_in):
    client = signed_in(world.reviewer)
    typed = {**agreed(world.waiting, "sign"), "sign-password": PASSWORD, "back-remarks": " \r\n"}
    assert client.post(f"{page(world)}sign/", typed).status_code == 302
    assert Review.objects.filter(edition=world.waiting).exists()


def test_words_that_no_text_may_hold_are_not_signed_away_either(world, signed_in):
    typed = {**agreed(world.waiting, "sign"), "sign-password": PASSWORD, "back-remarks": "a\0"}
    assert signed_in(world.reviewer).post(f"{page(world)}sign/", typed).status_code == 409


def test_the_page_says_that_own_remarks_are_reason_enough_to_send_back(world, signed_in):
    client, words = signed_in(world.reviewer), "Say what needs to change so that the author can act on it."
    add_remark(world.waiting, user=world.other_reviewer, text="Theirs.")
    assert words in client.get(page(world)).content.decode()
    add_remark(world.waiting, user=world.reviewer, text="Mine.")
    assert words not in client.get(page(world)).content.decode()


def test_a_refused_dismissal_keeps_its_reason(world, signed_in):
    client, address = signed_in(world.author), f"/admin/desk/rechecks/{world.recheck.pk}/dismiss/"
    assert 'value="Only a comma."' in client.post(address, {"reason": "Only a comma."}).content.decode()
    dismiss_recheck(
        Recheck.objects.get(pk=world.recheck.pk), user=world.reviewer, password=people.PASSWORD, reason="A comma."
    )
    response = signed_in(world.reviewer).post(address, {"reason": "Only a comma."})
    assert response.status_code == 409
    assert 'value="Only a comma."' in response.content.decode()


def test_a_remark_counts_the_ends_of_its_lines_as_the_browser_does(world, signed_in):
    client, lines = signed_in(world.reviewer), "\r\n".join(["x" * 799] * 5)
    assert client.post(f"{page(world)}remark/", {"text": lines}).status_code == 302
    assert len(Remark.objects.get().text) == 3999
    refused = client.post(f"{page(world)}remark/", {"text": f"{lines}xx"})
    assert refused.status_code == 400
    assert "at most 4000 characters" in refused.content.decode()


def signed(world, signed_in, *, needed: int = 1, by=None, meanwhile=None, **typed) -> str:
    """What the desk tells who signed a page that leads to another, which somebody took down `meanwhile`."""
    SignOffPolicy.objects.create(kind="article", sign_offs=needed)
    lead = {"heading": "More", "body": '<p>See <a href="/articles/live/">this</a>.</p>'}
    document = pages.article(world.author, slug="leading", sections=[lead])
    edition = submit(document, "en", user=world.author)
    if by:
        pages.sign(edition, by)
    if meanwhile:
        meanwhile()
    client = signed_in(world.reviewer)
    sent = {**agreed(edition, "sign"), "sign-password": PASSWORD, **typed}
    told = client.post(f"/admin/desk/editions/{edition.pk}/sign/", sent, follow=True)
    return str(list(told.context["messages"])[-1])


def test_who_signed_is_told_whether_readers_see_it_now(world, signed_in):
    assert signed(world, signed_in) == "Signed. Readers can now see it."


def test_who_signed_for_later_is_told_from_when_readers_see_it(world, signed_in):
    at = timezone.localtime(timezone.now() + timedelta(days=2)).replace(hour=9, minute=30, second=0, microsecond=0)
    told = signed(world, signed_in, **{"sign-publish_at": f"{at:%Y-%m-%dT%H:%M}"})
    assert told == f"Signed. From {date_format(at, 'DATETIME_FORMAT')}, readers will see it."


def test_who_signed_first_of_three_is_told_how_many_more_it_needs(world, signed_in):
    assert signed(world, signed_in, needed=3) == "Signed. Readers will see it after 2 more sign-offs."


def test_who_signed_first_of_two_is_told_that_it_needs_one_more(world, signed_in):
    assert signed(world, signed_in, needed=2) == "Signed. Readers will see it after 1 more sign-off."


def test_a_signature_that_does_not_count_any_more_is_counted_as_missing(world, signed_in):
    """Who wrote the words of a base that fell signed them themselves."""
    both = people.person(Role.AUTHOR, Role.REVIEWER, signs_in={"en"})
    SignOffPolicy.objects.create(kind="article", sign_offs=1)
    document = pages.article(both, slug="based")
    base = submit(document, "en", user=both)
    tomorrow = timezone.now() + timedelta(days=1)
    of_base = pages.sign(base, world.other_reviewer, publish_at=tomorrow)
    SignOffPolicy.objects.filter(kind="article").update(sign_offs=2)
    pages.edit(document, world.author, lead="Another lead.")
    edition = submit(document, "en", user=world.author)
    pages.sign(edition, both)
    revoke_sign_off(of_base, user=world.head, reason="Wrong.")
    sent = {**agreed(edition, "sign"), "sign-password": PASSWORD}
    answer = signed_in(world.reviewer).post(f"/admin/desk/editions/{edition.pk}/sign/", sent, follow=True)
    assert str(list(answer.context["messages"])[-1]) == "Signed. Readers will see it after 1 more sign-off."


def test_who_signed_what_is_held_is_told_that_it_waits(world, signed_in):
    def take_down():
        withdraw(world.live, "en", user=world.reviewer, reason="An error.")

    at = timezone.localtime(timezone.now() + timedelta(days=2))
    when = {"sign-publish_at": f"{at:%Y-%m-%dT%H:%M}"}
    told = signed(world, signed_in, needed=2, by=world.other_reviewer, meanwhile=take_down, **when)
    assert told == "Signed. On hold until all safety rechecks are settled."
