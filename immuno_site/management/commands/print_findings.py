"""The documentation of the checks, printed from their list."""

from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from editorial.checks import readability
from editorial.checks.contract import Check
from editorial.checks.registry import all_checks

INTRODUCTION = """\
# Findings

What the checks say about a page beside its text. A **blocker** cannot be submitted. **Advice** may be dismissed with a
reason: it is remembered until the words of that block change, and reviewers see it.

Printed by `manage.py print_findings > docs/findings.md`; the list is `immuno_site/page_checks.py`.
"""


class Command(BaseCommand):
    help = "Print docs/findings.md from the list of checks."

    def handle(self, **options: Any) -> None:
        self.stdout.write(findings_page(), ending="")


def findings_page() -> str:
    """The text of docs/findings.md, in the source language."""
    with override(settings.SOURCE_LANGUAGE):
        return "\n".join([INTRODUCTION, *(_about(check) for check in all_checks()), _levels()])


def _about(check: Check) -> str:
    category = "Blocker" if check.is_blocker else "Advice"
    where = "" if check.languages is None else f", in {_join(check.languages)} only"
    return f"## {check.name}\n\n{category}{where}, `{check.id}`. {check.why}\n"


def _join(codes: Collection[str]) -> str:
    return " and ".join(code for code in dict(settings.LANGUAGES) if code in codes)


def _levels() -> str:
    rows = [
        f"| {code} | {formula.name} | {readability.target_grade(code) or 'none'} |"
        for code, formula in readability.FORMULAS.items()
    ]
    rows += [f"| {code} | not available | |" for code in dict(settings.LANGUAGES) if code not in readability.FORMULAS]
    head = "| language | formula | target grade |\n| --- | --- | --- |\n"
    return "## Reading level\n\n" + head + "\n".join(rows) + "\n"
