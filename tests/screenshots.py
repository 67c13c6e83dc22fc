"""Pictures of the site as each role sees it, for the README and the guides: `make screenshots`.

And of each readers' page in each state (public_pages.py), to be looked at, in var/screenshots: of those alone with
STATES=1 or by their names.

Starts the real site on a fresh demonstration and drives a real browser, so that the pictures stay true.
"""

import atexit
import os
import sqlite3
import sys
import tempfile
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import sync_playwright

from tests import approval_story
from tests.browser import launch
from tests.databases import manage, open_workspace
from tests.public_pages import PAGES, bring_about, prepared_path
from tests.server import SETTINGS, serving, static_root

OUT = Path(os.environ.get("SCREENSHOTS", Path(__file__).parents[1] / "docs" / "screenshots"))
STATES_OUT = Path(__file__).parents[1] / "var" / "screenshots"
ARTICLE = "articles/immunotherapy-for-breast-cancer/"

# name: (path, role or None, width, colour scheme, whole page)
SHOTS = {
    "home": ("en/", None, 1280, "light", False),
    "home-phone": ("en/", None, 360, "light", True),
    "home-phone-dark": ("en/", None, 360, "dark", True),
    "home-arabic": ("ar/", None, 1280, "light", True),
    "home-vietnamese-phone": ("vi/", None, 360, "light", True),
    "topics": ("en/topics/", None, 1280, "light", True),
    "topic-phone": ("en/topics/immunotherapy/", None, 360, "light", True),
    "topic-arabic": ("ar/topics/immunotherapy/", None, 1280, "light", True),
    "a-to-z-arabic": ("ar/a-z/", None, 1280, "light", True),
    "a-to-z-chinese-phone": ("zh-hans/a-z/", None, 360, "light", True),
    "article": (f"en/{ARTICLE}", None, 1280, "light", False),
    "article-phone": (f"en/{ARTICLE}", None, 360, "light", False),
    "article-spanish-phone-dark": (f"es/{ARTICLE}", None, 360, "dark", False),
    "article-arabic-fallback": (f"ar/{ARTICLE}", None, 1280, "light", False),
    "when-to-call": (f"en/{ARTICLE}#group-when-to-call", None, 1280, "light", False),
    "search": ("en/search/?q=keytruda", None, 1280, "light", False),
    "search-emergency-phone-dark": ("en/search/?q=cant+breathe", None, 360, "dark", False),
    "reviewer-page": ("en/reviewers/helen-okafor/", None, 1280, "light", False),
    "desk-queue": ("admin/", "reviewer2", 1280, "light", False),
    "desk-edition": ("admin/desk/editions/{waiting}/", "reviewer2", 1280, "light", True),
    "desk-diff": ("admin/desk/editions/{changed}/", "reviewer", 1280, "light", False),
    "desk-diff-phone-dark": ("admin/desk/editions/{changed}/", "reviewer", 360, "dark", False),
    "desk-sign": ("admin/desk/editions/{changed}/#verdict", "reviewer", 1280, "light", False),
    "desk-edition-phone": ("admin/desk/editions/{waiting}/", "reviewer2", 360, "light", False),
    "desk-document": ("admin/desk/documents/{article}/", "author", 1280, "light", True),
    "desk-history": ("admin/desk/documents/{article}/history/", "author", 1280, "light", False),
    "desk-articles": ("admin/articles/article/", "author", 1280, "light", False),
    "desk-write": ("admin/articles/article/{article}/change/", "author", 1280, "light", False),
    "desk-write-dark": ("admin/articles/article/{article}/change/", "author", 1280, "dark", False),
    "desk-translate": ("admin/translate/{article}/es/?unit={fever}.text", "translator", 1280, "light", False),
    "desk-submit": ("admin/desk/documents/{article}/en/submit/", "author", 1280, "light", False),
    "desk-withdraw": ("admin/desk/documents/{article}/en/withdraw/", "operator", 1280, "light", False),
    "desk-people": ("admin/accounts/user/", "admin", 1280, "light", False),
}

# Pages whose tables and drawings have most to lose, in both directions, at both widths, in both schemes.
DRUGS = {"drug": "drugs/atezolizumab/", "drugs": "drugs/", "pieces": "articles/biomarker-tests/"}
SHOTS |= {
    "-".join([name, *filter(None, [code, look, scheme])]): (
        f"{language}/{path}", None, width, "dark" if scheme else "light", True,
    )
    for name, path in DRUGS.items()
    for language, code in (("en", ""), ("ar", "arabic"))
    for width, look in ((1280, ""), (360, "phone"))
    for scheme in ("", "dark")
}  # fmt: skip

# The last one: for it, what changed is signed.
SHOTS |= {"desk-translate-changed": ("admin/translate/{article}/es/", "translator", 1280, "light", False)}


# How each readers' page is pictured: (language, or "" for its first; width; what the browser is told).
LOOKS = {
    "phone": ("", 360, {}),
    "wide": ("", 1280, {}),
    "arabic-phone-dark": ("ar", 360, {"color_scheme": "dark"}),
}
# One page of each family besides, and the first page of the site.
FAMILY_LOOKS = {
    "wide-dark": ("", 1280, {"color_scheme": "dark"}),
    "arabic-wide": ("ar", 1280, {}),
    "chinese-phone": ("zh-hans", 360, {}),
    "spanish-phone-dark": ("es", 360, {"color_scheme": "dark"}),
    "vietnamese-phone": ("vi", 360, {}),
    "own-colors": ("", 360, {"forced_colors": "active"}),
    "paper": ("", 700, {"media": "print"}),
}
# {picture: (page, what is pressed on it)}
PRESSED = {
    "menu": ("article", ".menu > summary"),
    "languages": ("article-outdated", ".languages-menu > summary"),
    "review-line": ("article", ".review summary"),
    "contents": ("article", ".contents-folded summary"),
    "word": ("article", "button.word"),
    "changed-part": ("article-changed", ".notice-changed .fold > summary"),
    "decisions": ("drug", "#decisions > .fold > summary"),
}


def keys(path: Path) -> dict[str, int | str]:
    """Keys of what the pictures show, as the fresh demonstration made them."""
    with sqlite3.connect(path) as connection:
        [article] = connection.execute(
            "SELECT id FROM editions_document WHERE slug = 'immunotherapy-for-breast-cancer'"
        ).fetchone()
        [waiting] = connection.execute(
            "SELECT id FROM editions_edition WHERE id NOT IN (SELECT edition_id FROM editions_release)"
        ).fetchone()
        [fever] = connection.execute(
            "SELECT block_id FROM articles_keypoint WHERE article_id = ? AND text_en LIKE 'A fever of%'", [article]
        ).fetchone()
    return {"article": article, "waiting": waiting, "fever": fever}


def sign_in(page, address: str, username: str) -> None:
    page.goto(f"{address}/admin/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", "demo")
    page.click("[type=submit]")


def change(browser, address: str, article: int) -> int:
    """An author changes a page and submits it, so that there is a change to be seen; returns the edition's key."""
    page = browser.new_context().new_page()
    sign_in(page, address, "author")
    page.goto(f"{address}/admin/articles/article/{article}/change/")
    lead = page.input_value("#id_lead").replace(" helps ", " can help ")
    page.fill("#id_lead", f"{lead} Ask your care team if it is for you.")
    page.fill("#id_change_note", "The first lines are clearer.")
    page.check("#id_is_minor")
    page.click("button[name=_submit]")
    page.wait_for_url("**/submit/")
    page.locator("#submit-form button.default").click()
    page.wait_for_url("**/editions/*/")
    page.context.close()
    return int(page.url.rstrip("/").rpartition("/")[2])


def sign(browser, address: str, edition: int) -> None:
    """A reviewer signs it with yes to the whole checklist."""
    page = browser.new_context().new_page()
    sign_in(page, address, "reviewer")
    page.goto(f"{address}/admin/desk/editions/{edition}/")
    form = page.locator("form", has=page.get_by_role("heading", name="Sign it"))
    for question in form.locator("fieldset.question:not(.is-carried)").all():
        question.get_by_label("Yes", exact=True).check()
    form.get_by_label("Confirm with your password").fill("demo")
    form.get_by_role("button", name="Sign", exact=True).click()
    page.locator(".messagelist").wait_for()
    page.context.close()


def picture(
    browser, address: str, file: Path, width: int, *, role: str | None = None, is_whole: bool = True, press: str = "",
    media: str = "screen", **look: str,
) -> None:  # fmt: skip
    """Save what a page looks like, at this address of the site: `width` in pixels, `look` as Playwright's contexts take
    it; `press` is a selector of what is pressed first.
    """
    # Without motion: a picture of a page that still scrolls shows half of it.
    context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce", **look)
    page = context.new_page()
    if role:
        sign_in(page, urljoin(address, "/").rstrip("/"), role)
    page.goto(address)
    page.emulate_media(media=media)
    page.wait_for_load_state("networkidle")
    if press:
        page.locator(press).first.click()
    page.screenshot(path=file, full_page=is_whole)
    context.close()
    print(file.name)


def picture_states(browser, address: str, url: str, wanted: list[str]) -> None:
    """Each readers' page in each state, those that the demonstration lacks last."""
    STATES_OUT.mkdir(parents=True, exist_ok=True)
    pages = {name: page for name, page in PAGES.items() if not wanted or name in wanted}
    token = ""
    for name, page in sorted(pages.items(), key=lambda pair: pair[1].is_prepared):
        if page.is_prepared and not token:
            token = bring_about(url)
        looks = LOOKS | (FAMILY_LOOKS if page.is_family or name == "home" else {})
        for look, (language, width, told) in looks.items():
            if language and (page.is_prepared or language not in page.languages):
                continue
            path = f"{language}/{page.path}" if language else prepared_path(page, token)
            picture(browser, f"{address}/{path}", STATES_OUT / f"{name}-{look}.png", width, **told)
        for what, (pressed, selector) in PRESSED.items():
            if pressed == name:
                file = STATES_OUT / f"{name}-{what}-pressed.png"
                path = prepared_path(page, token)
                picture(browser, f"{address}/{path}", file, 360, is_whole=False, press=selector)


def main(wanted: list[str]) -> None:
    open_workspace(atexit.register)
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "site.sqlite3"
        url = f"sqlite:///{path}"
        manage(url, "prepare", settings=SETTINGS, STATIC_ROOT=static_root())
        found = keys(path)
        with serving(url) as address, sync_playwright() as playwright, launch(playwright) as browser:
            if os.environ.get("STATES") or {*wanted} & {*PAGES} - {*SHOTS}:
                picture_states(browser, address, url, [name for name in wanted if name in PAGES])
                return
            if not wanted or {*wanted} & {*approval_story.PICTURES}:
                approval_story.play(browser, Path(folder), OUT)
            found["changed"] = change(browser, address, found["article"])
            for name, (path, role, width, scheme, whole) in SHOTS.items():
                if wanted and name not in wanted:
                    continue
                if name == "desk-translate-changed":
                    sign(browser, address, found["changed"])
                picture(
                    browser, f"{address}/{path.format(**found)}", OUT / f"{name}.png", width, color_scheme=scheme,
                    role=role, is_whole=whole,
                )  # fmt: skip
            if not wanted:
                picture_states(browser, address, url, [])


if __name__ == "__main__":
    main(sys.argv[1:])
