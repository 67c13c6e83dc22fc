"""Two answers for monitoring, without a language, a cookie or a session.

`/healthz` says that the process runs, `/readyz` what is wrong with the site, a line for each fault: in words for an
operator, without a name, a path or a password. A check is a function in CHECKS.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from editorial.editions import triggers
from editorial.reviews.models import Heartbeat, last_heartbeat

LOCK_WAIT = 200  # milliseconds
READ_ONLY_TRANSACTION, LOCKED = "25006", "55P03"  # states that PostgreSQL names in its errors
MEGABYTE = 10**6


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process runs. A failing database is no reason to restart it."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """What is wrong with the site; 503 when anything is. `?exclude=worker` leaves checks out, by their names."""
    faults = find_faults(exclude=request.GET.getlist("exclude"))
    text = "".join(f"{name}: {words}\n" for name, words in faults) or "ok\n"
    return HttpResponse(text, content_type="text/plain", status=503 if faults else 200)


def find_faults(exclude: list[str] | None = None) -> list[tuple[str, str]]:
    """[(a check's name, what it found)] of all checks that are not left out."""
    faults = []
    for name, check in CHECKS.items():
        if name in (exclude or ()):
            continue
        try:
            words = check()
        except DatabaseError:  # its message may hold anything
            return [*faults, ("database", "it does not answer.")]
        if words:
            faults.append((name, words))
    return faults


def check_guards() -> str:
    if count := len(triggers.missing(connection)):
        return f"the database lacks {count} of the triggers that guard them. Run manage.py migrate: it installs them."
    return ""


def check_writable() -> str:
    """Asks to write nothing: a database that can only be read refuses that too."""
    try:
        with _short_lock_wait(), transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"SET LOCAL lock_timeout = {LOCK_WAIT}")
            cursor.execute(f'UPDATE "{Heartbeat._meta.db_table}" SET name = name WHERE name = %s', [""])  # noqa: S608 (a name of ours)
    except DatabaseError as error:
        state, text = getattr(error.__cause__, "sqlstate", ""), str(error)
        if state == LOCKED or (connection.vendor == "sqlite" and "locked" in text):
            return ""  # somebody is writing
        if state == READ_ONLY_TRANSACTION or (connection.vendor == "sqlite" and ("readonly" in text or "full" in text)):
            return READ_ONLY
        raise
    return ""


READ_ONLY = (
    "it can be read but not written. Readers see pages; nobody can sign or take a page down. Look for a full disk, a "
    "file that is read-only, or a standby server."
)


@contextmanager
def _short_lock_wait() -> Iterator[None]:
    """SQLite waits seconds for whoever writes; a check has no time for that, and whoever writes answers it."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    [before] = connection.connection.execute("PRAGMA busy_timeout").fetchone()
    connection.connection.execute(f"PRAGMA busy_timeout = {LOCK_WAIT}")
    try:
        yield
    finally:
        connection.connection.execute(f"PRAGMA busy_timeout = {before}")


def check_disk() -> str:
    """The places that this server writes to; those on one disk are told together."""
    places = {"uploads": settings.MEDIA_ROOT, "checkpoints": settings.CHECKPOINT_FOLDER}
    if connection.vendor == "sqlite" and Path(connection.settings_dict["NAME"]).is_absolute():
        places["the database"] = connection.settings_dict["NAME"]
    tight: dict[int, list[str]] = {}  # by megabytes that are free
    for name, place in places.items():
        free = shutil.disk_usage(_existing(Path(place))).free // MEGABYTE
        if free < settings.LEAST_FREE_DISK:
            tight.setdefault(free, []).append(name)
    return " ".join(
        f"only {free:,} MB are free where {' and '.join(names)} are kept; {settings.LEAST_FREE_DISK:,} MB should be."
        for free, names in tight.items()
    )


def _existing(place: Path) -> Path:
    """The folder itself, or the one that it will be made in."""
    return next(folder for folder in (place, *place.parents) if folder.exists())


def check_worker() -> str:
    last = last_heartbeat()
    if last is None:
        return "it never ran. Start manage.py send_mail: until then nobody gets mail, and nothing that is due is done."
    silent = timezone.now() - last
    if silent < timedelta(minutes=settings.WORKER_SILENT_AFTER):
        return ""
    return (
        f"manage.py send_mail last ran {silent // timedelta(minutes=1):,} minutes ago. Until it runs again nobody gets "
        "mail, overdue pages stay up, and no checkpoint is made."
    )


# By the names that the answer and `exclude` use. What asks the database comes first: without it the rest says nothing.
CHECKS: dict[str, Callable[[], str]] = {
    "records": check_guards,
    "writing": check_writable,
    "worker": check_worker,
    "disk": check_disk,
}
