"""Terms as tables: in and out, all or nothing, and never a formula."""

import csv
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.editions.blockers import Blocked
from editorial.translations.models import Term, TermDecision, TermTranslation
from editorial.translations.terms import csv_files
from editorial.translations.terms.csv_files import read_terms
from editorial.translations.terms.imports import import_terms
from editorial.translations.terms.services import TermWords, TypedTerm, add_term, retire_term
from immuno_site.demonstration.content_files import TERMS
from tests.factories import people
from tests.layers import layer

pytestmark = pytest.mark.django_db

HEAD = "term,part_of_speech,do_not_translate,term_note,language,translation,level,note\n"


@layer
def head():
    return people.head()


@layer
def translator():
    return people.translator("es")


def table(*lines: str, head: str = HEAD) -> bytes:
    return (head + "".join(f"{line}\n" for line in lines)).encode()


def bring_in(content: bytes, user, *, is_trial: bool = False):
    return import_terms(read_terms(content), user=user, is_trial=is_trial)


@pytest.mark.both_databases
def test_a_table_adds_and_changes_and_removes_nothing(head):
    bring_in(table("biopsy,noun,,A sample.,es,biopsia,,", "biopsy,noun,,,ar,خزعة,preferred,", "FDA,,yes,,,,,"), head)
    assert TermDecision.objects.count() == 4
    report = bring_in(table("Biopsy,noun,,,es,biopsia,required,", "biopsy,noun,,,es,punción,forbidden,No"), head)
    assert [(record.act, record.text) for record in report.records] == [("added", "punción")]
    assert report.unchanged == 1
    report = bring_in(table("biopsy,,,,es,biopsia,preferred,"), head)  # the only term that is written so
    assert [(record.act, record.level) for record in report.records] == [("changed", "preferred")]
    rows = TermTranslation.objects.order_by("pk").values_list("text", "level", "note")
    assert [*rows] == [("biopsia", "preferred", ""), ("خزعة", "preferred", ""), ("punción", "forbidden", "No")]
    assert Term.objects.get(text="FDA").is_kept


def test_what_would_change_is_told_and_not_kept(head):
    report = bring_in(table("biopsy,,,,es,biopsia,,"), head, is_trial=True)
    assert len(report.records) == 2
    assert not Term.objects.exists()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (",,,,es,biopsia,,", "Line 3: Enter the term"),
        ("x,,,,xx,biopsia,,", "Line 3: “xx” is not a language"),
        ("x,,,,,biopsia,,", "Line 3: Name the language"),
        ("x,,,,es,,,", "Line 3: Enter the translation"),
        ("x,,,,es,a,maybe,", "Line 3: “maybe” is no level"),
        ("x,adverb,,,es,a,,", "Line 3: That part of speech"),
        ("x,,,,ar,a,,", "Line 3: You can't decide"),
        ("x,,yes,,,,,", "Line 3: This term also counts in Arabic"),
        ("old,,,,es,a,,", "Line 3: This term was retired"),
        ("fine,,,,es,bien,,", "Line 3: The same translation"),
        (f"x,,,,es,{'a' * 121},,", "Line 3: This text has 121 characters"),
    ],
)
def test_a_line_that_is_wrong_is_named_and_nothing_is_kept(head, translator, line, message):
    retire_term(add_term(TypedTerm("old"), user=head), user=head)
    with pytest.raises(Blocked) as caught:
        bring_in(table("fine,,,,es,bien,,", line), translator)
    assert any(message in blocker for blocker in caught.value.blockers)
    assert not TermTranslation.objects.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "“term” is missing"),
        (b"word,language,translation\n", "“term” is missing"),
        (b"term,language,translation,colour\n", "no column “colour”"),
        (b"term,term,language,translation\n", "“term” appears twice"),
        (HEAD.encode() + b"caf\xe9,,,,es,x,,\n", "Line 2 is not in UTF-8"),
        (b"\xff\xfet\x00e\x00", "UTF-8"),
        (HEAD.encode() + b"x,,perhaps,,,,,\n", "yes or no"),
        (b"x" * 101, "larger than"),
    ],
)
def test_a_file_that_is_no_table_of_terms_is_refused_in_words(content, message, monkeypatch):
    monkeypatch.setattr(csv_files, "LARGEST_FILE", 100)
    with pytest.raises(Blocked, match=message):
        read_terms(content)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_of_every_spreadsheet_are_read(delimiter):
    content = "\ufeffTerm;Language;Translation\r\nbiopsy;zh_Hans;活检\r\n\r\n".replace(";", delimiter).encode()
    [line] = read_terms(content)
    assert (line.number, line.term, line.language, line.translation) == (2, "biopsy", "zh-hans", "活检")


def test_what_is_downloaded_comes_back_as_it_was_and_is_no_formula(head, signed_in):
    translations = {"es": [TermWords("=1+1", "preferred", "+note"), TermWords("'así'", "forbidden")]}
    add_term(TypedTerm("-ectomy", note="@note", translations=translations), user=head)
    add_term(TypedTerm("FDA", is_kept=True), user=head)
    content = signed_in(people.reviewer()).get("/admin/translations/term/export/").getvalue()
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert rows[0] == [*csv_files.COLUMNS, *csv_files.TOLD]
    assert [row[0] for row in rows[1:]] == ["'-ectomy", "'-ectomy", "FDA"]
    assert rows[1][5] == "'=1+1"
    report = bring_in(content, head)
    assert (len(report.records), report.unchanged) == (0, 3)


def test_an_import_asks_by_batches_and_not_by_lines(head):
    def queries(count: int, name: str) -> int:
        lines = [f"{name}{number},,,,es,palabra{number},," for number in range(count)]
        with CaptureQueriesContext(connection) as captured:
            bring_in(table(*lines), head)
        return len(captured)

    queries(1, "first")
    assert queries(150, "many") < queries(2, "few") + 10


def test_a_table_is_shown_before_it_is_imported(signed_in, head):
    client, address = signed_in(head), "/admin/translations/term/import/"
    content = table('=x,,,"<b>",es,biopsia,,')
    page = client.post(address, {"file": SimpleUploadedFile("terms.csv", content)})
    assert page.status_code == 200
    assert "biopsia" in page.content.decode() and "<b>" not in page.content.decode()
    assert not Term.objects.exists()
    kept = page.context["form"].initial["content"]
    assert client.post(address, {"content": kept.replace("\n", "\r\n")}).status_code == 302
    assert Term.objects.get().text == "=x"
    for sent in ({}, {"content": "term\n"}, {"file": SimpleUploadedFile("a.csv", b"\xff")}):
        refused = client.post(address, sent)
        assert refused.status_code in (400, 409)
        assert 'id="blockers"' in refused.content.decode()


def test_the_command_imports_as_somebody(head, tmp_path, capsys):
    file = tmp_path / "terms.csv"
    file.write_bytes(table("biopsy,,,,es,biopsia,,"))
    call_command("import_terms", str(file), user=head.username, dry_run=True)
    assert "2 decisions would be made" in capsys.readouterr().out
    call_command("import_terms", str(file), user=head.username)
    assert TermTranslation.objects.get().decided_by == head
    for arguments in ({"user": "nobody"}, {"user": people.author().username}):
        with pytest.raises(CommandError):
            call_command("import_terms", str(file), **arguments)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_terms", str(tmp_path / "none.csv"), user=head.username)


def test_the_demonstrations_terms_are_in_every_language(head):
    bring_in(TERMS.read_bytes(), head)
    terms = Term.objects.filter(is_kept=False).prefetch_related("translations")
    assert len(terms) >= 60
    for term in terms:
        languages = {row.language for row in term.translations.all() if row.level != "forbidden"}
        assert languages == {"es", "ar", "zh-hans", "vi"}, term
