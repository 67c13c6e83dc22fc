"""Whether a change is minor: said by its author, frozen into what is signed, and no part of what the page says."""

import pytest

from editorial.editions.blockers import Blocked
from editorial.editions.models import Edition
from editorial.editions.tree import diff
from editorial.reviews import services
from editorial.reviews.services import send_back
from tests.desk.forms import filled
from tests.factories import drugs, pages, people
from tests.factories.pages import submit

CALL = {"heading": "When to call", "body": "<p>Call.</p>", "group": "when-to-call", "care_level": "emergency"}


def test_it_is_part_of_what_is_signed_and_not_of_what_the_page_says(desk):
    first = desk.published()
    pages.edit(desk.document, desk.author, is_minor=True)
    second = pages.publish(desk.document, desk.author, desk.reviewer)
    assert second.sign_offs.get().content_digest != first.content_digest
    assert (first.tree.root.attrs, second.tree.root.attrs) == ({}, {"minor": True})
    assert {change.status for change in diff.compare_trees(first.tree, second.tree)} == {"same"}


def test_a_translation_says_what_its_source_says(desk):
    desk.published()
    pages.edit(desk.document, desk.author, is_minor=True)
    pages.publish(desk.document, desk.author, desk.reviewer)
    spanish = pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)
    assert spanish.tree.root.attrs == {"minor": True}


def test_calling_it_minor_makes_nobody_a_writer_of_older_words(desk):
    old = people.author()
    pages.edit(desk.document, old, title="From long ago")
    desk.published()
    pages.edit(desk.document, desk.author, is_minor=True)
    edition = submit(desk.document, "en", user=desk.author)
    assert old.pk not in {person["id"] for person in edition.contributors}


def test_it_is_said_of_monographs_too(desk):
    admin = drugs.drug_admin()
    document = drugs.monograph(admin)
    drugs.edit(document, admin, is_minor=True)
    assert submit(document, "en", user=admin).tree.root.attrs == {"minor": True}


def test_what_lives_depend_on_is_never_minor(desk):
    pages.edit(desk.document, desk.author, sections=[CALL], is_minor=True)
    pages.publish(desk.document, desk.author, desk.reviewer)  # of a first edition it means nothing
    section = desk.document.article.sections.get(heading_en="When to call")
    pages.edit(desk.document, desk.author, sections=[{"id": section.pk, **CALL, "body": "<p>Call at once.</p>"}])
    with pytest.raises(Blocked, match="are never minor"):
        submit(desk.document, "en", user=desk.author)
    assert Edition.objects.count() == 1
    pages.edit(desk.document, desk.author, is_minor=False)
    assert submit(desk.document, "en", user=desk.author).number == 2


BODY = (
    "<p>Take 5 mg of carboplatin, and call <a href='tel:+1555'>us</a> if <a href='https://a.example/'>it</a> hurts.</p>"
)
MAJOR = [
    ("5 mg", "6 mg"), ("5 mg", "5 mcg"), ("Take 5", "Take > 5"), ("Take 5", "Do not take 5"),
    ("5 mg", "5<sup>2</sup> mg"), 
    ("carboplatin", "cisplatin"), ("+1555", "+1556"), ("a.example", "b.example"), (" hurts.", " hurts on 3 March."),
    ("and call", "and call Ana"), ("carboplatin", "it"), ("</p>", "</p><p>Twice a day.</p>"),
]  # fmt: skip
MINOR = [
    ("Take", "You take"),
    ("hurts", "is painful"),
    ("</p>", "</p><p>Take care of yourself.</p>"),
    ("and call", "and <em>call</em>"),
]


@pytest.mark.parametrize(("before", "after"), MAJOR)
def test_numbers_signs_names_negations_dates_and_links_are_never_minor(desk, before, after):
    with pytest.raises(Blocked, match=r"isn't a minor change.*What is it"):
        submit_minor(desk, BODY.replace(before, after))
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(("before", "after"), MINOR)
def test_other_words_may_be_minor(desk, before, after):
    assert submit_minor(desk, BODY.replace(before, after)).tree.root.attrs == {"minor": True}


def test_another_care_level_is_never_minor(desk):
    with pytest.raises(Blocked, match=r"care level .* → .*Call today"):
        submit_minor(desk, BODY, care_level="urgent")


def submit_minor(desk, body: str, **fields) -> Edition:
    """Publish BODY, then submit another text in its place as a minor change."""
    section = {**pages.SECTION, "id": desk.document.article.sections.get().pk}
    pages.edit(desk.document, desk.author, sections=[{**section, "body": BODY}])
    pages.publish(desk.document, desk.author, desk.reviewer)
    pages.edit(desk.document, desk.author, sections=[{**section, "body": body, **fields}], is_minor=True)
    return submit(desk.document, "en", user=desk.author)


def test_the_note_for_readers_is_never_silently_the_last_one(desk):
    pages.edit(desk.document, desk.author, change_note="New on doses.")
    desk.published()
    pages.edit(desk.document, desk.author, lead="Other words.")
    with pytest.raises(Blocked, match="note for readers is still the one of edition 1"):
        submit(desk.document, "en", user=desk.author)
    pages.edit(desk.document, desk.author, is_minor=True)
    with pytest.raises(Blocked, match="note for readers is still the one of edition 1"):
        submit(desk.document, "en", user=desk.author)
    pages.edit(desk.document, desk.author, change_note="Clearer.")
    assert submit(desk.document, "en", user=desk.author).number == 2


def test_a_note_that_was_sent_back_may_come_again(desk):
    desk.published()
    pages.edit(desk.document, desk.author, change_note="New on doses.")
    send_back(desk.submitted("Second"), user=desk.reviewer, remarks="Not yet.")
    assert desk.submitted("Third").tree.root.plain("change_note") == "New on doses."


def test_the_page_to_submit_it_says_so_beforehand(desk, signed_in):
    pages.edit(desk.document, desk.author, sections=[CALL])
    pages.publish(desk.document, desk.author, desk.reviewer)
    section = desk.document.article.sections.get(heading_en="When to call")
    later = {"id": section.pk, **CALL, "body": "<p>Call at once.</p>"}
    pages.edit(desk.document, desk.author, is_minor=True, sections=[later])
    page = signed_in(desk.author).get(f"/admin/desk/documents/{desk.document.pk}/en/submit/")
    assert "are never minor" in page.content.decode()


def test_the_next_change_is_not_called_minor_before_somebody_says_so(desk, signed_in):
    pages.edit(desk.document, desk.author, is_minor=True)
    client, address = signed_in(desk.author), f"/admin/articles/article/{desk.document.pk}/change/"
    assert "is_minor" in filled(client.get(address))
    submit(desk.document, "en", user=desk.author)
    assert "is_minor" not in filled(client.get(address))


def test_a_program_submits_no_change_that_readers_notice_without_a_note_or_saying_that_they_need_none(desk):
    desk.published()
    pages.edit(desk.document, desk.author, title="Another title")
    with pytest.raises(Blocked, match="Say what is new for readers"):
        services.submit(desk.document, "en", user=desk.author)
    assert Edition.objects.filter(document=desk.document).count() == 1
    with pytest.raises(Blocked, match="Say what is new for readers"):
        services.submit(desk.document, "en", user=desk.author, note=" ")
    edition = services.submit(desk.document, "en", user=desk.author, note="Another title.")
    assert edition.tree.root.plain("change_note") == "Another title."
    send_back(edition, user=desk.reviewer, remarks="No.")
    pages.edit(desk.document, desk.author, change_note="")
    edition = services.submit(desk.document, "en", user=desk.author, has_no_note=True)
    assert edition.tree.root.plain("change_note") == ""
