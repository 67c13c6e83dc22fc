"""Glossary entries: explained in place, on a page of their own, and in a list from A to Z."""

import pytest

from editorial.editions.blockers import Blocked
from editorial.editions.working.copies import WorkingCopyChanged, version_token
from editorial.editions.working.pages import create_page, save_page
from editorial.library.glossary.models import GlossaryEntry
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.parsing import parse_page
from tests.reading import rendered

pytestmark = pytest.mark.django_db

BODY = '<p>More of it.[@schmid-2020] See <a href="/glossary/pd-1/">PD-1</a>.</p>'


@pytest.fixture
def author():
    return people.author()


@pytest.fixture
def publish(author):
    reviewer, translator = people.reviewer(), people.translator("es", "ar", "zh-hans")

    def make(document, *languages: str):
        pages.publish(document, author, reviewer)
        for language in languages:
            pages.publish_translation(document, language, translator, reviewer)
        return document

    return make


def test_an_entry_has_a_page_with_its_words_and_sources(client, author, publish):
    pages.put_references(author, pages.reference())
    publish(pages.glossary_entry(author, "pd-1", "PD-1", "A brake."))
    publish(pages.glossary_entry(author, body=BODY), "es")
    for language, said in (("en", ""), ("es", "es ")):
        response = client.get(f"/{language}/glossary/pd-l1/")
        found = {text.words: text.lang for text in rendered.texts(response)}
        assert found[f"{said}PD-L1"] == found[f"{said}A protein on cells."] == language
        assert "Pembrolizumab for Early" in rendered.words(response)
        assert f"/{language}/glossary/" in rendered.links(response)


def test_a_word_of_an_article_opens_its_short_words_in_place(client, author, publish):
    publish(pages.glossary_entry(author, body="<p>Zebra words of the page.</p>"), "es")
    section = {"heading": "H", "body": '<p>Know <a href="/glossary/pd-l1/">this word</a>.</p>'}
    publish(pages.article(author, slug="a-page", sections=[section]), "es", "ar")
    for language, said in (("en", "A protein on cells."), ("es", "es A protein on cells.")):
        root = rendered.parsed(client.get(f"/{language}/articles/a-page/"))
        [button] = [node for node in root.iter("button") if node.get("class") == "word"]
        [entry] = [node for node in root.iter("div") if node.get("id") == button.get("popovertarget")]
        told = "".join(entry.itertext())
        assert said in told
        assert "Zebra" not in told
        assert [node.text for node in entry.iter("h3")] == [f"{said[:-19]}PD-L1"]
    arabic = client.get("/ar/articles/a-page/")
    assert [node for node in rendered.parsed(arabic).iter("button") if node.get("class") == "word"] == []
    assert "/ar/glossary/pd-l1/" in rendered.links(arabic)


def listed(client, language: str) -> list[tuple[str, list[str]]]:
    """[(letter, words)] as the list shows them."""
    root = rendered.parsed(client.get(f"/{language}/glossary/"))
    groups = [node for node in root.iter("section") if node.get("class") == "letter"]
    return [(group.findtext("h2", ""), [term.findtext("a") for term in group.iter("dt")]) for group in groups]


def test_the_list_goes_from_a_to_z_with_every_word_marked(client, author, publish):
    for slug, word in [("b", "biomarker"), ("i", "Infusion"), ("a", "Élan"), ("e", "early stage")]:
        publish(pages.glossary_entry(author, slug, word))
    assert listed(client, "en") == [
        ("B", ["biomarker"]), ("E", ["early stage", "Élan"]), ("I", ["Infusion"]),
    ]  # fmt: skip
    response = client.get("/ar/glossary/")
    assert {item.lang for item in rendered.texts(response) if item.words in ("biomarker", "A protein on cells.")} == {
        "en"
    }


def test_words_in_the_readers_language_come_first(client, author, publish):
    publish(pages.glossary_entry(author, "a", "A word"))
    publish(pages.glossary_entry(author, "z", "Z word"), "es")
    publish(pages.glossary_entry(author, "b", "Better word"))
    assert listed(client, "es") == [("E", ["es Z word"]), ("A", ["A word"]), ("B", ["Better word"])]
    notices = parse_page(client.get("/es/glossary/")).find_class("in-another-language")
    assert [" ".join(notice.text_content().split()) for notice in notices] == [
        "Aún no está en su idioma. Está en inglés."
    ]
    assert parse_page(client.get("/en/glossary/")).find_class("in-another-language") == []


@pytest.mark.parametrize(
    ("fields", "blockers"),
    [
        ({"title": ""}, ["The entry needs its word."]),
        ({"short": " "}, ["The entry needs to say in short what the word means."]),
        ({"body": "<p>[@nobody]</p>"}, ["The text cites [@nobody], but there is no such reference."]),
        (
            {"short": "Short [@schmid-2020]"},
            ["Titles and other plain lines hold no citations: “Short [@schmid-2020]”"],
        ),
        (
            {"title": "", "short": ""},
            ["The entry needs its word.", "The entry needs to say in short what the word means."],
        ),
    ],
)
def test_submitting_is_refused(author, fields, blockers):
    with pytest.raises(Blocked) as caught:
        submit(pages.glossary_entry(author, **fields), "en", user=author)
    assert caught.value.blockers == blockers


def test_saving_keeps_history_and_refuses_what_is_stale(author):
    document = pages.glossary_entry(author)
    token = version_token(document, "en")
    save_page(document, user=author, token=token, fields={"short": "Clearer."}, reason="clearer")
    saved = GlossaryEntry.objects.get()
    assert (saved.title_en, saved.short_en) == ("PD-L1", "Clearer.")
    assert GlossaryEntry.history.latest("history_id").history_change_reason == "clearer"
    with pytest.raises(WorkingCopyChanged):
        save_page(document, user=author, token=token, fields={"short": "Late."})


@pytest.mark.parametrize("person", [people.reviewer, people.operator, lambda: people.translator("es")])
def test_only_those_who_write_make_entries(person):
    with pytest.raises(Blocked, match="Your role can't edit"):
        create_page("glossary", "key", "Title", user=person())
    assert not GlossaryEntry.objects.exists()
