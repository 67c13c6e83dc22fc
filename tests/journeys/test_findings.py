"""Findings come beside the text while somebody types, and take nothing from under their hands."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DRUG, POLICY, editor

pytestmark = pytest.mark.journey


def test_findings_follow_what_is_typed_and_the_cursor_stays_where_it_was(person, documents):
    page = person("author").write(documents[POLICY])
    panel = page.locator("#findings")
    lead = page.get_by_label("Lead")
    lead.fill("This cures everybody.")
    expect(panel.locator("q", has_text="cures")).to_be_visible()
    expect(lead).to_be_focused()
    expect(panel.get_by_role("status")).to_contain_text("finding")
    lead.fill("This helps many.")
    expect(panel.locator("q", has_text="cures")).to_have_count(0)


def test_a_finding_leads_to_the_editor_of_its_part(person, documents):
    page = person("author").write(documents[POLICY])
    section = page.locator("section.parts[data-parts=sections] > details.part").first
    section.locator("summary").first.click()
    editor(section).click()
    page.keyboard.type("It is completely safe. ")
    link = page.locator(".finding-group[data-check=absolute-words] a[data-place]")
    section.locator("summary").first.click()
    link.click()
    expect(editor(section)).to_be_focused()


def test_advice_is_dismissed_without_losing_what_was_typed(person, documents):
    page = person("author").write(documents[POLICY])
    page.get_by_label("Lead").fill("Words that are not saved.")
    group = page.locator(".finding-group[data-check=no-when-to-call]")
    group.locator(".dismiss > summary").click()
    group.get_by_label("Why is it correct as it is?").fill("It is about the site.")
    group.get_by_role("button", name="Dismiss").click()
    page.locator(".finding-group.is-dismissed > summary").click()
    expect(page.locator(".is-dismissed .reason")).to_have_text("It is about the site.")
    expect(page.get_by_label("Lead")).to_have_value("Words that are not saved.")
    expect(group).to_have_count(0)


def test_without_scripts_the_page_shows_what_is_saved_and_dismisses_by_its_forms(new_context, person, documents):
    signed_in = person("drugadmin")
    context = new_context(java_script_enabled=False, storage_state=signed_in.page.context.storage_state())
    page = context.new_page()
    page.goto(f"{signed_in.address}/admin/drugs/monograph/{documents[DRUG]}/change/")
    group = page.locator(".finding-group[data-check=abbreviation]")
    before = group.locator("li").count()
    if group.get_attribute("open") is None:
        group.locator("> summary").click()
    item = group.locator("li").first
    item.locator(".dismiss > summary").click()
    item.get_by_label("Why is it correct as it is?").fill("It is the name of a test.")
    item.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".is-dismissed .count")).to_have_text("1")
    assert group.locator("li").count() == before - 1
