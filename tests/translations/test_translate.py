"""The translator's page: one text of the signed source at a time, and nothing typed is ever lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import format_html

from editorial.editions.working.translated_words import typed_words
from editorial.reviews.services import add_remark, send_back, withdraw
from editorial.translations import unit_aids, unit_rows
from tests.desk.conftest import state
from tests.desk.forms import filled
from tests.factories import pages, people
from tests.parsing import parse_page
from tests.translations.open_unit import LEAD, TITLE, listed, path, places, save, source_of

# --- What is shown ---


def test_units_stand_in_the_order_of_the_page(desk, document):
    assert [start for start, _state in listed(desk.get(path(document, show="all")))] == [
        "Immunotherapy", "What it is and whom it helps.", "A point", "First", "One two", "Item", "Second", "Sub",
        "This one tells of three things.",
    ]  # fmt: skip


def test_each_says_where_it_stands(desk, document):
    page = desk.get(path(document, unit=places(document)[5])).content.decode()
    assert "First › List item" in page
    page = desk.get(path(document, unit=TITLE)).content.decode()
    assert 'id="unit-where">Title' in page


def test_the_first_text_to_do_is_open(desk, document):
    assert source_of(desk.get(path(document))) == "Immunotherapy"
    save(desk, document, TITLE, "Inmunoterapia")
    assert source_of(desk.get(path(document))) == "What it is and whom it helps."


@pytest.mark.parametrize(("language", "direction"), [("es", "ltr"), ("ar", "rtl")])
def test_the_box_is_in_the_language_that_is_typed(desk, document, language, direction):
    [box] = [
        box for box in parse_page(desk.get(path(document, language))).iter("textarea") if box.get("name") == "words"
    ]
    assert (box.get("lang"), box.get("dir"), box.get("aria-describedby")) == (language, direction, "unit-source")


def test_filters_count_what_they_show(desk, document, translator):
    pages.translate(document, "es", translator, {TITLE: "Inmunoterapia"})
    page = desk.get(path(document))
    [filters] = [node for node in parse_page(page).iter("nav") if node.get("class") == "unit-filters"]
    shown = [" ".join("".join(link.itertext()).split()) for link in filters.iter("a")]
    assert shown == ["To do 8", "Changed 0", "Warned 1", "All 9"]
    assert "1 of 9 done" in page.content.decode()
    assert len(listed(page)) == 8
    assert len(listed(desk.get(path(document, show="all")))) == 9


def test_a_long_page_lists_a_part_of_its_texts(desk, document, monkeypatch):
    monkeypatch.setattr(unit_rows, "WINDOW", 4)
    page = desk.get(path(document, unit=places(document)[4]))
    assert [start for start, _state in listed(page)] == ["A point", "First", "One two", "Item"]
    assert "Earlier texts" in page.content.decode()
    assert "Later texts" in page.content.decode()


def test_the_source_is_the_signed_one_and_not_what_an_author_is_typing(desk, document, author):
    pages.edit(document, author, title="Not signed")
    assert "Not signed" not in source_of(desk.get(path(document)))


@pytest.mark.parametrize("gone", [True, False], ids=["withdrawn", "never signed"])
def test_without_a_signed_source_there_is_nothing_to_translate(desk, document, author, gone):
    if gone:
        withdraw(document, "en", user=people.operator(), reason="wrong")
    else:
        document = pages.article(author)
    response = desk.get(path(document))
    assert response.status_code == 200
    assert "no live edition yet" in response.content.decode()
    assert desk.post(path(document), {"unit": "article.title", "words": "x", "source": "1"}).status_code < 500


def test_the_document_page_leads_to_it_for_translators_alone(client, document, translator, author):
    for user, offered in ((translator, True), (author, False)):
        client.force_login(user)
        page = client.get(f"/admin/desk/documents/{document.pk}/").content.decode()
        assert (path(document) in page) == offered
        assert path(document, "vi") not in page


# --- Saving ---


def test_saving_keeps_one_text_and_leaves_all_else_alone(desk, document):
    english, arabic = typed_words(document, "en"), typed_words(document, "ar")
    assert save(desk, document, TITLE, "Inmunoterapia")["Location"] == path(document, unit=TITLE)
    assert typed_words(document, "es") == {TITLE: "Inmunoterapia"}
    assert typed_words(document, "en") == english
    assert typed_words(document, "ar") == arabic


def test_it_says_when_it_was_saved_and_by_whom(desk, document, translator):
    save(desk, document, TITLE, "Inmunoterapia")
    page = desk.get(path(document, unit=TITLE)).content.decode()
    assert "Saved " in page
    assert f"<bdi>{translator.name}</bdi>" in page


def test_save_and_next_opens_the_next_text_to_do(desk, document, translator):
    pages.translate(document, "es", translator, {LEAD: "Qué es."})
    answer = save(desk, document, TITLE, "Inmunoterapia", "next")
    assert answer["Location"] == path(document, unit=places(document)[2])


def test_a_text_that_is_left_is_saved_as_needing_work(desk, document):
    answer = save(desk, document, TITLE, "Inmunot", "leave", _go="article.lead")
    assert answer["Location"] == path(document, unit=LEAD)
    assert typed_words(document, "es")[TITLE] == "Inmunot"
    assert dict(listed(desk.get(path(document, show="all"))))["Immunotherapy"] == "needs work"


def test_a_text_that_is_left_as_it_was_stays_as_it_was(desk, translated):
    before = state()
    save(desk, translated, TITLE, " es Immunotherapy ", "leave", _go="article.lead")
    assert state() == before


def test_what_needs_work_is_ready_once_somebody_says_so(desk, document):
    save(desk, document, TITLE, "Inmunoterapia", "work")
    assert dict(listed(desk.get(path(document, show="all"))))["Immunotherapy"] == "needs work"
    save(desk, document, TITLE, "Inmunoterapia", "correct")
    assert dict(listed(desk.get(path(document, show="all"))))["Immunotherapy"] == "translated"


def test_submitting_saves_what_was_typed_first(desk, document):
    """The page leads to the one that submits only by a button that saves."""
    assert f"/admin/desk/documents/{document.pk}/es/submit/" not in desk.get(path(document)).content.decode()
    answer = save(desk, document, TITLE, "Inmunoterapia", "submit")
    assert answer["Location"] == f"/admin/desk/documents/{document.pk}/es/submit/"
    assert typed_words(document, "es")[TITLE] == "Inmunoterapia"


def test_submitting_says_what_is_left(desk, document):
    save(desk, document, TITLE, "Inmunoterapia")
    assert "Not translated yet" in desk.get(f"/admin/desk/documents/{document.pk}/es/submit/").content.decode()


def test_saving_again_without_a_change_leaves_all_as_it_is(desk, translated):
    before = state()
    for place in places(translated):
        form = filled(desk.get(path(translated, unit=place)))
        assert desk.post(path(translated), {**form, "_act": "save"}).status_code == 302
    assert state() == before


def test_a_save_in_another_language_is_no_conflict(desk, document):
    form = filled(desk.get(path(document)))
    pages.translate(document, "ar", people.translator("ar"))
    assert desk.post(path(document), {**form, "words": "Uno", "_act": "save"}).status_code == 302


@pytest.mark.parametrize(("language", "status"), [("vi", 409), ("zh-hans", 409), ("en", 404), ("de", 404)])
def test_only_a_translators_own_languages_can_be_written(desk, document, language, status):
    before = state()
    data = {**filled(desk.get(path(document))), "words": "Typed", "_act": "save"}
    assert desk.post(path(document, language), data).status_code == status
    assert state() == before


def test_an_author_does_not_translate(client, author, document):
    client.force_login(author)
    before = state()
    assert save(client, document, TITLE, "X").status_code == 409
    assert state() == before


# --- What helps ---


def test_a_text_to_take_has_the_tags_of_the_open_one(desk, document, monkeypatch):
    def memory(opened):
        assert opened.unit.place == places(document)[4]
        return format_html(
            '<button data-take="{}">92 %</button>',
            opened.tagged('<em>"Dos"</em> y <strong>uno</strong>[@schmid-2020]'),
        )

    monkeypatch.setattr(unit_aids, "_AIDS", {"memory": memory, "terms": lambda opened: ""})
    page = parse_page(desk.get(path(document, unit=places(document)[4])))
    assert [item.get("data-take") for item in page.iter("button") if item.get("data-take")] == ['⟦1⟧"Dos"⟦/1⟧ y uno⟦2⟧']
    assert [item.get("data-aid") for item in page.iter("div") if item.get("data-aid")] == ["memory"]


def test_an_empty_text_has_no_translation_so_far_that_could_be_correct(desk, document):
    page = desk.get(path(document, unit=TITLE))
    assert "The translation so far" not in page.content.decode()
    assert "correct" not in [button.get("value") for button in parse_page(page).iter("button")]


def test_what_is_suggested_is_offered_once_and_says_where_it_was_signed(desk, document, author, reviewer, translator):
    other = pages.article(author, title="Elsewhere", sections=[{"heading": "First", "body": "<p>Item</p>"}])
    pages.publish(other, author, reviewer)
    pages.publish_translation(other, "es", translator, reviewer)
    desk.get(path(document))  # that suggests
    shown = desk.get(path(document, unit=places(document)[3]))
    assert [item.get("data-take") for item in parse_page(shown).iter("button") if item.get("data-take")] == ["es First"]
    assert "signed for the same words in “es Elsewhere”" in shown.content.decode()


def test_going_on_from_a_text_that_is_to_do_says_that_it_still_is(desk, document):
    save(desk, document, TITLE, "Inmunoterapia", act="work")
    form = filled(desk.get(path(document, unit=TITLE)))
    answer = desk.post(path(document), {**form, "words": "Inmunoterapia ", "_act": "correct"}, follow=True)
    assert "Saved" in answer.content.decode()
    save(desk, document, LEAD, "Un resumen", act="work")
    form = filled(desk.get(path(document, unit=LEAD)))
    answer = desk.post(path(document), {**form, "words": "Un  resumen", "_act": "next"}, follow=True)
    assert "Nothing changed, so it is still to do." in answer.content.decode()


def test_a_link_is_named_by_its_address(desk, author, reviewer):
    other = pages.article(author, title="Elsewhere", slug="elsewhere")
    pages.publish(other, author, reviewer)
    body = f'<p>Read <a href="/documents/{other.pk}">the other page</a>.</p>'
    linking = pages.article(author, title="Linking", sections=[{"heading": "First", "body": body}])
    pages.publish(linking, author, reviewer)
    unit = places(linking)[-1]
    form = filled(desk.get(path(linking, unit=unit)))
    page = desk.post(f"{path(linking)}findings/", {**form, "words": "Lea la otra página."}).content.decode()
    assert "/articles/elsewhere/⁩”, the translation" in page
    assert f"/documents/{other.pk}" not in page


def test_what_changed_names_links_by_their_addresses(desk, author, reviewer, translator):
    other = pages.article(author, title="Elsewhere", slug="elsewhere")
    pages.publish(other, author, reviewer)
    body = f'<p>Read <a href="/documents/{other.pk}">the other page</a>.</p>'
    linking = pages.article(author, title="Linking", sections=[{"heading": "First", "body": body}])
    pages.publish(linking, author, reviewer)
    pages.publish_translation(linking, "es", translator, reviewer)
    section = linking.article.sections.get()
    changed = section.body_en.replace("Read", "Now read")
    pages.edit(linking, author, sections=[{"id": section.pk, "heading": "First", "body": changed}])
    pages.publish(linking, author, reviewer)
    page = parse_page(desk.get(path(linking, unit=places(linking)[-1])))
    shown = ["".join(part.itertext()) for part in page.iter("p") if part.get("class") == "diff"]
    assert shown and all("</articles/elsewhere/>" in text for text in shown)


def test_a_page_costs_the_same_questions_however_many_texts_it_has(desk, author, reviewer):
    def asked(count: int) -> int:
        body = "".join(f"<p>Text {number}.</p>" for number in range(count))
        document = pages.article(author, sections=[{"heading": "Here", "body": body}])
        pages.publish(document, author, reviewer)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(path(document)).status_code == 200
        return len(queries)

    asked(1)
    assert asked(2) == asked(80)


# --- Signed, and sent back ---


@pytest.fixture
def live(document, translator):
    """It is live in Spanish."""
    pages.translate(document, "es", translator)
    pages.give_reasons(document, "es", translator)
    return pages.publish(document, translator, people.reviewer("es"), "es")


def test_a_text_is_signed_while_its_source_says_what_it_said_then(desk, document, author, reviewer, translator, live):
    assert dict(listed(desk.get(path(document, show="all"))))["What it is and whom it helps."] == "signed"
    pages.edit(document, author, lead="What it is; and whom it helps.")
    pages.publish(document, author, reviewer)
    assert dict(listed(desk.get(path(document, show="all"))))["What it is; and whom it helps."] == "signed"
    pages.edit(document, author, lead="What it is, and whom it harms.")
    pages.publish(document, author, reviewer)
    said = "What it is, and whom it harms."
    assert dict(listed(desk.get(path(document, show="all"))))[said] == "to check again"
    save(desk, document, LEAD, "es What it is and whom it helps.", act="correct")
    assert dict(listed(desk.get(path(document, show="all"))))[said] == "translated"


def test_the_first_text_with_an_open_remark_is_open_when_all_are_done(desk, document, translator):
    pages.translate(document, "es", translator)
    pages.give_reasons(document, "es", translator)
    edition = pages.submit(document, "es", user=translator)
    signer = people.reviewer("es")
    place = places(document)[5]
    add_remark(edition, user=signer, text="One is missing.", node_id=place[0])
    send_back(edition, user=signer, remarks="")
    page = parse_page(desk.get(path(document)))
    assert page.xpath("//input[@name='unit']/@value") == [".".join(place)]
    beside = page.get_element_by_id("findings")
    assert "One is missing." in beside.text_content()
    assert beside[0].get("class") == "thread"  # before all else that is said of the text
    [here] = page.xpath("//li[contains(@class, 'unit-row')][.//*[@class='unit-state'][contains(., 'remark')]]")
    assert "Item" in here.text_content()
