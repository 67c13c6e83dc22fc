"""A text is saved over what its translator had read: what changed in the source, what others saved, marks, repeats."""

import html

import pytest

from editorial.editions.freezing import find_signed_source, find_unchecked_units
from editorial.editions.models import Edition
from editorial.editions.tree.units import find_units, tree_structure
from editorial.editions.working.translated_words import typed_words
from editorial.editions.working.unit_states import unit_states
from tests.desk.conftest import state
from tests.desk.forms import filled
from tests.factories import pages, people
from tests.factories.pages import submit
from tests.layers import layer
from tests.parsing import parse_page
from tests.translations.open_unit import TITLE, listed, path, places, save, source_of

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
