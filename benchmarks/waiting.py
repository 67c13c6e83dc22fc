"""What the desk's lists cost when ten thousand things wait, against a hundred, as ratios of one run: `make bench`.

The rows stand in transactions that are undone, so that both lengths are measured on one machine in one state. Absolute
times say more about the machine than about the site.
"""

import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, FEW, MANY = 5, 100, 10_000
PAGES = [
    ("reviewer2", "/admin/desk/"),
    ("reviewer2", "/admin/desk/?tab=all&page=3"),
    ("reviewer2", "/admin/desk/?tab=again&reason=event"),
    ("reviewer2", "/admin/desk/?tab=signed"),
    ("head", "/admin/desk/"),
    ("head", "/admin/desk/overview/"),
]


def measured(count: int) -> list[tuple[float, int]]:
    """(median milliseconds, queries) of each of PAGES when so many things wait."""
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from editorial.accounts.models import User
    from editorial.editions.models import Edition
    from tests.factories import bulk_rows

    result = []
    with transaction.atomic():
        model = Edition.objects.filter(language="en", document__kind="article").earliest("pk")
        bulk_rows.create_queue_items(model, User.objects.get(username="reviewer"), count)
        for username, path in PAGES:
            client, times = Client(), []
            client.force_login(User.objects.get(username=username))
            for _round in range(ROUNDS):
                with CaptureQueriesContext(connection) as captured:
                    start = perf_counter()
                    assert client.get(path).status_code == 200
                    times.append((perf_counter() - start) * 1000)
            result.append((median(times), len(captured)))
        transaction.set_rollback(True)
    return result


def main() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("prepare", verbosity=0)
    few, bulk_rows = measured(FEW), measured(MANY)
    print(f"{MANY:,} things wait : {FEW}; each time is the median of {ROUNDS}\n")
    for (username, path), (slow, queries), (fast, before) in zip(PAGES, bulk_rows, few, strict=True):
        told = f"{slow:8.1f} ms : {fast:7.1f} ms = {slow / fast:6.2f}, {queries} queries : {before}"
        print(f"{username:10} {path:38} {told}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "immuno_site.settings.local",
            "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
            "STATIC_ROOT": f"{folder}/static",
            "EMAIL_URL": "dummymail://",
            "SECRET_KEY": "of a benchmark, for the time that it takes",
        }
        main()
