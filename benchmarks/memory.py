"""What a worker takes in memory after 10,000 different pages, against a fresh one: `make bench-growth`.

It should take at most KEPT_PAGES_MEMORY more, and a tenth. Each page of a library is asked for twice, in two codings.
BENCH_PAGES says how many there are.
"""

import http.client
import os
import tempfile
from contextlib import closing
from pathlib import Path

from _demonstration import with_demonstration
from _library import use_library
from _serving.servers import PYTHON, SERVERS, free_port, running, wait_for

PAGES = int(os.environ.get("BENCH_PAGES", "10000"))
SERVER = os.environ.get("BENCH_SERVER", "gunicorn")
CODINGS = ("br", "gzip")
MEGABYTE = 10**6


def resident_of_largest(process: int) -> float:
    """Megabytes that the largest of a process and its children has in memory: the worker's."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    sizes = []
    for number in (process, *children):
        status = Path(f"/proc/{number}/status").read_text()
        sizes += [int(line.split()[1]) * 1024 / MEGABYTE for line in status.splitlines() if line.startswith("VmRSS")]
    return max(sizes)


def find_addresses() -> list[str]:
    """Of every document of the library."""
    from editorial.editions.models import Document
    from tests.factories.bulk_library import SLUG

    lists = {"article": "articles", "glossary": "glossary", "monograph": "drugs"}
    documents = Document.objects.filter(slug__startswith=SLUG).order_by("pk").values_list("kind", "slug")
    return [f"/en/{lists[kind]}/{slug}/" for kind, slug in documents]


def ask_all(port: int, paths: list[str]) -> None:
    for path in paths:
        for coding in CODINGS:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                connection.request("GET", path, headers={"Accept-Encoding": coding})
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 200, (path, answer.status)


def main() -> None:
    from django.conf import settings
    from django.db import connection

    paths = find_addresses()
    connection.close()
    port = free_port()
    command = SERVERS[SERVER].command(PYTHON, SERVERS[SERVER].ours, port, 1)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with running(command, log, {"KEPT_PAGES_FOLDER": f"{folder}/kept"}) as process:
            wait_for(f"http://127.0.0.1:{port}/healthz", log)
            ask_all(port, ["/en/", *paths[:5]])
            fresh = resident_of_largest(process)
            ask_all(port, paths)
            after = resident_of_largest(process)
    most = (fresh + settings.KEPT_PAGES_MEMORY) * 1.1
    print(f"{SERVER}: {fresh:.0f} MB fresh, {after:.0f} MB after {len(paths):,} pages; at most {most:.0f} MB wanted")


if __name__ == "__main__":
    use_library(PAGES)
    with_demonstration(main)
