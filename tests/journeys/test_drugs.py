"""What a regulator decided goes from the drug admin to the reader of an article, and only by way of a signature."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DRUG, PASSWORD

pytestmark = pytest.mark.journey

DAY, SHOWN = "2026-01-15", "Jan. 15, 2026"
WITH_ITS_APPROVALS = "biomarker-tests"  # an article that shows them as a piece


def record(drugadmin, monograph: int) -> None:
    """The drug admin records that the accelerated approval for many DNA changes became a regular one."""
    page = drugadmin.open(f"/admin/drugs/monograph/{monograph}/record/")
    approval = page.locator("#id_approval option", has_text="a TMB of 10 or more")
    page.select_option("#id_approval", value=approval.get_attribute("value"))
    page.select_option("#id_kind", "converted")
    page.locator("#id_happened_on").fill(DAY)
    page.locator("#id_reference").fill("keytruda-label")
    drugadmin.press("Show what it touches")
    drugadmin.press("Record it")
    drugadmin.told("Recorded. Readers see it once it is verified and the page is signed.")


def verify(reviewer) -> None:
    """The reviewer finds the decision in the queue, and enters the sentence of the source that says it."""
    page = reviewer.open("/admin/desk/?tab=verify")
    page.get_by_role("link", name=SHOWN).click()
    page.get_by_label("The sentence of the source that says it").fill(f"KEYTRUDA was approved on {DAY}.")
    page.get_by_label("Confirm with your password").fill(PASSWORD)
    reviewer.press("Verify it")
    reviewer.told("Verified.")


@pytest.mark.prove  # tests/drugs/test_events.py and tests/reading/test_pieces.py say so without a browser
def test_a_decision_reaches_the_readers_of_an_article_when_the_monograph_is_signed(person, reader, documents):
    drugadmin, monograph = person("drugadmin"), documents[DRUG]
    before = reader(f"/en/articles/{WITH_ITS_APPROVALS}/").content()

    record(drugadmin, monograph)
    expect(drugadmin.open("/admin/desk/").get_by_text("Rechecks and re-reviews")).to_be_visible()
    verify(person("reviewer2"))
    assert reader(f"/en/articles/{WITH_ITS_APPROVALS}/").content() == before
    edition = drugadmin.submit(monograph, "en")
    assert reader(f"/en/articles/{WITH_ITS_APPROVALS}/").content() == before

    person("reviewer").sign(edition)
    page = reader(f"/en/articles/{WITH_ITS_APPROVALS}/")
    piece = page.locator("aside.piece-live", has_text="TMB").first
    expect(piece.locator("time[datetime='2026-01-15']").first).to_be_attached()
    assert DAY in reader(f"/en/drugs/{DRUG}/").content()


def test_the_form_of_a_decision_shows_what_the_kind_needs_and_keeps_what_was_chosen(person, documents):
    page = person("drugadmin").open(f"/admin/drugs/monograph/{documents[DRUG]}/record/")
    needed = {
        "": {"approval", "product", "pathway"}, "granted": {"approval", "pathway"}, "narrowed": {"approval"},
        "launched": {"product"}, "label-changed": set(),
    }  # fmt: skip
    for kind, names in needed.items():
        page.select_option("#id_kind", kind)
        for name in ("approval", "product", "pathway"):
            expect(page.locator(f"#id_{name}")).to_be_visible(visible=name in names)
    page.select_option("#id_kind", "granted")
    page.select_option("#id_pathway", "regular")
    page.select_option("#id_kind", "narrowed")
    expect(page.locator("#id_pathway")).to_have_value("")  # nothing unseen is sent
    page.select_option("#id_kind", "granted")
    expect(page.locator("#id_pathway")).to_have_value("regular")


def test_the_list_of_drugs_is_filtered_without_scripts(new_context, server):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{server}/en/drugs/?view=approvals")
    rows = page.locator("main table tbody tr")
    every = rows.count()
    page.get_by_label("Status").select_option(label="Approval withdrawn")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text(f"Showing 1 of {every}.")).to_be_visible()
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("Tecentriq (atezolizumab)")


def test_a_link_opens_what_is_folded_on_the_page_of_a_drug(new_context, server):
    page = new_context(viewport={"width": 360, "height": 800}).new_page()
    page.goto(f"{server}/en/drugs/{DRUG}/")
    for id_ in ("timeline", "products"):
        expect(page.locator(f"#{id_}")).to_be_hidden()
    for id_ in ("decisions", "tell-team", "timeline", "products"):
        page.goto(f"{server}/en/drugs/{DRUG}/#{id_}")
        expect(page.locator(f"#{id_} > *").last).to_be_visible()


def test_what_a_decision_touches_is_shown_first_and_nothing_is_recorded_by_looking(person, documents):
    drugadmin = person("drugadmin")
    page = drugadmin.open(f"/admin/drugs/monograph/{documents[DRUG]}/record/")
    approval = page.locator("#id_approval option").nth(1)
    page.select_option("#id_approval", value=approval.get_attribute("value"))
    page.select_option("#id_kind", "withdrawn-by-sponsor")
    page.locator("#id_happened_on").fill("2026-01-16")
    page.locator("#id_reference").fill("keytruda-label")
    drugadmin.press("Show what it touches")
    expect(page.locator("#preview")).to_be_in_viewport()
    expect(page.locator("#id_happened_on")).to_have_value("2026-01-16")
    drugadmin.open(f"/admin/drugs/monograph/{documents[DRUG]}/change/")
    expect(page.locator("#decisions").get_by_text("Jan. 16, 2026")).to_have_count(0)
