"""Revoking all that a person signed: seen first, then done, with the reason."""

from editorial.editions.models import Revocation
from tests.desk.conftest import state
from tests.factories import pages
from tests.parsing import parse_page

PAGE = "/admin/desk/sign-offs/revoke/"


def headings(response) -> list[str]:
    root = parse_page(response)
    return [" ".join("".join(node.itertext()).split()) for node in root.iter("h2")]


def test_the_page_says_what_would_be_revoked_and_what_would_leave(world, signed_in):
    client = signed_in(world.head)
    before = state()
    response = client.get(PAGE, {"signer": world.reviewer.username, "since": "2020-01-01"})
    assert "2 sign-offs would be revoked" in headings(response)
    assert "2 pages would be taken off the site" in headings(response)
    assert state() == before


def test_a_link_may_name_the_person_alone(world, signed_in):
    page = signed_in(world.head).get(PAGE, {"signer": world.reviewer.username}).content.decode()
    assert f'value="{world.reviewer.username}"' in page
    assert f'<output class="choice-name" dir="auto">{world.reviewer.name}</output>' in page
    assert "errorlist" not in page
    signed_in(world.head).get(PAGE, {"signer": "x" * 300})


def test_with_the_reason_all_is_revoked(world, signed_in):
    response = signed_in(world.head).post(PAGE, second_step(world), follow=True)
    assert "2 sign-offs revoked." in response.content.decode()
    assert Revocation.objects.filter(reason="An error.").count() == 2


def second_step(world) -> dict[str, str]:
    """What the page sends that shows what would be revoked."""
    signer = world.reviewer
    return {"signer": signer.username, "signer_key": str(signer.pk), "since": "2020-01-01", "reason": "An error."}


def test_the_page_sends_whom_it_showed_and_nobody_else_is_revoked_who_got_that_user_name_since(world, signed_in):
    client, sent = signed_in(world.head), second_step(world)
    page = client.get(PAGE, {"signer": sent["signer"], "since": sent["since"]}).content.decode()
    assert f'<input type="hidden" name="signer_key" value="{world.reviewer.pk}">' in page
    rename(world.reviewer, "renamed")
    before = state()
    answer = client.post(PAGE, sent)
    assert (answer.status_code, state()) == (400, before)
    pages.sign(world.waiting, world.other_reviewer)
    rename(world.other_reviewer, sent["signer"])
    before = state()
    answer = client.post(PAGE, sent)
    assert "is not that of the person you were shown. Nothing was revoked." in answer.content.decode()
    assert (answer.status_code, state()) == (400, before)


def rename(user, username: str) -> None:
    user.username = username
    user.save()


def test_what_is_wrong_is_said_and_what_was_typed_stays(world, signed_in):
    client = signed_in(world.head)
    good = second_step(world)
    before = state()
    for wrong, status in (
        ({"since": "x"}, 400),
        ({"signer": "0"}, 400),
        ({"signer_key": ""}, 400),
        ({"signer_key": "x"}, 400),
        ({"reason": ""}, 400),
        ({"since": "2090-01-01"}, 409),
    ):
        response = client.post(PAGE, good | wrong)
        assert response.status_code == status, wrong
        if wrong.get("reason") != "" and status == 409:
            assert "This person has no valid sign-offs" in response.content.decode()
    assert state() == before


def test_a_sign_offs_own_page_leads_to_all_since_its_day(world, signed_in):
    client = signed_in(world.head)
    page = client.get(f"/admin/desk/sign-offs/{world.sign_off.pk}/revoke/").content.decode()
    assert f"{PAGE}?signer={world.reviewer.username}&amp;since=" in page
    page = signed_in(world.head).get(f"/admin/desk/?tab=all&reviewer={world.reviewer.pk}").content.decode()
    assert f"{PAGE}?signer={world.reviewer.username}" in page
    page = signed_in(world.admin).get(f"/admin/accounts/reviewer/{world.reviewer.reviewer.pk}/change/").content.decode()
    assert f"{PAGE}?signer={world.reviewer.username}" in page
