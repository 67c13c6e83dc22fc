from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from tqdm import tqdm

from ... import triggers
from ...checkpoints import LARGEST, Checkpoint, UnusableCheckpoint, find_differences, public_key_of, read_checkpoint
from ...models import ChainHead, site_record_models
from ...verification_runs import Batch, count_processors, find_batches, prove_batches
from ...verifying import find_registered_problems, find_site_problems

LISTED = 10_000


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
            "--from",
            type=int,
            default=0,
            dest="first",
            metavar="DOCUMENT",
            help="Leave out the documents before this one (its key): go on where a run was stopped.",
        )
        parser.add_argument(
            "--processes", type=int, default=count_processors(), help="How many to share the work among; %(default)s."
        )
        parser.add_argument(
            "--key", metavar="PUBLIC_KEY", help="Whose checkpoint it has to be; without it, that of CHECKPOINT_KEY."
        )

    def handle(
        self, *, heads: bool, against: list[Path], key: str | None, first: int, processes: int, **options: Any
    ) -> None:
        # First: it takes no time, and may be wrong.
        checkpoints = [self.read(path, key) for path in against]
        batches = find_batches(first)
        problems = self.prove(batches, processes)
        problems += _find_others(checkpoints)
        if heads:
            for head in ChainHead.objects.select_related("document").order_by("pk"):
                self.stdout.write(f"{head.document} {head.count} {head.digest}")
            for model in site_record_models():
                if last := model._base_manager.order_by("sequence").last():
                    self.stdout.write(f"{model._meta.label_lower} {last.sequence} {last.record_digest}")
        if problems:
            raise CommandError(_list(problems))
        count = sum(batch.documents for batch in batches)
        self.stdout.write(f"The records of {count} documents are what was written.")
        for checkpoint in checkpoints:
            self.stdout.write(
                f"The {checkpoint.records} records that the checkpoint of {checkpoint.made_at_text} covers are what "
                "they were then."
            )

    def prove(self, batches: list[Batch], processes: int) -> list[str]:
        """What is wrong with these documents. Raises CommandError where it is stopped, which says how to go on."""
        total, problems, first = sum(batch.documents for batch in batches), list[str](), 0
        try:
            with (
                closing(prove_batches(batches, processes)) as proved,
                tqdm(total=total, unit=" documents", disable=None, leave=False) as bar,  # None: where it is no terminal
            ):
                for done in proved:
                    first = done.batch.last + 1
                    problems += done.problems
                    bar.update(done.batch.documents)
        except KeyboardInterrupt:
            stopped = f"Stopped. Go on with --from {first}." if first else "Stopped before anything was proved."
            raise CommandError(f"{_list(problems)}\n{stopped}".lstrip(), returncode=130) from None
        return problems

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


def _list(problems: list[str]) -> str:
    more = len(problems) - LISTED
    return "\n".join([*problems[:LISTED], *([f"And {more} more."] if more > 0 else [])])


def _find_others(checkpoints: list[Checkpoint]) -> Iterator[str]:
    """What is wrong besides, with what belongs to no single document."""
    yield from find_site_problems()
    yield from find_registered_problems()
    if missing := triggers.missing(connection):
        yield f"{len(missing)} triggers are missing from the database; manage.py migrate installs them."
    for checkpoint in checkpoints:
        yield from find_differences(checkpoint)
