"""Public pages as readers meet them: small screens, right to left, without scripts, on paper."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import ARTICLE

pytestmark = pytest.mark.journey

# One of each direction; the others in `make prove`.
DIRECTIONS = ["en", "ar", *(pytest.param(language, marks=pytest.mark.prove) for language in ("es", "zh-hans", "vi"))]


@pytest.fixture
def visit(new_context, reading_server, watch):
    """visit(path, width=…) opens a public page in a browser of its own."""
    watch.expect_status(404)

    def opened(path: str, **options):
        page = new_context(**options).new_page()
        page.goto(f"{reading_server}{path}")
        return page

    return opened


def starts(page, selector: str) -> str:
    """On which side of the window an element begins."""
    box = page.locator(selector).first.bounding_box()
    return "left" if box["x"] + box["width"] / 2 < page.viewport_size["width"] / 2 else "right"


FRAMED = ["articles/", f"articles/{ARTICLE}/", "drugs/pembrolizumab/", "search/?q=keytruda", "glossary/", "nothing/"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_head_of_a_page_leaves_a_phone_to_the_words(visit, reading_server, language):
    """Pixels at 360: the head, its row and its demonstration line, where the title begins, and the review line."""
    page = visit(f"/{language}/", viewport={"width": 360, "height": 780})
    for path in FRAMED:
        page.goto(f"{reading_server}/{language}/{path}")
        box = {name: page.locator(name).first.bounding_box() for name in (".site-header", ".site-bar", "h1")}
        assert box[".site-header"]["height"] <= 120, path
        assert box[".site-bar"]["height"] <= 56, path
        assert box["h1"]["y"] < 160, path
        for line in page.locator(".demonstration summary, .review summary").all():
            assert line.bounding_box()["height"] < 56, path  # one line, which a finger finds


def test_the_review_line_and_the_menus_open_without_a_script(visit):
    page = visit(f"/en/articles/{ARTICLE}/", java_script_enabled=False, viewport={"width": 360, "height": 780})
    expect(page.locator(".review .signers")).to_be_hidden()
    page.locator(".review summary").click()
    for opened in (".signers", ".review-next", ".about-edition", ".review-policy a"):
        expect(page.locator(f".review {opened}")).to_be_visible()
    page.locator(".menu summary").click()
    page.locator(".menu").get_by_role("link", name="Glossary").click()
    expect(page.locator(".breadcrumbs a")).to_have_text(["Home"])


@pytest.mark.parametrize("path", ["", f"articles/{ARTICLE}/"])
def test_a_right_to_left_page_is_mirrored(visit, path):
    sides, contents = {}, []
    for language in ("en", "ar"):
        page = visit(f"/{language}/{path}", viewport={"width": 1280, "height": 900})
        assert page.locator("html").get_attribute("dir") == {"en": "ltr", "ar": "rtl"}[language]
        sides[language] = (starts(page, ".site-bar .brand"), starts(page, ".site-bar .languages"))
        if path:  # an article has its contents beside it
            contents.append(starts(page, ".page-side"))
    assert sides == {"en": ("left", "right"), "ar": ("right", "left")}
    assert len(set(contents)) == len(contents)


@pytest.mark.parametrize("language", [pytest.param("en", marks=pytest.mark.prove), "ar"])
def test_pages_work_without_scripts(visit, reading_server, language):
    page = visit(f"/{language}/", java_script_enabled=False, viewport={"width": 360, "height": 700})
    page.locator(".path a").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(f"{reading_server}/{language}/articles/{ARTICLE}/")
    page.locator("nav.contents-folded summary").click()
    page.locator("nav.contents-folded a[href='#group-when-to-call']").click()
    expect(page.locator("#group-when-to-call")).to_be_in_viewport()
    page.locator(".languages-menu summary").click()
    page.locator(".languages-menu").get_by_role("link", name="Tiếng Việt").click()
    assert page.url.endswith(f"/vi/articles/{ARTICLE}/")


def test_a_public_page_loads_one_style_sheet_one_script_and_its_figures(visit):
    page = visit(f"/en/articles/{ARTICLE}/")
    loaded = page.evaluate("performance.getEntriesByType('resource').map(e => e.name)")
    others = [name for name in loaded if "/media/" not in name and "/figures/" not in name]
    assert [name.split("/")[-1].split(".")[0] for name in others if not name.endswith(".svg")] == ["site", "page"]
    assert len(others) <= 2


def test_a_link_to_a_source_opens_the_folded_list_and_paper_has_it(visit):
    page = visit(f"/en/articles/{ARTICLE}/", java_script_enabled=False)
    sources = page.locator(".references ol")
    expect(sources).to_be_hidden()
    page.locator(".references summary").click()
    expect(sources).to_be_visible()
    page.locator(".references summary").click()
    expect(sources).to_be_hidden()
    page.locator(".cite a").first.click()
    expect(page.locator(".references li:target")).to_be_in_viewport()
    page.goto(page.url.split("#")[0])
    page.emulate_media(media="print")
    expect(sources).to_be_visible()


def test_a_piece_folds_all_but_emergencies_and_prints_every_call_for_help(visit):
    page = visit("/en/articles/side-effects-of-immunotherapy/", java_script_enabled=False)
    calls = page.locator(".piece details .effect-action")
    for action in page.locator(".piece .care-emergency .effect-action").all():
        expect(action).to_be_visible()
    for folded in calls.all():
        expect(folded).to_be_hidden()
    page.locator(".piece details.fold:has(.signs summary) > summary").first.click()  # the list beyond three lines
    page.locator(".piece details.fold .signs summary").first.click()
    expect(page.locator(".piece details.fold .effect-action").first).to_be_visible()
    page.reload()
    page.emulate_media(media="print")
    assert all(action.bounding_box()["height"] > 10 for action in calls.all())


def test_a_piece_folds_its_table_and_does_not_print_it(visit):
    page = visit("/en/articles/biomarker-tests/", java_script_enabled=False)
    table = page.locator(".piece table").first
    expect(table).to_be_hidden()
    page.locator(".piece summary", has_text="Details").first.click()
    expect(table).to_be_visible()
    page.reload()
    page.emulate_media(media="print")
    for table in page.locator(".piece table").all():
        expect(table).to_be_hidden()


def test_printing_shows_words_and_sources_and_no_menus(visit):
    page = visit(f"/en/articles/{ARTICLE}/")
    page.emulate_media(media="print")
    for seen in ("h1", ".review", ".care-emergency", ".references", ".demonstration"):
        expect(page.locator(seen).first).to_be_visible()
    for hidden in (".site-nav", ".languages", "nav.contents"):
        for item in page.locator(hidden).all():
            expect(item).to_be_hidden()


def test_the_way_round_with_the_keyboard_begins_with_the_text(visit):
    page = visit(f"/en/articles/{ARTICLE}/")
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_a_browser_asks_before_it_shows_a_page_again(new_context, reading_server):
    page = new_context().new_page()
    page.goto(f"{reading_server}/en/articles/{ARTICLE}/")
    with page.expect_response(lambda response: response.url.endswith(f"{ARTICLE}/")) as again:
        page.reload()
    assert again.value.status in (200, 304)
    assert page.context.cookies() == []


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh-CN", "zh-hans"),
        ("de-DE", "en"),
        # Which header opens which language, tests/site/test_language.py says.
        *(pytest.param(*pair, marks=pytest.mark.prove) for pair in (("es-MX", "es"), ("ar", "ar"))),
    ],
)
def test_the_front_door_opens_in_the_browsers_language(visit, locale, language):
    page = visit("/", locale=locale)
    assert page.url.endswith(f"/{language}/")
    assert page.locator("html").get_attribute("lang").lower() == language
