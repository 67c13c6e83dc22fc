"""Figures: what is required of them, who writes them, and files that stay what they are."""

import hashlib
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editorial.accounts.roles import Role
from editorial.editions.blockers import Blocked
from editorial.library import figure_storage
from editorial.library.images import ImageFile
from editorial.library.models import Figure
from editorial.library.services import create_figure, save_figure
from tests.factories import figures, pages, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return people.author()


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    """A folder of uploads of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def kept(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"alt": ""}, "Write the alternative text"),
        ({"alt": " \n "}, "Write the alternative text"),
        ({"alt": "x" * 501}, "alternative text"),
        ({"licence": ""}, "license: "),
        ({"licence_url": "javascript:alert(1)"}, "web address of the license: "),
        ({"key": "Not A Key"}, "key: Use lower-case letters"),
        ({"key": "taken"}, "key: "),
        ({"credit": "x" * 201}, "credit"),
    ],
)
def test_a_figure_that_is_wrong_is_refused_in_words_and_stores_nothing(author, folder, changed, told):
    figures.figure(author, "taken")
    before = kept(folder)
    with pytest.raises(Blocked) as caught:
        figures.figure(author, content=figures.picture(color="red"), **changed)
    assert [told in blocker for blocker in caught.value.blockers] == [True]
    assert Figure.objects.count() == 1
    assert kept(folder) == before


def test_everything_that_is_wrong_is_said_at_once(author):
    with pytest.raises(Blocked) as caught:
        create_figure(BytesIO(b"MZ"), user=author, **figures.fields("No Key", alt="", licence=""))
    assert len(caught.value.blockers) == 4


def test_a_picture_is_needed(author):
    with pytest.raises(Blocked, match="Choose a picture"):
        create_figure(None, user=author, **figures.fields())


def test_what_is_only_for_the_eye_needs_no_alternative_text(author):
    assert figures.figure(author, alt="", decorative=True).pk


@pytest.mark.parametrize("make", [people.author, people.head, lambda: people.person(Role.DRUG_ADMIN)])
def test_those_who_write_pages_write_figures(make):
    figure = figures.figure(make())
    assert save_figure(figure, user=make(), credit="Another").credit_en == "Another"


@pytest.mark.parametrize("make", [people.reviewer, people.operator, people.site_admin, lambda: people.translator("es")])
def test_nobody_else_does(author, make):
    figure = figures.figure(author)
    with pytest.raises(Blocked, match="Your role can't edit this"):
        figures.figure(make())
    with pytest.raises(Blocked, match="Your role can't edit this"):
        save_figure(figure, user=make(), credit="Another")


def test_history_says_who_changed_what_and_why(author):
    other = people.head()
    figure = figures.figure(author)
    save_figure(figure, user=other, caption="Another caption.", reason="clearer")
    newest = figure.history.latest("history_id")
    assert (newest.history_user, newest.history_change_reason) == (other, "clearer")
    assert newest.caption_en == "Another caption."
    save_figure(figure, user=other, caption="Another  caption. ")
    assert figure.history.count() == 2, "a save that changes nothing leaves no trace"


def test_the_key_stays(author):
    figure = figures.figure(author, "a-key")
    assert save_figure(figure, user=author, key="another", credit="x").key == "a-key"


def test_another_language_is_never_written_in_its_place(author):
    figure = figures.figure(author)
    save_figure(figure, user=author, alt="Changed.")
    figure.refresh_from_db()
    assert [figure.alt_es, figure.caption_ar, figure.credit_vi] == [None, None, None]


# --- Files --------------------------------------------------------------------------------------------------


@given(uploads=st.lists(st.sampled_from(["red", "teal", "navy"]), min_size=1, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=10)
def test_files_are_named_by_their_bytes_and_never_change(author, folder, uploads):
    figure = None
    for color in uploads:
        before = kept(folder)
        upload = BytesIO(figures.picture(500, 300, color=color))
        if figure is None:
            figure = create_figure(upload, user=author, **figures.fields())
        else:
            figure = save_figure(figure, user=author, upload=upload)
        after = kept(folder)
        assert {name: after[name] for name in before} == before
        for name, content in after.items():
            assert name.startswith(f"figures/{hashlib.sha256(content).hexdigest()}.")
        for file in figure.files:
            assert f"figures/{figure_storage.file_name(file['digest'], file['type'])}" in after


def test_a_new_picture_keeps_the_old_ones_files(author, folder):
    figure = figures.figure(author)
    before = kept(folder)
    changed = save_figure(figure, user=author, upload=BytesIO(figures.drawing()))
    assert [file["type"] for file in changed.files] == ["image/svg+xml"]
    assert (changed.width, changed.height) == (90, 60)
    assert before.items() <= kept(folder).items()


def test_a_picture_that_is_there_already_is_not_written_again(author, folder):
    figures.figure(author)
    before = kept(folder)
    times = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    figures.figure(author)
    assert (kept(folder), {path: path.stat().st_mtime_ns for path in folder.rglob("*")}) == (before, times)


@pytest.mark.parametrize("damage", [b"", b"cut short"])
def test_a_file_that_a_crash_left_broken_is_not_taken_for_the_whole_one(folder, damage):
    file = ImageFile(1, 1, "image/webp", b"the whole file")
    name = figure_storage.file_name(file.digest, file.type)
    (folder / "figures").mkdir()
    (folder / "figures" / name).write_bytes(damage)
    assert figure_storage.read_file(name) is None
    figure_storage.store_file(file)
    assert figure_storage.read_file(name) == b"the whole file"
    assert kept(folder) == {f"figures/{name}": b"the whole file"}


def test_verify_records_names_the_files_that_are_missing_or_damaged_and_who_shows_them(author, folder):
    figure = figures.figure(author, "a-key")
    old = f"figures/{figure_storage.file_name(figure.files[0]['digest'], figure.files[0]['type'])}"
    document = pages.article(author, sections=[{**pages.SECTION, "figure": figure}])
    edition = pages.publish(document, author, people.reviewer())
    figure = save_figure(figure, user=author, upload=BytesIO(figures.drawing()))
    new = f"figures/{figure_storage.file_name(figure.files[0]['digest'], figure.files[0]['type'])}"
    call_command("verify_records", stdout=StringIO())
    (folder / old).unlink()
    (folder / new).write_bytes(b"damaged")
    with pytest.raises(CommandError) as told:
        call_command("verify_records", stdout=StringIO())
    assert str(told.value).splitlines() == [
        f"Figure a-key: the file {new.removeprefix('figures/')} does not fit its digest.",
        f"Edition {edition.pk}: the file {old.removeprefix('figures/')} is missing.",
    ]


def test_two_who_store_the_same_picture_at_once_store_it_once(folder, monkeypatch):
    file = ImageFile(1, 1, "image/webp", b"the same")
    save = default_storage.save
    raced = []

    def overtaken(name, content):
        if not raced:
            raced.append(True)
            figure_storage.store_file(file)
        return save(name, content)

    monkeypatch.setattr(default_storage, "save", overtaken)
    figure_storage.store_file(file)
    assert kept(folder) == {f"figures/{figure_storage.file_name(file.digest, file.type)}": b"the same"}
