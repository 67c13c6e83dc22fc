"""Whoever verifies sees what was recorded beside its source, says with which sentence it says so, and signs."""

from datetime import date
from types import SimpleNamespace

import pytest

from drugs.models import Verification
from drugs.services import correct_event
from tests.desk.conftest import state
from tests.desk.forms import filled
from tests.factories import drugs, people
from tests.layers import layer
from tests.parsing import parse_page

pytestmark = pytest.mark.django_db

SENTENCE = "On November 13, 2020, Zebra was approved."


@layer
def rows():
    made = SimpleNamespace(admin=drugs.drug_admin(), reviewer=people.reviewer(), author=people.author())
    made.document = drugs.monograph(made.admin)
    made.event = drugs.event(made.document, made.admin, application="BLA100001", submission="SUPPL-1")
    made.address = f"/admin/drugs/monograph/decisions/{made.event.pk}/verify/"
    return made


@pytest.fixture
def desk(rows, signed_in):
    rows.client = signed_in(rows.reviewer)
    rows.as_admin, rows.as_author = signed_in(rows.admin), signed_in(rows.author)
    return rows


def words(response) -> str:
    return " ".join(" ".join(parse_page(response).find("body").itertext()).split())


def send(desk, client=None, address="", **typed):
    client, address = client or desk.client, address or desk.address
    given = {"sentence": SENTENCE, "password": people.PASSWORD, **typed}
    return client.post(address, filled(client.get(address), **given))


def offered(response) -> dict[str, str]:
    """{key: label} of what may be ticked as seen."""
    labels = [label for label in parse_page(response).iter("label") if label.find("input[@name='seen']") is not None]
    return {label.find("input").get("value"): " ".join("".join(label.itertext()).split()) for label in labels}


def test_the_fields_stand_beside_the_source_to_open(desk):
    page = desk.client.get(desk.address)
    shown = words(page)
    for fact in ("Zebramab", "For cancer that has spread.", "granted", "Nov. 13, 2020", "BLA100001", "SUPPL-1"):
        assert fact in shown
    root = parse_page(page)
    assert root.find(f".//a[@href='{desk.event.reference.url}']").get("target") == "_blank"


def test_who_verifies_says_with_which_sentence_and_signs(desk):
    assert send(desk)["Location"].endswith("#decisions")
    record = Verification.objects.get()
    assert (record.recorded_by, record.sentence, record.disagreements) == (desk.reviewer, SENTENCE, [])
    assert record.is_intact
    assert SENTENCE in words(desk.client.get(f"/admin/drugs/monograph/{desk.document.pk}/change/"))


@pytest.mark.parametrize(
    ("typed", "told", "status"),
    [
        ({"sentence": ""}, "This field is required", 400),
        ({"sentence": "\u200b"}, "This field is required", 400),
        ({"sentence": "Zebra " * 400}, "at most 2000 characters", 400),
        ({"password": ""}, "This field is required", 400),
        ({"password": "wrong"}, "That password is incorrect", 409),
        ({"sentence": "It was approved."}, "names neither the drug", 409),
    ],
)
def test_what_is_missing_is_told_and_what_was_typed_is_kept(desk, typed, told, status):
    before = state()
    answer = send(desk, **typed)
    assert (answer.status_code, state() == before) == (status, True)
    assert told in words(answer)
    if len(typed.get("sentence", SENTENCE)) > 1:
        assert filled(answer)["sentence"].strip() == typed.get("sentence", SENTENCE).strip()


def test_a_disagreement_forbids_nothing_and_has_to_be_ticked_as_seen(desk):
    sentence = "On November 14, 2020, Zebra was approved."
    refused = send(desk, sentence=sentence)
    assert "Compare both" in words(refused)
    [(key, label)] = offered(refused).items()
    assert label == "The sentence has another day: Nov. 14, 2020."
    assert send(desk, sentence=sentence, seen="something else").status_code == 409
    assert send(desk, sentence=sentence, seen=key).status_code == 302
    assert Verification.objects.get().disagreements == [label]


def test_what_disagrees_is_asked_for_without_a_password(desk):
    before = state()
    answer = send(desk, sentence="So it was.", password="", compare="1")
    assert (answer.status_code, state() == before) == (200, True)
    assert list(offered(answer).values()) == ["The sentence names neither the drug nor a brand of it."]
    assert "errorlist" not in answer.content.decode()
    assert filled(answer)["sentence"] == "So it was."


def test_who_may_not_verify_is_told_why_and_sees_the_page(desk):
    for client, told in ((desk.as_admin, "You recorded this."), (desk.as_author, "Only drug admins and medical")):
        page = client.get(desk.address)
        assert told in words(page)
        assert parse_page(page).find(".//form[@id='verifying']/button[@class='default']").get("disabled") is not None
        before = state()
        answer = send(desk, client)
        assert (answer.status_code, state() == before) == (409, True)


def test_a_correction_shows_what_it_takes_the_place_of(desk):
    send(desk)
    right = correct_event(desk.event, user=desk.admin, note="A label date.", happened_on=date(2020, 11, 10))
    page = desk.client.get(f"/admin/drugs/monograph/decisions/{right.pk}/verify/")
    [before] = [" ".join(node.itertext()) for node in parse_page(page).iter("del")]
    assert before == "Nov. 13, 2020"
    assert "A label date." in words(page)
    monograph = words(desk.as_admin.get(f"/admin/drugs/monograph/{desk.document.pk}/change/"))
    assert "in force until its correction is verified" in monograph
