"""On the review desk no typed word is lost, and no button fails after the click."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from editorial.accounts.models import User
from editorial.editions.models import Edition, EndCause, Release
from editorial.reviews.models import Cause, Recheck
from editorial.reviews.services.intervals import end_release
from tests.journeys.conftest import ARTICLE, PASSWORD, agree, change_a_sentence

pytestmark = pytest.mark.journey

PLACE = "#changes li.change:not(.change-same)"


def open_recheck(slug: str) -> None:
    """A decision touches the newest edition of a page; where readers do not see it yet, it is held."""
    author, now = User.objects.get(username="author"), timezone.now()
    edition = Edition.objects.filter(document__slug=slug, language="en").latest("number")
    Recheck.objects.create(
        edition=edition, cause=Cause.EVENT, document=edition.document, because="x", opened_at=now,
        opened_by=author, opened_by_name=author.name,
    )  # fmt: skip
    for release in Release.objects.filter(edition=edition, released_from__gt=now):
        end_release(release, release.released_from, EndCause.HELD, user=author, now=now)


def test_a_recheck_of_a_live_page_is_dismissed_and_the_answers_stay(person, documents, on_served_database):
    with on_served_database():
        open_recheck(ARTICLE)
    reviewer = person("reviewer")
    page = reviewer.open(f"/admin/desk/documents/{documents[ARTICLE]}/")
    page.locator("table tr", has=page.locator("th[lang=en]")).locator("td a").first.click()
    page.wait_for_url("**/editions/*/")
    reaffirming = page.locator("form[action$='/reaffirm/']")
    due = reaffirming.locator("fieldset.question").first.get_by_label("Does not apply")
    due.check()
    reaffirming.get_by_label("Confirm with your password").fill(PASSWORD)
    page.get_by_label("Reason for dismissing it").fill("Nothing on this page says so.")
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    reviewer.press("Dismiss")
    reviewer.told("Dismissed. Your reason has been recorded.")
    expect(page.locator("#rechecks")).to_contain_text("dismissed, with a reason")
    expect(page.get_by_role("button", name="Dismiss", exact=True)).to_have_count(0)
    expect(due).to_be_checked()
    agree(reaffirming)
    reviewer.press("Reaffirm")
    reviewer.told("Reaffirmed.")


@pytest.mark.prove
def test_a_held_schedule_says_so_and_goes_on_when_its_recheck_is_dismissed(person, documents, on_served_database):
    author, reviewer = person("author"), person("reviewer")
    change_a_sentence(author, documents)
    edition = author.save_and_submit()
    page = reviewer.open(edition)
    form = page.locator("#signing")
    agree(form)
    form.locator("details.choices > summary").click()
    form.get_by_label("Publish at").fill(page.evaluate("new Date(Date.now() + 864e5 * 9).toISOString().slice(0, 16)"))
    form.get_by_label("Confirm with your password").fill(PASSWORD)
    reviewer.press("Sign")
    reviewer.told("Signed.")
    expect(page.get_by_role("heading", name="Reaffirm it")).to_have_count(0)  # nobody reads it yet
    with on_served_database():
        open_recheck(ARTICLE)

    page = author.open(edition)
    expect(page.locator("#rechecks")).to_contain_text("On hold: a recheck is open")
    expect(page.get_by_role("button", name="Dismiss", exact=True)).to_be_disabled()
    expect(page.locator("#rechecks .why")).to_have_text("Only medical reviewers can dismiss a recheck.")
    page = reviewer.open(edition)
    page.get_by_label("Reason for dismissing it").fill("It is about another cancer.")
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    reviewer.press("Dismiss")
    reviewer.told("Dismissed. Your reason has been recorded.")
    expect(page.locator("#rechecks")).not_to_contain_text("Held")
    page = reviewer.open(f"/admin/desk/documents/{documents[ARTICLE]}/")
    expect(page.locator("table tr", has=page.locator("th[lang=en]"))).not_to_contain_text("Held")


def remark(page, words: str, send: bool = True) -> None:
    place = page.locator(PLACE)
    if not place.locator(".remark-here textarea").is_visible():
        place.locator(".remark-here summary").click()
    place.locator(".remark-here textarea").fill(words)
    if send:
        place.get_by_role("button", name="Send remark").click()


def test_a_remark_takes_nothing_else_that_was_typed(person, submitted):
    reviewer = person("reviewer")
    page = reviewer.open(submitted)
    form = page.locator("#signing")
    count = agree(form)
    page.get_by_label("What needs to change").fill("Say it more simply.")
    page.locator("#remarks .remark-here summary").click()
    page.locator("#remarks .remark-here textarea").fill("Not sent yet.")
    remark(page, "Who draws it?")
    expect(page.locator(f"{PLACE} .thread")).to_contain_text("Who draws it?")
    expect(page.locator(".remark").first).to_be_focused()
    expect(page.locator(f"{PLACE} .remark-here textarea")).to_have_value("")
    expect(page.locator("#to-open-remarks")).to_have_text("1 open remark")
    assert form.locator("fieldset.question:not(.is-carried) input:checked").count() == count
    expect(page.get_by_label("What needs to change")).to_have_value("Say it more simply.")
    expect(page.locator("#remarks .remark-here textarea")).to_have_value("Not sent yet.")

    page.locator(".thread .answer summary").click()
    page.locator(".thread .answer textarea").fill("I found it.")
    reviewer.press("Resolve")
    expect(page.locator(".thread.is-resolved")).to_contain_text("I found it.")
    expect(page.locator("#to-open-remarks")).to_be_hidden()
    expect(page.get_by_label("What needs to change")).to_have_value("Say it more simply.")


def test_a_remark_that_was_not_sent_stays_and_says_so(person, submitted):
    reviewer = person("reviewer")
    page = reviewer.open(submitted)
    remark(page, "Who draws it?", send=False)
    page.route("**/session/", lambda route: route.abort("aborted"))  # no network
    page.locator(PLACE).get_by_role("button", name="Send remark").click()
    expect(page.locator(f"{PLACE} [role=alert]")).to_contain_text("Not sent")
    expect(page.locator(f"{PLACE} .remark-here textarea")).to_have_value("Who draws it?")


def test_the_verdicts_buttons_say_what_they_wait_for(person, submitted):
    page = person("reviewer").open(submitted)
    form, sign = page.locator("#signing"), page.get_by_role("button", name="Sign", exact=True)
    back, change = page.get_by_role("button", name="Send back"), page.get_by_label("What needs to change")
    expect(sign).to_be_disabled()
    expect(page.locator("#why-not-sign li:visible")).to_have_text(["Complete the checklist first."])
    expect(back).to_be_disabled()
    expect(page.locator("#why-not-send li:visible")).to_have_count(1)
    agree(form)
    expect(sign).to_be_enabled()
    expect(page.locator("#why-not-sign li:visible")).to_have_count(0)
    form.locator("fieldset.question").first.get_by_label("No", exact=True).check()
    expect(sign).to_be_disabled()
    expect(sign).to_have_accessible_description(
        "You answered “No” to a question. Send the page back and say what needs to change."
    )
    form.locator("fieldset.question").first.get_by_label("Yes", exact=True).check()
    change.fill("Say it more simply.")
    expect(sign).to_be_disabled()
    expect(page.locator("#why-not-sign li:visible")).to_contain_text(["You wrote what needs to change."])
    expect(back).to_be_enabled()
    change.fill("")
    expect(sign).to_be_enabled()
    remark(page, "Who draws it?")
    expect(back).to_be_enabled()  # that is what has to change


@pytest.mark.parametrize("username", ["reviewer", pytest.param("translator", marks=pytest.mark.prove)])
def test_leaving_asks_first_where_something_was_typed(person, documents, submitted, username):
    somebody = person(username)
    page = somebody.open(submitted if username == "reviewer" else f"/admin/translate/{documents[ARTICLE]}/es/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    here = page.url
    page.locator(".meta a").first.click()
    page.wait_for_url(lambda url: url != here)
    assert asked == []
    page.goto(here)
    if username == "reviewer":
        page.get_by_label("What needs to change").fill("Say it more simply.")
    else:
        page.locator("#id_words").press_sequentially("x")
    page.locator(".meta a").first.click()
    page.wait_for_url(lambda url: url != here)
    assert asked == ["beforeunload"]


@pytest.mark.prove  # where it asked, no journey would get on: Playwright answers that it stays
def test_what_is_sent_does_not_ask(person, submitted):
    reviewer = person("reviewer")
    page, asked = reviewer.open(submitted), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    remark(page, "Who draws it?")
    expect(page.locator(f"{PLACE} .thread")).to_be_visible()
    page.get_by_label("What needs to change").fill("Say it more simply.")
    reviewer.press("Send back")
    reviewer.told("Sent back.")
    assert asked == []


def test_without_scripts_all_of_it_is_sent_by_its_forms(new_context, person, submitted):
    signed_in = person("reviewer")
    context = new_context(java_script_enabled=False, storage_state=signed_in.page.context.storage_state())
    page = context.new_page()
    page.goto(f"{signed_in.address}{submitted}")
    remark(page, "Who draws it?")
    expect(page.locator(f"{PLACE} .thread")).to_contain_text("Who draws it?")
    expect(page.get_by_role("button", name="Sign", exact=True)).to_be_disabled()  # while their remark is open
    page.get_by_role("button", name="Send back").click()
    expect(page.locator(".messagelist")).to_contain_text("Sent back.")
