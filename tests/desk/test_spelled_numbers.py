"""A person decides, not a number in an address: another spelling of a row's number leads nowhere."""

import re
from urllib.parse import quote
from zlib import crc32

import pytest
from django.db import transaction

from tests import PROVING
from tests.desk.addresses import EVERY, SOME, WITH_A_ROLE
from tests.desk.conftest import state
from tests.factories.people import PASSWORD

ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
# As they stand in a path; the last is the admin's own way to write "+".
SPELLINGS = {
    "plus": lambda number: f"+{number}",
    "space before": lambda number: f"%20{number}",
    "space after": lambda number: f"{number}%20",
    "zero": lambda number: f"0{number}",
    "underscore": lambda number: f"{number[:1]}_{number[1:]}" if len(number) > 1 else f"0_{number}",
    "Arabic-Indic": lambda number: quote(number.translate(ARABIC_INDIC)),
    "full width": lambda number: quote(number.translate(FULL_WIDTH)),
    "quoted plus": lambda number: f"_2B{number}",
}
COMMON = ["plus", "space before", "zero", "Arabic-Indic"]
NUMBERED = {name: address for name, address in EVERY.items() if ".pk}" in address.split("?")[0]}
NEW_PASSWORD = "the words of somebody else"


def spelled(address: str, world, spelling: str) -> str:
    path, *query = address.split("?")
    for place in re.findall(r"\{[^}]+\}", path):
        path = path.replace(place, SPELLINGS[spelling](place.format(**vars(world))))
    return "?".join([path, *query]).format(**vars(world))


def is_asked_for(name: str, spelling: str) -> bool:
    """Every other spelling of each address, others for another name; all of them in `make prove`."""
    return PROVING or (crc32(name.encode()) + COMMON.index(spelling)) % 2 == 0


def who_may(name: str) -> list[str]:
    """One of those who may open it as it is; everybody in `make prove`."""
    allowed = sorted(SOME[name][1]) if name in SOME else WITH_A_ROLE
    return WITH_A_ROLE if PROVING else [allowed[crc32(name.encode()) % len(allowed)]]


def is_refused(client, answer) -> bool:
    """Whether it shows nothing. The admin leads from what it does not know to the desk, sometimes by way of a form."""
    while answer.status_code == 302 and answer["Location"] != "/admin/":
        answer = client.get(answer["Location"])
    return answer.status_code in (302, 403, 404, 405)


@pytest.mark.parametrize("spelling", SPELLINGS if PROVING else COMMON)
def test_a_number_written_otherwise_shows_nothing_and_does_nothing(signed_in, world, spelling):
    before, shown = state(), []
    for name, address in NUMBERED.items():
        if not is_asked_for(name, spelling):
            continue
        path = spelled(address, world, spelling)
        for who in who_may(name):
            client = signed_in(getattr(world, who))
            with transaction.atomic():
                answers = client.get(path), client.post(path, {"reason": "x", "post": "yes", "password": PASSWORD})
                transaction.set_rollback(True)
            if not all(is_refused(client, answer) for answer in answers):
                shown.append((who, path, [answer.status_code for answer in answers]))
    assert shown == []
    assert state() == before


@pytest.mark.parametrize("spelling", [*SPELLINGS, "as it is"])
def test_nobody_sets_a_reviewers_password_however_their_number_is_written(signed_in, world, spelling):
    reviewer = world.reviewer
    number = SPELLINGS.get(spelling, str)(str(reviewer.pk))
    signed_in(world.admin).post(
        f"/admin/accounts/user/{number}/password/",
        {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "usable_password": "true", "set-password": "1"},
    )
    reviewer.refresh_from_db()
    assert reviewer.check_password(PASSWORD)
