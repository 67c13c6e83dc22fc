"""On the smallest phone nothing is scrolled sideways, whatever is typed: words without a space, addresses, any script.

Signed words cannot be changed in the database, so the browser changes each text of a finished page.
"""

import sqlite3
from contextlib import closing

import pytest

from tests import PROVING
from tests.journeys.conftest import DRUG
from tests.test_audit import KEYS

pytestmark = pytest.mark.journey

LONG = {
    "a word": "Pneumonoultramicroscopic" * 9,
    "an address": "https://example.org/" + "a-very/long_path-" * 12,
    "Arabic": "بالاستعاضةالمناعية" * 12,
    "Chinese": "免疫治疗" * 60 + "，" + "0123456789" * 20,
}
# One page of each family.
PUBLIC = [
    "", "articles/", "articles/biomarker-tests/", "drugs/", f"drugs/{DRUG}/", "glossary/", "reviewers/helen-okafor/",
]  # fmt: skip
DESK = {
    "author": [
        "/admin/desk/", "/admin/articles/article/", "/admin/articles/article/{article}/change/",
        "/admin/desk/documents/{article}/", "/admin/desk/documents/{article}/history/",
        "/admin/library/figure/{figure}/change/",
    ],
    "translator": ["/admin/translate/{article}/es/"],
    "reviewer2": ["/admin/desk/editions/{waiting}/"],
    "head": ["/admin/desk/overview/"],
}  # fmt: skip

# Everything that comes from people: not the words of controls, which are ours, nor what is only heard.
FILL = """([words, within]) => {
    for (const part of document.querySelectorAll(`${within} details`)) part.open = true;
    for (const box of document.querySelectorAll("textarea, input[type=text], input[type=search]")) box.value = words;
    for (const root of document.querySelectorAll(within)) {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        for (let text = walker.nextNode(); text; text = walker.nextNode()) {
            const ours = "button, label, legend, thead, nav, .badge, .unbroken, script, style, template, .object-tools";
            if (text.data.trim() && !text.parentElement.closest(ours)) text.data = words;
        }
    }
}"""
# What sticks out and is in no box of its own that scrolls, to say where a failure comes from.
WIDE = """() => [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 || each.getBoundingClientRect().left < -1)
    .filter((each) => !each.closest(".skip, svg"))
    .map((each) => each.cloneNode(false).outerHTML.slice(0, 120)).slice(0, 12)"""
IS_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def phone(new_context):
    return new_context(viewport={"width": 320, "height": 640}).new_page()


def too_wide(page, within: str) -> list[tuple]:
    """(what was put into the page, what sticks out), where LONG makes it scroll sideways; `make prove`: one by one."""
    found = []
    for name, words in LONG.items() if PROVING else [("all of them", " ".join(LONG.values()))]:
        page.evaluate(FILL, [words, within])
        if page.evaluate(IS_WIDE):
            found.append((name, page.evaluate(WIDE)))
    return found


@pytest.mark.parametrize("language", ["en", pytest.param("ar", marks=pytest.mark.prove)])
def test_no_word_makes_a_public_page_wider_than_the_smallest_phone(phone, reading_server, language):
    problems = {}
    for path in PUBLIC:
        phone.goto(f"{reading_server}/{language}/{path}")
        if found := too_wide(phone, ":is(main, footer)"):
            problems[path] = found
    assert problems == {}


@pytest.mark.parametrize("language", ["en", pytest.param("ar", marks=pytest.mark.prove)])
def test_no_word_makes_a_page_of_the_desk_wider_than_the_smallest_phone(
    phone, reading_server, demo_database_template, language
):
    with closing(sqlite3.connect(demo_database_template.removeprefix("sqlite:///"))) as connection:
        keys = {name: connection.execute(sql).fetchone()[0] for name, sql in KEYS.items()}
    problems = {}
    phone.set_extra_http_headers({"Accept-Language": language})
    for username, paths in DESK.items():
        session = {"name": "sessionid", "value": f"session-of-{username}", "url": f"{reading_server}/admin/"}
        phone.context.add_cookies([session])
        for path in paths:
            phone.goto(reading_server + path.format(**keys))
            if found := too_wide(phone, "#content"):
                problems[path] = found
    assert problems == {}
