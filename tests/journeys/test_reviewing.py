"""A reviewer's two minutes, and an author's answer: without a mouse, on a phone, and counted."""

import re

import pytest
from playwright.sync_api import expect

from tests.databases import manage
from tests.journeys.conftest import ARTICLE, NEW, PASSWORD, POLICY, Person, agree, tab_to

pytestmark = pytest.mark.journey

SPANISH = f"/es/articles/{POLICY}/"
DUE = "form[action$='/sign/'] fieldset.question:not(.is-carried)"
# Two hundred more pages wait, in English.
QUEUE = """
from editorial.accounts.models import User
from editorial.editions.models import Edition
from tests.factories import bulk_rows
model = Edition.objects.filter(language="en").earliest("pk")
bulk_rows.create_queue_items(model, User.objects.get(username="reviewer"), 220)
"""
COUNT = """() => {
    window.pressed = Number(sessionStorage.pressed || 0);
    addEventListener("pointerdown", () => { sessionStorage.pressed = ++window.pressed; }, true);
}"""


def press(page, selector: str, words: str = "", key: str = "Enter") -> None:
    tab_to(page, selector, words)
    page.keyboard.press(key)


def typed(page, selector: str, words: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(words)


def answer(page) -> None:
    """Yes to all that is asked, by Tab and Space."""
    names = [item.locator("input").first.get_attribute("name") for item in page.locator(DUE).all()]
    for name in names:
        press(page, f"input[name={name}]", key="Space")  # the first answer is yes


def sign(person) -> None:
    page = person.page
    answer(page)
    typed(page, "input[type=password][name=sign-password]", PASSWORD)
    page.keyboard.press("Enter")
    person.told("Signed.")


@pytest.mark.prove
def test_a_page_is_found_in_a_queue_of_two_hundred_and_signed_by_keys_alone(person, reader, server_database):
    manage(server_database, "shell", "--command", QUEUE)
    reviewer = person("reviewer2")
    page = reviewer.open("/admin/desk/")
    press(page, "summary", "Filter")
    typed(page, "select[name=language]", "español")
    press(page, ".filters button[type=submit]")
    page.wait_for_url(re.compile("language=es"))
    press(page, "a", "Cómo se revisan nuestras páginas")
    page.wait_for_url(re.compile(r"/editions/\d+/$"))
    sign(reviewer)
    expect(reader(SPANISH).get_by_role("heading", level=1)).to_have_attribute("lang", "es")


@pytest.mark.prove
def test_a_page_is_signed_by_keys_alone_on_the_smallest_phone(new_context, server, reader, submitted):
    reviewer = Person(new_context(viewport={"width": 360, "height": 640}).new_page(), server, "reviewer")
    page = reviewer.open(submitted)
    for view, panel in (("3", "#reader"), ("2", "#beside"), ("1", "#changes")):
        page.keyboard.press(view)
        expect(page.locator(panel)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"view {view} is too wide"
    sign(reviewer)
    expect(reader(f"/en/articles/{ARTICLE}/").get_by_text(NEW)).to_be_visible()


def test_it_is_sent_back_answered_submitted_again_and_signed_by_keys_alone(person, reader, submitted):
    author, reviewer = person("author"), person("reviewer")
    page = reviewer.open(submitted)
    place = "#changes li.change:not(.change-same)"
    press(page, f"{place} .remark-here summary")
    typed(page, f"{place} .remark-here textarea", "Who draws it?")
    press(page, f"{place} .remark-here button")
    expect(page.locator(".thread")).to_contain_text("Who draws it?")
    press(page, "button[formaction$='/send-back/']")
    reviewer.told("Sent back.")

    page = author.open("/admin/desk/")
    press(page, "a", "Edit")
    page.wait_for_url(re.compile("/change/$"))
    tab_to(page, "#id_lead")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Scientists draw the line.")
    press(page, "#open-remarks a")  # to where it stands, beside its field
    typed(page, ".thread .answer-here textarea", "Scientists do.")
    press(page, ".thread .answer-here button[value=done]")
    expect(page.locator(".thread")).to_contain_text("Scientists do.")
    expect(page.locator(".thread")).to_be_focused()
    expect(page.locator("#open-remarks .badge")).to_have_text("done")
    press(page, "button[name=_submit]")
    page.wait_for_url(re.compile("/submit/"))
    tab_to(page, "#id_no_note")
    page.keyboard.press("Space")
    press(page, "button", "Submit for review")
    author.told("Submitted for medical review.")

    page = reviewer.open(page.url.removeprefix(author.address).partition("#")[0])
    expect(page.locator(".thread")).to_contain_text("Scientists do.")
    expect(page.locator(".compare [aria-current]")).to_contain_text("which you sent back")
    expect(page.locator("#signing button.default")).to_be_disabled()
    expect(page.locator("#why-not-sign")).to_contain_text("your remark is still open: “\u2068Who draws it?\u2069”")
    press(page, "#to-settle button[value=resolved]")
    expect(page.locator("#to-settle")).to_be_hidden()
    expect(page.locator(".thread.is-resolved")).to_be_attached()
    sign(reviewer)
    expect(reader(f"/en/articles/{ARTICLE}/").get_by_text("Scientists draw the line.")).to_be_visible()


@pytest.mark.prove
def test_two_authors_words_meet_and_neither_are_lost_by_keys_alone(person, documents, watch):
    watch.expect_status(409)
    author, head = person("author"), person("head")
    mine, theirs = author.write(documents[ARTICLE]), head.write(documents[ARTICLE])
    for page, words in ((theirs, "Their lead."), (mine, "My lead.")):
        tab_to(page, "#id_lead")
        page.keyboard.press("Control+a")
        page.keyboard.type(words)
        press(page, ".submit-row button.default")
    author.told("saved this page while you were writing.")
    expect(mine.locator(".stale")).to_contain_text("Their lead.")
    tab_to(mine, "#id_lead")
    mine.keyboard.press("Control+End")
    mine.keyboard.type(" Their lead.")
    press(mine, ".submit-row button.default")
    author.told("Saved.")
    assert mine.locator("#id_lead").input_value() == "My lead. Their lead."


def test_one_changed_paragraph_is_signed_from_the_mails_link_in_five_clicks_and_a_password(person, reader, submitted):
    reviewer = person("reviewer")  # who signed the edition before
    reviewer.page.add_init_script(f"({COUNT})()")
    page = reviewer.open(submitted)
    changed = page.locator("#changes li.change:not(.change-same)")
    expect(changed).to_have_count(1)
    expect(changed.get_by_text("draw this line").first).to_be_in_viewport()
    form = page.locator("form[action$='/sign/']")
    assert agree(form) == 4  # what no change touched is answered already, but for what is about the signer
    typed(page, "input[type=password][name=sign-password]", PASSWORD)
    form.get_by_role("button", name="Sign", exact=True).click()
    reviewer.told("Signed.")
    assert page.evaluate("Number(sessionStorage.pressed)") <= 5
    expect(reader(f"/en/articles/{ARTICLE}/").get_by_text(NEW)).to_be_visible()


@pytest.mark.prove  # test_previews.py shares one too
def test_a_preview_is_shared_by_keys_alone(person, documents, new_context):
    author = person("author")
    page = author.write(documents[ARTICLE])
    press(page, "a", "Share a preview")
    page.wait_for_url(re.compile("/previews/"))
    press(page, "#content button", "Create link")
    link = page.get_by_label("Link to the preview")
    expect(link).to_be_visible()
    tab_to(page, "input[readonly]")
    stranger = new_context().new_page()
    stranger.goto(link.input_value())
    expect(stranger.get_by_text("Not reviewed: not medical advice.")).to_be_visible()
