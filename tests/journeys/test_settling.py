"""A page comes down, and whoever may sign the forty that lead to it says at once that they do not rest on it."""

import pytest
from playwright.sync_api import expect

from tests.databases import manage
from tests.journeys.conftest import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.prove]

FORTY = f"""
from editorial.accounts.models import User
from editorial.reviews.services import withdraw
from tests.factories import pages
author, reviewer = (User.objects.get(username=name) for name in ("author", "reviewer"))
base = pages.article(author, slug="base", title="Base")
pages.publish(base, author, reviewer, password="{PASSWORD}")
leading = pages.SECTION | {{"body": '<p>See <a href="/articles/base/">the dose</a> first.</p>'}}
for number in range(40):
    page = pages.article(author, title=f"Page {{number}}", sections=[leading])
    pages.publish(page, author, reviewer, password="{PASSWORD}")
withdraw(base, "en", user=reviewer, reason="An error.")
"""
COUNT = """() => {
    window.acts = Number(sessionStorage.acts || 0);
    for (const act of ["click", "change"])
        addEventListener(act, event => { if (event.isTrusted) sessionStorage.acts = ++window.acts; }, true);
}"""


def test_forty_rechecks_are_settled_in_twelve_actions_or_fewer(person, server_database):
    manage(server_database, "shell", "--command", FORTY, settings="immuno_site.settings.local")
    reviewer = person("reviewer2")
    reviewer.page.add_init_script(f"({COUNT})()")
    page = reviewer.open("/admin/desk/")
    page.get_by_role("link", name="Rechecks and re-reviews").click()
    page.get_by_role("link", name="Rechecks by cause").click()
    page.get_by_role("link", name="Base").first.click()
    rows = page.locator("form ul.rows > li")
    expect(rows).to_have_count(40)
    expect(rows.first.locator("blockquote")).to_have_text("See the dose first.")
    page.get_by_label("(40)").check()
    page.get_by_label("Reason").fill("The dose stayed the same.")
    page.get_by_label("Confirm with your password").fill(PASSWORD)
    reviewer.press("Settle")
    reviewer.told("Settled on 40 pages.")
    assert 0 < page.evaluate("Number(sessionStorage.acts)") <= 12
    expect(page.get_by_text("Nothing is due.")).to_be_visible()
