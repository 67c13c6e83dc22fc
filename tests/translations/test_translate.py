"""The translator's page: one text of the signed source at a time, and nothing typed is ever lost."""

import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import format_html

from editorial.editions.freezing import find_signed_source, find_unchecked_units
from editorial.editions.models import Edition
from editorial.editions.tree.units import find_units, tree_structure
from editorial.editions.working.translated_words import typed_words
from editorial.editions.working.unit_states import unit_states
from editorial.reviews.services import withdraw
from editorial.translations import unit_aids, unit_rows
from tests.desk.conftest import state
from tests.desk.forms import filled
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.layers import layer
from tests.parsing import parse_page

TITLE, LEAD = ("article", "title"), ("article", "lead")


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


def path(document, language: str = "es", unit=None, **query) -> str:
    query = ([f"unit={'.'.join(unit)}"] if unit else []) + [f"{name}={value}" for name, value in query.items()]
    return f"/admin/translate/{document.pk}/{language}/" + (f"?{'&'.join(query)}" if query else "")


def places(document) -> list:
    return [unit.place for unit in find_units(find_signed_source(document).tree)]


def listed(response) -> list[tuple[str, str]]:
    """(how its source begins, its state) of the texts in the list."""
    return [
        (
            "".join(link.find("span[@class='unit-start']").itertext()),
            "".join(link.find("span[@class='unit-state']").itertext()).split("Warned")[-1].strip(),
        )
        for link in parse_page(response).iter("a")
        if link.find("span[@class='unit-start']") is not None
    ]


def source_of(response) -> str:
    return "".join(next(node for node in parse_page(response).iter("p") if node.get("id") == "unit-source").itertext())


def save(desk, document, unit, words: str, act: str = "save", language: str = "es", **fields):
    """Type into one text's box and press a button."""
    form = filled(desk.get(path(document, language, unit)))
    return desk.post(path(document, language), {**form, "words": words, "_act": act, **fields})


@pytest.fixture
def translated(document, translator):
    """In full, with a reason at all that is found."""
    pages.translate(document, "es", translator)
    pages.give_reasons(document, "es", translator)
    return document


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


# --- The source changes ---


@pytest.fixture
def outdated(translated, author, reviewer):
    """Translated in full; then the source's second section changes and is signed."""
    section = translated.article.sections.last()
    changed = section.body_en.replace("things", "matters")
    pages.edit(translated, author, sections=[{"id": section.pk, "heading": "Second", "body": changed}])
    pages.publish(translated, author, reviewer)
    return translated


def test_only_the_changed_unit_has_to_be_looked_at_again(desk, outdated):
    page = desk.get(path(outdated, show="stale"))
    assert [text for text in listed(page) if text[1] == "to check again"] == [
        ("This one tells of three matters.", "to check again")
    ]
    assert source_of(page) == "This one tells of three matters."
    shown = page.content.decode()
    assert "<del>" in shown
    assert "things" in shown  # what it said before
    assert "es This one tells of 3 things." in html.unescape(shown)


@pytest.mark.parametrize("typed", ["es This one tells of 3 things.", "es  This one tells of 3 things. "])
def test_saving_without_looking_leaves_the_unit_stale(desk, outdated, typed):
    save(desk, outdated, places(outdated)[-1], typed)
    assert len(find_unchecked_units(outdated, "es", find_signed_source(outdated))) == 1
    before = Edition.objects.count()
    assert desk.post(f"/admin/desk/documents/{outdated.pk}/es/submit/").status_code == 409
    assert Edition.objects.count() == before


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("correct", "es This one tells of 3 things."),
        ("correct", "es This one tells of3 things."),
        ("save", "es habla de 3 cosas."),
    ],
    ids=["still correct", "still correct with a space less", "new words"],
)
def test_a_stale_unit_needs_to_be_called_correct_or_new_words(desk, outdated, translator, act, typed):
    assert save(desk, outdated, places(outdated)[-1], typed, act).status_code == 302
    assert find_unchecked_units(outdated, "es", find_signed_source(outdated)) == []
    pages.give_reasons(outdated, "es", translator)
    assert desk.post(f"/admin/desk/documents/{outdated.pk}/es/submit/").status_code == 302


def test_a_refused_save_stays_refused_until_somebody_says_that_they_read_what_changed(desk, document, author, reviewer):
    form = {**filled(desk.get(path(document))), "words": "Inmunoterapia", "_act": "save"}
    pages.edit(document, author, title="Immune therapy")
    pages.publish(document, author, reviewer)
    before = state()
    for _press in range(2):
        refused = desk.post(path(document), form)
        assert refused.status_code == 409
        assert state() == before
        said = html.unescape(refused.content.decode())
        assert "<del>Immunotherapy</del>" in said
        assert "<ins>Immune therapy</ins>" in said
        assert filled(refused)["words"] == "Inmunoterapia"
        assert "read_source" not in filled(refused)
        form = {**filled(refused), "_act": "save"}
    number = find_signed_source(document).number
    assert desk.post(path(document), {**form, "read_source": number}).status_code == 302
    assert typed_words(document, "es")[TITLE] == "Inmunoterapia"


def test_a_change_elsewhere_on_the_page_refuses_nothing(desk, document, author, reviewer):
    form = {**filled(desk.get(path(document))), "words": "Inmunoterapia", "_act": "save"}
    pages.edit(document, author, lead="Another lead.")
    pages.publish(document, author, reviewer)
    assert desk.post(path(document), form).status_code == 302


def test_words_for_a_text_that_is_gone_are_shown(desk, document, author, reviewer):
    place = places(document)[5]
    form = {**filled(desk.get(path(document, unit=place))), "words": "Mi texto", "_act": "save"}
    section = document.article.sections.first()
    pages.edit(document, author, sections=[{"id": section.pk, "heading": "First", "body": "<p>One</p>"}])
    pages.publish(document, author, reviewer)
    refused = desk.post(path(document), form)
    assert refused.status_code == 409
    assert "Mi texto" in refused.content.decode()


# --- Two translators ---


def test_two_translators_do_not_overwrite_each_other(desk, document):
    form = {**filled(desk.get(path(document))), "words": "De una", "_act": "save"}
    other = people.translator("es")
    pages.translate(document, "es", other, {TITLE: "De otra"})
    before = state()
    for _press in range(2):
        refused = desk.post(path(document), form)
        assert refused.status_code == 409
        assert state() == before
        said = html.unescape(refused.content.decode())
        assert f"{other.name} saved other words" in said
        assert "De otra" in said
        assert "<ins> una</ins>" in said
        assert "Take theirs" in said
        form = {**filled(refused), "_act": "save"}
        assert form["words"] == "De una"
    digest = unit_states(document, "es")[TITLE].target_digest
    assert desk.post(path(document), {**form, "read_words": digest}).status_code == 302
    assert typed_words(document, "es")[TITLE] == "De una"


def test_whoever_typed_nothing_overwrites_nothing(desk, document):
    form = {**filled(desk.get(path(document))), "_act": "next"}
    pages.translate(document, "es", people.translator("es"), {TITLE: "De otra"})
    assert desk.post(path(document), form).status_code == 302
    assert typed_words(document, "es")[TITLE] == "De otra"


def test_two_who_type_the_same_do_not_meet(desk, document):
    form = {**filled(desk.get(path(document))), "words": "De otra", "_act": "save"}
    pages.translate(document, "es", people.translator("es"), {TITLE: "De otra"})
    assert desk.post(path(document), form).status_code == 302


# --- Marks ---


def test_marks_are_numbered_tags(desk, document):
    page = desk.get(path(document, unit=places(document)[4]))
    assert source_of(page) == "One ⟦1⟧two⟦/1⟧⟦2⟧"
    assert [button.get("data-tag") for button in parse_page(page).iter("button") if button.get("data-tag")] == [
        "1",
        "2",
    ]


def test_tags_come_back_as_they_were_saved(desk, document):
    place = places(document)[4]
    assert save(desk, document, place, "⟦1⟧Dos⟦/1⟧ y uno⟦2⟧").status_code == 302
    assert typed_words(document, "es")[place] == "<em>Dos</em> y uno[@schmid-2020]"
    assert filled(desk.get(path(document, unit=place)))["words"] == "⟦1⟧Dos⟦/1⟧ y uno⟦2⟧"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Uno ⟦1⟧dos⟦2⟧", "⟦1⟧ has no end"),
        ("Uno dos⟦/1⟧⟦2⟧", "⟦/1⟧ ends a tag that was not begun"),
        ("Uno ⟦1⟧dos⟦/1⟧⟦7⟧", "has no tag ⟦7⟧"),
        ("Uno ⟦1⟧dos⟦/1⟧⟦2", "A tag is broken"),
        ("Uno ⟦1⟧dos⟦/1⟧⟦2⟧⟦2⟧", "⟦2⟧ stands here twice"),
        ("Uno dos⟦2⟧", "⟦1⟧ italic"),
        ("Uno ⟦1⟧dos⟦/1⟧", "⟦2⟧ citation schmid-2020"),
    ],
)
def test_a_tag_is_not_broken_or_lost_unseen(desk, document, typed, said):
    before = state()
    refused = save(desk, document, places(document)[4], typed)
    assert refused.status_code == 400
    assert said in html.unescape(refused.content.decode())
    assert filled(refused)["words"] == typed
    assert state() == before


def test_a_tag_is_left_out_by_a_tick(desk, document):
    place = places(document)[4]
    assert save(desk, document, place, "Uno dos⟦2⟧", _without="1").status_code == 302
    assert typed_words(document, "es")[place] == "Uno dos[@schmid-2020]"


def test_citations_have_to_be_those_of_the_source(desk, translated):
    save(desk, translated, places(translated)[2], "es uno", _without="1")
    page = desk.get(f"/admin/desk/documents/{translated.pk}/es/submit/").content.decode()
    assert "The citations differ from the source" in page
    assert desk.post(f"/admin/desk/documents/{translated.pk}/es/submit/").status_code == 409


def test_html_is_text(desk, translated, translator):
    place = places(translated)[4]
    save(desk, translated, place, "uno <script>x()</script> ⟦1⟧<b>dos</b>⟦/1⟧⟦2⟧")
    assert typed_words(translated, "es")[place] == (
        "uno &lt;script&gt;x()&lt;/script&gt; <em>&lt;b&gt;dos&lt;/b&gt;</em>[@schmid-2020]"
    )


def test_a_translation_has_the_structure_of_its_source_whatever_was_typed(desk, translated, translator):
    save(desk, translated, places(translated)[4], "es uno\n⟦1⟧2⟦/1⟧\n\n⟦2⟧")
    pages.give_reasons(translated, "es", translator)
    edition = submit(translated, "es", user=translator)
    assert tree_structure(edition.tree) == tree_structure(edition.source_edition.tree)
    assert [unit.place for unit in find_units(edition.tree)] == places(translated)


# --- What helps ---


def test_a_text_to_take_has_the_tags_of_the_open_one(desk, document, monkeypatch):
    def memory(opened):
        assert opened.unit.place == places(document)[4]
        return format_html(
            '<button data-take="{}">92 %</button>', '<em>"Dos"</em> y <strong>uno</strong>[@schmid-2020]'
        )

    monkeypatch.setattr(unit_aids, "_AIDS", {"memory": memory, "terms": lambda opened: ""})
    page = parse_page(desk.get(path(document, unit=places(document)[4])))
    assert [item.get("data-take") for item in page.iter("button") if item.get("data-take")] == ['⟦1⟧"Dos"⟦/1⟧ y uno⟦2⟧']
    assert [item.get("data-aid") for item in page.iter("div") if item.get("data-aid")] == ["memory"]


def test_a_page_costs_the_same_questions_however_many_texts_it_has(desk, author, reviewer):
    def asked(count: int) -> int:
        body = "".join(f"<p>Text {number}.</p>" for number in range(count))
        document = pages.article(author, sections=[{"heading": "Here", "body": body}])
        pages.publish(document, author, reviewer)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(path(document)).status_code == 200
        return len(queries)

    asked(1)
    assert asked(2) == asked(80) < 45


# --- Suggestions ---


@layer
def repeated(author, reviewer):
    """The same sentence three times."""
    body = "<p>Call your team.</p><ul><li><p>Call your team.</p></li><li><p>Call your team.</p></li></ul>"
    document = pages.article(author, sections=[{"heading": "When", "body": body}])
    pages.publish(document, author, reviewer)
    return document


def test_exact_repeats_are_suggested_and_count_for_nothing_until_somebody_takes_them(desk, repeated):
    first, second, third = places(repeated)[-3:]
    save(desk, repeated, first, "Llame a su equipo.")
    assert typed_words(repeated, "es") == {first: "Llame a su equipo."}
    states = [text[1] for text in listed(desk.get(path(repeated, show="all")))]
    assert states[-3:] == ["translated", "suggested", "suggested"]
    assert save(desk, repeated, second, "", "take").status_code == 302
    assert typed_words(repeated, "es") == {first: "Llame a su equipo.", second: "Llame a su equipo."}
    assert unit_states(repeated, "es")[second].origin == "repeat"
    save(desk, repeated, third, "", "drop")
    assert [text[1] for text in listed(desk.get(path(repeated, show="all")))][-1] == "empty"
    save(desk, repeated, first, "Llame a su equipo de atención.")
    assert [text[1] for text in listed(desk.get(path(repeated, show="all")))][-1] == "empty"
