from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...link_report import read_links


class Command(BaseCommand):
    help = (
        "List the addresses on other sites to which live pages lead, one a line, for a link checker to open; this "
        "command opens none. Exits with 1, and says where, if a link within the site leads nowhere."
    )

    def handle(self, **options: Any) -> None:
        report = read_links(timezone.now())
        for link in sorted(report.foreign):
            self.stdout.write(link)
        problems = [
            *(f"{edition.document} ({edition.language} {edition.number}): {link}" for edition, link in report.dead),
            *(f"{edition.document} ({edition.language} {edition.number}) cannot be read: run manage.py verify_records."
              for edition in report.unreadable),
        ]  # fmt: skip
        if problems:
            raise CommandError("\n".join(["These links within the site lead nowhere:", *problems]))
