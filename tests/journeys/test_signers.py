"""Nobody alone reaches a signer: an admin asks, and somebody else agrees."""

import pytest
from playwright.sync_api import expect

from tests.test_audit import found

pytestmark = pytest.mark.journey


def test_a_signers_address_is_changed_once_a_second_person_agrees(person, watch):
    admin = person("admin")
    page = admin.open("/admin/accounts/user/?q=reviewer")
    page.get_by_role("link", name="reviewer", exact=True).click()
    page.get_by_label("Email address").fill("helen@hospital.example.org")
    admin.press("Save")
    admin.told("Counts once a second person agrees: Email address: reviewer@example.org → helen@hospital.example.org")
    page.get_by_role("link", name="reviewer", exact=True).click()
    admin.told("Waiting for a second person: Email address")
    expect(page.get_by_label("Email address")).to_have_value("reviewer@example.org")
    assert found(page) == []

    colleague = person("reviewer2")
    seen = colleague.open("/admin/desk/")
    seen.get_by_role("link", name="Changes of people").first.click()
    waiting = seen.get_by_role("listitem").filter(has_text="Helen Okafor").first
    expect(waiting).to_contain_text("reviewer@example.org → helen@hospital.example.org")
    assert found(seen) == []
    colleague.press("Agree")
    colleague.told("Agreed. It counts from now on.")
    page.reload()
    expect(page.get_by_label("Email address")).to_have_value("helen@hospital.example.org")
