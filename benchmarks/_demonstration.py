"""A fresh site with the demonstration in it, for benchmarks that measure it in this process, and its pages' clock."""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 5


def with_demonstration(main: Callable[[], None]) -> None:
    """Call `main` with Django set up on a site of its own, which is gone afterwards."""
    with_site(main, "prepare")


def with_site(main: Callable[[], None], command: str = "migrate", settings: str = "immuno_site.settings.local") -> None:
    """The same on what this command makes: by default, a site with nothing in it.

    BENCH_DATABASE_URL names another database than a file of SQLite's, BENCH_MEDIA_ROOT another folder for figures; they
    stay behind.
    """
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": settings,
            "DATABASE_URL": os.environ.get("BENCH_DATABASE_URL", f"sqlite:///{folder}/site.sqlite3"),
            "MEDIA_ROOT": os.environ.get("BENCH_MEDIA_ROOT", f"{folder}/media"),
            "STATIC_ROOT": f"{folder}/static",
            "EMAIL_URL": "dummymail://",
            "SECRET_KEY": "of a benchmark, for the time that it takes",
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command(command, verbosity=0)
        main()


def time_page(username: str, path: str) -> tuple[float, int]:
    """(median milliseconds of ROUNDS, queries) of a page as its user opens it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from editorial.accounts.models import User

    client, times = Client(), []
    client.force_login(User.objects.get(username=username))
    for _round in range(ROUNDS):
        with CaptureQueriesContext(connection) as captured:
            start = perf_counter()
            response = client.get(path)
            assert response.status_code == 200
            response.getvalue()
            times.append((perf_counter() - start) * 1000)
    return median(times), len(captured)


def print_ratio(name: str, many: tuple[float, int], few: tuple[float, int]) -> None:
    """A line with both times, their ratio and both counts of queries."""
    (slow, queries), (fast, before) = many, few
    print(f"{name:45} {slow:8.1f} ms : {fast:7.1f} ms = {slow / fast:6.2f}, {queries} queries : {before}")
