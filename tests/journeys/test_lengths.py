"""How long readers' pages are: on a phone of 360 by 800, on paper, and on the wire; and that nothing on them moves."""

import gzip
import re
import urllib.request

import pytest

from tests.journeys.conftest import ARTICLE, DRUG

pytestmark = pytest.mark.journey

PHONE = {"width": 360, "height": 800}
SIDE_EFFECTS, LARGEST_DRUG = "side-effects-of-immunotherapy", "trastuzumab-deruxtecan"
# Twelve and ten phone screens, what is folded left folded.
LONGEST = {"articles": 9_600, "drugs": 8_000}
PAGES = [("articles", ARTICLE), ("articles", SIDE_EFFECTS), ("drugs", DRUG), ("drugs", LARGEST_DRUG)]
OTHER_ARTICLES = ["biomarker-tests", "how-our-pages-are-checked", "questions-to-ask"]
# What `make prove` measures besides; `make test` measures English.
OTHERS = [pytest.param(language, marks=pytest.mark.prove) for language in ("ar", "es", "vi", "zh-hans")]
LANGUAGES = ["en", *OTHERS]
# Sheets. What regulators decided is printed with a drug's page, small.
SHEETS = {"articles": 8, "drugs": 8}
FIRST_WORDS = """() => {
    const first = [...document.querySelectorAll(".page-words :is(p, li)")].find((each) => each.checkVisibility());
    const notices = [...document.querySelectorAll(".notices, .fallback")];
    const noticed = notices.reduce((sum, each) => sum + each.getBoundingClientRect().height, 0);
    return first.getBoundingClientRect().top + scrollY - noticed;
}"""
# How far anything moved by itself while the page was read to its end (Cumulative Layout Shift).
SHIFT = """async () => {
    let sum = 0;
    const observer = new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += entry.hadRecentInput ? 0 : entry.value;
    });
    observer.observe({type: "layout-shift", buffered: true});
    for (let top = 0; top < document.documentElement.scrollHeight; top += 400) {
        scrollTo({top, behavior: "instant"});
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return sum;
}"""


@pytest.fixture
def visit(new_context, reading_server):
    def opened(path: str):
        page = new_context(viewport=PHONE).new_page()
        page.goto(f"{reading_server}{path}")
        return page

    return opened


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "slug"), PAGES)
def test_a_page_takes_no_more_phone_screens_than_it_may(visit, kind, slug, language):
    page = visit(f"/{language}/{kind}/{slug}/")
    assert page.evaluate("document.documentElement.scrollHeight") <= LONGEST[kind]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "slug"), [*PAGES, *(("articles", slug) for slug in OTHER_ARTICLES)])
def test_the_first_words_of_the_text_begin_above_900_pixels(visit, kind, slug, language):
    """But for what readers must know of this page first: that it is overdue, outdated or in another language."""
    assert visit(f"/{language}/{kind}/{slug}/").evaluate(FIRST_WORDS) <= 900


@pytest.mark.prove
@pytest.mark.parametrize("language", ["en", "es", "ar", "zh-hans", "vi"])
@pytest.mark.parametrize(("kind", "slug"), PAGES)
def test_a_page_takes_no_more_sheets_than_it_may(visit, kind, slug, language):
    page = visit(f"/{language}/{kind}/{slug}/")
    for form in ("A4", "Letter"):
        assert len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(format=form, prefer_css_page_size=False))) <= SHEETS[kind]


@pytest.mark.parametrize("language", ["en", pytest.param("ar", marks=pytest.mark.prove)])
@pytest.mark.parametrize(("kind", "slug"), [("articles", ARTICLE), ("drugs", DRUG)])
def test_nothing_moves_while_a_page_is_read(visit, kind, slug, language):
    assert visit(f"/{language}/{kind}/{slug}/").evaluate(SHIFT) == 0


@pytest.mark.parametrize("path", [f"articles/{ARTICLE}/", f"articles/{SIDE_EFFECTS}/", f"drugs/{DRUG}/"])
def test_a_page_comes_in_three_requests_and_40_kilobytes_from_nowhere_else(new_context, reading_server, path):
    """Figures and what a browser shows in its own frame (its icon) aside."""
    page = new_context(viewport=PHONE).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{reading_server}/en/{path}", wait_until="networkidle")
    assert {address for address in asked if not address.startswith(f"{reading_server}/")} == set()
    fetched = [address for address in asked if "/figures/" not in address and "icon" not in address]
    assert len(fetched) <= 3
    sizes = {address: len(gzip.compress(urllib.request.urlopen(address).read(), 6)) for address in fetched}
    assert sum(sizes.values()) <= 40 * 1024, sizes
    assert page.context.cookies() == []
