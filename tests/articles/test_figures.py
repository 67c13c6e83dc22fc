"""An article's figures, from the form to the reader: blockers, translation, and who may sign what they changed."""

from io import BytesIO

import pytest
from django.db.models import ProtectedError

from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.editions.kinds import kind_of
from editorial.editions.tree.units import find_units
from editorial.editions.working import restoration
from editorial.editions.working.copies import save_row, version_token
from editorial.library.models import Figure
from editorial.library.services import save_figure
from tests.desk.forms import filled
from tests.factories import figures, pages, people
from tests.factories.pages import submit
from tests.layers import layer

pytestmark = pytest.mark.django_db
PLACES = ("alt", "caption", "credit")


@layer
def author():
    return people.author()


@layer
def figure():
    return figures.figure(people.author(), "a-figure")


def article(author, *shown, body: str = "<p>Words.</p>", **parts):
    sections = [{"heading": f"H{n}", "body": body, "figure": figure} for n, figure in enumerate(shown)]
    return pages.article(author, sections=sections, **parts)


def node(document, language: str = "en"):
    [found] = [item for item in freezing.build_candidate(document, language).tree.walk() if item.type == "figure"]
    return found


def test_the_edition_freezes_the_digests_and_the_words(author, figure):
    edition = pages.publish(article(author, figure), author, people.reviewer())
    [found] = [item for item in edition.tree.walk() if item.type == "figure"]
    assert found.id == "figure-a-figure"
    assert found.attrs == {
        "key": "a-figure", "decorative": False, "licence": "CC BY 4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/", "width": 600, "height": 400,
        "files": figure.files,
    }  # fmt: skip
    assert found.words == {name: figures.fields()[name] for name in PLACES}


def test_it_stands_after_the_text(author, figure):
    document = article(author, figure)
    [section] = freezing.build_candidate(document, "en").tree.root.of_type("section")
    assert [child.type for child in section.children] == ["paragraph", "figure"]


def test_a_section_may_be_a_figure_alone(author, figure):
    assert submit(article(author, figure, body=""), "en", user=author)


def emptied(figure) -> Figure:
    """Without its alternative text, as no service leaves it."""
    figure.alt_en = ""
    save_row(figure, user=people.author(), reason="")
    return figure


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        (lambda figure: [emptied(figure)], "The figure “a-figure” has no alternative text."),
        (lambda figure: [figure, figure], "The figure “a-figure” appears twice on this page."),
    ],
    ids=["no alternative text", "twice"],
)
def test_submitting_is_refused(author, figure, shown, told):
    with pytest.raises(Blocked) as caught:
        submit(article(author, *shown(figure)), "en", user=author)
    assert [told in blocker for blocker in caught.value.blockers] == [True]


def test_citations_do_not_work_in_a_caption(author, figure):
    save_figure(figure, user=author, caption="Shown.[@schmid-2020]")
    with pytest.raises(Blocked, match="hold no citations"):
        submit(article(author, figure, references=[pages.reference()]), "en", user=author)


def test_a_figure_that_was_shown_cannot_be_deleted(author, figure):
    article(author, figure)
    with pytest.raises(ProtectedError):
        figure.delete()


# --- Translation --------------------------------------------------------------------------------------------


def test_a_translation_has_the_figures_words_and_its_source_s_picture(author, figure):
    document = article(author, figure)
    pages.publish(document, author, people.reviewer())
    save_figure(figure, user=author, upload=BytesIO(figures.drawing()))
    spanish = pages.publish_translation(document, "es", people.translator("es"), people.reviewer())
    [found] = [item for item in spanish.tree.walk() if item.type == "figure"]
    assert found.attrs["files"] == figure.files
    assert found.words == {name: f"es {figures.fields()[name]}" for name in PLACES}


@pytest.mark.parametrize("name", PLACES)
def test_a_translation_lacks_none_of_them(author, figure, name):
    document = article(author, figure)
    pages.publish(document, author, people.reviewer())
    translator = people.translator("es")
    words = pages.typed_translation(freezing.find_signed_source(document), "es")
    del words["figure-a-figure", name]
    pages.translate(document, "es", translator, words)
    with pytest.raises(Blocked, match="Not translated yet"):
        submit(document, "es", user=translator)


def test_what_is_only_for_the_eye_is_not_translated(author, figure):
    save_figure(figure, user=author, decorative=True)
    edition = pages.publish(article(author, figure), author, people.reviewer())
    assert ("figure-a-figure", "alt") not in {unit.place for unit in find_units(edition.tree)}


def test_pages_that_share_a_figure_share_its_translation_and_each_checks_it(author, figure):
    translator = people.translator("es")
    first, second = article(author, figure), article(author, figure)
    pages.publish(first, author, people.reviewer())
    pages.publish_translation(first, "es", translator, people.reviewer())
    source = pages.publish(second, author, people.reviewer())
    mine = {place: words for place, words in pages.typed_translation(source, "es").items() if "figure" not in place[0]}
    pages.translate(second, "es", translator, mine)
    assert node(second, "es").words["alt"] == "es A drug covers the brake of a T cell."
    with pytest.raises(Blocked) as caught:
        submit(second, "es", user=translator)
    assert len(caught.value.blockers) == 3
    pages.translate(second, "es", translator, {}, checked={("figure-a-figure", name) for name in PLACES})
    assert submit(second, "es", user=translator)


def test_a_translator_writes_no_other_language(author, figure):
    document = article(author, figure)
    pages.publish(document, author, people.reviewer())
    for language in ("es", "ar"):
        pages.translate(document, language, people.translator(language))
    figure.refresh_from_db()
    assert [figure.alt_en[:2], figure.alt_es[:2], figure.alt_ar[:2], figure.alt_vi] == ["A ", "es", "ar", None]


def test_words_of_a_figure_that_was_taken_off_are_kept_for_the_signed_edition(author, figure):
    document = article(author, figure)
    pages.publish(document, author, people.reviewer())
    [section] = pages.working(document).sections.all()
    pages.edit(document, author, sections=[{"id": section.pk, "figure": None}])
    kind = kind_of(document)
    assert {slot.node_id for slot in kind.slots(kind.read_copy(document))} >= {"figure-a-figure"}
    spanish = pages.publish_translation(document, "es", people.translator("es"), people.reviewer())
    assert [item.words["alt"][:2] for item in spanish.tree.walk() if item.type == "figure"] == ["es"]


# --- Who had a hand in it -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changed",
    [{"alt": "Another."}, {"licence": "CC0"}, {"upload": True}, {"decorative": True}],
    ids=["words", "license", "picture", "decorative"],
)
def test_whoever_changed_a_figure_does_not_sign_the_page_that_shows_it(author, figure, changed):
    document = article(author, figure)
    pages.publish(document, author, people.reviewer())
    other = people.head()
    if "upload" in changed:
        changed = {"upload": BytesIO(figures.drawing())}
    save_figure(figure, user=other, **changed)
    edition = submit(document, "en", user=author)
    assert other.pk in {person["id"] for person in edition.contributors}


def test_whoever_made_a_figure_does_not_sign_the_first_page_that_shows_it(author):
    other = people.head()
    edition = submit(article(author, figures.figure(other)), "en", user=author)
    assert other.pk in {person["id"] for person in edition.contributors}


def test_an_earlier_caption_can_be_brought_back(author, figure):
    document = article(author, figure)
    save_figure(figure, user=author, caption="Worse.")
    past = figure.history.earliest("history_id")
    restoration.restore_words(
        document, model="figure", row_id=figure.pk, field="caption", language="en", history_id=past.history_id,
        user=author, token=version_token(document, "en"),
    )  # fmt: skip
    assert node(document).words["caption"] == "How the drug works."


def test_an_author_chooses_a_figure_in_the_form(client, author, figure):
    document = article(author, None)
    client.force_login(author)
    path = f"/admin/articles/article/{document.pk}/change/"
    got = client.post(path, filled(client.get(path), sections__0__figure=" A-Figure\u200b"))
    assert got.status_code == 302
    assert node(document).id == "figure-a-figure"
    assert client.post(path, filled(client.get(path), sections__0__figure="no-figure")).status_code == 400
    client.post(path, filled(client.get(path), sections__0__heading="Changed"))
    assert node(document).id == "figure-a-figure", "the form shows what is chosen"
