"""Accessibility, page by page in a real browser: axe finds nothing, light and dark, wide and narrow."""

import sqlite3
from contextlib import closing

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.databases import copy, drop
from tests.journeys.conftest import ARTICLE, POLICY, Person
from tests.server import serving

pytestmark = pytest.mark.audit

LOOKS = [
    pytest.param({"color_scheme": scheme, "viewport": {"width": width, "height": 900}}, id=f"{scheme}-{width}")
    for scheme in ("light", "dark")
    for width in (1280, 360)
]
LANGUAGES = ["en", "es", "ar", "zh-hans", "vi"]
PUBLIC = ["", "articles/", f"articles/{ARTICLE}/", f"articles/{POLICY}/", "reviewers/helen-okafor/", "nothing/"]
# By whom each page of the desk is audited.
DESK = {
    "author": [
        "/admin/desk/", "/admin/articles/article/", "/admin/articles/article/add/",
        "/admin/articles/article/{article}/change/", "/admin/desk/documents/{article}/",
        "/admin/desk/documents/{article}/en/submit/", "/admin/desk/documents/{article}/en/changes/",
        "/admin/articles/topic/", "/admin/articles/topic/add/", "/admin/library/sitewords/",
        "/admin/library/sitewords/add/", "/admin/library/sitewords/{words}/change/", "/admin/password_change/",
    ],
    "translator": ["/admin/desk/", "/admin/translate/{article}/es/", "/admin/translate/{article}/ar/"],
    "reviewer2": [
        "/admin/desk/", "/admin/desk/editions/{waiting}/", "/admin/desk/editions/{waiting}/page/",
        "/admin/desk/editions/{live}/", "/admin/desk/documents/{article}/en/withdraw/",
        "/admin/desk/sign-offs/{sign_off}/revoke/",
    ],
    "admin": [
        "/admin/accounts/user/", "/admin/accounts/user/add/", "/admin/accounts/user/{user}/change/",
        "/admin/accounts/reviewer/", "/admin/accounts/reviewer/add/", "/admin/reviews/signoffpolicy/",
        "/admin/reviews/signoffpolicy/add/", "/admin/desk/documents/{article}/",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def site(demo_database_template):
    """(address, keys) of a demonstration that these tests only read."""
    url = copy(demo_database_template)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        keys = {name: connection.execute(sql).fetchone()[0] for name, sql in KEYS.items()}
    with serving(url) as address:
        yield address, keys
    drop(url)


KEYS = {
    "article": f"SELECT id FROM editions_document WHERE slug = '{ARTICLE}'",
    "words": "SELECT id FROM editions_document WHERE slug = 'withdrawn'",
    "waiting": "SELECT id FROM editions_edition WHERE id NOT IN (SELECT edition_id FROM editions_release)",
    "live": f"SELECT e.id FROM editions_edition e JOIN editions_document d ON d.id = e.document_id "
    f"WHERE d.slug = '{ARTICLE}' AND e.language = 'en'",
    "sign_off": "SELECT MIN(id) FROM editions_signoff",
    "user": "SELECT id FROM accounts_user WHERE username = 'author'",
}


def found(page) -> list[str]:
    """What axe finds on a page: its rule, and the first place."""
    page.wait_for_load_state("load")
    result = Axe().run(page).response
    return [
        f"{each['id']}: {each['help']}: {len(each['nodes'])} × {each['nodes'][0]['html'][:120]}"
        for each in result["violations"]
    ]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages_have_no_barriers(new_context, site, watch, language, look):
    watch.expect_status(404)
    address, _keys = site
    page = new_context(**look).new_page()
    problems = {}
    for path in PUBLIC:
        page.goto(f"{address}/{language}/{path}")
        problems[path] = found(page)
    assert {path: each for path, each in problems.items() if each} == {}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("username", DESK)
def test_desk_pages_have_no_barriers(new_context, site, username, look):
    address, keys = site
    person = Person(new_context(**look).new_page(), address, username)
    problems = {}
    for path in DESK[username]:
        problems[path] = found(person.open(path.format(**keys)))
    assert {path: each for path, each in problems.items() if each} == {}


@pytest.mark.parametrize("look", LOOKS)
def test_signing_in_has_no_barriers(new_context, site, look):
    page = new_context(**look).new_page()
    page.goto(f"{site[0]}/admin/login/")
    assert found(page) == []


@pytest.mark.parametrize("look", LOOKS)
def test_a_page_with_every_part_opened_has_no_barriers(new_context, site, look):
    address, keys = site
    person = Person(new_context(**look).new_page(), address, "author")
    page = person.write(keys["article"])
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert found(page) == []


@pytest.mark.parametrize("look", LOOKS)
def test_a_withdrawn_page_has_no_barriers(new_context, demo_database_template, watch, look):
    watch.expect_status(410)
    url = copy(demo_database_template)
    with serving(url) as address:
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            document = connection.execute(KEYS["article"]).fetchone()[0]
        operator = Person(new_context(**look).new_page(), address, "operator")
        page = operator.open(f"/admin/desk/documents/{document}/en/withdraw/")
        page.get_by_label("Reason, for the record").fill("For the audit.")
        operator.press("Take this page down")
        operator.told("Taken down.")
        problems = {}
        for language in LANGUAGES:
            page.goto(f"{address}/{language}/articles/{ARTICLE}/")
            problems[language] = found(page)
    drop(url)
    assert {language: each for language, each in problems.items() if each} == {}
