"""What the desk's lists and boxes cost with a hundred thousand rows, against a thousand, as ratios of one run.

`python benchmarks/listing.py`. The rows stand in transactions that are undone, so that both are measured on one machine
in one state. Absolute times say more about the machine than about the site.
"""

import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, FEW, MANY = 5, 1_000, 100_000
PAGES = [
    "/admin/articles/article/",
    "/admin/articles/article/?p=9",
    "/admin/articles/article/?q=rare7",
    "/admin/articles/article/?q=tenth3",
    "/admin/articles/article/?q=common",
    "/admin/articles/article/?o=1",  # by its title, for who asks for it
    "/admin/library/figure/",
    "/admin/library/figure/?q=picture",
    "/admin/library/figure/choices/?q=picture-77",
    "/admin/library/reference/pick/?q=common",
]


def measured(count: int) -> list[tuple[float, int]]:
    """(median milliseconds, queries) of each of PAGES with so many articles and figures."""
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from editorial.accounts.models import User
    from tests.factories import bulk_rows

    result = []
    with transaction.atomic():
        bulk_rows.create_articles(count)
        bulk_rows.create_figures(count)
        client = Client()
        client.force_login(User.objects.get(username="author"))
        for path in PAGES:
            times = []
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
    few, many = measured(FEW), measured(MANY)
    print(f"{MANY:,} rows : {FEW:,}; each time is the median of {ROUNDS}\n")
    for path, (slow, queries), (fast, before) in zip(PAGES, many, few, strict=True):
        told = f"{slow:8.1f} ms : {fast:7.1f} ms = {slow / fast:6.2f}, {queries} queries : {before}"
        print(f"{path:45} {told}")


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
