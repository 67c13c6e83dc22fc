"""A page on paper: the button that prints it, and the way to it in another language."""

import pytest

from tests.journeys.conftest import ARTICLE

pytestmark = pytest.mark.journey

PHONE = {"width": 360, "height": 780}
COUNT_PRINTS = "window.prints = 0; window.print = () => { window.prints += 1; };"


@pytest.fixture
def visit(new_context, reading_server):
    def opened(path: str, **options):
        page = new_context(viewport=PHONE, **options).new_page()
        page.add_init_script(COUNT_PRINTS)
        page.goto(f"{reading_server}{path}")
        return page

    return opened


def shown_buttons(page):
    return page.locator("button[data-print]").filter(visible=True)


@pytest.mark.parametrize("path", [f"articles/{ARTICLE}/", "drugs/pembrolizumab/", "glossary/pd-l1/"])
def test_a_page_is_printed_from_where_a_reader_looks_for_it(visit, path):
    """Under the menu, beside the contents and after the last words."""
    page = visit(f"/en/{path}")
    page.locator(".menu summary").click()
    buttons = shown_buttons(page).all()
    assert len(buttons) == 2 + page.locator(".page-side .contents-folded").count()
    for button in buttons:
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 44
        button.click()
    assert page.evaluate("prints") == len(buttons)
    page.emulate_media(media="print")
    assert shown_buttons(page).count() == 0


def test_without_a_script_no_page_offers_what_it_cannot_do(visit):
    page = visit(f"/en/articles/{ARTICLE}/", java_script_enabled=False)
    page.locator(".menu summary").click()
    assert shown_buttons(page).count() == 0
    assert page.locator(".menu li").filter(visible=True).last.locator("a").count() == 1


def test_a_spanish_article_is_printed_from_home_by_five_taps(visit):
    page = visit("/en/")
    page.locator(".languages-menu summary").click()
    page.locator(".languages-menu a[lang=es]").click()
    page.locator(f".path a[href='/es/articles/{ARTICLE}/']").click()
    page.locator(".menu summary").click()
    page.locator(".menu button[data-print]").click()
    assert page.evaluate("[prints, document.documentElement.lang]") == [1, "es"]
