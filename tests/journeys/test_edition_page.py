"""The page of an edition on a phone and by keys: nothing sticks out, nothing loads unseen, no key acts unasked."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ARTICLE, Person, tab_to

pytestmark = pytest.mark.journey

ADDRESS = "https://example.org/" + "averylongaddresswithnoplacetobreak" * 6
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
# What is in view is asked for when it is drawn, so a frame later it would have been.
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
VIEWS = {"1": "#changes", "2": "#beside", "3": "#reader"}


@pytest.fixture
def changed(prepared, person, documents) -> str:
    """The address of an edition whose lead became a long web address."""

    def submit() -> str:
        author = person("author")
        author.write(documents[ARTICLE]).get_by_label("Lead").fill(f"See {ADDRESS} for more.")
        return author.save_and_submit()

    return prepared("changed", submit)


def test_a_long_web_address_makes_no_view_wider_than_the_phone(new_context, server, changed):
    reviewer = Person(new_context(viewport={"width": 360, "height": 640}).new_page(), server, "reviewer")
    page = reviewer.open(changed)
    page.locator("#changes li.change:not(.change-same) .remark-here summary").first.click()
    page.locator(".remark-here[open] textarea").fill(f"Is it {ADDRESS} or {ADDRESS}?")
    page.locator(".remark-here[open] button").click()
    expect(page.locator(".thread")).to_contain_text(ADDRESS)
    for key, panel in VIEWS.items():
        page.keyboard.press(key)
        expect(page.locator(panel)).to_be_visible()
        assert not page.evaluate(TOO_WIDE), panel


def test_side_by_side_opens_at_the_first_change_and_marks_its_words(person, submitted):
    page = person("reviewer").open(submitted)
    page.keyboard.press("2")
    changed = page.locator("#beside tr[data-changed]").first
    expect(changed).to_be_in_viewport()
    expect(changed.locator("th")).to_contain_text("What is immunotherapy for breast cancer?")
    expect(changed.locator("td").nth(0).locator("del").first).to_be_visible()
    expect(changed.locator("td").nth(1).locator("ins").first).to_be_visible()


@pytest.mark.parametrize(("width", "frames"), [(1280, 2), pytest.param(360, 1, marks=pytest.mark.prove)])
def test_the_readers_view_loads_when_it_is_looked_at(new_context, server, changed, width, frames):
    reviewer = Person(new_context(viewport={"width": width, "height": 700}).new_page(), server, "reviewer")
    page, loaded = reviewer.page, []
    page.on("request", lambda request: loaded.append(request.url) if request.url.endswith("/page/") else None)
    reviewer.open(changed)
    page.evaluate(DRAWN)
    assert loaded == []
    page.keyboard.press("3")
    shown = page.locator(".reader-frame:visible")
    expect(shown).to_have_count(frames)
    for place in range(frames):
        expect(shown.nth(place).content_frame.locator("h1")).to_be_visible()
    assert len(loaded) == frames


def test_number_keys_can_be_turned_off_and_stay_off(person, changed):
    reviewer = person("reviewer")
    page = reviewer.open(changed)
    switch = page.get_by_label("Shortcut keys")
    page.keyboard.press("3")
    expect(page.locator("#reader")).to_be_visible()
    switch.uncheck()
    page.keyboard.press("1")
    expect(page.locator("#reader")).to_be_visible()
    page = reviewer.open(changed)
    expect(switch).not_to_be_checked()
    expect(page.locator(".views kbd").first).to_be_hidden()
    page.keyboard.press("3")
    expect(page.locator("#changes")).to_be_visible()
    switch.check()
    page.keyboard.press("3")
    expect(page.locator("#reader")).to_be_visible()


def test_a_colleague_who_is_chosen_is_asked_where_the_caret_is(person, changed):
    page = person("reviewer").open(changed)
    page.locator("#changes li.change:not(.change-same) .remark-here summary").first.click()
    form = page.locator(".remark-here[open]")
    form.locator("textarea").fill("Is this so, ?")
    form.locator("textarea").press("End")
    form.locator("textarea").press("ArrowLeft")
    form.get_by_label("Ask a colleague").fill("@reviewer2")
    form.get_by_label("Ask a colleague").press("Tab")
    expect(form.locator("textarea")).to_have_value("Is this so, @reviewer2 ?")
    expect(form.locator("textarea")).to_be_focused()
    expect(form.get_by_label("Ask a colleague")).to_have_value("")


def test_opening_a_remark_puts_the_caret_in_it_and_keys_never_act_while_somebody_types(person, changed):
    page = person("reviewer").open(changed)
    page.locator("#changes li.change:not(.change-same) .remark-here summary").first.click()
    page.keyboard.type("2 or 3? 1 of 24, not 42. Lots of options, so open.")
    expect(page.locator(".remark-here[open] textarea")).to_have_value(
        "2 or 3? 1 of 24, not 42. Lots of options, so open."
    )
    expect(page.locator("#changes")).to_be_visible()
    assert page.url.endswith(changed)
    tab_to(page, "#changes li.change:not(.change-same) .remark-here summary")
    page.locator(".remark-here[open] textarea").evaluate("box => { box.closest('details').open = false; }")
    page.keyboard.press("Enter")
    page.keyboard.type("3")
    expect(page.locator(".remark-here[open] textarea")).to_have_value(re.compile("3.*options|options.*3"))
    for box in ("input[type=password][name=sign-password]", "#id_back-remarks"):
        page.locator(box).focus()
        page.keyboard.type("321lspo")
        expect(page.locator(box)).to_have_value("321lspo")
    expect(page.locator("#changes")).to_be_visible()


@pytest.mark.prove  # test_reviewing.py sends back and looks again, by keys
def test_a_resubmission_opens_on_what_changed_since_it_was_sent_back_and_keys_choose_another_edition(person, documents):
    author, reviewer = person("author"), person("reviewer")
    author.write(documents[ARTICLE]).get_by_label("Lead").fill("Give 42 mg and see.")
    page = reviewer.open(author.save_and_submit())
    page.locator("#id_back-remarks").fill("24, not 42.")
    page.get_by_role("button", name="Send back").click()
    reviewer.told("Sent back.")
    author.write(documents[ARTICLE]).get_by_label("Lead").fill("Give 24 mg and see.")
    page = reviewer.open(author.save_and_submit())
    expect(page.locator(".compare [aria-current]")).to_contain_text("which you sent back")
    expect(page.locator("#changes del", has_text="42")).to_have_text(" 42")
    page.keyboard.press("s")
    expect(page.locator(".compare [aria-current]")).to_contain_text("last signed")
    expect(page.locator("#changes del", has_text="42")).to_have_count(0)
    page.keyboard.press("l")
    expect(page.locator(".compare [aria-current]")).to_contain_text("which you sent back")
    expect(page.locator("#changes del", has_text="42")).to_have_text(" 42")
