"""The drug admin's pages: one to write a monograph, one to record a decision, one to correct it, a button to verify."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drugs.models import OF_A_PRODUCT, OF_AN_APPROVAL, ApprovalEvent, Monograph, Verification
from editorial.editions import freezing
from tests.desk.conftest import state
from tests.desk.forms import filled
from tests.factories import bulk_rows, drugs, people
from tests.layers import layer
from tests.parsing import parse_page

pytestmark = pytest.mark.django_db

CHOICES = "/admin/drugs/monograph/choices/"


@layer
def rows():
    made = SimpleNamespace(
        admin=drugs.drug_admin(), other=drugs.drug_admin(), reviewer=people.reviewer(), author=people.author(),
    )  # fmt: skip
    made.document = drugs.monograph(made.admin, slug="zebramab")
    made.source = drugs.source(made.admin, date(2026, 3, 1))
    made.page = f"/admin/drugs/monograph/{made.document.pk}/change/"
    made.recording = f"/admin/drugs/monograph/{made.document.pk}/record/"
    return made


@pytest.fixture
def desk(rows, signed_in):
    rows.client = signed_in(rows.admin)
    rows.as_other = signed_in(rows.other)
    rows.as_reviewer = signed_in(rows.reviewer)
    rows.as_author = signed_in(rows.author)
    return rows


def decision(desk, **typed) -> dict:
    """What the form to record a decision would send."""
    given = {
        "approval": drugs.approval(desk.document).pk, "kind": "granted", "pathway": "accelerated",
        "happened_on": "2020-11-13", "application": "BLA100001", "submission": "SUPPL-1", "reference": desk.source.key,
    }  # fmt: skip
    return filled(desk.client.get(desk.recording), **given | typed)


def words(response) -> str:
    root = parse_page(response)
    return " ".join(" ".join(root.find("body").itertext()).split())


def to_verify(response) -> list[str]:
    links = (link.get("href", "") for link in parse_page(response).iter("a"))
    return [address for address in links if address.endswith("/verify/")]


def test_a_monograph_is_begun_and_saved_as_it_was_opened(desk):
    answer = desk.client.post("/admin/drugs/monograph/add/", {"title": "Lionumab", "slug": "lionumab"})
    assert Monograph.objects.get(document__slug="lionumab").title_en == "Lionumab"
    assert desk.client.get(answer["Location"]).status_code == 200
    before = freezing.build_candidate(desk.document, "en").digest, Monograph.history.count()
    assert desk.client.post(desk.page, filled(desk.client.get(desk.page))).status_code == 302
    assert (freezing.build_candidate(desk.document, "en").digest, Monograph.history.count()) == before


def test_numbers_stand_as_they_were_typed(desk):
    typed = filled(desk.client.get(desk.page))
    assert (typed["doses-0-dose"], typed["biomarkers-0-cutoff"]) == ("200", "10")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_plain_words_are_suggested_from_what_is_saved_and_never_put_in_the_box(desk, language):
    """In the language of the words, whatever that of the desk."""
    line = "For triple-negative breast cancer that has spread or cannot be removed by surgery."
    page = desk.client.get(desk.page, headers={"accept-language": language})
    assert line in words(page).replace("\u2068", "").replace("\u2069", "")
    assert "It is given together with chemotherapy." in words(page)
    assert filled(page)["approvals-0-plain"] == "For cancer that has spread."


def test_a_dose_is_of_a_product_and_for_a_use_of_its_own_page(desk):
    product, approval = Monograph.objects.get().products.get(), drugs.approval(desk.document)
    typed = filled(
        desk.client.get(desk.page), doses__0__product=str(product.pk), doses__0__approval=str(approval.pk),
        doses__0__cycle_days="8 1", doses__0__age_from="12",
    )  # fmt: skip
    assert desk.client.post(desk.page, typed).status_code == 302
    dose = Monograph.objects.get().doses.get()
    assert (dose.product, dose.approval, dose.age_from) == (product, approval, 12)


def test_who_writes_facts_is_told_how_to_cite_and_finds_the_keys(desk):
    shown = words(desk.client.get(desk.page))
    assert "Cite the source by its key" in shown
    assert f"[@{drugs.LABEL}] Zebra: prescribing information" in shown
    assert "Tiredness Side effect" in shown.replace(":", "")  # lists name a part without its citations


def test_who_verifies_finds_the_source(desk):
    drugs.event(desk.document, desk.admin, reference=desk.source)
    assert f'<a href="{desk.source.url}"' in desk.as_reviewer.get(desk.page).content.decode()


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org/x", "https://example.org/x"),
        ("doi:10.1056/x", "https://doi.org/10.1056/x"),
        ("PMID 12", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_a_source_is_linked_where_it_has_an_address(address, link):
    assert ApprovalEvent(source_address=address).source_link == link


def test_a_refused_save_keeps_what_was_typed(desk):
    typed = filled(desk.client.get(desk.page), lead="Typed words", side_effects__1__care_level="")
    answer = desk.client.post(desk.page, typed)
    assert answer.status_code == 409
    assert "“Sick lungs”: Say how soon a reader has to act" in words(answer)
    assert filled(answer)["lead"] == "Typed words"


def test_an_approval_with_decisions_keeps_its_authority_and_the_form_what_was_typed(desk):
    drugs.event(desk.document, desk.admin)
    before = state()
    typed = filled(desk.client.get(desk.page), lead="Typed words", approvals__0__authority="EMA")
    answer = desk.client.post(desk.page, typed)
    assert answer.status_code == 409
    assert "Its decisions were recorded as those of US Food and Drug Administration (FDA)" in words(answer)
    assert (filled(answer)["lead"], filled(answer)["approvals-0-authority"]) == ("Typed words", "EMA")
    assert state() == before


def test_an_approval_offers_the_pages_own_biomarkers_only(desk):
    other = drugs.monograph(desk.admin)
    page = desk.client.get(desk.page)
    root = parse_page(page)
    for select in (node for node in root.iter("select") if node.get("name", "").endswith("-biomarker")):
        offered = {option.get("value") for option in select.iter("option")} - {""}
        assert offered == {str(biomarker.pk) for biomarker in desk.document.monograph.biomarkers.all()}
    theirs = other.monograph.biomarkers.get().pk
    assert desk.client.post(desk.page, filled(page, approvals__0__biomarker=str(theirs))).status_code == 400


def test_a_decision_is_recorded_shown_with_its_state_and_verified_by_somebody_else(desk):
    answer = desk.client.post(desk.recording, decision(desk))
    assert answer["Location"] == f"{desk.page}#decisions"
    page = desk.client.get(desk.page)
    assert "awaiting verification" in words(page)
    assert "Today, by what is verified: no approval" in words(page)
    assert to_verify(page) == []
    [address] = to_verify(desk.as_reviewer.get(desk.page))
    typed = {"sentence": "Zebramab was approved.", "password": people.PASSWORD}
    assert desk.as_reviewer.post(address, filled(desk.as_reviewer.get(address), **typed)).status_code == 302
    assert Verification.objects.get().recorded_by == desk.reviewer
    assert "accelerated approval since Nov. 13, 2020" in words(desk.client.get(desk.page))


def test_what_cannot_have_happened_is_told_and_what_was_typed_is_kept(desk):
    before = state()
    answer = desk.client.post(desk.recording, decision(desk, kind="converted", pathway="", note="Typed words"))
    assert answer.status_code == 409
    assert "cannot be converted before it was granted" in words(answer)
    assert filled(answer)["note"] == "Typed words"
    assert state() == before


@pytest.mark.parametrize(
    "typed", [{"happened_on": "soon"}, {"reference": ""}, {"kind": "nonsense"}, {"pathway": "x"}, {"approval": "99999"}]
)
def test_what_is_no_decision_is_told_at_its_field(desk, typed):
    before = state()
    answer = desk.client.post(desk.recording, decision(desk, **typed))
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()
    assert state() == before


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"happened_on": "2999-01-01"}, "happened_on", "still to come"),
        ({"kind": "narrowed", "pathway": "", "happened_on": "2022-01-01"}, "happened_on", "on record already"),
        ({"happened_on": "2026-03-02"}, "reference", "before the decision"),
        ({"approval": "retired"}, "approval", "was retired"),
        ({"approval": ""}, "approval", "which approval"),
        ({"pathway": "", "happened_on": "2019-01-01"}, "pathway", "by which pathway"),
    ],
)
def test_what_cannot_have_happened_is_told_at_its_field(desk, typed, field, told):
    drugs.edit(desk.document, desk.admin, approvals=[{**drugs.APPROVAL, "plain": "Another.", "retired": True}])
    drugs.event(desk.document, desk.admin)
    drugs.event(desk.document, desk.admin, "narrowed", date(2022, 1, 1))
    retired = drugs.approval(desk.document, 1)
    typed = {name: retired.pk if value == "retired" else value for name, value in typed.items()}
    before = state()
    answer = desk.client.post(desk.recording, decision(desk, **{"note": "Typed words", **typed}))
    assert answer.status_code == 409
    root = parse_page(answer)
    [block] = [node for node in root.iter("div") if f"field-{field}" in node.get("class", "").split()]
    assert told in " ".join(block.find("ul").itertext())
    assert filled(answer)["note"] == "Typed words"
    assert state() == before


def test_the_form_says_which_kinds_need_a_field_and_offers_all_without_a_script(desk):
    root = parse_page(desk.client.get(desk.recording))
    needed = {
        node.get("name"): node.get("data-for-kinds").split() for node in root.iter() if node.get("data-for-kinds")
    }
    assert needed == {"approval": [*OF_AN_APPROVAL], "product": [*OF_A_PRODUCT], "pathway": ["granted"]}
    rows = [node for node in root.iter("div") if "field" in node.get("class", "").split()]
    assert len(rows) == 10
    assert [row for row in rows if row.get("hidden") is not None] == []
    assert "desk/decision" in desk.client.get(desk.recording).content.decode()


def test_a_retired_approval_is_not_offered(desk):
    drugs.edit(desk.document, desk.admin, approvals=[{**drugs.APPROVAL, "plain": "Another.", "retired": True}])
    root = parse_page(desk.client.get(desk.recording))
    offered = [option.text for option in root.find(".//select[@name='approval']").iter("option")]
    assert offered == ["Choose an approval", "For cancer that has spread."]


def test_a_wrong_decision_is_corrected_from_what_it_was_or_taken_back(desk):
    wrong = drugs.event(desk.document, desk.admin)
    address = f"/admin/drugs/monograph/decisions/{wrong.pk}/correct/"
    typed = filled(desk.as_other.get(address), happened_on="2020-11-10", note="A label date.")
    assert typed["pathway"] == "regular"
    assert desk.as_other.post(address, typed)["Location"] == f"{desk.page}#decisions"
    right = wrong.corrected_by
    assert (right.happened_on, right.recorded_by) == (date(2020, 11, 10), desk.other)
    again = desk.client.post(address, typed)
    assert again.status_code == 409
    assert "corrected already" in words(again)
    address = f"/admin/drugs/monograph/decisions/{right.pk}/correct/"
    desk.client.post(address, filled(desk.client.get(address), is_void="on", note="It never was."))
    assert right.corrected_by.is_void
    page = desk.client.get(desk.page)
    assert "takes another back" in words(page)
    assert "Correct it" not in words(page)


@pytest.mark.parametrize(
    "typed", [{"pathway": ""}, {"kind": "other"}, {"kind": "narrowed"}, {"happened_on": "2999-01-01"}]
)
def test_a_decision_is_taken_back_as_it_was_recorded_whatever_else_is_typed(desk, typed):
    wrong = drugs.event(desk.document, desk.admin)
    address = f"/admin/drugs/monograph/decisions/{wrong.pk}/correct/"
    data = filled(desk.client.get(address), is_void="on", note="It never was.", **typed)
    assert desk.client.post(address, data).status_code == 302
    taken = wrong.corrected_by
    assert taken.is_void
    assert [(item.kind, item.pathway, item.happened_on, item.approval) for item in (taken, wrong)] == 2 * [
        (wrong.kind, wrong.pathway, wrong.happened_on, wrong.approval)
    ]


def test_what_tells_that_a_decision_did_not_happen_is_kept_with_it(desk):
    wrong = drugs.event(desk.document, desk.admin)
    address = f"/admin/drugs/monograph/decisions/{wrong.pk}/correct/"
    other = drugs.source(desk.admin)
    assert other != wrong.reference
    typed = filled(desk.client.get(address), is_void="on", note="It never was.", reference=other.key)
    assert desk.client.post(address, typed).status_code == 302
    assert wrong.corrected_by.reference == other


def test_who_only_looks_sees_decisions_and_no_forms(desk):
    event = drugs.event(desk.document, desk.admin)
    page = desk.as_author.get(desk.page)
    assert "awaiting verification" in words(page)
    assert "Record a decision" not in words(page)
    assert to_verify(page) == []
    before = state()
    for address in (desk.recording, f"/admin/drugs/monograph/decisions/{event.pk}/correct/"):
        assert desk.as_author.get(address).status_code == 403
        assert desk.as_author.post(address, {}).status_code == 403
    desk.as_author.post(f"/admin/drugs/monograph/decisions/{event.pk}/verify/")
    assert state() == before


def test_a_submission_that_concerns_the_whole_drug_stands_apart(desk):
    answer = desk.client.post(desk.recording, decision(desk, approval="", kind="label-changed", pathway=""))
    assert answer.status_code == 302
    event = ApprovalEvent.objects.get()
    assert (event.authority, event.jurisdiction) == ("FDA", "US")  # of the product with that application
    assert "The drug as a whole" in words(desk.client.get(desk.page))


@pytest.mark.parametrize("typed", ["quagga", "QUÁGGA", "brandé", "zz-qua", "brande quagga"])
def test_a_partner_is_found_by_its_name_brand_or_address_whatever_the_marks(desk, typed):
    product = {**drugs.PRODUCT, "brand": "Brandé"}
    drugs.monograph(desk.admin, slug="zz-quaggamab", title="Quággamab", products=[product])
    found = desk.client.get(CHOICES, {"q": typed}).json()["choices"]
    assert found == [{"value": "zz-quaggamab", "name": "Quággamab"}]


def test_partners_are_offered_in_the_same_queries_however_many_drugs_there_are(desk):
    def ask(typed: str) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            found = desk.client.get(CHOICES, {"q": typed}).json()["choices"]
        return len(found), len(queries)

    bulk_rows.create_monographs(20)
    words = ["", "common", "title", "listed", "nothing-has-it"]
    few = [ask(typed) for typed in words]
    bulk_rows.create_monographs(200)
    assert [ask(typed) for typed in words] == few


def test_a_partner_is_typed_or_chosen_from_what_the_server_finds(desk):
    client = desk.client
    for number in range(10):
        drugs.monograph(desk.admin, slug=f"partnerib-{number}", title=f"Partner {number}")
    offered = [
        [choice["value"] for choice in client.get(CHOICES, {"q": typed}).json()["choices"]]
        for typed in ("partnerib", "PARTNER 7", "nobody", "")
    ]
    assert offered[:3] == [[f"partnerib-{number}" for number in range(8)], ["partnerib-7"], []]
    assert len(offered[3]) == 8
    opened = client.get(desk.page)
    assert "partnerib-9" not in opened.content.decode()  # the form holds no list of them
    warning = {"boxed_warnings-0-title": "Theirs", "boxed_warnings-0-text": "Words."}
    refused = client.post(desk.page, {**filled(opened), **warning, "boxed_warnings-0-partner": "nobody"})
    assert "No drug here has the address" in words(refused)
    assert filled(refused)["boxed_warnings-0-partner"] == "nobody"
    sent = {**filled(refused), "boxed_warnings-0-partner": "PARTNERIB-9"}
    assert client.post(desk.page, sent).status_code == 302
    assert filled(client.get(desk.page))["boxed_warnings-0-partner"] == "partnerib-9"


def test_the_page_leads_to_the_library_and_says_what_is_cited(desk):
    page = desk.client.get(desk.recording).content.decode()
    assert "/admin/library/reference/add/" in page
    assert 'data-choices="/admin/library/reference/choices/"' in page
    drugs.verified(desk.document, desk.admin, desk.other, reference=desk.source)
    assert desk.source.title in words(desk.client.get(desk.page))
