from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...content_dictionaries import FEWEST_SAMPLES, TooFewEditions, train_dictionary


class Command(BaseCommand):
    help = (
        "Train the dictionary that the contents of editions to come are compressed with, on the newest ones. It is "
        "kept for good, and only where it saves at least a twentieth. Once a year is often enough."
    )

    def handle(self, **options: Any) -> None:
        try:
            training = train_dictionary()
        except TooFewEditions as error:
            raise CommandError(f"There are fewer than {FEWEST_SAMPLES} editions. Try again when there are.") from error
        sizes = f"{training.after:,.0f} bytes a content with a new dictionary, {training.before:,.0f} without it."
        self.stdout.write(sizes)
        self.stdout.write("It is kept and used from now on." if training.dictionary else "It is not worth keeping.")
