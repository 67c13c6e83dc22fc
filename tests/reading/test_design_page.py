"""The page of the design system, and what every page tells machines of itself."""

import pytest

from tests.reading import rendered


def test_the_page_of_the_design_system_is_for_staff(client, article, desk):
    assert client.get("/admin/design/").status_code == 302
    client.force_login(desk.author)
    response = client.get("/admin/design/")
    assert response.status_code == 200
    said = rendered.words(response)
    for part in ("Checked by", "Colors and contrast", "Page 2 of 3"):
        assert part in said
    assert "<" not in said  # what was rendered is not written out
    assert rendered.robots(response) == ["noindex"]
    assert "no-store" in response.headers["Cache-Control"]
    assert client.get("/design/").headers["Location"] == "/admin/design/"


def test_the_page_of_the_design_system_shows_what_there_is(client, desk):
    client.force_login(desk.author)
    assert client.get("/admin/design/").status_code == 200


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_phone_is_told_the_sites_name_in_the_language(client, db, language):
    response = client.get(f"/{language}/site.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert response.json()["lang"] == language
    assert response.json()["dir"] == {"en": "ltr", "ar": "rtl"}[language]
    assert client.get("/favicon.ico").headers["Location"].endswith(".ico")


@pytest.mark.parametrize("path", ["", "articles/", "articles/a-page/", "drugs/", "glossary/", "search/", "nothing/"])
def test_every_page_describes_itself_once(client, article, path):
    root = rendered.parsed(client.get(f"/en/{path}"))
    described = [element.get("content") for element in root.iter("meta") if element.get("name") == "description"]
    assert len(described) == 1
    assert described[0].strip()
