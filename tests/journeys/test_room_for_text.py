"""Readers who zoom, enlarge letters or spread them lose nothing (WCAG 1.4.4, 1.4.10, 1.4.12), nor do those who read
without the style sheet.
"""

import pytest

from tests import PROVING
from tests.public_pages import LANGUAGES, PAGES

pytestmark = pytest.mark.journey

# Elements that stick out, to say where a failure comes from.
WIDE = """() => [...document.querySelectorAll("body *")].filter((each) => !each.closest(".skip, .unseen"))
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 || each.getBoundingClientRect().left < -1)
    .map((each) => each.outerHTML.slice(0, 90))"""
# Elements that hide a part of their words; what only looks so, such as a shape behind them, has none. What has a width
# of a pixel is for screen readers.
CLIPPED = """() => [...document.querySelectorAll("body *")].filter((each) => {
    const style = getComputedStyle(each), box = each.getBoundingClientRect(), words = document.createRange();
    const hides = (overflow) => overflow === "hidden" || overflow === "clip";
    words.selectNodeContents(each);
    const inside = words.getBoundingClientRect();
    return each.textContent.trim() && box.width > 2 && box.height > 2
        && ((hides(style.overflowX) && (inside.right > box.right + 1 || inside.left < box.left - 1))
            || (hides(style.overflowY) && inside.bottom > box.bottom + 1));
}).map((each) => each.outerHTML.slice(0, 90))"""
# The policy refuses styles in the page; these come from the browser, as a reader's own do.
SPREAD = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`p { margin-block-end: 2em !important; }
        * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
DOUBLED = "document.documentElement.style.fontSize = '200%'"

# name: (width, height, what is done to the page)
ROOMS = {
    "the smallest phone": (320, 640, ""),
    "a screen of 1280 × 1024 at 400 %": (320, 256, ""),
    "spread letters": (360, 740, SPREAD),
    "spread letters on a wide screen": (1280, 900, SPREAD),
    "letters of twice the size": (640, 900, DOUBLED),
    "letters of twice the size on a wide screen": (1280, 900, DOUBLED),
}
QUICK = ("the smallest phone", "spread letters", "letters of twice the size")


def shown(language: str) -> list[str]:
    """The pages to look at: of each family one, in `make prove` all."""
    pages = [page for page in PAGES.values() if language in page.languages and not page.is_prepared]
    return [f"{language}/{page.path}" for page in pages if PROVING or page.is_family]


@pytest.mark.parametrize("room", ROOMS if PROVING else QUICK)
@pytest.mark.parametrize("language", LANGUAGES if PROVING else ("en", "ar"))
def test_nothing_is_cut_off_or_has_to_be_scrolled_sideways(new_context, watch, reading_server, language, room):
    watch.expect_status(404, 410)
    width, height, act = ROOMS[room]
    page = new_context(viewport={"width": width, "height": height}).new_page()
    problems = []
    for path in shown(language):
        page.goto(f"{reading_server}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        if act:
            page.evaluate(act)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            problems.append(f"/{path} is too wide: {page.evaluate(WIDE)}")
        problems += [f"/{path} cuts off {place}" for place in page.evaluate(CLIPPED)]
    assert not problems, "\n".join(problems)


OUTLINE = """() => {
    for (const sheet of document.styleSheets) sheet.disabled = true;
    const places = ["a.skip", "header", "main", "h1", "footer"]
        .map((selector) => document.querySelector(selector));
    return [document.querySelector("a") === places[0], document.querySelector("main :is(h1, h2, h3)") === places[3],
        places.every((each, index) => !index
            || places[index - 1].compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING),
        places.slice(1).every((each, index, all) => !index || all[index - 1].contains(each)
            || all[index - 1].getBoundingClientRect().top <= each.getBoundingClientRect().top)];
}"""


@pytest.mark.parametrize("language", LANGUAGES if PROVING else ("en",))
def test_without_the_style_sheet_a_page_reads_in_its_order(new_context, watch, reading_server, language):
    watch.expect_status(404, 410)
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    for path in shown(language):
        page.goto(f"{reading_server}/{path}")
        assert page.evaluate(OUTLINE) == [True, True, True, True], path
