"""Headers, cookies and methods of every public answer; the front door; the two questions of whatever watches."""

import re

import pytest
from django.template import engines

from editorial.editions.working.copies import change_slug
from editorial.reviews.services import withdraw
from tests.factories import pages
from tests.layers import layer

ANSWERS = {
    "page": ("/en/articles/a-page/", 200),
    "fallback": ("/ar/articles/a-page/", 200),
    "list": ("/en/articles/", 200),
    "home": ("/en/", 200),
    "reviewer": ("/en/reviewers/{reviewer}/", 200),
    "feed": ("/en/feed/", 200),
    "withdrawn": ("/en/articles/gone/", 410),
    "old address": ("/en/articles/a-page-once/", 301),
    "front door": ("/", 302),
    "not released": ("/en/articles/a-draft/", 404),
    "unknown page": ("/en/articles/never-was/", 404),
    "unknown kind": ("/en/nothing/", 404),
    "unknown language": ("/de/articles/a-page/", 404),
    "no slash": ("/en/articles", 301),
    "no language": ("/articles/", 302),
}
CACHED = ANSWERS.keys() - {"no slash", "no language"}


@layer
def answering(spanish, desk):
    """A page for each of ANSWERS."""
    pages.article(desk.author, slug="a-draft")
    gone = pages.article(desk.author, slug="gone")
    pages.publish(gone, desk.author, desk.reviewer)
    withdraw(gone, "en", user=desk.operator, reason="wrong")
    change_slug(spanish, "a-page-once", user=desk.head)
    change_slug(spanish, "a-page", user=desk.head)


@pytest.fixture
def ask(client, answering, desk):
    """Asks for one of ANSWERS by name."""

    def asked(name: str, method: str = "get", **keywords):
        path, status = ANSWERS[name]
        response = getattr(client, method)(path.format(reviewer=desk.reviewer.reviewer.slug), **keywords)
        if method in ("get", "head"):
            assert response.status_code == status
        return response

    return asked


@pytest.mark.parametrize("name", ANSWERS)
def test_no_reader_ever_gets_a_cookie(ask, name):
    response = ask(name)
    assert not response.cookies
    assert "Set-Cookie" not in response
    assert "cookie" not in response.get("Vary", "").lower()


@pytest.mark.parametrize("name", sorted(CACHED))
def test_caches_keep_pages_and_ask_before_each_use(ask, name):
    assert ask(name)["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("name", ANSWERS)
def test_the_content_security_policy_is_strict_and_the_same_for_every_reader(ask, name):
    policy = ask(name)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    for loose in ("unsafe-", "nonce-", "*", "http:"):
        assert loose not in policy


@pytest.mark.parametrize("name", ANSWERS)
def test_secure_headers_are_there(ask, name):
    response = ask(name)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("name", ANSWERS)
def test_head_answers_as_get_does(ask, name):
    got, headed = ask(name), ask(name, "head")
    assert headed.headers == got.headers
    assert headed.status_code == got.status_code


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("name", ["page", "fallback", "list", "home", "reviewer", "withdrawn", "front door"])
def test_readers_change_nothing(ask, name, method):
    assert ask(name, method).status_code == 405


@pytest.mark.parametrize("name", ["page", "list", "home", "reviewer", "withdrawn"])
def test_a_page_has_neither_scripts_nor_inline_styles(ask, name):
    text = ask(name).content.decode().replace('<script type="application/ld+json">', "")  # which no browser runs
    text = re.sub(r'<script type="module" src="/static/js/[a-z.0-9]+\.js">', "", text)  # ours, without which all works
    assert "<script" not in text
    assert "style=" not in text
    assert "<style" not in text


def test_a_readers_own_cookies_change_nothing(ask, client):
    plain = ask("page").content
    client.cookies["sessionid"] = "anything"
    client.cookies["django_language"] = "es"
    assert ask("page").content == plain
    assert not ask("page").cookies


# --- The front door ---


@pytest.mark.parametrize(
    ("accepted", "leads_to"),
    [
        ("", "en"),
        ("es", "es"),
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("en-GB,es;q=0.9", "en"),
        ("de,ar;q=0.9", "ar"),
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("vi-VN", "vi"),
        ("de-DE,de", "en"),
        ("en;q=0.1,ar;q=0.2", "ar"),
        ("*", "en"),
        ("not a language;;;q=x", "en"),
    ],
)
def test_the_front_door_leads_by_the_browsers_languages(client, accepted, leads_to):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, f"/{leads_to}/")
    assert response["Vary"] == "Accept-Language"


def test_the_front_door_leads_to_languages_that_are_offered_only(client, settings):
    settings.PUBLIC_LANGUAGES = ["en", "es"]
    assert client.get("/", headers={"accept-language": "ar"})["Location"] == "/en/"


def test_the_front_door_leads_to_the_first_language_that_is_offered(client, settings):
    settings.PUBLIC_LANGUAGES = ["en", "es"]
    assert client.get("/", headers={"accept-language": "ar,es;q=0.8,en;q=0.5"})["Location"] == "/es/"


# --- Health ---


def test_the_process_says_that_it_runs_without_asking_the_database(client):
    response = client.get("/healthz")  # no django_db mark: a query would fail
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.parametrize("name", ["page", "fallback", "list", "home", "reviewer", "withdrawn", "unknown page"])
def test_no_page_asks_the_desks_template_engine(ask, name, monkeypatch):
    """What it doesn't find there would be kept with the request that asked, page after page."""
    asked = []
    monkeypatch.setattr(engines["django"].engine, "find_template", lambda *path, **_options: asked.append(path))
    ask(name)
    assert asked == []
