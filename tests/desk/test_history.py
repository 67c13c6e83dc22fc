"""The history of a page, read; and one text, or all of one part in one language, brought back, with nothing else."""

import pytest
from django.apps import apps
from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Article
from editorial.editions.fields import Slot
from editorial.editions.working.copies import version_token
from tests.desk.conftest import state
from tests.factories import pages
from tests.layers import layer
from tests.parsing import parse_page


@layer
def edited(world):
    """Two changes in English and one in Spanish, by people with reasons."""
    pages.edit(world.live, world.head, title="Second title", lead="A newer lead.", reason="clearer")
    pages.translate(world.live, "es", world.translator, {("article", "title"): "Título nuevo"}, reason="mejor")
    pages.edit(world.live, world.author, title="Third title", reason="shorter")
    return world


def edits(response) -> list[dict]:
    """What the page tells of each row that was saved, newest first."""
    root = parse_page(response)
    found = []
    for moment in root.iter("li"):
        if not (moment.get("class") or "").startswith("timeline-item"):
            continue
        meta = " ".join("".join("".join(element.itertext()) + " " for element in moment.findall("p")).split())
        for edit in moment.iter("div"):
            forms = [
                {field.get("name"): field.get("value") for field in form.iter("input") if field.get("name")}
                for form in edit.iter("form")
            ]
            found.append(
                {
                    "meta": meta,
                    "what": "".join(edit.find("p").itertext()),
                    "removed": [node.text for node in edit.iter("del")],
                    "added": [node.text for node in edit.iter("ins")],
                    "langs": [node.get("lang") for node in edit.iter("p") if node.get("class") == "diff"],
                    "now": "the current text" in "".join(edit.itertext()),
                    "forms": [form for form in forms if form["field"]],
                    "whole": [form for form in forms if not form["field"]],
                }
            )
    return found


def path(world, language: str) -> str:
    return f"/admin/desk/documents/{world.live.pk}/history/?language={language}"


def bring_back(world, language: str) -> str:
    return f"/admin/desk/documents/{world.live.pk}/{language}/restore/"


def offered(world, client, language: str, kind: str = "forms") -> list[dict]:
    """What the page offers to bring back, newest first."""
    return [form for edit in edits(client.get(path(world, language))) for form in edit[kind]]


def test_each_change_says_what_who_and_why(edited, signed_in):
    newest = edits(signed_in(edited.author).get(path(edited, "en")))[0]
    assert newest["what"] == "article: Third title"
    assert edited.author.name in newest["meta"]
    assert "shorter" in newest["meta"]
    assert (newest["removed"], newest["added"], newest["langs"]) == (["Second"], ["Third"], ["en"])


def test_a_languages_history_shows_no_other_language(edited, signed_in):
    client = signed_in(edited.author)
    english, spanish = edits(client.get(path(edited, "en"))), edits(client.get(path(edited, "es")))
    assert {lang for row in english for lang in row["langs"]} == {"en"}
    assert {lang for row in spanish for lang in row["langs"]} == {"es"}
    assert "mejor" in spanish[0]["meta"]
    assert edited.translator.name in spanish[0]["meta"]
    assert edits(client.get(path(edited, "ar"))) == []


def test_the_old_address_of_one_languages_history_leads_here(edited, signed_in):
    response = signed_in(edited.author).get(f"/admin/desk/documents/{edited.live.pk}/es/changes/")
    assert (response.status_code, response["Location"]) == (301, path(edited, "es"))


def test_an_older_page_of_the_history_leads_back_to_the_newest(edited, signed_in):
    client = signed_in(edited.author)
    for number in range(30):
        pages.edit(edited.live, edited.author, title=f"Title {number}")
    first = client.get(path(edited, "en"))
    [older] = [link for link in links(first) if "before=" in link]
    second = client.get(older)
    assert not {row["what"] for row in edits(second)} & {f"article: Title {number}" for number in range(30)}
    assert path(edited, "en") in links(second)


def links(response) -> list[str]:
    root = parse_page(response)
    return [node.get("href") for node in root.iter("a")]


def test_the_text_as_it_is_now_offers_nothing_to_bring_back(edited, signed_in):
    found = edits(signed_in(edited.author).get(path(edited, "en") + "&sort=edit"))
    titles = [row for row in found if row["now"] or "title" in [form["field"] for form in row["forms"]]]
    assert titles[0]["now"]
    assert "title" not in [form["field"] for form in titles[0]["forms"]]
    assert [form["field"] for row in titles[1:] for form in row["forms"]].count("title") == 2


@pytest.mark.parametrize("language", ["en", "es"])
def test_only_its_writers_are_offered_to_bring_a_text_back(edited, signed_in, language):
    for who in ("author", "translator", "reviewer", "head", "operator"):
        found = offered(edited, signed_in(getattr(edited, who)), language)
        assert bool(found) == (who in ({"author", "head"} if language == "en" else {"translator"})), who


def words(document) -> dict:
    """Every column of the article's rows that words live in."""
    article = Article.objects.get(pk=document.pk)
    found = {}
    for row in (article, *article.sections.all(), *article.key_points.all()):
        for field in row._meta.concrete_fields:
            found[type(row).__name__, row.pk, field.attname] = getattr(row, field.attname)
    return found


def changed_columns(before: dict, after: dict) -> dict:
    """{column: its value} of those that are other now; the untranslated originals follow the active language."""
    found = {key[2]: after[key] for key in after if after[key] != before[key]}
    return {name: value for name, value in found.items() if name not in ("title", "lead", "heading", "body")}


def one_of(found: list[dict], field: str) -> list[dict]:
    return [form for form in found if form["field"] == field]


def test_bringing_a_text_back_touches_nothing_else(edited, signed_in):
    before, spanish = words(edited.live), version_token(edited.live, "es")
    client = signed_in(edited.author)
    second = one_of(offered(edited, client, "en"), "title")[0]
    assert client.post(bring_back(edited, "en"), second).status_code == 302
    assert changed_columns(before, words(edited.live)) == {"title_en": "Second title"}
    assert version_token(edited.live, "es") == spanish


def test_bringing_a_translation_back_leaves_the_source_alone(edited, signed_in):
    before = words(edited.live)
    client = signed_in(edited.translator)
    first = one_of(offered(edited, client, "es"), "title")[0]
    assert client.post(bring_back(edited, "es"), first).status_code == 302
    assert changed_columns(before, words(edited.live)).keys() == {"title_es"}


@pytest.mark.parametrize(
    ("language", "columns"), [("en", {"heading_en", "body_en"}), ("es", {"heading_es", "body_es"})]
)
def test_all_words_of_a_section_come_back_in_one_language_and_nothing_else(edited, signed_in, language, columns):
    section = edited.live.article.sections.get()
    pages.edit(
        edited.live, edited.author,
        sections=[{"id": section.pk, "heading": "Other", "body": "<p>Other.</p>", "care_level": "emergency"}],
    )  # fmt: skip
    places = [(section.block_id, "heading"), *(place for place in section_places(section))]
    pages.translate(edited.live, "es", edited.translator, {place: "Otra" for place in places})
    before, tokens = words(edited.live), {code: version_token(edited.live, code) for code in ("en", "es")}
    client = signed_in(edited.author if language == "en" else edited.translator)
    rows = section.history.count()
    oldest = [form for form in offered(edited, client, language, "whole") if form["model"] == "section"][-1]
    assert client.post(bring_back(edited, language), oldest).status_code == 302
    after = words(edited.live)
    assert changed_columns(before, after).keys() == columns
    assert section.history.count() == rows + 1
    changed = {code for code in tokens if version_token(edited.live, code) != tokens[code]}
    assert changed == {language}
    assert client.post(bring_back(edited, language), oldest | {"token": tokens[language] + 1}).status_code == 409


def section_places(section) -> list:
    """Where the words of its text are, as a translator types them."""
    return [place for place in Slot(section, "body", section.block_id, "", "prose").read("es")]


def test_bringing_a_text_back_is_a_change_of_its_own(edited, signed_in):
    client = signed_in(edited.author)
    form = offered(edited, client, "en")[0]
    client.post(bring_back(edited, "en"), form)
    past = apps.get_model("articles", form["model"]).history.get(history_id=form["history"])
    day = date_format(timezone.localtime(past.history_date), "DATETIME_FORMAT")  # as the timeline tells times
    assert f"restored the text of {day}" in edits(client.get(path(edited, "en")))[0]["meta"]


def test_an_old_page_of_the_history_brings_nothing_back(edited, signed_in):
    client = signed_in(edited.author)
    form = offered(edited, client, "en")[0]
    pages.edit(edited.live, edited.head, lead="Meanwhile.")
    before = state()
    assert client.post(bring_back(edited, "en"), form).status_code == 409
    assert state() == before


@pytest.mark.parametrize(
    "forged",
    [
        {"model": "user", "field": "password"},
        {"model": "user", "field": ""},
        {"field": "slug"},
        {"field": "review_interval_months"},
        {"row": "999999"},
        {"history": "999999"},
        {"field": "title_es"},
    ],
)
def test_only_texts_of_this_page_can_be_brought_back(edited, signed_in, forged):
    client = signed_in(edited.author)
    form = offered(edited, client, "en")[0]
    before = state()
    assert client.post(bring_back(edited, "en"), form | forged).status_code == 409
    assert state() == before
