from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from ... import triggers
from ...models import ChainHead, Document
from ...verifying import find_problems, find_registered_problems


class Command(BaseCommand):
    help = (
        "Prove that editions, sign-offs, reviews, releases and the files of figures are what was written. Exits with 1 "
        "where they are not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--heads",
            action="store_true",
            help="Also print each chain's head. Kept elsewhere, it proves later that no record was taken off the end.",
        )

    def handle(self, **options: Any) -> None:
        problems = [problem for document in Document.objects.order_by("pk") for problem in find_problems(document)]
        problems += find_registered_problems()
        if missing := triggers.missing(connection):
            problems.append(f"{len(missing)} triggers are missing from the database; manage.py migrate installs them.")
        if options["heads"]:
            for head in ChainHead.objects.select_related("document").order_by("pk"):
                self.stdout.write(f"{head.document} {head.count} {head.digest}")
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write(f"The records of {Document.objects.count()} documents are what was written.")
