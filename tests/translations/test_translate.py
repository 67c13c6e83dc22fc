"""The translator's page: the signed source beside the target, and nothing typed is ever lost."""

import html

import pytest

from editorial.editions.freezing import find_signed_source, find_unchecked_units
from editorial.editions.models import Edition
from editorial.editions.tree.units import find_units, tree_structure
from editorial.editions.working.translated_words import typed_words
from editorial.reviews.services import withdraw
from editorial.translations import views
from tests.desk.conftest import state
from tests.desk.forms import filled
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.layers import layer
from tests.parsing import parse_page


@layer
def author():
    return people.author()


@layer
def reviewer():
    return people.reviewer()


@layer
def translator():
    return people.translator("es", "ar")


@layer
def document(author, reviewer):
    """Live in English, with a text of every sort."""
    document = pages.article(
        author,
        title="Immunotherapy",
        key_points=[{"text": "A point[@schmid-2020]"}],
        references=[pages.reference()],
        sections=[
            {"heading": "First", "body": "<p>One <em>two</em>[@schmid-2020]</p><ul><li><p>Item</p></li></ul>"},
            {"heading": "Second", "body": "<h3>Sub</h3><p>This one tells of three things.</p>"},
        ],
    )
    pages.publish(document, author, reviewer)
    return document


@pytest.fixture
def desk(client, translator):
    client.force_login(translator)
    return client


def path(document, language: str = "es") -> str:
    return f"/admin/translate/{document.pk}/{language}/"


def rows(response) -> list[dict]:
    root = parse_page(response)
    return [
        {
            "state": node.get("class").removeprefix("unit unit-"),
            "source": "".join(node.findall("div")[0].find("div").itertext()),
            "target": node.find(".//textarea"),
            "check": [box.get("name") for box in node.iter("input") if box.get("type") == "checkbox"],
        }
        for node in root.iter("div")
        if (node.get("class") or "").startswith("unit unit-")
    ]


def box(document, number: int, part: str = "unit") -> str:
    """The name of one unit's box, by its place on the page."""
    return f"{part}-{'.'.join(find_units(find_signed_source(document).tree)[number].place)}"


def complete(desk, document, language: str = "es") -> dict:
    """The form with every unit filled in: what pages.typed_translation would type."""
    typed = pages.typed_translation(find_signed_source(document), language)
    return filled(desk.get(path(document, language))) | {
        f"unit-{'.'.join(place)}": text for place, text in typed.items()
    }


def test_units_stand_in_the_order_of_the_page(desk, document):
    assert [row["source"] for row in rows(desk.get(path(document)))] == [
        "Immunotherapy", "What it is and whom it helps.", "A point[@schmid-2020]", "First", "One two[@schmid-2020]",
        "Item", "Second", "Sub", "This one tells of three things.",
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "direction"), [("es", "ltr"), ("ar", "rtl")])
def test_boxes_are_in_the_language_that_is_typed(desk, document, language, direction):
    boxes = [row["target"] for row in rows(desk.get(path(document, language)))]
    assert {(box.get("lang"), box.get("dir")) for box in boxes} == {(language, direction)}
    assert all(box.get("aria-labelledby") for box in boxes)


def test_saving_keeps_every_unit_and_leaves_other_languages_alone(desk, document):
    data = complete(desk, document)
    english, arabic = typed_words(document, "en"), typed_words(document, "ar")
    assert desk.post(path(document), data).status_code == 302
    assert {row["state"] for row in rows(desk.get(path(document)))} == {"done"}
    assert [value for name, value in filled(desk.get(path(document))).items() if name.startswith("unit-")] == [
        value for name, value in data.items() if name.startswith("unit-")
    ]
    assert typed_words(document, "en") == english
    assert typed_words(document, "ar") == arabic


def test_submitting_saves_what_was_typed_first(desk, document, translator):
    """The page leads to the one that submits only by a button that saves."""
    response = desk.get(path(document))
    assert f"/admin/desk/documents/{document.pk}/es/submit/" not in response.content.decode()
    typed = next(name for name in filled(response) if name.startswith("unit-"))
    answer = desk.post(path(document), filled(response) | {typed: "Inmunoterapia", "_submit": "1"})
    assert answer["Location"] == f"/admin/desk/documents/{document.pk}/es/submit/"
    assert "Inmunoterapia" in typed_words(document, "es").values()


def test_a_part_of_the_page_can_be_saved(desk, document):
    assert (
        desk.post(path(document), filled(desk.get(path(document))) | {box(document, 3): "Primero"}).status_code == 302
    )
    assert [row["state"] for row in rows(desk.get(path(document)))].count("missing") == 8
    assert "Not translated yet" in desk.get(f"/admin/desk/documents/{document.pk}/es/submit/").content.decode()


def test_saving_again_without_a_change_leaves_units_as_they_are(desk, document):
    desk.post(path(document), complete(desk, document))
    before = typed_words(document, "es")
    assert desk.post(path(document), filled(desk.get(path(document)))).status_code == 302
    assert typed_words(document, "es") == before


@pytest.fixture
def outdated(desk, document, author, reviewer):
    """Translated in full; then the source's second section changes and is signed."""
    desk.post(path(document), complete(desk, document))
    section = document.article.sections.last()
    changed = section.body_en.replace("things", "matters")
    pages.edit(document, author, sections=[{"id": section.pk, "heading": "Second", "body": changed}])
    pages.publish(document, author, reviewer)
    return document


def stale(response) -> list[tuple[int, dict]]:
    return [(n, row) for n, row in enumerate(rows(response)) if row["state"] == "stale"]


def test_only_the_changed_unit_has_to_be_looked_at_again(desk, outdated):
    [(number, row)] = stale(desk.get(path(outdated)))
    assert row["source"] == "This one tells of three matters."
    assert row["check"] == [box(outdated, number, "check")]
    assert [each["check"] for n, each in enumerate(rows(desk.get(path(outdated)))) if n != number] == [[]] * 8


def test_saving_without_looking_leaves_the_unit_stale(desk, outdated):
    assert desk.post(path(outdated), filled(desk.get(path(outdated)))).status_code == 302
    assert len(stale(desk.get(path(outdated)))) == 1
    before = Edition.objects.count()
    assert desk.post(f"/admin/desk/documents/{outdated.pk}/es/submit/").status_code == 409
    assert Edition.objects.count() == before


@pytest.mark.parametrize(
    ("part", "typed"), [("check", "on"), ("unit", "<p>es tres cosas</p>")], ids=["a tick", "new words"]
)
def test_a_stale_unit_needs_a_tick_or_new_words(desk, outdated, part, typed):
    [(number, _row)] = stale(desk.get(path(outdated)))
    data = filled(desk.get(path(outdated))) | {box(outdated, number, part): typed}
    assert desk.post(path(outdated), data).status_code == 302
    assert stale(desk.get(path(outdated))) == []
    assert find_unchecked_units(outdated, "es", find_signed_source(outdated)) == []
    assert desk.post(f"/admin/desk/documents/{outdated.pk}/es/submit/").status_code == 302


def test_a_source_that_became_newer_while_typing_keeps_the_words_with_a_message(desk, document, author, reviewer):
    data = complete(desk, document)
    pages.edit(document, author, title="A newer title")
    pages.publish(document, author, reviewer)
    before = state()
    response = desk.post(path(document), data)
    assert response.status_code == 409
    assert state() == before
    said = html.unescape(response.content.decode())
    assert "A newer edition of the source was signed" in said
    assert "A newer title" in said
    assert filled(response)[box(document, 0)] == "es Immunotherapy"


def test_after_a_newer_source_the_next_save_is_taken(desk, document, author, reviewer):
    data = complete(desk, document)
    pages.edit(document, author, title="A newer title")
    pages.publish(document, author, reviewer)
    assert desk.post(path(document), filled(desk.post(path(document), data))).status_code == 302


def test_words_follow_their_places_when_the_source_gains_a_unit_meanwhile(desk, document, author, reviewer):
    """Boxes are numbered by place, so a newer source must not put what was typed beside other words."""
    data = complete(desk, document)
    pages.edit(document, author, key_points=[{"text": "A second point"}])
    pages.publish(document, author, reviewer)
    refused = rows(desk.post(path(document), data))
    beside = {row["source"]: (row["target"].text or "").strip() for row in refused}
    assert "es First" in beside["First"]
    assert beside["A second point"] == ""


def test_a_stale_save_keeps_what_was_typed_and_can_be_saved_then(desk, document):
    data = complete(desk, document)
    pages.translate(document, "es", people.translator("es"), {("article", "title"): "De otra"})
    before = state()
    refused = desk.post(path(document), data)
    assert refused.status_code == 409
    assert state() == before
    assert filled(refused)[box(document, 0)] == "es Immunotherapy"
    assert desk.post(path(document), filled(refused)).status_code == 302


def test_what_was_saved_in_the_same_moment_is_shown_beside_what_was_typed(desk, document, monkeypatch):
    data, write = complete(desk, document), views.write_translation

    def write_after_somebody_else(*args, **fields):
        monkeypatch.undo()
        pages.translate(document, "es", people.translator("es"), {("article", "title"): "De otra"})
        return write(*args, **fields)

    monkeypatch.setattr(views, "write_translation", write_after_somebody_else)
    refused = desk.post(path(document), data)
    assert refused.status_code == 409
    assert "saved this page while you were writing" in refused.content.decode()
    assert "De otra" in refused.content.decode()
    assert filled(refused)[box(document, 0)] == "es Immunotherapy"
    assert desk.post(path(document), filled(refused)).status_code == 302


def test_a_save_in_another_language_is_no_conflict(desk, document):
    data = complete(desk, document)
    pages.translate(document, "ar", people.translator("ar"))
    assert desk.post(path(document), data).status_code == 302


@pytest.mark.parametrize(("language", "status"), [("vi", 409), ("zh-hans", 409), ("en", 404), ("de", 404)])
def test_only_a_translators_own_languages_can_be_written(desk, document, language, status):
    before = state()
    data = filled(desk.get(path(document))) | {box(document, 0): "Typed"}
    assert desk.post(path(document, language), data).status_code == status
    assert state() == before


def test_an_author_does_not_translate(client, author, document):
    client.force_login(author)
    before = state()
    assert client.post(path(document), filled(client.get(path(document))) | {box(document, 0): "X"}).status_code == 409
    assert state() == before


@pytest.mark.parametrize(
    "typed", ["es uno", "es uno[@schmid-2020][@schmid-2020]", "es uno[@other]", "es uno [ @schmid-2020 ]"]
)
def test_citations_have_to_be_those_of_the_source(desk, document, typed):
    desk.post(path(document), complete(desk, document) | {box(document, 2): typed})
    response = desk.get(f"/admin/desk/documents/{document.pk}/es/submit/")
    assert "The citations differ from the source" in response.content.decode()
    assert desk.post(f"/admin/desk/documents/{document.pk}/es/submit/").status_code == 409


HOSTILE = '<p onclick="x()">uno <script>alert(1)</script><a onclick="x()">dos</a> <b>cosas</b>[@schmid-2020]</p>'


def test_typed_html_is_sanitised(desk, document, reviewer, translator):
    desk.post(path(document), complete(desk, document) | {box(document, 4): HOSTILE, box(document, 0): "<b>Título</b>"})
    stored = "".join(typed_words(document, "es").values())
    assert "<script" not in stored
    assert "onclick" not in stored
    assert "javascript:" not in stored
    assert "<strong>cosas</strong>" in stored
    edition = submit(document, "es", user=translator)
    pages.sign(edition, reviewer)
    page = desk.get(f"/es/articles/{document.slug}/").content.decode()
    assert "alert(1)" not in page
    assert "&lt;b&gt;Título&lt;/b&gt;" in page


@pytest.mark.parametrize(
    "typed",
    [
        "<p>uno</p><p>dos[@schmid-2020]</p>",
        "<ul><li>uno[@schmid-2020]</li><li>dos</li></ul>",
        "uno<br>dos[@schmid-2020]",
    ],
)
def test_a_translation_has_the_structure_of_its_source_whatever_was_typed(desk, document, translator, typed):
    desk.post(path(document), complete(desk, document) | {box(document, 4): typed})
    edition = submit(document, "es", user=translator)
    assert tree_structure(edition.tree) == tree_structure(edition.source_edition.tree)
    assert [unit.place for unit in find_units(edition.tree)] == [
        unit.place for unit in find_units(edition.source_edition.tree)
    ]


def test_the_source_is_the_signed_one_and_not_what_an_author_is_typing(desk, document, author):
    pages.edit(document, author, title="Not signed")
    assert "Not signed" not in [row["source"] for row in rows(desk.get(path(document)))]


@pytest.mark.parametrize("gone", [True, False], ids=["withdrawn", "never signed"])
def test_without_a_signed_source_there_is_nothing_to_translate(desk, document, author, gone):
    if gone:
        withdraw(document, "en", user=people.operator(), reason="wrong")
    else:
        document = pages.article(author)
    response = desk.get(path(document))
    assert response.status_code == 200
    assert rows(response) == []
    assert "no live edition yet" in response.content.decode()
    assert desk.post(path(document), {"unit-article.title": "x", "source": "1"}).status_code < 500


def test_the_document_page_leads_to_it_for_translators_alone(client, document, translator, author):
    for user, offered in ((translator, True), (author, False)):
        client.force_login(user)
        page = client.get(f"/admin/desk/documents/{document.pk}/").content.decode()
        assert (path(document) in page) == offered
        assert path(document, "vi") not in page
