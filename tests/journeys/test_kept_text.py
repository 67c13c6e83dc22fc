"""What is typed outlives the session that it was typed in, and goes to nobody else."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ARTICLE, DRUG, PASSWORD

pytestmark = pytest.mark.journey

# They share the article's script, so `make test` is content with one of them.
FORMS = ("translation", "monograph", "glossary entry", "topic", "remark")
TYPED = "Words that nobody has saved."


def typing(person, documents, request, name: str):
    """(who types, the box that it is typed into, the button that sends it)."""
    if name == "remark":
        reviewer = person("reviewer")
        page = reviewer.open(request.getfixturevalue("submitted"))
        page.locator("#remarks .remark-here summary").click()
        form = page.locator("#remarks .remark-here")
        return reviewer, form.locator("textarea"), form.get_by_role("button")
    who, address, box = {
        "article": ("author", f"/admin/articles/article/{documents[ARTICLE]}/change/", "#id_lead"),
        "translation": ("translator", f"/admin/translate/{documents[ARTICLE]}/es/?unit=article.title", "#id_words"),
        "monograph": ("drugadmin", f"/admin/drugs/monograph/{documents[DRUG]}/change/", "#id_lead"),
        "glossary entry": ("author", f"/admin/library/glossaryentry/{documents['pd-l1']}/change/", "#id_short"),
        "topic": ("author", "/admin/library/topic/1/change/", "#id_name_en"),
    }[name]
    writer = person(who)
    page = writer.open(address)
    return (
        writer,
        page.locator(box),
        page.get_by_role("button", name="Save and continue editing" if name == "topic" else "Save", exact=True),
    )


@pytest.mark.parametrize("name", ["article", *(pytest.param(name, marks=pytest.mark.prove) for name in FORMS)])
def test_a_session_that_ends_while_typing_takes_nothing_along(person, documents, request, watch, name):
    watch.expect_status(401, 403)
    writer, box, send = typing(person, documents, request, name)
    page = writer.page
    box.fill(TYPED)
    expect(page.locator("[data-kept]")).to_contain_text("not saved yet")
    page.context.clear_cookies(name="sessionid")
    send.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Log in", exact=True).click()
    if name == "remark":
        expect(page.locator("#remarks .remark").filter(has_text=TYPED)).to_be_visible()
    else:
        if name == "translation":
            expect(page.locator(".unit-said")).to_contain_text("Saved")
        else:
            writer.told("successfully" if name == "topic" else "Saved.")
        expect(box).to_have_value(TYPED)
    expect(page.locator("[data-kept]")).to_be_empty()
    page.reload()
    expect(page.locator(".kept-offer")).to_have_count(0)


def test_another_account_at_the_same_browser_gets_nothing(person, documents, request, watch):
    watch.expect_status(401, 403, 409)
    author, box, send = typing(person, documents, request, "article")
    page = author.page
    box.fill(TYPED)
    expect(page.locator("[data-kept]")).to_contain_text("not saved yet")
    session = {"name": "sessionid", "value": "session-of-head", "url": f"{author.address}/admin/"}
    page.context.add_cookies([session])
    send.click()
    expect(page.locator("#other-account")).to_be_visible()
    expect(box).to_be_hidden()
    theirs = page.context.new_page()
    theirs.goto(page.url)
    expect(theirs.locator("#id_lead")).not_to_have_value(TYPED)
    expect(theirs.locator(".kept-offer")).to_have_count(0)


def test_after_a_crash_it_is_offered_and_two_tabs_are_called_that(person, documents, request, watch):
    watch.expect_status(409)
    author, box, _send = typing(person, documents, request, "article")
    first = author.page
    box.fill(TYPED)
    expect(first.locator("[data-kept]")).to_contain_text("not saved yet")
    second = first.context.new_page()  # another tab, or another device
    second.goto(first.url)
    second.get_by_role("link", name="Bring it back").click()
    expect(second.locator("#id_lead")).to_have_value(TYPED)
    second.keyboard.press("Control+s")
    expect(second.locator(".messagelist")).to_contain_text("Saved.")
    box.fill("Other words.")
    first.keyboard.press("Control+s")
    author.told("You saved this page in another tab at")
    expect(box).to_have_value("Other words.")
