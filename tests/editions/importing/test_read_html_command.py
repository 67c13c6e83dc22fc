"""manage.py read_html: one JSON object, or one clear line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def read(path) -> dict:
    out = StringIO()
    call_command("read_html", str(path), stdout=out)
    (line,) = out.getvalue().splitlines()
    return json.loads(line)


@pytest.mark.parametrize(
    "data",
    [
        "<p>Tell é <del>20</del></p>".encode(),
        b"\xef\xbb\xbf" + "<p>Tell é <del>20</del></p>".encode(),
        "<p>Tell é <del>20</del></p>".encode("utf-16"),
        b"\xfe\xff" + "<p>Tell é <del>20</del></p>".encode("utf-16-be"),
        "<meta charset=windows-1252><p>Tell é <del>20</del></p>".encode("cp1252"),
        '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>Tell é <s>20</s>'.encode("latin1"),
    ],
    ids=["utf-8", "utf-8 with a mark", "utf-16", "utf-16, big end first", "declared", "declared as Latin 1"],
)
def test_it_prints_the_text_and_the_changes(tmp_path, data):
    (path := tmp_path / "page.html").write_bytes(data)
    changes = ["Struck-out passages left out: 1. The words: “20”."]
    assert read(path) == {"html": "<p>Tell é</p>", "changes": changes}


def test_a_file_that_is_not_there_is_one_clear_line(tmp_path):
    with pytest.raises(CommandError, match=r"none\.html can't be read: No such file or directory\."):
        read(tmp_path / "none.html")


@pytest.mark.parametrize("data", [b"<p>\xff\xe9</p>", b"<meta charset=klingon><p>a", b"<meta charset=hex><p>a"])
def test_a_file_that_is_no_text_is_one_clear_line(tmp_path, data):
    (path := tmp_path / "page.html").write_bytes(data)
    with pytest.raises(CommandError, match=r"page\.html can't be read: it is not text in UTF-8"):
        read(path)


def test_what_is_refused_is_told_in_both_ways(tmp_path):
    (path := tmp_path / "page.html").write_text("<b>" * 500)
    out = StringIO()
    with pytest.raises(CommandError, match="nested more than 50 levels deep") as refused:
        call_command("read_html", str(path), stdout=out)
    assert json.loads(out.getvalue()) == {"html": "", "changes": [str(refused.value)]}
