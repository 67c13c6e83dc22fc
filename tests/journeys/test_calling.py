"""When to call in a browser: the bar that stays, and articles on a phone and on paper."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ARTICLE, DRUG

pytestmark = pytest.mark.journey

PHONE = {"width": 360, "height": 640}
SIDE_EFFECTS = "side-effects-of-immunotherapy"
# Of a bar: where it stands, and whether anything that is read begins under it when the page is scrolled to its end.
COVERED = """() => {
    scrollTo({top: document.documentElement.scrollHeight, behavior: "instant"});
    const bar = document.querySelector(".call-bar").getBoundingClientRect();
    return [...document.querySelectorAll("main p, main li, footer a, footer p")]
        .filter((each) => !each.closest(".call-bar") && each.checkVisibility())
        .map((each) => each.getBoundingClientRect())
        .filter((box) => box.height && box.bottom > bar.top + 1 && box.top < bar.bottom).length;
}"""


@pytest.fixture
def visit(new_context, reading_server):
    def opened(path: str, viewport: dict[str, int]):
        page = new_context(viewport=viewport).new_page()
        page.goto(f"{reading_server}{path}")
        return page

    return opened


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("path", [f"articles/{ARTICLE}/", f"drugs/{DRUG}/"])
def test_the_bar_stays_at_the_bottom_over_no_text_and_leads_to_when_to_call(visit, language, path):
    page = visit(f"/{language}/{path}", PHONE)
    bar = page.locator(".call-bar")
    box = bar.bounding_box()
    assert box["y"] + box["height"] == PHONE["height"]
    assert 44 <= box["height"] <= 64
    assert page.evaluate(COVERED) == 0
    target = bar.locator("a").get_attribute("href")
    bar.locator("a").click()
    expect(page.locator(target)).to_be_in_viewport()
    expect(bar).to_be_hidden()


@pytest.mark.parametrize("path", [f"en/articles/{SIDE_EFFECTS}/", f"ar/drugs/{DRUG}/"])
def test_contents_that_open_behind_the_bar_come_up(visit, path):
    page = visit(f"/{path}", PHONE | {"height": 780})
    page.emulate_media(reduced_motion="reduce")
    contents = page.locator(".contents-folded details")
    contents.evaluate("each => scrollBy(0, each.getBoundingClientRect().bottom - innerHeight + 60)")
    contents.locator("summary").click()
    page.wait_for_function(
        """() => {
            const box = document.querySelector(".contents-folded details").getBoundingClientRect();
            const bar = document.querySelector(".call-bar").getBoundingClientRect();
            return box.height > 100 && (box.bottom <= bar.top || box.top < 40);
        }"""
    )


@pytest.mark.parametrize("viewport", [{"width": 320, "height": 256}, {"width": 640, "height": 360}])
def test_in_a_low_or_magnified_window_the_bar_is_a_link_under_the_title(visit, viewport):
    """1280 by 1024 pixels are 320 by 256 at four times their size (WCAG 1.4.10)."""
    page = visit(f"/en/articles/{ARTICLE}/", viewport)
    style = "getComputedStyle(document.querySelector('.call-bar')).position"
    assert page.evaluate(style) == "static"
    title, bar, words = (page.locator(name).first.bounding_box()["y"] for name in ("h1", ".call-bar", ".page-words"))
    assert title < bar < words
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_paper_has_no_bar_and_every_call_for_help(visit):
    page = visit(f"/en/articles/{SIDE_EFFECTS}/", PHONE)
    page.emulate_media(media="print")
    expect(page.locator(".call-bar")).to_be_hidden()
    for call in page.locator(".care").all():
        expect(call).to_be_visible()
