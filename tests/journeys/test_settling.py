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
    rows = page.locator(".settle .cell")
    expect(rows).to_have_count(40)
    expect(rows.first.locator("blockquote")).to_have_text("See the dose first.")
    page.get_by_label("All that are shown").check()
    page.get_by_label("Reason").fill("The dose stayed the same.")
    page.get_by_label("Confirm with your password").fill(PASSWORD)
    reviewer.press("Still correct")
    reviewer.told("Settled on 40 pages.")
    assert 0 < page.evaluate("Number(sessionStorage.acts)") <= 12
    expect(page.get_by_text("Nothing is due.")).to_be_visible()


WITHDRAWN = """
from datetime import date
from django.utils import timezone
from drugs.models import Approval
from drugs.services import record_event
from editorial.accounts.models import User
from editorial.editions.models import Document
from tests.factories.drugs import source
admin = User.objects.get(username="drugadmin")
drug = Document.objects.get(slug="pembrolizumab")
approval = Approval.objects.filter(monograph=drug.pk, stage="advanced").order_by("pk").first()
record_event(
    drug, user=admin, kind="withdrawn-by-sponsor", happened_on=timezone.localdate(), approval=approval,
    reference=source(admin),
)
"""


@pytest.fixture
def counted(person):
    """counted("reviewer") is a person whose clicks are counted in `sessionStorage.acts`."""

    def make(username: str):
        somebody = person(username)
        somebody.page.add_init_script(f"({COUNT})()")
        return somebody

    return make


def open_change(somebody, title: str):
    page = somebody.open("/admin/desk/")
    page.get_by_role("link", name="Rechecks and re-reviews").click()
    page.get_by_role("link", name="Rechecks by cause").click()
    page.locator("li", has=page.get_by_text("a regulator's decision was recorded")).get_by_role(
        "link", name=title
    ).click()
    return page


def test_a_withdrawn_use_is_settled_from_one_page_in_thirty_clicks(counted, server_database):
    """The drug admin sends to their authors what shows it; reviewers settle what does not rest on it."""
    manage(server_database, "shell", "--command", WITHDRAWN, settings="immuno_site.settings.local")
    drugadmin = counted("drugadmin")
    page = open_change(drugadmin, "Pembrolizumab")
    page.get_by_label("Shows it, repeats what it says or cites its source").check()
    certain = page.locator(".settle tbody").first.locator("tr:not(.group)")
    certain.first.get_by_text("Propose wording").click()
    certain.first.get_by_label("What it should say instead").fill("This use was withdrawn.")
    page.get_by_label("Reason").fill("The use was withdrawn.")
    drugadmin.press("Send to the authors")
    drugadmin.told("Sent to the authors.")
    clicks = page.evaluate("Number(sessionStorage.acts)")

    for username in ("reviewer", "reviewer2"):
        reviewer = counted(username)
        page = open_change(reviewer, "Pembrolizumab")
        may_rest = page.locator(".settle tbody").last.locator("tr:not(.group)")
        expect(may_rest.first.locator("blockquote").first).to_be_visible()
        page.get_by_label("May rest on it").check()
        page.get_by_label("Reason").fill("This page does not speak of that use.")
        page.get_by_label("Confirm with your password").fill(PASSWORD)
        reviewer.press("Still correct")
        reviewer.told("Settled on")
        clicks += page.evaluate("Number(sessionStorage.acts)")
    assert 0 < clicks <= 30
