"""Checks of translations for agencies and tests: JSON lines in, findings out."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import override

from editorial.checks.translation.checks import TRANSLATION_CHECKS, check_level, compare_texts, unchecked_message
from editorial.checks.translation.drug_names import DrugNames, find_names
from editorial.checks.translation.term_base import NO_TERMS, TermBase, find_terms
from editorial.checks.translation.text_pairs import make_pair
from editorial.editions.known_names import KnownNames

LONGEST_LINE = 1_000_000  # characters
KEYS = ("language", "source", "target")


class Command(BaseCommand):
    help = (
        "Check translations. FILE, or - for standard input, has a JSON object on each line: "
        '{"language": "es", "source": "…", "target": "…"}, in which source and target are plain text with links in '
        "HTML or Markdown. Prints for each line its findings: "
        '[{"check": "…", "level": "…", "message": "…"}]. Levels: "block" '
        '(not submitted without a reason), "warn" (look at it), "unchecked" (the check does not know the language). '
        "docs/findings.md describes each check."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="a file of JSON lines, or - for standard input")

    def handle(self, *, file: str, **options: Any) -> None:
        names, terms = _known_drugs(), cache(_known_terms)
        with override(settings.SOURCE_LANGUAGE):
            for number, line in _read_lines(file):
                if line.strip():
                    findings = check_line(line, number, names, terms)
                    self.stdout.write(json.dumps(findings, ensure_ascii=False))


def _known_drugs() -> DrugNames:
    """The names that the site knows; without a database, those of the vocabulary."""
    try:
        return find_names(tuple(KnownNames().names))
    except DatabaseError:
        return find_names()


def _known_terms(language: str) -> TermBase:
    """What is decided in a language; nothing without a database."""
    try:
        return find_terms(language)
    except DatabaseError:
        return NO_TERMS


def _read_lines(file: str) -> Iterator[tuple[int, str]]:
    try:
        text = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        yield from enumerate(text.decode("utf-8-sig").split("\n"), 1)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        number = error.object[: error.start].count(b"\n") + 1
        raise CommandError(f"Line {number}: not UTF-8.") from error


def check_line(line: str, number: int, names: DrugNames, terms: Callable[[str], TermBase]) -> list[dict[str, str]]:
    """The findings of one line; `terms` tells those of a language. Raises CommandError that names the line."""
    pair = _read_pair(line, number)
    language = pair["language"].lower().replace("_", "-")
    checked = make_pair(
        pair["source"], pair["target"], language, source_language=settings.SOURCE_LANGUAGE, names=names,
        terms=terms(language), is_typed=True,
    )  # fmt: skip
    findings = [
        {"check": check.id, "level": check_level(check), "message": difference.message or f"“{difference.quote}”"}
        for check, difference in compare_texts(checked)
    ]
    findings += [
        {"check": check.id, "level": "unchecked", "message": unchecked_message(checked.language)}
        for check in TRANSLATION_CHECKS
        if not check.can_compare(checked.language)
    ]
    return findings


def _read_pair(line: str, number: int) -> dict[str, str]:
    if len(line) > LONGEST_LINE:
        raise CommandError(f"Line {number}: longer than {LONGEST_LINE:,} characters.")
    try:
        pair = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CommandError(f"Line {number}: not JSON ({error}).") from error
    if not isinstance(pair, dict):
        raise CommandError(f'Line {number}: not an object. Write {{"language": …, "source": …, "target": …}}.')
    for key in KEYS:
        if key not in pair:
            raise CommandError(f"Line {number}: “{key}” is missing.")
        if not isinstance(pair[key], str):
            raise CommandError(f"Line {number}: “{key}” is not a text.")
    if not pair["language"].strip():
        raise CommandError(f"Line {number}: “language” is empty.")
    return pair
