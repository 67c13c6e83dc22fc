"""Files of figures as browsers fetch them: kept for good, harmless on their own, and never other bytes."""

import hashlib

import pytest
from django.core.files.storage import default_storage

from editorial.library.figure_layout import address, steps
from editorial.library.services import save_figure
from tests.factories import figures, pages, people
from tests.reading import rendered

pytestmark = pytest.mark.django_db


@pytest.fixture
def figure():
    return figures.figure(people.author())


@pytest.mark.parametrize("content", [figures.picture(), figures.drawing()], ids=["picture", "drawing"])
def test_a_file_is_served_for_good_under_its_digest(client, content, django_assert_num_queries):
    figure = figures.figure(people.author(), content=content)
    for file in figure.files:
        with django_assert_num_queries(0):
            got = client.get(address(file))
        assert got.status_code == 200
        assert hashlib.sha256(got.content).hexdigest() == file["digest"]
        assert got["Content-Type"] == file["type"]
        assert got["Cache-Control"] == "public, max-age=31536000, immutable"
        assert got["ETag"] == f'"{file["digest"]}"'
        assert got["X-Content-Type-Options"] == "nosniff"
        assert got["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        # The same in every language, and nobody's.
        assert not {"Vary", "Content-Language", "Set-Cookie"} & got.headers.keys()


def test_a_browser_that_has_it_gets_no_bytes_and_the_same_headers(client, figure, django_assert_num_queries):
    file = figure.files[0]
    whole = client.get(address(file))
    with django_assert_num_queries(0):
        got = client.get(address(file), headers={"If-None-Match": whole["ETag"]})
    assert (got.status_code, got.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options"):
        assert got[name] == whole[name]


@pytest.mark.parametrize(("method", "status"), [("head", 200), ("post", 405), ("put", 405), ("delete", 405)])
def test_a_file_is_only_read(client, figure, method, status):
    got = getattr(client, method)(address(figure.files[0]))
    assert (got.status_code, got.content) == (status, b"")


@pytest.mark.parametrize(
    "name",
    [
        "0" * 64 + ".webp", "0" * 64, "{digest}", "{digest}.", "{digest}.png", "{digest}.gif", "{digest}.webp.webp",
        "{upper}.webp", "{digest}.WEBP", "x.webp", "..%2f{digest}.webp", "{digest}%00.webp", "%2e%2e", "figures",
        "{digest}.webp%20", "é.webp", "{digest}.webp%2f..%2fx",
    ],
)  # fmt: skip
def test_any_other_name_leads_nowhere(client, figure, name, django_assert_num_queries):
    digest = figure.files[0]["digest"]
    with django_assert_num_queries(0):
        got = client.get(f"/figures/{name.format(digest=digest, upper=digest.upper())}")
    assert got.status_code == 404
    assert got["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in got.headers


def test_bytes_that_are_not_those_of_the_digest_are_not_served(client, settings, tmp_path, caplog):
    settings.MEDIA_ROOT = tmp_path
    figure = figures.figure(people.author())
    file = figure.files[0]
    path = tmp_path / address(file).strip("/")
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert client.get(address(file)).status_code == 404
    assert client.get(address(file), headers={"If-None-Match": f'"{file["digest"]}"'}).status_code == 404
    assert "do not match its digest" in caplog.text


# --- On a page ----------------------------------------------------------------------------------------------


def page_with(figure, **section):
    author = people.author()
    document = pages.article(author, slug="a-page", sections=[{**pages.SECTION, "figure": figure, **section}])
    pages.publish(document, author, people.reviewer())
    return document


def shown(client, language: str = "en"):
    """The <figure> of the page."""
    [figure] = rendered.parsed(client.get(f"/{language}/articles/a-page/")).iter("figure")
    return figure


def said(element) -> str:
    return " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize(
    "section",
    [{}, {"group": "editors-note"}, {"group": "when-to-call", "care_level": "urgent"}],
    ids=["section", "note", "care card"],
)
def test_a_figure_stands_in_every_sort_of_section(client, section):
    page_with(figures.figure(people.author(), "a-figure", figures.picture(2000, 1000)), **section)
    figure = shown(client)
    assert (figure.get("id"), figure.get("lang"), figure.get("dir")) == ("figure-a-figure", "en", "ltr")
    [image], [source] = figure.iter("img"), figure.iter("source")
    assert (image.get("width"), image.get("height"), image.get("loading")) == ("600", "300", "lazy")
    assert image.get("alt") == "A drug covers the brake of a T cell."
    assert image.get("src").endswith(".jpg")
    assert [candidate.split()[1] for candidate in source.get("srcset").split(", ")] == ["480w", "960w", "1600w"]
    for url in [image.get("src"), *(candidate.split()[0] for candidate in source.get("srcset").split(", "))]:
        assert client.get(url).status_code == 200
    assert said(figure) == "How the drug works. Drawing: Jo Doe. License: CC BY 4.0"
    assert [link.get("href") for link in figure.iter("a")] == ["https://creativecommons.org/licenses/by/4.0/"]


def test_what_is_only_for_the_eye_has_an_empty_alternative_text(client):
    page_with(figures.figure(people.author(), alt="Unused", decorative=True, caption="", credit="", licence_url=""))
    figure = shown(client)
    assert [image.get("alt") for image in figure.iter("img")] == [""]
    assert said(figure) == "License: CC BY 4.0"


@pytest.mark.parametrize(
    ("caption", "before", "expected"),
    [
        ("", "", []),
        ("Plain words.", "Plain words.", []),
        ("How. 1: A brake. 2: A drug.", "How.", ["A brake.", "A drug."]),
        ("1: A brake. 2: A drug.", "", ["A brake.", "A drug."]),
        ("怎样。1：刹车。2：药物。", "怎样。", ["刹车。", "药物。"]),
        ("كيف. 1: مكبح. 2: دواء.", "كيف.", ["مكبح.", "دواء."]),
        ("A ratio of 1: 2 was seen.", "A ratio of 1: 2 was seen.", []),
        ("One step 1: alone.", "One step 1: alone.", []),
        ("2: B. 3: C.", "2: B. 3: C.", []),
        ("1: A. 1: B.", "1: A. 1: B.", []),
        ("At 11: 1: A. 12:30 2: B.", "At 11:", ["A. 12:30", "B."]),
        ("1: <b>A</b> 2: B", "", ["<b>A</b>", "B"]),
    ],
)
def test_a_caption_that_numbers_its_steps_is_a_list(client, caption, before, expected):
    assert steps(caption) == {"before": before, "steps": expected}
    page_with(figures.figure(people.author(), caption=caption, credit=""))
    figure = shown(client)
    assert [said(item) for item in figure.iter("li")] == expected
    captions = [element for element in figure.iter("p") if element.get("class") == "figure-caption"]
    assert [said(element) for element in captions] == [before] * bool(before)


def test_a_drawing_needs_no_choice_of_widths(client):
    page_with(figures.figure(people.author(), content=figures.drawing()))
    figure = shown(client)
    assert list(figure.iter("source")) == []
    assert [image.get("src")[-4:] for image in figure.iter("img")] == [".svg"]


def test_words_are_in_their_own_language(client):
    figure = figures.figure(people.author(), "a-figure")
    document = page_with(figure)
    pages.publish_translation(document, "ar", people.translator("ar"), people.reviewer())
    arabic, fallback = shown(client, "ar"), shown(client, "vi")
    assert (arabic.get("lang"), arabic.get("dir")) == ("ar", "rtl")
    assert said(arabic).startswith("ar How the drug works. ar Drawing: Jo Doe.")
    assert [image.get("alt")[:4] for image in arabic.iter("img")] == ["ar A"]
    assert (fallback.get("lang"), fallback.get("dir")) == ("en", "ltr")


def test_a_figure_costs_no_query(client, django_assert_max_num_queries):
    author = people.author()
    sections = [{"heading": f"H{n}", "body": "<p>x</p>", "figure": figures.figure(author)} for n in range(12)]
    document = pages.article(author, slug="a-page", sections=sections)
    pages.publish(document, author, people.reviewer())
    with django_assert_max_num_queries(4):
        assert client.get("/en/articles/a-page/").status_code == 200


def test_a_signed_page_keeps_its_picture_and_words_when_the_figure_changes(client):
    author = people.author()
    figure = figures.figure(author)
    document = page_with(figure)
    pages.publish_translation(document, "es", people.translator("es"), people.reviewer())
    before = {language: client.get(f"/{language}/articles/a-page/").content for language in ("en", "es")}
    save_figure(figure, user=author, upload=figures.BytesIO(figures.drawing()), alt="Another.", licence="CC0")
    for language, content in before.items():
        assert client.get(f"/{language}/articles/a-page/").content == content
    for file in figure.files:
        assert client.get(address(file)).status_code == 200
    assert default_storage.exists(address(figure.files[0]).strip("/"))
