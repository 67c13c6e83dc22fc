"""Writing with the prose editor and the buttons beside each part; nobody's typing is lost."""

import pytest
from playwright.sync_api import expect

from tests.factories import figures
from tests.journeys.conftest import ARTICLE, editor, part

pytestmark = pytest.mark.journey


def headings(page) -> list[str]:
    """Of the sections that are saved, in their order."""
    found = page.locator("section.parts[data-parts=sections] > details.part:has(input[name$='-id'][value]) > summary")
    return [" ".join(text.split()) for text in found.all_inner_texts()]


def type_a_section(page, heading: str):
    """Adds a section through the editor: a word in bold, and a list."""
    page.get_by_role("button", name="+ Add a section").click()
    new = page.locator("section.parts[data-parts=sections] > details.part").last
    new.get_by_label("Heading or question").fill(heading)
    editor(new).click()
    page.keyboard.type("Ask about ")
    page.keyboard.press("Control+b")
    page.keyboard.type("trials")
    page.keyboard.press("Control+b")
    page.keyboard.type(" near you.")
    page.keyboard.press("Enter")
    page.keyboard.type("- the first")
    page.keyboard.press("Enter")
    page.keyboard.type("the second")
    return new


def test_a_figure_is_uploaded_while_an_article_is_written_and_nothing_typed_is_lost(person, documents):
    author = person("author")
    page = author.write(documents[ARTICLE])
    new = type_a_section(page, "Where are the trials?")
    with page.expect_popup() as opened:
        new.get_by_role("link", name="Upload a new figure (in a new tab)").click()
    tab = opened.value
    tab.locator("[name=key]").fill("a-new-picture")
    tab.locator("[name=upload]").set_input_files(
        {"name": "picture.png", "mimeType": "image/png", "buffer": figures.picture()}
    )
    tab.locator("[name=alt]").fill("A T cell meets a cancer cell.")
    tab.locator("[name=licence]").fill("CC0")
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.locator(".messagelist")).to_contain_text("Saved.")
    tab.close()
    page.evaluate("dispatchEvent(new Event('focus'))")  # without windows a browser does not tell
    expect(new.locator("input[name$=-figure]").first).to_have_value("a-new-picture")
    expect(new.get_by_label("Heading or question")).to_have_value("Where are the trials?")
    name = choose_a_piece(page, new, "approvals")
    author.press("Save")
    author.told("Saved.")
    saved = part(page, "sections", "Where are the trials?")
    expect(saved.locator("input[name$=-figure]").first).to_have_value("a-new-picture")
    expect(saved.locator(".choice-name").first).to_have_text(name)


def choose_a_piece(page, section, typed: str) -> str:
    """By keys; gives the name that stands under the box then."""
    box = section.locator("input[name$=-shows]").first
    box.fill(typed)
    option = page.get_by_role("listbox").get_by_role("option").filter(has_text=typed).first
    expect(option).to_be_visible()
    name = option.locator("bdi").inner_text()
    while option.get_attribute("aria-selected") == "false":
        box.press("ArrowDown")
    box.press("Enter")
    expect(page.get_by_role("listbox")).to_have_count(0)
    expect(section.locator(".choice-name").first).to_have_text(name)
    return name


def test_an_author_adds_a_section_with_the_editor_and_it_is_what_they_typed(person, documents):
    author = person("author")
    page = author.write(documents[ARTICLE])
    type_a_section(page, "Where are the trials?")
    author.press("Save")
    author.told("Saved.")
    assert headings(page)[-1] == "Where are the trials?"
    prose = editor(part(page, "sections", "Where are the trials?"))
    expect(prose.locator("p > strong").first).to_have_text("trials")
    expect(prose.locator("p").first).to_have_text("Ask about trials near you.")
    expect(prose.locator("ul > li")).to_have_text(["the first", "the second"])


@pytest.mark.prove
def test_an_author_adds_a_section_with_the_editors_own_buttons(person, documents):
    author = person("author")
    page = author.write(documents[ARTICLE])
    page.get_by_role("button", name="+ Add a section").click()
    new = page.locator("section.parts[data-parts=sections] > details.part").last
    new.get_by_label("Heading or question").fill("By mouse")
    editor(new).click()
    page.keyboard.type("bold")
    page.keyboard.press("Control+a")
    new.locator(".prose-menubar [data-name^=bold]").click()
    new.locator(".prose-menubar [data-name^=bulletList]").click()
    author.press("Save")
    author.told("Saved.")
    expect(editor(part(page, "sections", "By mouse")).locator("ul > li strong")).to_have_text("bold")


def test_an_author_makes_a_power_and_a_table_with_the_toolbar_and_the_preview_shows_both(person, documents):
    author = person("author")
    page = author.write(documents[ARTICLE])
    page.get_by_role("button", name="+ Add a section").click()
    new = page.locator("section.parts[data-parts=sections] > details.part").last
    new.get_by_label("Heading or question").fill("Blood counts")
    editor(new).click()
    page.keyboard.type("Above 1.5 × 10")
    new.get_by_role("button", name="Superscript").click()
    page.keyboard.type("9")
    new.get_by_role("button", name="Superscript").click()
    page.keyboard.type("/L.")
    page.keyboard.press("Enter")
    new.get_by_role("button", name="Insert a table").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Caption").fill("When to test")
    dialog.get_by_label("Rows").fill("2")
    dialog.get_by_role("button", name="Insert").click()
    for words in ("Test", "When", "Liver", "each month"):
        page.keyboard.type(words)
        page.keyboard.press("Tab") if words != "each month" else None
    new.get_by_role("button", name="Headings in the first column").click()
    author.press("Save")
    author.told("Saved.")
    page.get_by_role("link", name="Preview", exact=True).click()
    table = page.get_by_role("table", name="When to test")
    expect(table.get_by_role("columnheader")).to_have_text(["Test", "When"])
    expect(table.get_by_role("rowheader")).to_have_text(["Liver"])
    expect(table.get_by_role("cell")).to_have_text(["each month"])
    power = page.get_by_text("Above 1.5 × 10^9/L.")
    expect(power).to_be_visible()
    # In Arabic too, the power stands to the right of its number.
    places = power.evaluate(
        """(p) => {
            p.dir = "rtl";
            p.prepend("أكثر من ");
            const number = document.createRange();
            number.selectNodeContents(p.querySelector("bdo").previousSibling);
            return [p.querySelector("sup"), number].map((each) => [...each.getClientRects()].at(-1).right);
        }"""
    )
    assert places[0] > places[1]


def test_an_author_orders_sections_with_the_buttons(person, documents):
    author = person("author")
    page = author.write(documents[ARTICLE])
    before = headings(page)
    first = part(page, "sections", before[0])
    first.locator("button.down").click()
    expect(first.locator("button.down")).to_be_focused()
    part(page, "sections", before[-1]).locator("button.up").click()
    author.press("Save")
    author.told("Saved.")
    assert headings(page) == [before[1], before[0], *before[2:-2], before[-1], before[-2]]


@pytest.mark.prove
def test_a_section_that_was_just_added_can_be_moved_up(person, documents):
    author = person("author")
    page = author.write(documents[ARTICLE])
    before = headings(page)
    new = type_a_section(page, "Where are the trials?")
    new.locator("button.up").click()
    page.keyboard.press("Enter")  # the button went along and kept the focus
    author.press("Save")
    author.told("Saved.")
    assert headings(page).index("Where are the trials?") < len(before)


def test_a_stale_save_keeps_both_texts_and_the_next_save_is_taken(person, documents, watch):
    watch.expect_status(409)
    author, head = person("author"), person("head")
    mine = author.write(documents[ARTICLE])
    theirs = head.write(documents[ARTICLE])
    theirs.locator("#id_lead").fill("Their lead.")
    head.press("Save")
    head.told("Saved.")

    prose = editor(part(mine, "sections", "Which drugs are used?"))
    prose.locator("p").first.click(click_count=3)
    mine.keyboard.type("My words about drugs.")
    author.press("Save")
    author.told("Grace Whitfield saved this page while you were writing.")
    expect(mine.locator(".stale")).to_contain_text("Their lead.")
    expect(editor(part(mine, "sections", "Which drugs are used?"))).to_contain_text("My words about drugs.")
    mine.locator("#id_lead").fill("Their lead.")
    author.press("Save")
    author.told("Saved.")
    assert mine.locator("#id_lead").input_value() == "Their lead."
    expect(editor(part(mine, "sections", "Which drugs are used?"))).to_contain_text("My words about drugs.")


def test_somebody_who_leaves_with_unsaved_words_is_asked_first(person, documents):
    page = person("author").write(documents[ARTICLE])
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    editor(part(page, "sections", "Which drugs are used?")).locator("p").first.click()
    page.keyboard.type("unsaved ")
    page.get_by_role("link", name="Editions and sign-offs").click()
    expect(page.get_by_role("heading", name="Recent activity")).to_be_visible()
    assert asked == ["beforeunload"]


def test_an_author_who_has_no_scripts_can_save_too(new_context, server, documents):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"{server}/admin/login/")
    page.get_by_label("Username").fill("author")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Log in").click()
    page.goto(f"{server}/admin/articles/article/{documents[ARTICLE]}/change/")
    page.locator("#id_lead").fill("A lead without scripts.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#id_lead")).to_have_value("A lead without scripts.")
    expect(page.locator(".messagelist")).to_contain_text("Saved.")


def test_an_author_cites_and_links_by_choosing_from_what_there_is(person, documents):
    author = person("author")
    page = author.write(documents[ARTICLE])
    prose = editor(part(page, "sections", "Which drugs are used?"))
    prose.locator("p").first.click(click_count=3)
    page.keyboard.type("Ask your team.")
    for words, row, shown in (("schmid", "schmid", "[@schmid"), ("pd-l1", "/glossary/pd-l1/", "PD-L1")):
        page.keyboard.press("End")
        page.keyboard.type(" ")
        part(page, "sections", "Which drugs are used?").get_by_role("button", name="Insert citation or link").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("searchbox").fill(words)
        dialog.locator(".pick-results button", has_text=row).first.click()
        expect(dialog).to_be_hidden()
        expect(prose.locator("p").first).to_contain_text(shown)
    author.press("Save")
    author.told("Saved.")
    prose = editor(part(page, "sections", "Which drugs are used?"))
    expect(prose.locator("p").first).to_contain_text("[@")
    assert prose.locator("p").first.locator("a").get_attribute("href") == "/glossary/pd-l1/"


def test_what_was_selected_is_linked_or_cited_as_it_was_typed_and_a_new_section_is_taken_away(person, documents):
    author = person("author")
    page = author.write(documents[ARTICLE])
    new = type_a_section(page, "Taken away")
    new.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Put it back").click()
    expect(new.get_by_label("Heading or question")).to_have_value("Taken away")
    new.get_by_role("button", name="Remove").click()
    section = part(page, "sections", "Which drugs are used?")
    prose = editor(section).locator("p").first
    prose.click(click_count=3)
    page.keyboard.type("pd-L1 iS")
    for words, row in (("pd-l1", "/glossary/pd-l1/"), ("schmid", "schmid")):
        expect(editor(section)).to_be_focused()
        expect(prose).to_have_text("pd-L1 iS")
        prose.click(click_count=3)
        page.wait_for_function("getSelection().toString().trim() === 'pd-L1 iS'")
        section.get_by_role("button", name="Insert citation or link").click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("searchbox")).to_have_value("pd-L1 iS")
        dialog.get_by_role("searchbox").fill(words)
        dialog.locator(".pick-results button", has_text=row).first.click()
        expect(prose.locator("a")).to_contain_text("pd-L1 iS")
    expect(prose).to_contain_text("pd-L1 iS[@schmid")
    author.press("Save")
    author.told("Saved.")
    assert "Taken away" not in headings(page)


@pytest.mark.prove
def test_an_author_drags_a_section_by_its_grip(person, documents):
    author = person("author")
    page = author.write(documents[ARTICLE])
    before = headings(page)
    rows = page.locator("section.parts[data-parts=sections] > details.part")
    rows.nth(0).locator(".grip").drag_to(rows.nth(2).locator("summary"), target_position={"x": 60, "y": 30})
    author.press("Save")
    author.told("Saved.")
    assert headings(page)[:3] == [before[1], before[2], before[0]]


def test_on_a_phone_the_buttons_are_one_row_a_link_is_asked_in_words_and_a_caption_stays_in_sight(person, documents):
    author = person("author")
    author.page.set_viewport_size({"width": 360, "height": 640})
    page = author.write(documents[ARTICLE])
    section = part(page, "sections", "Which drugs are used?")
    prose = editor(section)
    tops = section.locator(".prose-menubar button:visible").evaluate_all(
        "buttons => [...new Set(buttons.map((each) => each.getBoundingClientRect().top))]"
    )
    assert len(tops) == 1
    prose.locator("p").first.click(click_count=3)
    section.get_by_role("button", name="Link", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox")).to_have_count(1)
    expect(dialog).to_contain_text("A page of this site")
    dialog.get_by_label("Address").fill("/articles/biomarker-tests/")
    dialog.get_by_role("button", name="Set").click()
    expect(prose.locator("a[href='/articles/biomarker-tests/']").first).to_be_visible()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    section.get_by_role("button", name="Insert a table").click()
    dialog.get_by_label("Columns").fill("8")
    dialog.get_by_role("button", name="Insert").click()
    page.keyboard.type("Unbreakable" * 4)
    caption = prose.locator("caption input")
    wrapper = prose.locator(".tableWrapper")
    assert wrapper.evaluate("box => box.scrollWidth > box.clientWidth")
    wrapper.evaluate("box => { box.scrollLeft = 200 }")
    seen, around = caption.bounding_box(), wrapper.bounding_box()
    assert seen["width"] <= around["width"] + 1
    assert seen["x"] == pytest.approx(around["x"], abs=2)
