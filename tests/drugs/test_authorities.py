"""Who decides about drugs is data: where it decides, as what, and how its numbers are written."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from drugs.models import ApprovalEvent, Authority, Product
from drugs.services import correct_event, record_event, save_authority, void_event
from editorial.editions import freezing, verifying
from editorial.editions.blockers import Blocked
from editorial.editions.models import append_record
from editorial.editions.working.row_conflicts import RowChanged, last_seen
from tests.desk.forms import filled
from tests.factories import drugs, people
from tests.layers import layer
from tests.parsing import parse_page

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

THERE = {
    "FDA": ("US", ""), "EMA": ("EU", ""), "MHRA": ("GB", ""), "NICE": ("GB", "recommended"),
    "SMC": ("GB", "recommended"), "HC": ("CA", ""), "HSE": ("IE", "funded"), "HPRA": ("IE", ""),
}  # fmt: skip
NUMBERS = {"EMA": "EMEA/H/C/003820", "MHRA": "PLGB 12345/0001", "HC": "DIN 01234567"}


@layer
def desk():
    made = SimpleNamespace(admin=drugs.drug_admin(), other=drugs.drug_admin(), author=people.author())
    made.document = drugs.monograph(made.admin)
    return made


def of(authority: str, admin, **product):
    """A monograph whose approval and product are an authority's."""
    product = {**drugs.PRODUCT, "authority": authority, "application_number": NUMBERS.get(authority, "BLA100001")}
    return drugs.monograph(admin, approvals=[{**drugs.APPROVAL, "authority": authority}], products=[product])


def nodes(document, type_: str) -> list:
    return [node for node in freezing.build_candidate(document, "en").tree.walk() if node.type == type_]


@pytest.mark.parametrize("code", THERE)
def test_where_a_decision_holds_and_what_it_is_called_follows_from_whose_it_is(desk, code):
    jurisdiction, term = THERE[code]
    document = of(code, desk.admin)
    event = drugs.verified(document, desk.admin, desk.other)
    [approval], [product] = nodes(document, "approval"), nodes(document, "product")
    assert [node.attrs["jurisdiction"] for node in (approval, product)] == 2 * [jurisdiction]
    assert (event.authority, event.jurisdiction) == (code, jurisdiction)
    assert approval.attrs.get("decision", "") == term
    assert "decision" not in product.attrs
    assert ("decision" in approval.attrs) == bool(term)  # a regulator's tree is as it was before there were funders


def test_a_new_authority_can_have_decisions_at_once(desk):
    fields = {"code": "PBAC", "name": "Advisory committee", "jurisdiction": "AU", "role": "funder"}
    save_authority(Authority(), user=desk.admin, decision_term="funded", **fields)
    document = of("PBAC", desk.admin)
    drugs.verified(document, desk.admin, desk.other)
    [approval] = nodes(document, "approval")
    assert (approval.attrs["jurisdiction"], approval.attrs["decision"]) == ("AU", "funded")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"code": "fda2"}, "capital letters"),
        ({"code": "FDA"}, "already exists"),
        ({"jurisdiction": "Oz"}, "two capital letters"),
        ({"name": " "}, "cannot be blank"),
        ({"role": "funder"}, "never approves"),
        ({"decision_term": "recommended"}, "never approves"),
    ],
)
def test_what_is_no_authority_is_refused_in_words(desk, fields, told):
    given = {"code": "TGA", "name": "Regulator", "jurisdiction": "AU", "role": "regulator", "decision_term": "approved"}
    with pytest.raises(Blocked, match=told):
        save_authority(Authority(), user=desk.admin, **given | fields)
    assert {*Authority.objects.values_list("code", flat=True)} == {*THERE}


def test_the_database_has_no_funder_that_approves():
    with pytest.raises(IntegrityError), transaction.atomic():
        Authority.objects.create(code="X", name="X", jurisdiction="XX", role="funder", decision_term="approved")


@pytest.mark.parametrize("code", ["FDA", "HPRA"])
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": "Another name"}, {"FDA": "", "HPRA": ""}),
        ({"jurisdiction": "EU"}, {"FDA": "Only its name", "HPRA": ""}),
        ({"role": "funder", "decision_term": "funded"}, {"FDA": "Only its name", "HPRA": ""}),
        ({"code": "NEW"}, {"FDA": "never changes", "HPRA": "never changes"}),
    ],
)
def test_what_pages_and_records_hold_copies_of_changes_only_while_none_does(desk, code, fields, told):
    authority = Authority.objects.get(code=code)
    if told[code]:
        with pytest.raises(Blocked, match=told[code]):
            save_authority(authority, user=desk.admin, **fields)
    else:
        saved = save_authority(authority, user=desk.admin, **fields)
        assert {name: getattr(saved, name) for name in fields} == fields


def test_only_drug_admins_change_authorities_and_nobody_past_another(desk):
    authority = Authority.objects.get(code="HPRA")
    with pytest.raises(Blocked, match="Only drug admins"):
        save_authority(authority, user=desk.author, name="Mine")
    seen = last_seen(authority)
    save_authority(authority, user=desk.admin, seen=seen, name="First")
    with pytest.raises(RowChanged):
        save_authority(authority, user=desk.other, seen=seen, name="Second")
    assert Authority.objects.get(code="HPRA").name == "First"


def test_an_authority_is_added_and_changed_on_the_desk(desk, signed_in):
    client = signed_in(desk.admin)
    page = "/admin/drugs/authority/add/"
    typed = filled(client.get(page), code="TGA", name="Regulator", jurisdiction="AU", decision_term="funded")
    refused = client.post(page, typed)
    assert refused.status_code == 409
    assert "never approves" in refused.content.decode()
    assert filled(refused)["name"] == "Regulator"
    assert client.post(page, {**typed, "decision_term": "approved"}).status_code == 302
    made = Authority.objects.get(code="TGA")
    page = f"/admin/drugs/authority/{made.pk}/change/"
    assert "code" not in filled(client.get(page))
    assert client.post(page, filled(client.get(page), name="Another")).status_code == 302
    assert Authority.objects.get(code="TGA").name == "Another"
    assert [row.history_user for row in made.history.all()] == [desk.admin, desk.admin]


def test_the_form_of_a_monograph_offers_all_authorities_and_takes_no_other(desk, signed_in):
    client = signed_in(desk.admin)
    page = f"/admin/drugs/monograph/{desk.document.pk}/change/"
    root = parse_page(client.get(page))
    offered = [option.get("value") for option in root.find(".//select[@name='approvals-0-authority']").iter("option")]
    assert offered == sorted(THERE)
    assert client.post(page, filled(client.get(page), approvals__0__authority="XX")).status_code == 400
    with pytest.raises(Blocked, match="No authority has the code “XX”"):
        drugs.edit(desk.document, desk.admin, approvals=[{**drugs.APPROVAL, "authority": "XX"}])


def test_authorities_are_read_in_one_query_however_many_parts_there_are(desk):
    def ask() -> int:
        with CaptureQueriesContext(connection) as queries:
            freezing.build_candidate(desk.document, "en")
        return len(queries)

    few = ask()
    products = [{**drugs.PRODUCT, "authority": code, "application_number": NUMBERS.get(code, "BLA1")} for code in THERE]
    products = [{**row, "application_number": "BLA100002"} if row["authority"] == "FDA" else row for row in products]
    drugs.edit(desk.document, desk.admin, products=products)
    assert ask() == few


# --- Numbers ---


def test_the_number_of_a_product_is_kept_in_its_authoritys_form(desk):
    rows = [{**drugs.PRODUCT, "application_number": "bla 125514"}]
    drugs.edit(desk.document, desk.admin, products=rows)
    assert Product.objects.filter(monograph__document=desk.document).last().application_number == "BLA125514"
    with pytest.raises(Blocked, match="the supplement as the submission: SUPPL-14"):
        drugs.edit(desk.document, desk.admin, products=[{**drugs.PRODUCT, "application_number": "BLA125514/S-014"}])


def test_a_number_of_before_is_left_alone_until_somebody_changes_it(desk):
    product = desk.document.monograph.products.get()
    Product.objects.filter(pk=product.pk).update(application_number="an old number")
    drugs.edit(desk.document, desk.admin, products=[{"id": product.pk, "brand": "Renamed"}])
    drugs.edit(desk.document, desk.admin, products=[{"id": product.pk, "application_number": "an old number"}])
    for change in ({"application_number": "another"}, {"authority": "EMA"}):
        with pytest.raises(Blocked, match="“an"):
            drugs.edit(desk.document, desk.admin, products=[{"id": product.pk, **change}])
    product.refresh_from_db()
    assert (product.brand, product.application_number) == ("Renamed", "an old number")


def test_the_numbers_of_a_decision_are_kept_in_its_authoritys_form(desk):
    event = drugs.event(desk.document, desk.admin, application="bla 125514", submission="s-014")
    assert (event.application, event.submission) == ("BLA125514", "SUPPL-14")
    with pytest.raises(Blocked) as refused:
        drugs.event(desk.document, desk.admin, "narrowed", date(2022, 1, 1), application="125514", submission="14")
    assert [blocker.field for blocker in refused.value.blockers] == ["application", "submission"]
    european = of("EMA", desk.admin)
    event = drugs.event(european, desk.admin, application="EMEA/H/C/3820", submission="II/42")
    assert (event.application, event.submission) == ("EMEA/H/C/003820", "II/0042")


def test_a_decision_about_the_whole_drug_finds_its_product_by_a_number_in_any_form(desk):
    given = {"kind": "other", "happened_on": date(2020, 1, 1), "reference": drugs.source(desk.admin)}
    event = record_event(desk.document, user=desk.admin, application="bla 100001", **given)
    assert (event.application, event.authority, event.jurisdiction) == ("BLA100001", "FDA", "US")


def test_a_correction_keeps_a_number_of_before_that_it_does_not_change(desk):
    source = drugs.source(desk.admin)
    old = ApprovalEvent(
        document=desk.document, approval=drugs.approval(desk.document), kind="granted", pathway="regular",
        happened_on=date(2020, 11, 13), authority="FDA", jurisdiction="US", application="an old number",
        reference=source, source_key=source.key, source_title=source.title, source_address=source.url,
        source_read_on=source.accessed_on,
    )  # fmt: skip
    append_record(old, user=desk.admin)
    right = correct_event(old, user=desk.admin, note="Another day.", happened_on=date(2020, 11, 10))
    assert right.application == "an old number"
    with pytest.raises(Blocked, match="such as BLA125514"):
        correct_event(right, user=desk.admin, note="The number.", application="another")
    assert void_event(right, user=desk.admin, note="It was not.").application == "an old number"
    assert list(verifying.find_problems(desk.document)) == []
