"""What happens to products names one, and what was announced is known before it holds."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from drugs.models import OF_A_PRODUCT, ApprovalEvent
from drugs.services import record_event
from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.editions.models import append_record
from tests.factories import drugs
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@layer
def desk():
    admin = drugs.drug_admin()
    return SimpleNamespace(admin=admin, other=drugs.drug_admin(), document=drugs.monograph(admin))


@pytest.mark.parametrize("kind", OF_A_PRODUCT)
def test_what_happens_to_a_product_names_one_of_this_drug(desk, kind):
    given = {"user": desk.admin, "kind": kind, "happened_on": date(2020, 1, 1), "reference": drugs.source(desk.admin)}
    own, theirs = (document.monograph.products.get() for document in (desk.document, drugs.monograph(desk.admin)))
    with pytest.raises(Blocked, match="belongs to another drug"):
        record_event(desk.document, product=theirs, **given)
    event = record_event(desk.document, product=own, **given)
    assert (event.product, event.authority, event.jurisdiction) == (own, "FDA", "US")
    drugs.verify(event, desk.other)
    tree = freezing.build_candidate(desk.document, "en").tree
    assert not any(node.type == "event" for node in tree.walk())
    with pytest.raises(DatabaseError, match="a product of its own drug"), transaction.atomic():
        copy = ApprovalEvent(
            document=desk.document, kind=kind, happened_on=event.happened_on, product=theirs,
            **{name: getattr(event, name) for name in ("reference", "source_key", "source_title", "source_address",
            "source_read_on")},
        )  # fmt: skip
        append_record(copy, user=desk.admin)


def test_only_what_happens_to_a_product_names_one(desk):
    with pytest.raises(Blocked, match="names none"):
        drugs.event(desk.document, desk.admin, product=desk.document.monograph.products.get())


def test_what_was_announced_is_recorded_before_it_holds(desk):
    """Its source tells of the announcement, so it was read after that and may have been before it held."""
    today = timezone.localdate()
    tomorrow, yesterday = today + timedelta(days=1), today - timedelta(days=1)
    drugs.verified(desk.document, desk.admin, desk.other)
    with pytest.raises(Blocked, match="If it was announced already, say when"):
        drugs.event(desk.document, desk.admin, "withdrawn-by-agency", tomorrow)
    with pytest.raises(Blocked, match="before the decision"):
        drugs.event(
            desk.document, desk.admin, "withdrawn-by-agency", tomorrow, announced_on=today,
            reference=drugs.source(desk.admin, yesterday),
        )  # fmt: skip
    event = drugs.event(desk.document, desk.admin, "withdrawn-by-agency", tomorrow, announced_on=today)
    assert drugs.verify(event, desk.other).verified_on == today
    tree = freezing.build_candidate(desk.document, "en").tree
    assert [node.attrs["announced"] for node in tree.walk() if node.type == "event" and "announced" in node.attrs] == [
        today.isoformat()
    ]
