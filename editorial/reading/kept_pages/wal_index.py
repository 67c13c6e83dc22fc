"""Whether anything was committed to a SQLite database, without asking it: a look at 96 bytes of shared memory.

Each transaction that SQLite commits to a write-ahead log changes the header of the log's index, the file beside the
database whose name ends in -shm: https://www.sqlite.org/walformat.html (2.1, "The WAL-Index Header"). SQLite's own
connections compare the same bytes to learn whether what they have read is still so. A statement asks more (locks, a
snapshot), and lets other threads have the interpreter meanwhile, which under load costs far more than it does itself.
"""

import mmap
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

HEADER = 2 * 48  # bytes: SQLite writes it twice, the second copy first

# By device and inode. Never closed: as long as this process has a file open for SQLite too, closing it would give up
# SQLite's locks on it (https://www.sqlite.org/howtocorrupt.html, 2.2).
_open: dict[tuple[int, int], mmap.mmap] = {}


def open_wal_index(connection: Any) -> mmap.mmap | None:
    """The index of a connection of the module sqlite3 that has read already, and stays open as long as it is used.

    None where there is none: the database is in memory, has no write-ahead log, or keeps its index to itself.
    """
    path = next(file for _number, name, file in connection.execute("PRAGMA database_list") if name == "main")
    if not path:
        return None
    with suppress(OSError, ValueError):
        index = Path(f"{path}-shm")
        about = index.stat()
        key = about.st_dev, about.st_ino
        if key not in _open:
            descriptor = os.open(index, os.O_RDONLY)  # stays open
            _open[key] = mmap.mmap(descriptor, HEADER, prot=mmap.PROT_READ)
        return _open[key]
    return None
