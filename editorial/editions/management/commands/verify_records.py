from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from ... import triggers
from ...checkpoints import LARGEST, Checkpoint, UnusableCheckpoint, find_differences, public_key_of, read_checkpoint
from ...models import ChainHead, Document, site_record_models
from ...verifying import find_problems, find_registered_problems, find_site_problems


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
        parser.add_argument(
            "--against",
            type=Path,
            nargs="+",
            default=[],
            metavar="CHECKPOINT",
            help="Also prove that nothing was rewritten or taken away since these checkpoints were signed.",
        )
        parser.add_argument(
            "--key", metavar="PUBLIC_KEY", help="Whose checkpoint it has to be; without it, that of CHECKPOINT_KEY."
        )

    def handle(self, *, heads: bool, against: list[Path], key: str | None, **options: Any) -> None:
        # First: it takes no time, and may be wrong.
        checkpoints = [self.read(path, key) for path in against]
        problems = list(_find_all(checkpoints))
        if heads:
            for head in ChainHead.objects.select_related("document").order_by("pk"):
                self.stdout.write(f"{head.document} {head.count} {head.digest}")
            for model in site_record_models():
                if last := model._base_manager.order_by("sequence").last():
                    self.stdout.write(f"{model._meta.label_lower} {last.sequence} {last.record_digest}")
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write(f"The records of {Document.objects.count()} documents are what was written.")
        for checkpoint in checkpoints:
            self.stdout.write(
                f"The {checkpoint.records} records that the checkpoint of {checkpoint.made_at_text} covers are what "
                "they were then."
            )

    def read(self, path: Path, key: str | None) -> Checkpoint:
        if not key and not settings.CHECKPOINT_KEY:
            raise CommandError("Say with --key whose checkpoint it has to be: the public key that you noted.")
        try:
            with path.open("rb") as file:
                return read_checkpoint(file.read(LARGEST + 1), key or public_key_of(settings.CHECKPOINT_KEY))
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except UnusableCheckpoint as error:
            raise CommandError(f"{path}: {error}") from error
        except ValueError as error:
            raise CommandError("CHECKPOINT_KEY is not a key: manage.py make_checkpoint_key makes one.") from error


def _find_all(checkpoints: list[Checkpoint]) -> Iterator[str]:
    for document in Document.objects.order_by("pk"):
        yield from find_problems(document)
    yield from find_site_problems()
    yield from find_registered_problems()
    if missing := triggers.missing(connection):
        yield f"{len(missing)} triggers are missing from the database; manage.py migrate installs them."
    for checkpoint in checkpoints:
        yield from find_differences(checkpoint)
