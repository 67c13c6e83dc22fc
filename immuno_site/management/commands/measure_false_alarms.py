"""How often checks of translations find something in translations that are right."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from editorial.checks.translation.checks import TRANSLATION_CHECKS, check_level
from immuno_site.demonstration.false_alarms import count_false_alarms


class Command(BaseCommand):
    help = (
        "Count what checks of translations find in the demonstration, which is right, in percent by check and language."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--show", metavar="CHECK", default="", help="print the texts in which this check finds something"
        )

    def handle(self, *, show: str, **options: Any) -> None:
        alarms, texts, places = count_false_alarms()
        languages = sorted(texts)
        self.stdout.write(f"{'texts':26}" + "".join(f"{texts[language]:>10}" for language in languages))
        self.stdout.write(f"{'':26}" + "".join(f"{language:>10}" for language in languages))
        for check in TRANSLATION_CHECKS:
            shares = [100 * alarms[check.id, language] / texts[language] for language in languages]
            row = "".join(f"{share:>9.2f}%" for share in shares)
            self.stdout.write(f"{check.id:26}{row}  {check_level(check)}")
        for check_id, text in places:
            if check_id == show:
                self.stdout.write(f"\n{text.file}, {text.language}\n  {text.source}\n  {text.target}")
