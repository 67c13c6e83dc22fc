"""What the desk offers is what the person who looks at it may do."""

import pytest

from editorial.people.models import open_requests
from tests.desk.forms import forms
from tests.parsing import parse_page


def offered(response) -> set[str]:
    """Where the page's links and buttons lead."""
    root = parse_page(response)
    return {node.get("href") for node in root.iter("a")} | {form["action"] for form in forms(response)}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("author", set()),
        ("translator", set()),
        ("drug_admin", set()),
        ("reviewer", {"withdraw", "revoke"}),  # the signer
        ("other_reviewer", {"withdraw"}),
        ("operator", {"withdraw"}),
        ("head", {"revoke"}),
        ("admin", {"revoke"}),
    ],
)
@pytest.mark.parametrize("page", ["documents/{0.live.pk}/", "editions/{0.edition.pk}/"])
def test_taking_down_is_offered_to_those_who_may(signed_in, world, page, who, may):
    links = offered(signed_in(getattr(world, who)).get(f"/admin/desk/{page.format(world)}"))
    verbs = {
        "withdraw": f"/admin/desk/documents/{world.live.pk}/en/withdraw/",
        "revoke": f"/admin/desk/sign-offs/{world.sign_off.pk}/revoke/",
    }
    assert {verb for verb, link in verbs.items() if link in links} == may


def test_a_signed_edition_is_not_shown_as_one_that_nobody_signed(signed_in, world):
    client = signed_in(world.reviewer)
    for edition, unsigned in ((world.waiting, True), (world.edition, False)):
        page = client.get(f"/admin/desk/editions/{edition.pk}/page/").content.decode()
        assert ("Not signed yet" in page) is unsigned
        assert ("as it was signed" in page) is not unsigned


@pytest.mark.parametrize("who", ["author", "admin", "reviewer"])
def test_a_link_to_set_a_password_is_offered_and_no_password(signed_in, world, who):
    client, person = signed_in(world.admin), getattr(world, who)
    page = client.get(f"/admin/accounts/user/{person.pk}/change/").content.decode()
    assert f"/admin/accounts/user/{person.pk}/link/" in page and "../password/" not in page
    assert client.get(f"/admin/accounts/user/{person.pk}/password/").status_code == 403


def test_a_reviewers_name_is_asked_for_and_not_changed(signed_in, world):
    client, path = signed_in(world.admin), f"/admin/accounts/user/{world.reviewer.pk}/change/"
    [form] = [form for form in forms(client.get(path)) if "last_name" in form["fields"]]
    assert client.post(path, form["fields"] | {"last_name": "Changed"}).status_code == 302
    world.reviewer.refresh_from_db()
    assert open_requests().get(person=world.reviewer).changes == {"last_name": [world.reviewer.last_name, "Changed"]}


def test_a_page_that_a_role_does_not_cover_says_so_and_leads_back(signed_in, world):
    response = signed_in(world.drug_admin).get("/admin/accounts/user/")
    assert response.status_code == 403
    assert "private" in response["Cache-Control"] and "public" not in response["Cache-Control"]
    assert "Your role does not cover it" in response.content.decode()
    assert "/admin/desk/" in offered(response)
