from typing import Any

from django.core.management.base import BaseCommand

from ...checkpoints import create_key, public_key_of


class Command(BaseCommand):
    help = "Make a key that signs checkpoints of the records. It is printed and kept nowhere."
    requires_system_checks = ()

    def handle(self, **options: Any) -> None:
        key = create_key()
        self.stdout.write("Private: put it into the environment of the worker and of verify_records, nowhere else.")
        self.stdout.write(f"CHECKPOINT_KEY={key}\n\n")
        self.stdout.write("Public: give it to the auditors, so that they know whose checkpoints to believe.")
        self.stdout.write(public_key_of(key))
