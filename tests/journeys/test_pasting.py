"""What is pasted from elsewhere keeps its meaning, or the author is told."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ARTICLE, OLD, editor, part

pytestmark = pytest.mark.journey

SECTION = "What is immunotherapy for breast cancer?"
# A table and a power, with a word that a colleague struck out, as Word puts them on the clipboard.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<p class=MsoNormal>Platelets above 1.5 × 10<span style='font-size:7.0pt;vertical-align:super'>9</span>/L:
<del cite="mailto:A">20</del><ins cite="mailto:A">200</ins>&nbsp;mg. See
<a href="https://www.cancer.gov/about-cancer/side-effects">cancer.gov</a>.<o:p></o:p></p>
<table class=MsoTableGrid><tr><td><p class=MsoNormal><b>Drug<o:p></o:p></b></p></td>
<td><p class=MsoNormal><b>Dose<o:p></o:p></b></p></td></tr>
<tr><td><p class=MsoNormal>CPS 10<o:p></o:p></p></td><td><p class=MsoNormal>200 mg<o:p></o:p></p></td></tr></table>
<!--EndFragment--></body></html>"""
PASTE = """(editor, texts) => {
    const data = new DataTransfer();
    for (const [type, text] of Object.entries(texts)) data.setData(type, text);
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def paste(prose, **texts: str) -> None:
    prose.click()
    prose.page.keyboard.press("Control+End")  # after the last word, which what is pasted must not run on from
    prose.evaluate(PASTE, {f"text/{kind}": text for kind, text in texts.items()})


def test_a_table_and_a_power_from_word_are_kept_and_the_author_is_told(person, documents):
    author = person("author")
    page = author.write(documents[ARTICLE])
    prose = editor(section := part(page, "sections", SECTION))
    paste(prose, html=WORD, plain="…")
    told = section.locator(".paste-told")
    expect(told).to_contain_text("Struck-out passages left out: 1. The words: “20”.")
    expect(told).to_contain_text("Tables whose bold first row is now their headings: 1.")
    expect(told).to_have_attribute("role", "status")
    told.get_by_role("button", name="Dismiss this list").click()
    expect(told).to_be_empty()
    expect(prose).to_be_focused()
    author.press("Save")
    author.told("Saved.")
    expect(page.locator(".messagelist .warning")).to_have_count(0)  # what the editor writes is its own
    prose = editor(part(page, "sections", SECTION))
    expect(prose.locator("p", has_text="Platelets")).to_have_text(
        "Platelets above 1.5 × 109/L: 200 mg. See cancer.gov."
    )
    expect(prose.locator("p > sup")).to_have_text("9")
    expect(prose.get_by_role("link", name="cancer.gov")).to_have_attribute(
        "href", "https://www.cancer.gov/about-cancer/side-effects"
    )
    expect(prose.locator("th")).to_have_text(["Drug", "Dose"])
    expect(prose.locator("td")).to_have_text(["CPS 10", "200 mg"])


DROP = """(editor, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    const { left, bottom } = editor.lastElementChild.getBoundingClientRect();
    const place = { clientX: left + 2, clientY: bottom - 4 };
    editor.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true, ...place }));
}"""


def test_what_is_dropped_is_read_too(person, documents):
    page = person("author").write(documents[ARTICLE])
    prose = editor(section := part(page, "sections", SECTION))
    prose.click()
    prose.evaluate(DROP, "<p>Dropped CO<sub>2</sub> <s>gone</s></p>")
    expect(section.locator(".paste-told")).to_contain_text("Struck-out passages left out: 1. The words: “gone”.")
    expect(prose).to_contain_text("Dropped CO2")
    expect(prose.locator("sub")).to_have_text("2")


def test_without_the_server_plain_text_is_pasted_and_the_author_is_told(person, documents):
    page = person("author").write(documents[ARTICLE])
    prose = editor(section := part(page, "sections", SECTION))
    page.route("**/admin/desk/paste/", lambda route: route.abort("aborted"))
    paste(prose, html="<p>Take <b>two</b>.</p>", plain="Take *two*, says cancer.gov.")
    expect(section.locator(".paste-told")).to_contain_text("The server could not be reached")
    pasted = prose.locator("p", has_text="Take *two*, says cancer.gov.")
    expect(pasted).to_have_count(1)
    # The paragraph that it was pasted into may have a link of its own.
    expect(pasted.locator("strong, em, a").filter(has_text=re.compile("two|cancer.gov"))).to_have_count(0)


COPY = """(editor) => {
    window.copied = new DataTransfer();
    const told = { clipboardData: window.copied, bubbles: true, cancelable: true };
    editor.dispatchEvent(new ClipboardEvent("copy", told));
}"""
PASTE_COPIED = """(editor) => {
    const told = { clipboardData: window.copied, bubbles: true, cancelable: true };
    editor.dispatchEvent(new ClipboardEvent("paste", told));
}"""


def test_what_the_editor_copied_itself_asks_nobody(person, documents):
    page = person("author").write(documents[ARTICLE])
    prose = editor(section := part(page, "sections", SECTION))
    asked = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/paste/") else None)
    paragraphs = prose.locator("p", has_text=OLD)
    paragraphs.click()
    page.keyboard.press("Control+a")
    prose.evaluate(COPY)
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    prose.evaluate(PASTE_COPIED)
    expect(paragraphs).to_have_count(2)
    expect(section.locator(".paste-told")).to_be_empty()
    assert asked == []
    # Another site's editor, built on the same library.
    paste(prose, html='<p data-pm-slice="0 0 []">Do <s>not</s> stop.</p>', plain="Do not stop.")
    expect(section.locator(".paste-told")).to_contain_text("Struck-out passages left out: 1.")
