"""A page that is not translated: the source under a notice, with nothing mixed and nothing indexed."""

import pytest

from editorial.accounts.languages import bcp47, direction
from editorial.library.services.topics import save_topic
from editorial.reviews.services import withdraw
from tests.factories import pages
from tests.factories.pages import submit
from tests.layers import layer
from tests.reading import rendered

OTHERS = ["es", "ar", "zh-hans", "vi"]
# Every text of the article below has this word in it, and no word of the interface has.
MARK = "Zebra"


@layer
def full(desk):
    """An article with something in every place, live in English."""
    document = pages.article(
        desk.author,
        slug="full",
        title="Zebra title",
        lead="Zebra lead.",
        change_note="Zebra note.",
        topics=[save_topic("zebras", "Zebra topic", user=desk.author)],
        key_points=[{"text": "Zebra point[@schmid-2020]"}],
        references=[pages.reference(title="Zebra source", source="Zebra journal")],
        sections=[
            {
                "heading": "Zebra what",
                "body": "<p>Zebra <strong>Zebra</strong></p><h3>Zebra</h3><ul><li>Zebra</li></ul>",
            },
            {
                "heading": "Zebra call",
                "body": "<p>Zebra now</p>",
                "group": "when-to-call",
                "care_level": "emergency",
            },
            {"heading": "Zebra note", "body": "<p>Zebra note</p>", "group": "editors-note"},
        ],
    )
    pages.publish(document, desk.author, desk.reviewer)
    return document


@pytest.mark.parametrize("language", OTHERS)
def test_the_notice_and_the_frame_are_the_readers(client, full, language):
    response = client.get(f"/{language}/articles/full/")
    root = rendered.parsed(response)
    assert (root.get("lang"), root.get("dir")) == (bcp47(language), direction(language))
    assert response["Content-Language"] == language
    assert root.find(".//*[@class='shell fallback']") is not None


@pytest.mark.parametrize("language", OTHERS)
def test_every_foreign_word_says_which_language_it_is_in(client, full, language):
    marked = [text for text in rendered.texts(client.get(f"/{language}/articles/full/")) if MARK in text.words]
    assert len(marked) >= 12
    assert [text for text in marked if text.lang != "en" or text.dir not in ("ltr", "")] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_word_of_the_interface_stands_in_the_foreign_part(client, full, language):
    """Nothing mixed: what is marked as English holds words of the article and of its sources alone."""
    english = [text.words for text in rendered.texts(client.get(f"/{language}/articles/full/")) if text.lang == "en"]
    assert [words for words in english if MARK not in words and words not in ("English", "[1]")] == []


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_a_translated_page_holds_its_own_language_alone(client, full, desk, language):
    if language != "en":
        pages.publish_translation(full, language, desk.translator, desk.reviewer)
    marked = [text for text in rendered.texts(client.get(f"/{language}/articles/full/")) if MARK in text.words]
    quoted = {"Zebra source", "Zebra journal"}  # as published, in English
    assert {text.lang for text in marked if text.words in quoted} == {"en"}
    assert {text.lang for text in marked if text.words not in quoted} == {bcp47(language)}
    if language != "en":
        plain = [text.words for text in marked if text.words not in quoted]
        assert [words for words in plain if not words.startswith(language) and words != "Zebra"] == []


@pytest.mark.parametrize("language", OTHERS)
def test_search_engines_are_sent_to_the_source(client, full, language):
    response = client.get(f"/{language}/articles/full/")
    assert rendered.robots(response) == ["noindex"]
    assert rendered.canonical(response) == "/en/articles/full/"


def test_a_page_in_its_own_language_may_be_indexed_and_is_its_own_canonical_address(client, full, desk):
    pages.publish_translation(full, "es", desk.translator, desk.reviewer)
    for language in ("en", "es"):
        response = client.get(f"/{language}/articles/full/")
        assert rendered.robots(response) == []
        assert rendered.canonical(response) == f"/{language}/articles/full/"


def test_a_translation_that_is_not_signed_yet_is_not_shown(client, full, desk):
    pages.translate(full, "es", desk.translator)
    before = client.get("/es/articles/full/").content
    submit(full, "es", user=desk.translator)
    assert client.get("/es/articles/full/").content == before
    assert b"es Zebra" not in before


def test_a_fallback_is_never_made_of_anything_but_the_source(client, full, desk):
    pages.publish_translation(full, "es", desk.translator, desk.reviewer)
    assert b"es Zebra" not in client.get("/ar/articles/full/").content


@pytest.mark.parametrize("path", ["/ar/", "/ar/articles/"])
def test_a_list_marks_pages_that_are_not_translated(client, full, path):
    response = client.get(path)
    assert {(text.lang, text.dir) for text in rendered.texts(response) if MARK in text.words} == {("en", "ltr")}


@pytest.mark.parametrize("path", ["/ar/", "/ar/articles/"])
def test_no_word_of_the_interface_stands_in_a_foreign_list_row(client, full, path):
    english = [text.words for text in rendered.texts(client.get(path)) if text.lang == "en"]
    assert [words for words in english if MARK not in words and words != "English"] == []


def test_the_language_switch_stays_on_the_page_and_says_what_is_not_translated(client, full, desk):
    pages.publish_translation(full, "es", desk.translator, desk.reviewer)
    root = rendered.parsed(client.get("/es/articles/full/"))
    [row] = [element for element in root.iter("div") if element.get("class") == "languages-row"]
    items = {element.find("a").get("hreflang"): element for element in row.iter("li")}
    assert {code: element.find("a").get("href") for code, element in items.items()} == {
        bcp47(code): f"/{code}/articles/full/" for code in ("en", *OTHERS)
    }
    assert items["es"].find("a").get("aria-current") == "true"
    assert {code for code, element in items.items() if element.find("span") is None} == {"en", "es"}


def test_a_reviewers_page_marks_titles_in_other_languages(client, full, desk):
    pages.publish_translation(full, "ar", desk.translator, desk.reviewer)
    response = client.get(f"/en/reviewers/{desk.reviewer.reviewer.slug}/")
    titles = {text.words: (text.lang, text.dir) for text in rendered.texts(response) if MARK in text.words}
    assert titles == {"Zebra title": ("en", "ltr"), "ar Zebra title": ("ar", "rtl")}


def test_a_source_withdrawn_everywhere_leaves_no_fallback(client, full, desk):
    withdraw(full, "en", user=desk.operator, reason="wrong")
    assert [client.get(f"/{language}/articles/full/").status_code for language in ["en", *OTHERS]] == [410] * 5


@pytest.mark.parametrize("language", OTHERS)
def test_the_note_on_a_card_is_one_piece(client, full, language):
    """A card's foot lays its children side by side: loose words would be torn from the language that they name."""
    page = rendered.parsed(client.get(f"/{language}/articles/"))
    [foot] = [element for element in page.iter("p") if element.get("class") == "card-foot"]
    assert [child.tag.rpartition("}")[2] for child in foot] == ["svg", "span"]
    assert [child.tail.strip() for child in foot] == ["", ""]


def test_numbers_of_sources_stand_behind_their_names_in_every_direction(client, full):
    page = rendered.parsed(client.get("/ar/articles/full/"))
    named = [element for element in page.iter("a") if "".join(element.itertext()).startswith(("DOI", "PubMed"))]
    assert {element.get("dir") for element in named} == {"ltr"}
