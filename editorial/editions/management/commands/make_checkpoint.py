from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...checkpoint_files import write_checkpoint


class Command(BaseCommand):
    help = "Make a signed checkpoint of all records now. The worker (send_mail) makes and mails one every day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="The file to write. One that is there is left alone.")

    def handle(self, *, file: Path, **options: Any) -> None:
        if not settings.CHECKPOINT_KEY:
            raise CommandError("CHECKPOINT_KEY is not set: manage.py make_checkpoint_key makes one.")
        if file.exists():
            raise CommandError(f"{file} is there already. Name another file.")
        try:
            write_checkpoint(file)
        except ValueError as error:
            raise CommandError("CHECKPOINT_KEY is not a key: manage.py make_checkpoint_key makes one.") from error
        except OSError as error:
            raise CommandError(f"{file} could not be written: {error.strerror}.") from error
        if options["verbosity"]:
            self.stdout.write(f"Kept as {file}.")
