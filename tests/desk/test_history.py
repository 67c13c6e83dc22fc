"""The history of a page: readable, one language at a time; and one text brought back, with nothing else."""

import html5lib
import pytest

from articles.models import Article
from editorial.editions.working.copies import version
from tests.factories import pages

from .conftest import state


@pytest.fixture
def edited(world):
    """Two changes in English and one in Spanish, by people with reasons."""
    pages.edit(world.live, world.head, title="Second title", lead="A newer lead.", reason="clearer")
    pages.translate(world.live, "es", world.translator, {("article", "title"): "Título nuevo"}, reason="mejor")
    pages.edit(world.live, world.author, title="Third title", reason="shorter")
    return world


def rows(response) -> list[dict]:
    """What the page tells of each change, newest first."""
    root = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    return [
        {
            "meta": " ".join("".join(item.find("p").itertext()).split()),
            "removed": [each.text for each in item.iter("del")],
            "added": [each.text for each in item.iter("ins")],
            "lang": item.findall("p")[1].get("lang"),
            "form": {each.get("name"): each.get("value") for each in item.iter("input") if each.get("name")},
        }
        for item in root.iter("li")
        if item.get("class") == "change panel"
    ]


def path(world, language: str) -> str:
    return f"/admin/desk/documents/{world.live.pk}/{language}/changes/"


def test_each_change_says_what_who_and_why(edited, signed_in):
    newest = rows(signed_in(edited.author).get(path(edited, "en")))[0]
    assert newest["meta"].startswith("article: title")
    assert edited.author.name in newest["meta"]
    assert newest["meta"].endswith("shorter")
    assert (newest["removed"], newest["added"], newest["lang"]) == (["Second"], ["Third"], "en")


def test_a_languages_history_shows_no_other_language(edited, signed_in):
    client = signed_in(edited.author)
    english, spanish = rows(client.get(path(edited, "en"))), rows(client.get(path(edited, "es")))
    assert not [row for row in english if "mejor" in row["meta"] or "Título" in str(row)]
    assert "mejor" in spanish[0]["meta"]
    assert edited.translator.name in spanish[0]["meta"]
    assert not [row for row in spanish if "shorter" in row["meta"]]
    assert rows(client.get(path(edited, "ar"))) == []


def test_the_text_as_it_is_now_offers_nothing_to_bring_back(edited, signed_in):
    titles = [row for row in rows(signed_in(edited.author).get(path(edited, "en"))) if "article: title" in row["meta"]]
    assert [bool(row["form"]) for row in titles] == [False, True, True]


@pytest.mark.parametrize("language", ["en", "es"])
def test_only_its_writers_are_offered_to_bring_a_text_back(edited, signed_in, language):
    for who in ("author", "translator", "reviewer", "head", "operator"):
        offered = any(row["form"] for row in rows(signed_in(getattr(edited, who)).get(path(edited, language))))
        assert offered == (who in ({"author", "head"} if language == "en" else {"translator"})), who


def words(document) -> dict:
    """Every column of the article's rows that words live in."""
    article = Article.objects.get(pk=document.pk)
    found = {}
    for row in (article, *article.sections.all(), *article.key_points.all()):
        for field in row._meta.concrete_fields:
            found[type(row).__name__, row.pk, field.attname] = getattr(row, field.attname)
    return found


def test_bringing_a_text_back_touches_nothing_else(edited, signed_in):
    before, spanish = words(edited.live), version(edited.live, "es")
    client = signed_in(edited.author)
    [_now, second, *_] = [row for row in rows(client.get(path(edited, "en"))) if "article: title" in row["meta"]]
    assert client.post(path(edited, "en"), second["form"]).status_code == 302
    after = words(edited.live)
    changed = {key[2]: after[key] for key in after if after[key] != before[key]}
    assert changed in ({"title_en": "Second title"}, {"title_en": "Second title", "title": "Second title"})
    assert version(edited.live, "es") == spanish


def test_bringing_a_translation_back_leaves_the_source_alone(edited, signed_in):
    before = words(edited.live)
    client = signed_in(edited.translator)
    [first] = [row for row in rows(client.get(path(edited, "es"))) if row["form"] and "title" in row["meta"]][:1]
    assert client.post(path(edited, "es"), first["form"]).status_code == 302
    after = words(edited.live)
    assert {key[2] for key in after if after[key] != before[key]} == {"title_es"}


def test_bringing_a_text_back_is_a_change_of_its_own(edited, signed_in):
    client = signed_in(edited.author)
    row = next(row for row in rows(client.get(path(edited, "en"))) if row["form"])
    client.post(path(edited, "en"), row["form"])
    assert "restored the text" in rows(client.get(path(edited, "en")))[0]["meta"]


def test_an_old_page_of_the_history_brings_nothing_back(edited, signed_in):
    client = signed_in(edited.author)
    row = next(row for row in rows(client.get(path(edited, "en"))) if row["form"])
    pages.edit(edited.live, edited.head, lead="Meanwhile.")
    before = state()
    assert client.post(path(edited, "en"), row["form"]).status_code == 409
    assert state() == before


@pytest.mark.parametrize(
    "forged",
    [
        {"model": "user", "field": "password"},
        {"field": "slug"},
        {"field": "review_interval_months"},
        {"row": "999999"},
        {"history": "999999"},
        {"field": "title_es"},
    ],
)
def test_only_texts_of_this_page_can_be_brought_back(edited, signed_in, forged):
    client = signed_in(edited.author)
    row = next(row for row in rows(client.get(path(edited, "en"))) if row["form"])
    before = state()
    assert client.post(path(edited, "en"), row["form"] | forged).status_code == 409
    assert state() == before
