"""manage.py check_translation: JSON lines in, findings out, and a message that names the line that is wrong."""

import io
import json
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from editorial.translations.terms.services import TermWords, TypedTerm, add_term
from tests.factories import people

pytestmark = pytest.mark.django_db
GOOD = {"language": "es", "source": "Take 50 mg.", "target": "Tome 50 mg."}
WRONG = {**GOOD, "target": "Tome 500 mg."}


def run(path, text: str) -> list[list[dict[str, str]]]:
    path.write_text(text, "utf-8")
    printed = io.StringIO()
    call_command("check_translation", str(path), stdout=printed)
    return [json.loads(line) for line in printed.getvalue().splitlines()]


def test_each_line_has_its_findings(tmp_path):
    fine, wrong = run(tmp_path / "a", f"{json.dumps(GOOD)}\n{json.dumps(WRONG)}\n")
    assert fine == []
    assert [(finding["check"], finding["level"]) for finding in wrong] == [("translated-dose", "block")]
    assert "500 mg" in wrong[0]["message"]


def test_terms_that_are_decided_are_checked_too(tmp_path):
    add_term(TypedTerm("care team", translations={"es": [TermWords("equipo médico")]}), user=people.head())
    line = {"language": "es", "source": "Call your care team.", "target": "Llame a su médico."}
    [findings] = run(tmp_path / "a", json.dumps(line))
    assert [(finding["check"], finding["level"]) for finding in findings] == [("required-term", "warn")]
    assert "equipo médico" in findings[0]["message"]


def test_standard_input_is_read_too(monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(json.dumps(GOOD).encode())))
    printed = io.StringIO()
    call_command("check_translation", "-", stdout=printed)
    assert printed.getvalue() == "[]\n"


def test_a_language_that_checks_do_not_know_is_said_check_by_check(tmp_path):
    [findings] = run(tmp_path / "a", json.dumps({**GOOD, "language": "tl"}))
    assert {finding["level"] for finding in findings} == {"unchecked"}
    assert all("Not checked in Tagalog" in finding["message"] for finding in findings)
    assert "translated-dose" in {finding["check"] for finding in findings}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("no", "Line 2: not JSON"),
        ("[]", "Line 2: not an object"),
        ('{"language": "es"}', "Line 2: “source” is missing"),
        (json.dumps({**GOOD, "target": 3}), "Line 2: “target” is not a text"),
        (json.dumps({**GOOD, "language": " "}), "Line 2: “language” is empty"),
        ("[" * 100_000, "Line 2: not JSON"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path, line, message):
    with pytest.raises(CommandError, match=message):
        run(tmp_path / "a", f"{json.dumps(GOOD)}\n{line}\n")


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("check_translation", str(tmp_path / "nowhere"))
    (tmp_path / "a").write_bytes(b"\n\xff")
    with pytest.raises(CommandError, match="Line 2: not UTF-8"):
        call_command("check_translation", str(tmp_path / "a"))
