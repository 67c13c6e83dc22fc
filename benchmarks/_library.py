"""Libraries of many documents, made once and kept in `var/bench`: each begins as a copy of the next smaller one."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from _demonstration import with_demonstration, with_site

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var/bench"
SIZES = (0, 10, 100, 1_000, 10_000, 100_000)  # 0: the demonstration alone


def kept_library(count: int) -> str:
    """The address of a SQLite database with the demonstration and so many documents, which is made if it is missing.

    Whoever asks may write in it, but should leave behind what was there. Raises CalledProcessError where it cannot be
    made. What the documents are: `tests.factories.bulk_library`.
    """
    path = KEPT / f"library-{count}-{_digest_of_makers()}.sqlite3"
    if not path.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        for outdated in KEPT.glob(f"library-{count}-*"):
            outdated.unlink()
        growing = path.with_suffix(".growing")
        growing.unlink(missing_ok=True)
        smaller = max((size for size in SIZES if size < count), default=None)
        if smaller is not None:
            shutil.copy(kept_library(smaller).removeprefix("sqlite:///"), growing)
        start = perf_counter()
        command = [sys.executable, __file__, f"sqlite:///{growing}", str(count - (smaller or 0))]
        subprocess.run(command, check=True)
        growing.rename(path)
        if count:
            size = path.stat().st_size / 10**6
            print(f"library of {count:,} documents: {size:,.0f} MB, made in {perf_counter() - start:.0f} s", flush=True)
    return f"sqlite:///{path}"


def _digest_of_makers() -> str:
    """Of what the database is made by; another makes another library."""
    makers = [ROOT / "tests/factories/bulk_library.py", *sorted(ROOT.glob("immuno_site/demonstration/*.py"))]
    found = (path.relative_to(ROOT) for path in ROOT.glob("*/**/migrations/0*.py"))
    migrations = sorted(str(path) for path in found if path.parts[0] != "var")  # not those of peers
    return hashlib.sha256(b"".join(path.read_bytes() for path in makers) + repr(migrations).encode()).hexdigest()[:8]


def add_documents() -> None:
    from django.db import connection

    from tests.factories.bulk_library import add_library

    def tell(done: int) -> None:
        if done % 10_000 == 0:
            print(f"  {done:,} of {count:,} documents", flush=True)

    count = int(sys.argv[2])
    if count:
        with connection.cursor() as cursor:  # a file that is thrown away if this is stopped
            cursor.execute("PRAGMA synchronous = OFF")
        add_library(count, tell)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def use_library(count: int) -> None:
    """Let `with_demonstration` begin with a library of so many documents instead of a fresh site."""
    os.environ |= {"BENCH_DATABASE_URL": kept_library(count), "BENCH_MEDIA_ROOT": str(KEPT / "media")}


if __name__ == "__main__":
    os.environ |= {"BENCH_DATABASE_URL": sys.argv[1], "BENCH_MEDIA_ROOT": str(KEPT / "media")}
    if int(sys.argv[2]):
        with_site(add_documents)
    else:
        with_demonstration(add_documents)
