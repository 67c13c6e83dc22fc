"""The form of a decision holds what its approval and its products tell, and nothing where they differ."""

from types import SimpleNamespace

import pytest

from drugs.decision_defaults import default_decision
from drugs.models import Monograph
from tests.desk.forms import filled
from tests.factories import drugs
from tests.layers import layer

pytestmark = pytest.mark.django_db

FIRST = {"brand": "Zebra", "application_number": "BLA100001", "authority": "FDA"}
SECOND = {"brand": "Zebra Skin", "application_number": "BLA100002", "authority": "FDA"}
ABROAD = {"brand": "Zebra", "application_number": "EMEA/H/C/003820", "authority": "EMA"}


@layer
def rows():
    made = SimpleNamespace(admin=drugs.drug_admin())
    made.document = drugs.monograph(made.admin, slug="zebramab")
    made.monograph = Monograph.objects.get(document=made.document)
    made.approval = drugs.approval(made.document)
    made.recording = f"/admin/drugs/monograph/{made.document.pk}/record/"
    return made


@pytest.fixture
def desk(rows, signed_in):
    rows.client = signed_in(rows.admin)
    return rows


@pytest.mark.parametrize(
    ("products", "application"),
    [
        ([FIRST], "BLA100001"),
        ([FIRST, {**SECOND, "application_number": "BLA100001"}], "BLA100001"),
        ([FIRST, SECOND], ""),
        ([FIRST, ABROAD], "BLA100001"),
        ([FIRST, {**SECOND, "retired": True}], "BLA100001"),
        ([ABROAD], ""),
    ],
)
def test_the_application_is_the_only_one_of_the_approvals_authority(rows, products, application):
    before = rows.monograph.products.get()
    drugs.edit(rows.document, rows.admin, products=[{"id": before.pk, "retired": True}, *products])
    assert default_decision(rows.monograph, str(rows.approval.pk))["application"] == application


@pytest.mark.parametrize("asked", ["", "x", "0", "-1", "9" * 40, "٣"])
def test_an_approval_that_is_none_of_the_drugs_fills_in_nothing(desk, asked):
    assert default_decision(desk.monograph, asked) == {}
    assert filled(desk.client.get(desk.recording, {"approval": asked}))["application"] == ""


def test_the_form_of_an_approvals_first_decision_is_that_of_a_grant(desk):
    def form():
        sent = filled(desk.client.get(desk.recording, {"approval": desk.approval.pk}))
        return sent["approval"], sent["kind"]

    assert form() == (str(desk.approval.pk), "granted")
    drugs.event(desk.document, desk.admin)
    assert form() == (str(desk.approval.pk), "")


def test_a_retired_approval_is_not_decided_on(rows):
    drugs.edit(rows.document, rows.admin, approvals=[{"id": rows.approval.pk, "retired": True}])
    assert default_decision(rows.monograph, str(rows.approval.pk)) == {}
