"""What is kept in another form than it was typed is told after it is saved; what is kept as it was typed is not."""

from types import SimpleNamespace

import pytest

from drugs.models import ApprovalEvent, Monograph
from tests.desk.forms import filled
from tests.drugs.test_admin import words
from tests.factories import drugs
from tests.layers import layer

pytestmark = pytest.mark.django_db


@layer
def rows():
    made = SimpleNamespace(admin=drugs.drug_admin())
    made.document = drugs.monograph(made.admin, slug="zebramab")
    made.source = drugs.source(made.admin)
    made.page = f"/admin/drugs/monograph/{made.document.pk}/change/"
    made.recording = f"/admin/drugs/monograph/{made.document.pk}/record/"
    return made


@pytest.fixture
def desk(rows, signed_in):
    rows.client = signed_in(rows.admin)
    return rows


def send(desk, address: str, **typed) -> str:
    """The words of the page that follows."""
    answer = desk.client.post(address, filled(desk.client.get(address), **typed), follow=True)
    assert answer.status_code == 200
    return words(answer).replace("\u2068", "").replace("\u2069", "")


def told(field: str, typed: str, kept: str) -> str:
    return f"{field}: you typed “{typed}”, and it was saved as “{kept}”."


@pytest.mark.parametrize(
    ("box", "typed", "message"),
    [
        ("products__0__application_number", "bla 125514", told("Application number", "bla 125514", "BLA125514")),
        ("doses__0__cycle_days", "1,2,3,8", told("Days of the cycle", "1,2,3,8", "1-3, 8")),
        ("products__0__application_number", " BLA125514 ", ""),
        ("doses__0__cycle_days", "1, 8", ""),
    ],
)
def test_a_page_tells_what_it_kept_otherwise(desk, box, typed, message):
    page = send(desk, desk.page, **{box: typed})
    assert message in page
    assert ("you typed" in page) == bool(message)
    assert "you typed" not in send(desk, desk.page)


def test_a_new_row_is_told_of_too(desk):
    new = {"brand": "Second", "application_number": "nda 17-970", "authority": "FDA"}
    page = send(desk, desk.page, **{f"products__1__{name}": value for name, value in new.items()})
    assert told("Application number", "nda 17-970", "NDA017970") in page
    assert Monograph.objects.get().products.last().application_number == "NDA017970"


@pytest.mark.parametrize(
    ("typed", "kept"), [("S-88", "SUPPL-88"), ("suppl  5", "SUPPL-5"), ("SUPPL-88", ""), (" SUPPL-88 ", "")]
)
def test_a_decision_tells_how_its_number_is_kept(desk, typed, kept):
    page = send(desk, desk.recording, **grant(desk), submission=typed)
    assert ("you typed" in page) == bool(kept)
    if kept:
        assert told("Submission", " ".join(typed.split()), kept) in page
        assert ApprovalEvent.objects.get().submission == kept


def test_a_correction_tells_it_too(desk):
    wrong = drugs.event(desk.document, desk.admin)
    address = f"/admin/drugs/monograph/decisions/{wrong.pk}/correct/"
    page = send(desk, address, application="bla-100001", note="It was missing.")
    assert told("Application number", "bla-100001", "BLA100001") in page


def test_taking_a_decision_back_tells_what_else_was_typed_and_is_not_kept(desk):
    wrong = drugs.event(desk.document, desk.admin)
    address = f"/admin/drugs/monograph/decisions/{wrong.pk}/correct/"
    page = send(desk, address, happened_on="2019-01-01", submission="S-1", is_void="on", note="It never was.")
    assert "this was not kept: happened on, submission." in page


def test_taking_a_decision_back_tells_nothing_where_nothing_else_was_typed(desk):
    wrong = drugs.event(desk.document, desk.admin)
    address = f"/admin/drugs/monograph/decisions/{wrong.pk}/correct/"
    assert "not kept" not in send(desk, address, is_void="on", note="It never was.")


def grant(desk) -> dict:
    return {
        "approval": drugs.approval(desk.document).pk, "kind": "granted", "pathway": "regular",
        "happened_on": "2020-11-13", "reference": desk.source.key,
    }  # fmt: skip
