"""How a kept page is sent: coded as the browser likes it, once only, and saved for the next process."""

import gzip
from pathlib import Path

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from editorial.reading.kept_pages.codings import CODINGS, IDENTITY, choose_coding, compress
from editorial.reading.kept_pages.pages import OBJECTS
from editorial.reading.kept_pages.requested_pages import read_request
from tests.factories import pages, people

from .asking import ask, environ

PAGE = "/en/articles/page/"
DECODERS = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompress(body),
    IDENTITY: bytes,
}


@pytest.fixture
def page(clock):
    author, reviewer = people.author(), people.reviewer()
    return pages.publish(pages.article(author, slug="page", title="Zebra title"), author, reviewer)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("zstd, gzip", "zstd"),
        ("br;q=0.5, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip;q=0", "identity"),
        ("*", "br"),
        ("*;q=0.1, br;q=0", "zstd"),
        ("identity, gzip;q=0.5", "identity"),
        ("identity;q=0.5, gzip", "gzip"),
        ("br;q=nonsense", "identity"),
        ("br; q = 1", "br"),
        ("deflate", "identity"),
    ],
)
def test_a_browser_gets_the_coding_that_it_likes_best(accepted, coding):
    assert choose_coding(accepted) == coding


@given(st.text(max_size=80))
def test_no_header_is_too_strange(accepted):
    assert choose_coding(accepted) in (*CODINGS, IDENTITY)


@given(st.binary(max_size=2000))
def test_each_coding_gives_back_what_went_in(body):
    for coding in (*CODINGS, IDENTITY):
        assert DECODERS[coding](compress(body, coding)) == body
        assert DECODERS[coding](compress(body, coding, best=True)) == body


def test_each_coding_holds_the_same_page_with_a_tag_of_its_own(kept, django, page):
    plain, sent = ask(django, PAGE).body, {}
    for _round in range(2):
        for coding in (*CODINGS, IDENTITY):
            told = ask(kept, PAGE, HTTP_ACCEPT_ENCODING=coding)
            assert DECODERS[coding](told.body) == plain
            assert told.headers.get("Content-Encoding", IDENTITY) == coding
            assert told.headers["Content-Length"] == str(len(told.body))
            assert told.headers["Vary"] == "Accept-Encoding"
            assert sent.setdefault(told.headers["ETag"], told.body) == told.body
            head = ask(kept, PAGE, "HEAD", HTTP_ACCEPT_ENCODING=coding)
            assert (head.status, head.headers, head.body) == (200, told.headers, b"")
        kept.caretaker.go_round()
    assert len(sent) == len(set(sent.values())) > len(CODINGS), "what was compressed better is other bytes"


def test_a_browser_that_has_the_page_in_any_coding_gets_304(kept, page):
    tags = [ask(kept, PAGE, HTTP_ACCEPT_ENCODING=coding).headers["ETag"] for coding in ("br", "gzip")]
    kept.caretaker.go_round()
    for tag in tags:
        for known in (tag, f"W/{tag}", f'"other", {tag}'):
            told = ask(kept, PAGE, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=known)
            assert (told.status, told.body, told.headers["ETag"]) == (304, b"", tag)
            assert told.headers["Cache-Control"] == "public, no-cache"
            assert "Content-Length" not in told.headers
    assert ask(kept, PAGE, HTTP_IF_NONE_MATCH="*").status == 304
    assert ask(kept, PAGE, HTTP_IF_NONE_MATCH='"other"').status == 200
    assert ask(kept, "/en/articles/nothing/", HTTP_IF_NONE_MATCH="*").status == 404


def test_a_page_that_was_asked_for_once_is_kept_as_gzip_until_it_is_asked_for_again(kept, django, page):
    plain = ask(kept, PAGE).body
    [kept_page] = kept.keeper.pages()
    before = kept_page.size
    for _round in range(2):
        kept.caretaker.go_round()
    assert kept_page.bodies.keys() == {"gzip"}
    assert kept_page.size - OBJECTS < (before - OBJECTS) / 2
    assert ask(kept, PAGE).body == plain
    kept.caretaker.go_round()
    assert kept_page.bodies.keys() == {"br", "gzip"}
    assert ask(kept, PAGE).body == plain
    assert django.asked == [PAGE]


def saved_files(settings) -> list[Path]:
    return list(Path(settings.KEPT_PAGES_FOLDER).glob("*/*"))


@pytest.fixture
def saved(make_kept, settings, page):
    """A page that one process asked for twice, and saved."""
    kept = make_kept()
    before = [ask(kept, PAGE, HTTP_ACCEPT_ENCODING="gzip") for _time in range(2)]
    kept.caretaker.go_round()
    assert len(saved_files(settings)) == 1
    return before[0]


def test_a_new_process_takes_a_page_from_disk(make_kept, django, saved):
    asked = len(django.asked)
    told = ask(make_kept(), PAGE, HTTP_ACCEPT_ENCODING="gzip")
    assert gzip.decompress(told.body) == gzip.decompress(saved.body)
    assert len(django.asked) == asked


@pytest.mark.parametrize("damage", ["cut", "changed", "moved", "empty", "another key"])
def test_a_file_that_is_not_as_it_was_written_counts_as_not_there(make_kept, django, saved, settings, damage):
    [path] = saved_files(settings)
    content = path.read_bytes()
    asked = len(django.asked)
    match damage:
        case "cut":
            path.write_bytes(content[:-1])
        case "changed":
            path.write_bytes(content[:-10] + b"x" + content[-9:])
        case "empty":
            path.write_bytes(b"")
        case "another key":
            settings.SECRET_KEY = "another"
        case "moved":
            kept = make_kept()
            other = kept.keeper.folder._path(read_request(environ("/en/articles/nothing/")))
            other.parent.mkdir(exist_ok=True)
            path.rename(other)
            assert ask(kept, "/en/articles/nothing/").status == 404
            asked += 1
    assert ask(make_kept(), PAGE).status == 200
    assert len(django.asked) == asked + 1


def test_pages_of_another_build_are_other_pages(make_kept, django, saved, settings):
    settings.BUILD_ID = "another"
    asked = len(django.asked)
    assert ask(make_kept(), PAGE).status == 200
    assert len(django.asked) == asked + 1


def test_the_folder_is_bounded(make_kept, saved, settings):
    settings.KEPT_PAGES_DISK = 1
    folder = make_kept().keeper.folder
    for number in range(8):
        path = Path(settings.KEPT_PAGES_FOLDER) / "aa" / str(number)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x" * 250_000)
    folder.make_room()
    assert sum(path.stat().st_size for path in saved_files(settings)) <= 1_000_000
