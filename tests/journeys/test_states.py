"""Each page of tests/public_pages.py is in the state that it is named for, so that nobody looks at another one."""

import urllib.request
from urllib.error import HTTPError

import pytest

from tests.databases import copied
from tests.public_pages import PAGES, PublicPage, bring_about, prepared_path
from tests.server import serving

pytestmark = pytest.mark.journey


def problem(address: str, page: PublicPage) -> str:
    """What is wrong with a page, in words; "" if it is in its state."""
    try:
        with urllib.request.urlopen(address) as answer:
            status, html = answer.status, answer.read().decode()
    except HTTPError as error:
        status, html = error.code, error.read().decode()
    if status != page.status:
        return f"{address} answers {status}"
    return "" if page.shows in html else f"{address} does not show {page.shows}"


def test_every_page_is_in_its_state(reading_server):
    there = [page for page in PAGES.values() if not page.is_prepared]
    problems = [problem(f"{reading_server}/{page.languages[0]}/{page.path}", page) for page in there]
    assert [each for each in problems if each] == []


@pytest.mark.prove
def test_what_is_brought_about_is_in_its_state(demo_database_template):
    with copied(demo_database_template) as url:
        token = bring_about(url)
        with serving(url) as address:
            brought = [page for page in PAGES.values() if page.is_prepared]
            problems = [problem(f"{address}/{prepared_path(page, token)}", page) for page in brought]
    assert [each for each in problems if each] == []
