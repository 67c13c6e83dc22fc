"""Boxes for a colleague: found by a few letters, however many people work here."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.accounts.models import Reviewer, RoleGrant, User
from editorial.accounts.roles import Role
from editorial.reviews.models import Absence

SIGNERS, REVIEWERS = "/admin/desk/sign-offs/signers/", "/admin/desk/absence/reviewers/"
ABSENCE, REVOKE = "/admin/desk/absence/", "/admin/desk/sign-offs/revoke/"
DAYS = {"from_day": "2090-01-01", "until_day": "2090-01-02"}


def offered(client, address: str, query: str = "") -> list[str]:
    return [choice["value"] for choice in client.get(address, {"q": query}).json()["choices"]]


def call(user: User, username: str, first_name: str, last_name: str) -> None:
    user.username, user.first_name, user.last_name = username, first_name, last_name
    user.save()


@pytest.mark.parametrize("typed", ["Quagga", "QUAG", "zora quagga", "@Zora-Q", "zora-q"])
@pytest.mark.parametrize("address", [SIGNERS, REVIEWERS])
def test_people_are_found_by_any_part_of_their_names(signed_in, world, address, typed):
    call(world.reviewer, "Zora-Q", "Zora", "Quagga")
    assert offered(signed_in(world.head), address, typed) == ["Zora-Q"]


@pytest.mark.parametrize("typed", ["nunez", "NÚÑEZ", "Núñez", "nu\u0301n\u0303ez josé", "jose", "\u0301"])
@pytest.mark.parametrize("address", [SIGNERS, REVIEWERS])
def test_people_are_found_whatever_the_marks_and_capitals(signed_in, world, address, typed):
    call(world.reviewer, "jn", "José", "Núñez")
    assert "jn" in offered(signed_in(world.head), address, typed)
    assert offered(signed_in(world.head), address, "nuñezz") == []


def test_who_wrote_a_page_or_reviews_is_offered_to_be_asked_about_it(signed_in, world):
    address = f"/admin/desk/editions/{world.waiting.pk}/colleagues/"
    call(world.reviewer, "jn", "José", "Núñez")
    call(world.author, "zora-a", "Zora", "Author")
    call(world.translator, "zora-t", "Zora", "Translator")
    assert offered(signed_in(world.head), address, "nunez") == ["@jn"]
    assert offered(signed_in(world.head), address, "zora") == ["@zora-a"]
    assert offered(signed_in(world.author), address, "zora") == []  # nobody asks themselves
    page = signed_in(world.english_reviewer).get(f"/admin/desk/editions/{world.waiting.pk}/").content.decode()
    assert f'data-choices="{address}"' in page and "<datalist" not in page


def test_only_who_signed_is_a_signer_and_only_active_reviewers_stand_in(signed_in, world):
    call(world.reviewer, "zora-q", "Zora", "Quagga")
    call(world.author, "zora-a", "Zora", "Author")
    client = signed_in(world.head)
    assert offered(client, SIGNERS, "zora") == offered(client, REVIEWERS, "zora") == ["zora-q"]
    User.objects.filter(pk=world.reviewer.pk).update(is_active=False)
    assert (offered(client, SIGNERS, "zora"), offered(client, REVIEWERS, "zora")) == (["zora-q"], [])


@pytest.mark.parametrize("typed", ["Quagga", "@zora-q", "nobody", "x" * 300, "٣"])
def test_who_is_not_found_is_refused_in_words_and_what_was_typed_stays(signed_in, world, typed):
    call(world.reviewer, "zora-q", "Zora", "Quagga")
    answer = signed_in(world.english_reviewer).post(ABSENCE, {"deputy": typed, **DAYS})
    page = answer.content.decode()
    if typed == "@zora-q":
        assert answer.status_code == 302
        assert Absence.objects.filter(deputy=world.reviewer, user=world.english_reviewer).exists()
        return
    assert answer.status_code == 400
    assert f'value="{typed}"' in page
    assert ("zora-q (Zora Quagga)" in page) is (typed == "Quagga")  # so that it can be chosen without JavaScript


PAGES = [
    ABSENCE, REVOKE, "/admin/desk/editions/{waiting}/", "/admin/desk/editions/{waiting}/colleagues/?q=person",
    f"{SIGNERS}?q=person", f"{REVIEWERS}?q=person", "/admin/desk/documents/{live}/en/withdraw/",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_pages_and_answers_take_the_same_queries_and_bytes_however_many_people_there_are(signed_in, world, address):
    client, address = signed_in(world.head), address.format(live=world.live.pk, waiting=world.waiting.pk)

    def measure() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address)
        return len(queries), len(page.content)

    def hire(count: int) -> None:
        start = User.objects.count()
        hired = User.objects.bulk_create(User(username=f"person-{start + number}") for number in range(count))
        Reviewer.objects.bulk_create(
            Reviewer(user=user, slug=user.username, valid_until="2099-01-01") for user in hired
        )
        RoleGrant.objects.bulk_create(RoleGrant(user=user, role=Role.REVIEWER) for user in hired)

    hire(30)
    measure()
    few_queries, few_bytes = measure()
    hire(200)
    queries, size = measure()
    assert queries == few_queries
    assert abs(size - few_bytes) < 200
