"""The documentation of the checks, printed from their list."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import override

from editorial.checks import readability
from editorial.checks.contract import Check
from editorial.checks.registry import all_checks
from editorial.checks.translation.examples import TRANSLATION_EXAMPLES

SHOWN = 2  # examples of each check and language

INTRODUCTION = """\
# Findings

What the checks say about a page beside its text. A **blocker** cannot be submitted. What **needs a reason** can be
submitted only after it was corrected, or dismissed with a reason. **Advice** may be dismissed with a reason. A reason
is remembered until the words of that block, or of its source, change, and reviewers see it.

Checks that have a table of examples compare each text of a translation with its source.
`manage.py check_translation FILE` runs them over JSON lines; what needs a reason has the level `block` there, advice
`warn`, and `unchecked` says that a check does not know the words of the language.
`manage.py measure_false_alarms` counts what they find in the demonstration.

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
    category = "Blocker" if check.is_blocker else "Needs a reason" if check.needs_reason else "Advice"
    where = "" if check.languages is None else f", in {_join(check.languages)} only"
    return f"## {check.name}\n\n{category}{where}, `{check.id}`. {check.why}\n{_examples(check)}"


def _examples(check: Check) -> str:
    """Some of the examples of a check of translations, of each language the first ones."""
    own = [example for example in TRANSLATION_EXAMPLES if example.check == check.id]
    if not own:
        return ""
    rows = []
    for is_wrong in (True, False):
        seen: Counter[str] = Counter()
        for example in own:
            if example.is_wrong == is_wrong and seen[example.language] < SHOWN:
                seen[example.language] += 1
                texts = " | ".join(_cell(text) for text in (example.source, example.target))
                rows.append(f"| {example.language} | {texts} | {'wrong' if is_wrong else 'right'} |")
    return "\n| language | source | translation | |\n| --- | --- | --- | --- |\n" + "\n".join(rows) + "\n"


def _cell(text: str) -> str:
    """As code, in which marks are read as they are typed; marks of direction are told by their names."""
    for sign, name in (("\u2066", "[LRI]"), ("\u2069", "[PDI]"), ("\u200e", ""), ("|", "\\|")):
        text = text.replace(sign, name)
    return f"`{text}`"


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
