"""Accessibility, page by page in a real browser: axe finds nothing, light and dark, wide and narrow."""

import sqlite3
from contextlib import ExitStack, closing

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests import PROVING
from tests.databases import connected_to, copy, drop
from tests.journeys import bilingual
from tests.journeys.conftest import ARTICLE, DRUG, Person, part
from tests.public_pages import LANGUAGES, PAGES, bring_about, prepared_path
from tests.server import serving

pytestmark = pytest.mark.audit

# `make audit` and `make prove` look at every page in all four; `make test` at one page of each family in one of them.
LOOKS = ["light-1280", "dark-360", "light-360", "dark-1280"]


# What only `make audit` and `make prove` look at, since `make test` has seen a page of its family.
in_audit = pytest.mark.prove  # and in `make audit`


def with_looks(*cases: tuple, at_first: int | None = None) -> list[tuple]:
    """Every case of `cases` with the looks to see it in; `make test` takes those `at_first`."""
    if PROVING:
        return [(*case, look) for case in cases for look in LOOKS]
    return [(*case, LOOKS[place % 2]) for place, case in enumerate(cases[:at_first])]


def looked_at(paths: list[str]) -> list[str]:
    """All of them, or of each family one."""
    return [path for path in paths if PROVING or path in FAMILIES]


def looked_at_by(username: str) -> list[str]:
    """Of the desk's pages; the queue, where everybody begins, `make test` sees as its reviewer does."""
    return [path for path in looked_at(DESK[username]) if PROVING or username == "reviewer2" or path != "/admin/desk/"]


# One page of the desk for each family of templates: lists, forms, what is read and what is decided.
FAMILIES = {
    "/admin/desk/", "/admin/articles/article/", "/admin/articles/article/{article}/change/",
    "/admin/desk/documents/{article}/", "/admin/desk/documents/{article}/history/",
    "/admin/library/glossaryentry/{entry}/change/", "/admin/library/figure/{figure}/change/",
    "/admin/drugs/monograph/{drug}/change/", "/admin/translate/{article}/ar/",
    "/admin/desk/editions/{waiting}/", "/admin/desk/documents/{article}/en/withdraw/", "/admin/desk/overview/",
    "/admin/accounts/user/{user}/change/", "/admin/reviews/mail/",
}  # fmt: skip
# By whom each page of the desk is audited.
DESK = {
    "author": [
        "/admin/desk/", "/admin/design/", "/admin/articles/article/", "/admin/articles/article/add/",
        "/admin/articles/article/{article}/change/", "/admin/desk/documents/{article}/",
        "/admin/desk/documents/{article}/en/submit/", "/admin/desk/documents/{article}/history/",
        "/admin/desk/documents/{article}/en/preview/", "/admin/desk/documents/{article}/previews/",
        "/admin/library/topic/", "/admin/library/topic/add/", "/admin/library/sitewords/",
        "/admin/library/sitewords/add/", "/admin/library/sitewords/{words}/change/",
        "/admin/library/glossaryentry/", "/admin/library/glossaryentry/add/",
        "/admin/library/glossaryentry/{entry}/change/", "/admin/library/reference/", "/admin/library/reference/add/",
        "/admin/library/reference/{reference}/change/", "/admin/library/figure/", "/admin/library/figure/add/",
        "/admin/library/figure/{figure}/change/", "/admin/password_change/",
    ],
    "drugadmin": [
        "/admin/desk/", "/admin/drugs/monograph/", "/admin/drugs/monograph/add/",
        "/admin/drugs/monograph/{drug}/change/", "/admin/drugs/monograph/{drug}/record/",
        "/admin/drugs/monograph/decisions/{decision}/correct/", "/admin/desk/documents/{drug}/",
        "/admin/desk/documents/{drug}/en/submit/", "/admin/desk/notices/{news}/",
    ],
    "translator": [
        "/admin/desk/", "/admin/desk/mail/", "/admin/translate/{article}/es/", "/admin/translate/{article}/ar/",
        "/admin/desk/documents/{article}/ar/preview/",
    ],
    "reviewer2": [
        "/admin/desk/", "/admin/desk/editions/{waiting}/", "/admin/desk/editions/{waiting}/page/",
        "/admin/desk/editions/{live}/", "/admin/desk/editions/{rechecked}/",
        "/admin/desk/?tab=verify", "/admin/drugs/monograph/decisions/{to_verify}/verify/",
        "/admin/drugs/monograph/{unverified}/change/", "/admin/desk/documents/{article}/en/withdraw/",
        "/admin/desk/sign-offs/{sign_off}/revoke/", "/admin/desk/rechecks/", "/admin/desk/rechecks/{cause}/{changed}/",
        "/admin/desk/editions/{down}/bring-back/",
    ],
    "head": ["/admin/desk/", "/admin/desk/?tab=again&kind=article", "/admin/desk/overview/",
        "/admin/desk/?tab=unanswered", "/admin/desk/absence/",
        "/admin/desk/sign-offs/revoke/?signer={signer}&since=2020-01-01",
    ],
    "admin": [
        "/admin/accounts/user/", "/admin/accounts/user/add/", "/admin/accounts/user/{user}/change/",
        "/admin/accounts/reviewer/", "/admin/accounts/reviewer/add/", "/admin/reviews/signoffpolicy/",
        "/admin/reviews/overduepolicy/", "/admin/reviews/overduepolicy/add/",
        "/admin/reviews/signoffpolicy/add/", "/admin/desk/documents/{article}/", "/admin/reviews/question/",
        "/admin/reviews/question/add/", "/admin/reviews/mail/", "/admin/desk/account/", "/admin/desk/people/",
        "/admin/desk/policies/",
        "/admin/accounts/user/{user}/history/",
    ],
}  # fmt: skip


@pytest.fixture
def unwatched(browser):
    """Makes contexts. The browser complains of axe itself, whose styles the pages' policy refuses."""
    with ExitStack() as opened:

        def make(look: str):
            scheme, width = look.split("-")
            options = {"color_scheme": scheme, "viewport": {"width": int(width), "height": 900}}
            return opened.enter_context(browser.new_context(locale="en-US", **options))

        yield make


@pytest.fixture(scope="module")
def site(reading_server, demo_database_template):
    """(address, keys) of a demonstration that these tests only read."""
    with closing(sqlite3.connect(demo_database_template.removeprefix("sqlite:///"))) as connection:
        return reading_server, {name: connection.execute(sql).fetchone()[0] for name, sql in KEYS.items()}


OPEN_RECHECK = "FROM reviews_recheck WHERE id NOT IN (SELECT recheck_id FROM reviews_settlement) ORDER BY id"
KEYS = {
    "article": f"SELECT id FROM editions_document WHERE slug = '{ARTICLE}'",
    "drug": f"SELECT id FROM editions_document WHERE kind = 'monograph' AND slug = '{DRUG}'",
    "decision": "SELECT MIN(id) FROM drugs_approvalevent",
    "unverified": "SELECT document_id FROM drugs_approvalevent"
    " WHERE id NOT IN (SELECT event_id FROM drugs_verification)",
    "to_verify": "SELECT event_id FROM drugs_unverifiedevent",
    "entry": "SELECT id FROM editions_document WHERE kind = 'glossary' AND slug = 'pd-l1'",
    "reference": "SELECT MIN(id) FROM library_reference",
    "figure": "SELECT MIN(id) FROM library_figure",
    "rechecked": "SELECT edition_id FROM reviews_recheck WHERE id NOT IN (SELECT recheck_id FROM reviews_settlement)",
    "news": "SELECT record_digest FROM drugs_approvalevent WHERE kind LIKE 'withdrawn%'",
    "cause": f"SELECT cause {OPEN_RECHECK}",
    "changed": f"SELECT document_id {OPEN_RECHECK}",
    "down": "SELECT r.edition_id FROM editions_releaseend e JOIN editions_release r ON r.id = e.release_id"
    " WHERE e.cause = 'withdrawn' AND r.language = 'en'",
    "words": "SELECT id FROM editions_document WHERE slug = 'withdrawn'",
    "waiting": "SELECT id FROM editions_edition WHERE id NOT IN (SELECT edition_id FROM editions_release)",
    "live": f"SELECT e.id FROM editions_edition e JOIN editions_document d ON d.id = e.document_id "
    f"WHERE d.slug = '{ARTICLE}' AND e.language = 'en'",
    "sign_off": "SELECT MIN(id) FROM editions_signoff",
    "signer": "SELECT username FROM accounts_user WHERE id IN (SELECT MIN(recorded_by_id) FROM editions_signoff)",
    "user": "SELECT id FROM accounts_user WHERE username = 'author'",
}


# Those that scrolling drives, as the bar's, finish only where somebody scrolls: waiting for one waits for good.
TIMED_ANIMATIONS = "document.getAnimations().filter(animation => animation.timeline === document.timeline)"


# What axe leaves out unless asked. Readers' pages keep WCAG's enhanced contrast (1.4.6) as well.
READERS_RULES = {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}}


def found(page, *, for_readers: bool = False) -> list[str]:
    """What axe finds on a page: a line for each rule, with the first place."""
    page.wait_for_load_state("load")
    # The editor comes with its scripts and fades its buttons: what is half faded has no contrast of its own yet.
    expect(page.locator(":not(.prose-editor) > textarea[data-django-prose-editor-configurable]")).to_have_count(0)
    page.evaluate(f"Promise.allSettled({TIMED_ANIMATIONS}.map(animation => animation.finished))")
    rules = READERS_RULES if for_readers else {}
    result = Axe().run(page, options={"preload": False, "resultTypes": ["violations"], "rules": rules}).response
    place = page.url.split("/", 3)[3]
    return [
        f"/{place} {item['id']}: {len(item['nodes'])} × {item['nodes'][0]['html'][:110]}"
        for item in result["violations"]
    ]


@pytest.mark.parametrize(("language", "look"), with_looks(*((language,) for language in LANGUAGES), at_first=2))
def test_public_pages_have_no_barriers(unwatched, site, language, look):
    address, _keys = site
    page = unwatched(look).new_page()
    problems = []
    for name, shown in PAGES.items():
        if shown.is_prepared or not (PROVING or (shown.is_family if language == "en" else name == "article")):
            continue
        if language in shown.languages:
            response = page.goto(f"{address}/{language}/{shown.path}")
            assert response.status == shown.status, shown.path
            problems += found(page, for_readers=True)
    assert not problems, "\n".join(problems)


@pytest.fixture(scope="module")
def prepared(demo_database_template):
    """(address, token of a preview) of a demonstration with a notice and a preview link."""
    url = copy(demo_database_template)
    token = bring_about(url)
    with serving(url) as address:
        yield address, token
    drop(url)


@in_audit
@pytest.mark.parametrize(("look",), with_looks(()))
def test_a_notice_and_a_preview_have_no_barriers(unwatched, prepared, look):
    address, token = prepared
    page = unwatched(look).new_page()
    problems = []
    for shown in PAGES.values():
        if shown.is_prepared:
            response = page.goto(f"{address}/{prepared_path(shown, token)}")
            assert response.status == shown.status, shown.path
            assert shown.shows in page.content(), shown.path
            problems += found(page, for_readers=True)
    assert not problems, "\n".join(problems)


@in_audit
@pytest.mark.parametrize(("language", "look"), with_looks(("en",), ("ar",)))
def test_suggestions_have_no_barriers(unwatched, site, language, look):
    page = unwatched(look).new_page()
    page.goto(f"{site[0]}/{language}/search/")
    page.get_by_role("combobox").press_sequentially("pemb" if language == "en" else "علاج")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert found(page, for_readers=True) == []


@pytest.mark.parametrize(("language", "look"), with_looks(("en",), ("ar",), at_first=1))
def test_a_word_opened_in_place_has_no_barriers(unwatched, site, language, look):
    page = unwatched(look).new_page()
    page.goto(f"{site[0]}/{language}/articles/{ARTICLE}/")
    page.locator("button.word").first.click()
    expect(page.locator(".entry:popover-open")).to_be_visible()
    assert found(page, for_readers=True) == []


@pytest.mark.parametrize(("username", "look"), with_looks(*((username,) for username in DESK)))
def test_desk_pages_have_no_barriers(unwatched, site, username, look):
    address, keys = site
    person = Person(unwatched(look).new_page(), address, username)
    problems = []
    for path in looked_at_by(username):
        problems += found(person.open(path.format(**keys)))
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(("look",), with_looks(()))
def test_signing_in_has_no_barriers(unwatched, site, look):
    page = unwatched(look).new_page()
    page.goto(f"{site[0]}/admin/login/")
    assert found(page) == []


@in_audit
@pytest.mark.parametrize(
    ("username", "section", "key", "look"),
    with_looks(("author", "articles/article", "article"), ("drugadmin", "drugs/monograph", "drug")),
)
def test_a_page_with_every_part_opened_has_no_barriers(unwatched, site, username, section, key, look):
    address, keys = site
    person = Person(unwatched(look).new_page(), address, username)
    page = person.write(keys[key], section)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert found(page) == []


@pytest.fixture(scope="module")
def in_work(demo_database_template, browser):
    """(address, edition, document) of a demonstration in which a change waits with a remark on it."""
    url = copy(demo_database_template)
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        document = connection.execute(KEYS["article"]).fetchone()[0]
    with serving(url) as address, closing(browser.new_context()) as context, closing(browser.new_context()) as other:
        author, reviewer = Person(context.new_page(), address, "author"), Person(other.new_page(), address, "reviewer")
        page = author.write(document)
        page.get_by_label("Lead").fill("It helps your own immune system. Nobody promises that it cures.")
        edition = author.save_and_submit()
        page = reviewer.open(edition)
        page.locator(".change:not(.change-same) .remark-here summary").first.click()
        page.locator(".remark-here[open] textarea").first.fill("Says who?")
        page.locator(".remark-here[open] button").first.click()
        expect(page.locator(".thread").first).to_be_visible()
        yield address, edition, document
    drop(url)


@in_audit
@pytest.mark.parametrize(("username", "look"), with_looks(("reviewer",), ("author",)))
def test_a_change_with_a_remark_has_no_barriers_in_any_view(unwatched, in_work, username, look):
    address, edition, document = in_work
    person = Person(unwatched(look).new_page(), address, username)
    problems = []
    for view in ("changes", "beside", "reader"):
        problems += found(person.open(f"{edition}#{view}"))
    for path in (f"/admin/desk/documents/{document}/history/", f"/admin/articles/article/{document}/change/"):
        problems += found(person.open(path))
    assert not problems, "\n".join(problems)


@pytest.fixture(scope="module")
def translated(demo_database_template, browser, django_db_blocker):
    """(address, edition) of a demonstration in which a translation waits, with a reason, and wants a back-check."""
    url = copy(demo_database_template)
    with serving(url) as address, closing(browser.new_context()) as context:
        with django_db_blocker.unblock(), connected_to(url):
            source = bilingual.change_source()
        Person(context.new_page(), address, "reviewer").sign(source)
        with django_db_blocker.unblock(), connected_to(url):
            bilingual.ask_back_checks("ar")
            edition = bilingual.submit_translation("ar", is_right=False)
        yield address, edition
    drop(url)


@in_audit
@pytest.mark.parametrize(("look",), with_looks(()))
def test_a_translation_in_review_and_its_back_check_have_no_barriers(unwatched, translated, look):
    address, edition = translated
    person = Person(unwatched(look).new_page(), address, "reviewer2")
    problems = []
    for path in (edition, f"{edition}?units=all", f"{edition}back-check/"):
        problems += found(person.open(path))
    page = person.page
    while count := page.locator("#back-check textarea").count():
        for place in range(count):
            page.locator("#back-check textarea").nth(place).fill("What it says.")
        with page.expect_navigation():
            page.locator("#back-check button").click()
    problems += found(page)
    assert not problems, "\n".join(problems)


@in_audit
@pytest.mark.parametrize(("look",), with_looks(()))
def test_a_conflict_and_what_can_be_cited_have_no_barriers(unwatched, in_work, look):
    address, _edition, document = in_work
    page = Person(unwatched(look).new_page(), address, "head").write(document)
    other = Person(unwatched(look).new_page(), address, "author")
    other.write(document).get_by_label("Lead").fill(f"Their lead, {look}.")  # in each look another
    other.press("Save")
    other.told("Saved.")
    page.get_by_label("Lead").fill("My lead.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".stale")).to_be_visible()
    problems = found(page)
    part(page, "sections", "Which drugs are used?").get_by_role("button", name="Insert citation or link").click()
    page.get_by_role("searchbox").last.fill("pd-l1")
    expect(page.locator(".pick-results button").first).to_be_visible()
    problems += found(page)
    assert not problems, "\n".join(problems)
