"""The page that submits a draft shows what its reviewer will be shown, and asks what readers are told of it."""

import pytest

from editorial.checks.dismissals import dismiss_finding
from editorial.editions.models import Edition
from editorial.editions.working.copies import version_token
from editorial.reviews.services import send_back
from tests.desk.forms import filled
from tests.factories import pages, people
from tests.factories.workplace import at_work
from tests.layers import layer

NO_NOTE = {"no_note": "on"}


@layer
def edited(opened_workplace):
    """The key of a page that is read, with a number that changed in its draft."""
    with at_work(opened_workplace) as desk:
        pages.edit(desk.document, desk.author, lead="Take 24 a day.", change_note="First.")
        desk.published()
        pages.edit(desk.document, desk.author, lead="Take 42 a day.")
        return desk.document.pk


@pytest.fixture
def draft(edited, workplace):
    """A page that is read, with a number that changed in its draft."""
    return workplace


@pytest.fixture
def page(draft, signed_in):
    client, address = signed_in(draft.author), f"/admin/desk/documents/{draft.document.pk}/en/submit/"

    def ask(data: dict | None = None, query: str = ""):
        return client.get(address + query) if data is None else client.post(address + query, data)

    return ask


def shown(response) -> str:
    return response.content.decode().replace("\u2068", "").replace("\u2069", "")


def test_it_shows_what_matters_most_what_changed_and_the_findings_before_the_button(page):
    text = shown(page())
    told = (
        "What matters most",
        "<bdi>42</bdi>",
        "What changed",
        "Advice about this page",
        "Submit for review</b",
    )
    places = [text.index(words) for words in told]
    assert places == sorted(places)


def test_a_number_that_changed_is_told_once_and_an_authors_answer_about_it_stays(draft, page, signed_in):
    def edition_page() -> str:
        edition = pages.submit(draft.document, "en", user=draft.author)
        text = shown(signed_in(draft.reviewer).get(f"/admin/desk/editions/{edition.pk}/"))
        send_back(edition, user=draft.reviewer, remarks="Why?")
        return text

    pages.edit(draft.document, draft.author, change_note="Second.")
    assert "Number changed" not in shown(page())
    assert "Number changed" not in edition_page()
    root = Edition.objects.latest("pk").tree.root
    pages.edit(draft.document, draft.author, lead="Take 43 a day.")
    dismiss_finding(draft.document, "en", user=draft.author, check="changed-number", node_id=root.id, reason="A study.")
    assert "Number changed" in shown(page())
    text = edition_page()
    assert text.index("Dismissed by the author") < text.index("Number changed") < text.index("A study.")


def test_a_split_paragraph_is_not_told_to_have_lost_its_numbers(workplace, signed_in):
    first, last = "Take 24 of the small white pills each day.", "Call within 3 hours if you get a fever."
    section = {**pages.SECTION, "body": f"<p>{first} {last}</p>"}
    pages.edit(workplace.document, workplace.author, sections=[section])
    workplace.published()
    section = {**section, "id": workplace.document.article.sections.latest("pk").pk}
    for number in (24, 42):
        body = f"<p>{first.replace('24', str(number))}</p><p>{last}</p>"
        pages.edit(workplace.document, workplace.author, sections=[{**section, "body": body}])
        address = f"/admin/desk/documents/{workplace.document.pk}/en/submit/"
        text = shown(signed_in(workplace.author).get(address))
        assert ("<bdi>42</bdi>" in text, "· split" in text) == (number == 42, True)
        assert "Number changed" not in text


def test_it_compares_with_the_edition_submitted_last_or_with_the_last_signed_one(draft, page):
    pages.edit(draft.document, draft.author, change_note="")
    send_back(draft.submitted(), user=draft.reviewer, remarks="24, not 42.")
    pages.edit(draft.document, draft.author, lead="Take 25 a day.")
    assert "<bdi>42</bdi>" in shown(page())
    assert "Edition 2, last submitted" in shown(page())
    assert "<bdi>42</bdi>" not in shown(page(query="?with=1"))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ({}, "Say what is new for readers"),
        ({"note": " "}, "Say what is new for readers"),
        ({"note": "First."}, "That is the last note."),
        ({"note": "New.", **NO_NOTE}, "You wrote a note."),
        ({"note": "x" * 301}, "at most 300"),
        ({"note": "a\0b"}, "Null characters"),
        ({"token": "x", **NO_NOTE}, "Enter a whole number"),
    ],
)
def test_a_note_is_asked_for_and_what_was_typed_stays(page, typed, problem):
    response = page(typed)
    assert response.status_code == 400
    assert problem in shown(response)
    assert Edition.objects.count() == 1
    assert "\0" in typed.get("note", "") or filled(response)["note"] == typed.get("note", "")


@pytest.mark.parametrize(("typed", "note"), [({"note": "The dose is another."}, "The dose is another."), (NO_NOTE, "")])
def test_the_note_is_frozen_with_the_edition(draft, page, typed, note):
    assert page(typed).status_code == 302
    edition = Edition.objects.get(number=2)
    assert edition.tree.root.plain("change_note") == note
    assert pages.working(draft.document).change_note_en == note


def test_a_note_that_the_draft_has_already_is_offered(draft, page):
    assert filled(page())["note"] == ""
    pages.edit(draft.document, draft.author, change_note="The dose is another.")
    assert filled(page())["note"] == "The dose is another."


def test_a_minor_change_needs_no_note_and_never_keeps_the_last_one(draft, page):
    pages.edit(draft.document, draft.author, lead="Take 24 each day.", is_minor=True)
    assert page({}).status_code == 302
    assert Edition.objects.get(number=2).tree.root.plain("change_note") == ""


def test_no_note_is_asked_for_a_first_edition_or_a_translation(workplace, signed_in):
    client, address = signed_in(workplace.author), f"/admin/desk/documents/{workplace.document.pk}/"
    assert "note" not in filled(client.get(f"{address}en/submit/"))
    workplace.published()
    translator = signed_in(workplace.translator)
    pages.translate(workplace.document, "es", workplace.translator)
    assert "note" not in filled(translator.get(f"{address}es/submit/"))
    assert translator.post(f"{address}es/submit/").status_code == 302


def test_what_was_saved_after_the_page_was_opened_is_read_before_it_is_submitted(draft, page):
    opened = filled(page()) | NO_NOTE
    pages.edit(draft.document, people.author(), lead="Take 420 a day.")
    refused = page(opened)
    assert (refused.status_code, Edition.objects.count()) == (409, 1)
    assert "saved again after you opened this page" in shown(refused)
    assert "<bdi>420</bdi>" in shown(refused)
    again = filled(refused) | NO_NOTE
    assert int(again["token"]) == version_token(draft.document, "en")
    assert page(again).status_code == 302


def test_a_note_that_was_cleared_is_no_change_that_a_reviewer_has_to_read_first(draft, page, signed_in):
    pages.edit(draft.document, draft.author, lead="Take 24 a day.", sections=[{**pages.SECTION, "body": "<p>New.</p>"}])
    page(NO_NOTE)
    edition = Edition.objects.get(number=2)
    text = shown(signed_in(draft.reviewer).get(f"/admin/desk/editions/{edition.pk}/"))
    assert "First." in text
    assert '<li class="change change-changed">' not in text.partition("unchanged</summary>")[0]
