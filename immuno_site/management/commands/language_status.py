"""What each language still lacks, and where it is added."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import override

from editorial.accounts.languages import all_languages, own_name
from immuno_site.language_status import find_lacks, find_missing_content


class Command(BaseCommand):
    help = (
        "Print what a language still lacks, or each language: checks that do not know its words, and what search, "
        "lists, dates and the interface need. docs/adding-a-language.md leads through it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("language", metavar="LANGUAGE", nargs="?", default="", help="its code; all without it")

    def handle(self, *, language: str, **options: Any) -> None:
        if language and language not in all_languages():
            raise CommandError(f"{language} is not among LANGUAGES: {', '.join(all_languages())}.")
        with override(settings.SOURCE_LANGUAGE):
            for code in [language] if language else all_languages():
                self._print(code)

    def _print(self, language: str) -> None:
        lacks = find_lacks(language)
        try:
            lacks += find_missing_content(language)
        except DatabaseError:
            self.stderr.write("The database could not be asked for signed words, people and terms.")
        offered = "" if language in settings.PUBLIC_LANGUAGES else ", not offered to readers"
        told = f"lacks {len(lacks)}" if lacks else "lacks nothing"
        self.stdout.write(f"{own_name(language)} ({language}){offered}: {told}")
        for lack in lacks:
            self.stdout.write(f"  {lack.key}: {lack.words} → {lack.where}")
