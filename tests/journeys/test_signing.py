"""A sentence goes from its author to its readers, and only by way of somebody who signed it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ARTICLE, NEW, OLD, PASSWORD, POLICY, change_a_sentence, editor, part, tab_to

pytestmark = pytest.mark.journey

ENGLISH, SPANISH = f"/en/articles/{ARTICLE}/", f"/es/articles/{ARTICLE}/"


def test_an_edit_reaches_readers_when_a_reviewer_signed_it_and_not_before(person, reader, documents):
    author, reviewer = person("author"), person("reviewer")
    before = reader(ENGLISH).content()
    assert OLD in before

    change_a_sentence(author, documents)
    author.press("Save")
    author.told("Saved. Readers will see it once it is submitted and signed.")
    assert reader(ENGLISH).content() == before
    edition = author.submit(documents[ARTICLE], "en")
    assert reader(ENGLISH).content() == before

    page = reviewer.open("/admin/desk/")
    waiting = page.locator("section", has=page.get_by_role("heading", name="For you"))
    waiting.get_by_role("link", name="Immunotherapy for breast cancer").click()
    assert page.url.endswith(edition)
    changes = page.locator("#changes li.change:not(.change-same)")
    expect(changes).to_have_count(1)
    expect(changes.locator("del").first).to_be_visible()
    told = changes.locator(".diff").inner_text()
    for word in ("draw this line in different places", "which drug fits your cancer"):
        assert all(item in told for item in word.split())
    page.get_by_role("link", name="As readers will see it").click()  # it loads when it is looked at
    frame = page.frame_locator("iframe").first
    expect(frame.get_by_text(NEW)).to_be_attached()
    reviewer.sign(edition)

    page = reader(ENGLISH)
    expect(page.get_by_text(NEW)).to_be_visible()
    assert OLD not in page.content()


@pytest.mark.prove
def test_the_spanish_page_waits_for_its_own_sign_off(person, reader, documents):
    author, translator = person("author"), person("translator")
    change_a_sentence(author, documents)
    person("reviewer").sign(author.save_and_submit())

    page = reader(SPANISH)
    expect(page.locator("main .notice-warning")).to_have_count(1)
    expect(page.get_by_text("No todos trazan la línea en el mismo lugar.")).to_be_visible()

    page = translator.open(f"/admin/translate/{documents[ARTICLE]}/es/")
    changed = page.locator(".unit-row.is-stale")
    expect(changed).to_have_count(1)
    expect(page.locator("#unit-source")).to_contain_text(NEW)
    page.locator("#id_words").fill("Cada persona traza esta línea en otro lugar.")
    translator.press("Save")
    expect(page.locator(".unit-said")).to_contain_text("Saved")
    expect(changed).to_have_count(0)
    edition = translator.submit(documents[ARTICLE], "es")
    assert "No todos trazan" in reader(SPANISH).content()

    reviewer2 = person("reviewer2")
    page = reviewer2.open(edition)
    expect(page.locator("#changes")).to_contain_text("Cada persona traza esta línea")
    reviewer2.sign(edition)
    page = reader(SPANISH)
    expect(page.get_by_text("Cada persona traza esta línea en otro lugar.")).to_be_visible()
    expect(page.locator("main .notice-warning")).to_have_count(0)


@pytest.mark.prove
def test_what_is_sent_back_with_a_reason_comes_again(person, reader, documents):
    author, reviewer = person("author"), person("reviewer")
    change_a_sentence(author, documents)
    first = author.save_and_submit()

    page = reviewer.open(first)
    form = page.locator(".verdicts .panel", has=page.get_by_role("heading", name="Send it back"))
    form.get_by_label("What needs to change").fill("Say who draws the line.")
    form.get_by_role("button", name="Send back").click()
    reviewer.told("Sent back.")
    expect(page.get_by_role("button", name="Sign", exact=True)).to_be_disabled()

    page = author.open("/admin/desk/")
    back = page.locator("section", has=page.get_by_role("heading", name="Sent back to you"))
    expect(back).to_contain_text("Say who draws the line.")
    back.get_by_role("link", name="Edit").click()
    prose = editor(part(page, "sections", "What is immunotherapy for breast cancer?"))
    prose.locator("p", has_text=NEW).click(click_count=3)
    page.keyboard.type("Scientists draw this line in different places.")
    second = author.save_and_submit()
    assert second != first

    reviewer.sign(second)
    expect(reader(ENGLISH).get_by_text("Scientists draw this line")).to_be_visible()


@pytest.mark.prove  # test_reviewing.py sends back, answers and signs one by keys
def test_a_page_can_be_signed_with_the_keyboard_alone(person, reader, documents):
    """From the desk's first page: every step by Tab and Enter, with the focus always to be seen."""
    reviewer = person("reviewer2")
    page = reviewer.open("/admin/desk/")
    tab_to(page, "a", "Cómo se revisan nuestras páginas")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/editions/\d+/$"))
    for question in page.locator("form[action$='/sign/'] fieldset.question:not(.is-carried)").all():
        tab_to(page, f"input[name={question.locator('input').first.get_attribute('name')}]")
        page.keyboard.press("Space")  # the first answer is yes
    tab_to(page, "input[type=password][name=sign-password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    reviewer.told("Signed.")
    expect(reader(f"/es/articles/{POLICY}/").get_by_role("heading", level=1)).to_have_attribute("lang", "es")


def test_a_name_and_a_password_lead_to_what_waits(page, server):
    """Everybody else in these journeys comes with a session."""
    page.goto(f"{server}/admin/login/")
    page.get_by_label("Username").fill("author")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Review queue")).to_be_visible()
