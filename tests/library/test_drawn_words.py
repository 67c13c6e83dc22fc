"""The words in a drawing: every reader sees the same ones, the desk shows them, and they are frozen."""

import pytest
from django.core.management import call_command

from editorial.editions.tree.nodes import Node
from editorial.editions.working.copies import save_row
from editorial.library import figure_storage
from editorial.library.figure_nodes import figure_blockers, figure_node
from editorial.library.images import UnreadableImage, make_image_files
from editorial.library.stored_drawings import has_unread_words, read_drawings
from tests.factories import figures, people
from tests.factories.figures import drawing

GROUND = '<rect width="90" height="60" fill="#fff"/>'
DARK, CONTRAST = "@media (prefers-color-scheme: dark)", "@media (prefers-contrast: more)"


def text(words: str = "2 tablets", attributes: str = "") -> str:
    return f'<text x="5" y="30" font-size="10" {attributes}>{words}</text>'


def sheet(css: str) -> str:
    return f"<style>{css}</style>"


HIDDEN = {
    "other words by night": (
        sheet(f".day{{fill:#000}}.night{{fill:#fff}}{DARK}{{.day{{fill:#fff}}.night{{fill:#000}}}}")
        + GROUND + text("2 tablets", 'class="day"') + text("20 tablets", 'class="night"'), "2 tablets",
    ),
    "gone by night": (
        sheet(f".a{{fill:#000}}{DARK}{{.a{{fill:#fff}}}}") + GROUND + text(attributes='class="a"'), "dark screen",
    ),
    "dark on the dark page": (text(), "dark screen"),
    "light on the light page": (text(attributes='fill="#fff"'), "cannot be seen."),
    "gone with more contrast": (
        sheet(f".a{{fill:#000}}{CONTRAST}{{.a{{fill:#fff}}}}") + GROUND + text(attributes='class="a"'), "2 tablets",
    ),
    "not displayed": (GROUND + text(attributes='display="none"'), "2 tablets"),
    "not displayed, by a sheet": (sheet("text{display:none}") + GROUND + text(), "2 tablets"),
    "not displayed by night": (sheet(f"{DARK}{{text{{display:none}}}}") + GROUND + text(), "more than colors"),
    "smaller by night": (sheet(f"{DARK}{{text{{font-size:.1px}}}}") + GROUND + text(), "more than colors"),
    "invisible": (GROUND + text(attributes='style="visibility:hidden"'), "2 tablets"),
    "seen through": (GROUND + f'<g opacity="0">{text()}</g>', "2 tablets"),
    "covered": (text() + GROUND, "2 tablets"),
    "covered for the most part": (GROUND + text() + '<rect x="14" width="76" height="60" fill="#fff"/>', "2 tablets"),
    "outside": (GROUND + text(attributes='transform="translate(500)"'), "2 tablets"),
    "cut away": (
        '<clipPath id="a"><path d="M0 0h1v1z"/></clipPath>' + GROUND + text(attributes='clip-path="url(#a)"'),
        "2 tablets",
    ),
    "a figure in the middle": (GROUND + text('2<tspan fill="none">0</tspan> tablets'), "“0”"),
    "words after a part": (GROUND + text('<tspan fill="#000">2</tspan> tablets', 'fill="#fff"'), "“tablets”"),
    "by a variable": (sheet("text{--a:#fff;fill:var(--a)}") + GROUND + text(), "reach out"),
    "by a rule that is not drawn everywhere": (sheet("text:first-child{fill:#fff}") + GROUND + text(), "not allowed"),
    "more than can be looked at": (GROUND + text("1") * 61, "more than 60 texts"),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
def test_words_that_some_reader_would_not_see_are_refused(name):
    content, told = HIDDEN[name]
    with pytest.raises(UnreadableImage) as caught:
        make_image_files(drawing(content))
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (GROUND + text(), ["2 tablets"]),
        (GROUND + text("جرعة واحدة") + text("一片", 'transform="translate(0 20)"'), ["جرعة واحدة", "一片"]),
        (GROUND + text(" 2 <tspan dx='1'> tablets</tspan> a day ", 'font-family="Lato"'), ["2 tablets a day"]),
        (sheet(f"text{{fill:#000}}rect{{fill:#fff}}{DARK}{{text{{fill:#fff}}rect{{fill:#000}}}}") + GROUND + text(),
         ["2 tablets"]),
        (GROUND, []),
    ],
)  # fmt: skip
def test_words_that_everybody_sees_are_told_in_their_order(content, words):
    [file] = make_image_files(drawing(content))
    assert list(file.words) == words
    assert make_image_files(file.content) == [file]


@pytest.mark.django_db
def test_the_words_stand_beside_the_picture_and_are_frozen_with_it(signed_in):
    author = people.author()
    figure = figures.figure(author, content=drawing(GROUND + text("2 &lt; 20 tablets")))
    page = signed_in(author).get(f"/admin/library/figure/{figure.pk}/change/").content.decode()
    assert "<bdi>2 &lt; 20 tablets</bdi>" in page
    assert figure_node(figure).attrs["drawn"] == ["2 < 20 tablets"]
    assert "drawn" not in figure_node(figures.figure(author)).attrs


def forget_words(figure):
    """Make a figure one of those that were uploaded before words were read off drawings."""
    [file] = figure.files
    figure.files = [{name: value for name, value in file.items() if name != "words"}]
    save_row(figure, user=people.author(), reason="before")
    return figure


@pytest.mark.django_db
@pytest.mark.both_databases
def test_drawings_of_before_are_read_once_and_no_figure_changes():
    author = people.author()
    old = forget_words(figures.figure(author, content=drawing(GROUND + text("2 tablets"))))
    wordless = forget_words(figures.figure(author, content=drawing(GROUND)))
    figures.figure(author)
    assert has_unread_words(old.files)
    count = old.history.count()
    assert read_drawings() == (2, [])
    assert read_drawings() == (0, [])
    assert figure_node(old).attrs["drawn"] == ["2 tablets"]
    assert "drawn" not in figure_node(wordless).attrs
    assert not has_unread_words(wordless.files)
    old.refresh_from_db()
    assert "words" not in old.files[0]
    assert old.history.count() == count


@pytest.mark.django_db
def test_what_cannot_be_read_any_more_is_told_and_the_others_are_read(monkeypatch, capsys):
    author = people.author()
    contents = [drawing(GROUND + text(words)) for words in ("1", "2", "3", "4")]
    missing, refused, unreadable, whole = (
        forget_words(figures.figure(author, content=content)) for content in contents
    )
    stored = figure_storage.read_file
    answers = {missing.files[0]["digest"]: None, refused.files[0]["digest"]: drawing(text())}

    def read(name):
        digest = name.partition(".")[0]
        if digest == unreadable.files[0]["digest"]:
            raise PermissionError
        return answers[digest] if digest in answers else stored(name)

    monkeypatch.setattr(figure_storage, "read_file", read)
    call_command("read_drawings")
    told = capsys.readouterr().out
    assert told.startswith("Drawings: 1 read, 3 could not be read.\n")
    for figure, words in ((missing, "missing or damaged"), (refused, "dark screen"), (unreadable, "MEDIA_ROOT")):
        assert words in next(line for line in told.splitlines() if line.startswith(f"Figure {figure.key}: "))
    assert figure_node(whole).attrs["drawn"] == ["4"]


@pytest.mark.django_db
def test_a_page_whose_drawing_could_not_be_read_is_not_submitted():
    author = people.author()
    figure = forget_words(figures.figure(author, content=drawing(GROUND + text())))
    root = Node("article", "article", children=(figure_node(figure),))
    assert [figure.key in told and "Upload it again" in told for told in figure_blockers(root)] == [True]
    read_drawings()
    assert list(figure_blockers(root)) == []
