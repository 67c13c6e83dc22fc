"""The folder that checkpoints are kept in: one file a day, and beside it whom it was mailed to."""

import logging
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from .checkpoints import create_checkpoint

log = logging.getLogger(__name__)

MAILED_WITHIN = timedelta(days=7)  # an auditor who is named later gets no older ones


def keep_checkpoint() -> Path | None:
    """Make today's (at home) unless it is there; the new file, or None where there is none to make.

    A checkpoint that cannot be made is in the log, and is tried again the next time that this is called.
    """
    path = _path_of(timezone.localdate())
    if not settings.CHECKPOINT_KEY or path.exists():
        return None
    try:
        write_checkpoint(path)
    except (OSError, ValueError):
        log.exception("No checkpoint of the records could be made.")
        return None
    log.info("Checkpoint of the records: %s", path)
    return path


def write_checkpoint(path: Path) -> None:
    """Make one now, whole or not at all. Raises OSError, or ValueError where CHECKPOINT_KEY is no key."""
    data = create_checkpoint(settings.CHECKPOINT_KEY)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def find_unmailed() -> Iterator[tuple[Path, list[str]]]:
    """(file, the auditors who have not got it), the oldest first, of the last days."""
    if not settings.CHECKPOINT_AUDITORS:
        return
    today = timezone.localdate()
    for days in range(MAILED_WITHIN.days, -1, -1):
        path = _path_of(today - timedelta(days=days))
        if path.exists():
            mailed = _mark_of(path).read_text().split("\n") if _mark_of(path).exists() else []
            if missing := [address for address in settings.CHECKPOINT_AUDITORS if address not in mailed]:
                yield path, missing


def mark_mailed(path: Path, address: str) -> None:
    """Note that this auditor has it. Raises OSError."""
    with _mark_of(path).open("a") as file:
        file.write(f"{address}\n")


def _path_of(day: date) -> Path:
    return Path(settings.CHECKPOINT_FOLDER) / f"checkpoint-{day.isoformat()}.json"


def _mark_of(path: Path) -> Path:
    return path.with_suffix(".mailed")
