"""Terms as a table: a line for each translation, the same columns in and out."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _

from editorial.desk.queue.csv_export import safe
from editorial.editions.blockers import Blocked
from editorial.text_hygiene import clean_line

from ..models.terms import Term, TermTranslation

LARGEST_FILE = 5_000_000  # bytes: 10,000 terms in five languages have about three million
LONGEST_CELL = 2_000  # characters
NEEDED = ("term", "language", "translation")
COLUMNS = ("term", "part_of_speech", "do_not_translate", "term_note", "language", "translation", "level", "note")
# What an export says besides, and an import passes over.
TOLD = ("decided_by", "decided_at")
_YES, _NO = ("yes", "true", "1", "x"), ("", "no", "false", "0")


@dataclass(frozen=True, slots=True)
class TermLine:
    """One line of a table. What is "" says nothing, and leaves what is decided as it is."""

    number: int  # of the line in the file, from 1
    term: str
    part_of_speech: str
    is_kept: bool
    term_note: str
    language: str
    translation: str
    level: str
    note: str


def read_terms(content: bytes) -> list[TermLine]:
    """The lines of a CSV file in UTF-8, with commas, semicolons or tabs. Raises Blocked: what is wrong with it."""
    if len(content) > LARGEST_FILE:
        raise Blocked([too_large()])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = content[: error.start].count(b"\n") + 1
        message = _("Line %(number)d is not in UTF-8. Save the table as “CSV UTF-8”, then choose it again.")
        raise Blocked([message % {"number": number}]) from error
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        head = [cell.strip().lower() for cell in next(reader, [])]
        _refuse_head(head)
        return list(_read_lines(reader, head))
    except csv.Error as error:
        message = _("Line %(number)d can't be read as a table. Check its quotation marks.")
        raise Blocked([message % {"number": reader.line_num}]) from error


def too_large() -> str:
    return _("The file is larger than %(most)d MB. Split it.") % {"most": LARGEST_FILE // 1_000_000}


def _refuse_head(head: list[str]) -> None:
    messages = [
        _("The column “%(column)s” is missing. The first line has to name the columns.") % {"column": column}
        for column in NEEDED
        if column not in head
    ]
    messages += [
        _("There is no column “%(column)s”. There are: %(columns)s.")
        % {"column": column[:40], "columns": ", ".join((*COLUMNS, *TOLD))}
        for column in dict.fromkeys(head)
        if column and column not in (*COLUMNS, *TOLD)
    ]
    if double := [column for column in dict.fromkeys(head) if column and head.count(column) > 1]:
        messages.append(_("The column “%(column)s” appears twice.") % {"column": double[0]})
    if messages:
        raise Blocked(messages[:10])


def _read_lines(reader: Any, head: list[str]) -> Iterator[TermLine]:
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        line = {name: _read_cell(cell) for name, cell in zip(head, cells, strict=False)}
        kept = line.get("do_not_translate", "").lower()
        if kept not in (*_YES, *_NO):
            message = _("Line %(number)d: “do_not_translate” is yes or no.")
            raise Blocked([message % {"number": reader.line_num}])
        yield TermLine(
            number=reader.line_num,
            term=line["term"],
            part_of_speech=line.get("part_of_speech", "").lower(),
            is_kept=kept in _YES,
            term_note=line.get("term_note", ""),
            language=line.get("language", "").lower().replace("_", "-"),
            translation=line.get("translation", ""),
            level=line.get("level", "").lower(),
            note=line.get("note", ""),
        )


def _read_cell(cell: str) -> str:
    """A cell without the apostrophe that an export puts before what a spreadsheet would take for a formula."""
    text = clean_line(cell[:LONGEST_CELL])
    return text[1:] if text.startswith("'") and safe(text[1:]) == text else text


def term_table(terms: Iterable[Term]) -> tuple[tuple[str, ...], Iterator[list[Any]]]:
    """(head, rows) of these terms, whose translations are at hand."""
    return (*COLUMNS, *TOLD), (row for term in terms for row in _rows(term))


def _rows(term: Term) -> Iterator[list[Any]]:
    own = [term.text, term.part_of_speech, "yes" if term.is_kept else "", term.note]
    translations: list[TermTranslation] = list(term.translations.all())
    for row in translations:
        decided = [row.decided_by_name, row.decided_at.isoformat(timespec="minutes")]
        yield [*own, row.language, row.text, row.level, row.note, *decided]
    if not translations:
        yield [*own, *[""] * 6]
