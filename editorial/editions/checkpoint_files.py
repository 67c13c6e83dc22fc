"""The folder that checkpoints are kept in: one a day, beside it whom it was mailed to, and those between the days."""

import logging
import os
from collections.abc import Iterator
from datetime import UTC, date, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from .checkpoints import create_checkpoint

log = logging.getLogger(__name__)

BETWEEN_DAYS = "Z.json"  # how the names of those end that are made between the days
KEPT_BETWEEN_DAYS = timedelta(days=31)
MAILED_WITHIN = timedelta(days=7)  # an auditor who is named later gets no older ones


def keep_checkpoints() -> list[Path]:
    """Make today's (at home), and that of the current interval (UTC), unless they are there; the new files.

    The day's is mailed and kept for good. Those between stay in the folder for a month, and find what was recorded and
    taken away again within a day. One that cannot be made is in the log, and is tried again at the next call.
    """
    if not settings.CHECKPOINT_KEY:
        return []
    made = [path for path in _current_paths() if not path.exists() and _make(path)]
    if any(path.name.endswith(BETWEEN_DAYS) for path in made):
        _delete_old()
    return made


def _current_paths() -> list[Path]:
    paths = [_path_of(timezone.localdate())]
    if settings.CHECKPOINT_MINUTES > 0:
        now = timezone.now().astimezone(UTC)
        begun = now - timedelta(minutes=(now.hour * 60 + now.minute) % settings.CHECKPOINT_MINUTES)
        paths.append(Path(settings.CHECKPOINT_FOLDER) / f"checkpoint-{begun:%Y-%m-%dT%H%M}{BETWEEN_DAYS}")
    return paths


def _make(path: Path) -> bool:
    try:
        write_checkpoint(path)
    except (OSError, ValueError):
        log.exception("No checkpoint of the records could be made.")
        return False
    log.info("Checkpoint of the records: %s", path)
    return True


def _delete_old() -> None:
    oldest = f"checkpoint-{timezone.now().astimezone(UTC) - KEPT_BETWEEN_DAYS:%Y-%m-%dT%H%M}"
    for path in Path(settings.CHECKPOINT_FOLDER).glob(f"checkpoint-*{BETWEEN_DAYS}"):
        if path.name < oldest:
            path.unlink(missing_ok=True)


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
