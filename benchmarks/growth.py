"""What pages and saves cost as the library grows, from 10 documents to 10,000: `make bench-growth`.

DOCUMENTS=100000 goes further, and builds that library once. Each size is measured in a process of its own, on a library
that is kept in `var/bench`. Times are milliseconds of this process's processor, which with SQLite is all that there is:
they say less about what else the machine does than the clock, and the ratios less about the machine. Written to
`benchmarks/results/growth-….json`, `.txt` and, as curves, `.svg`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from itertools import islice
from statistics import median
from time import process_time

import writing
from _demonstration import with_demonstration
from _growth import report
from _library import SIZES, use_library
from serving import ask

MOST = int(os.environ.get("DOCUMENTS", "10000"))
ROUNDS = 9
WARM_CALLS = 50
READERS = {
    "home": "/en/",
    "articles": "/en/articles/",
    "articles, page 2": "/en/articles/?page=2",
    "articles in Spanish": "/es/articles/",
    "glossary": "/en/glossary/",
    "glossary, one letter": "/en/glossary/?letter=C",
    "drugs": "/en/drugs/",
    "drugs by facets": "/en/drugs/?state=accelerated&biomarker=pd-l1",
    "topics": "/en/topics/",
    "a topic": "/en/topics/immunotherapy/",
    "a to z": "/en/a-z/",
    "a to z, one letter": "/en/a-z/?letter=C",
    "drugs by approval": "/en/drugs/?view=approvals",
    "a reviewer": "/en/reviewers/helen-okafor/",
    "an article": "/en/articles/library-0000004/",
    "a drug": "/en/drugs/library-0000000/",
}
DESK = {
    "review queue": ("reviewer2", "/admin/desk/"),
    "review queue, the head's": ("head", "/admin/desk/"),
    "rechecks and re-reviews": ("reviewer2", "/admin/desk/?tab=again"),
    "signed by you": ("reviewer", "/admin/desk/?tab=signed"),
    "translator's queue": ("translator", "/admin/desk/"),
    "translations": ("head", "/admin/translations/"),
    "translations, one language": ("translator", "/admin/translations/?languages=es"),
    "translations in numbers": ("head", "/admin/translations/numbers/"),
    "author's queue": ("author", "/admin/desk/"),
    "unanswered": ("head", "/admin/desk/?tab=unanswered"),
    "CSV of rechecks": ("head", "/admin/desk/table/?tab=again"),
    "rechecks as CSV, first rows": ("head", "/admin/desk/table/?tab=again"),
    "overview": ("head", "/admin/desk/overview/"),
    "CSV of waiting times": ("head", "/admin/desk/overview/table/?table=waits"),
    "causes of rechecks": ("head", "/admin/desk/rechecks/"),
    "change list": ("author", "/admin/articles/article/"),
    "change list, a rare word": ("author", "/admin/articles/article/?q=rare7"),
    "change list, a common word": ("author", "/admin/articles/article/?q=immunotherapy"),
    "change list of the glossary": ("author", "/admin/library/glossaryentry/"),
    "change list of drugs": ("drugadmin", "/admin/drugs/monograph/"),
    "references, a word": ("author", "/admin/library/reference/?q=cancer"),
    "author's form": ("author", "/admin/articles/article/{article}/change/"),
    "form of a drug": ("drugadmin", "/admin/drugs/monograph/{drug}/change/"),
    "records": ("author", "/admin/desk/documents/{article}/"),
    "timeline": ("author", "/admin/desk/documents/{article}/history/"),
    "links to an article": ("author", "/admin/desk/documents/{article}/links/"),
    "links to a drug": ("author", "/admin/desk/documents/{drug}/links/"),
}
FIRST_PARTS = {"rechecks as CSV, first rows": 3}  # of what is sent while it is read: a mark, the head, rows
Figures = dict[str, dict[str, tuple[float, int]]]


def measure() -> Figures:
    """{group: {name: (milliseconds of processor, statements)}}"""
    from django.core.wsgi import get_wsgi_application

    from editorial.editions.models import Document
    from editorial.reading.kept_pages.application import KeptPagesApplication

    known = {
        "article": Document.objects.get(kind="article", slug=writing.SLUG).pk,
        "drug": Document.objects.get(kind="monograph", slug="pembrolizumab").pk,
    }
    kept = KeptPagesApplication(get_wsgi_application())
    writes = writing.measure()
    return {
        "readers, cold": {name: time_page(None, path) for name, path in READERS.items()},
        "readers, warm": {name: (time_warm(kept, path), 0) for name, path in READERS.items()},
        "desk": {
            name: time_page(username, path.format(**known), FIRST_PARTS.get(name))
            for name, (username, path) in DESK.items()
        },
        "writing": {name: (writes[name], 0) for name in writes if "bytes" not in name and "without" not in name},
    }


def time_page(username: str | None, path: str, parts: int | None = None) -> tuple[float, int]:
    """(median milliseconds of processor, statements) of a page as its user opens it, and nothing keeps it.

    Of one that is sent while it is read, `parts` says how many are waited for.
    """
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from editorial.accounts.models import User

    client = Client()
    if username:
        client.force_login(User.objects.get(username=username))

    def open_page() -> None:
        response = client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        for _part in islice(response, parts):
            pass
        response.close()

    open_page()
    with CaptureQueriesContext(connection) as captured:
        open_page()
    statements = len(captured)  # now: the next request forgets them
    times = []
    for _round in range(ROUNDS):
        start = process_time()
        open_page()
        times.append((process_time() - start) * 1000)
    return median(times), statements


def time_warm(kept: Callable, path: str) -> float:
    """Milliseconds of processor of a kept page: of the best round, as what is measured is so short."""
    path, _mark, query = path.partition("?")
    call = partial(ask, kept, path, QUERY_STRING=query)
    assert call()[0] == "200 OK", path
    times = []
    for _round in range(ROUNDS):
        start = process_time()
        for _call in range(WARM_CALLS):
            call()
        times.append((process_time() - start) / WARM_CALLS * 1000)
    return min(times)


def main() -> None:
    machine = report.machine()
    sizes = [size for size in SIZES if 0 < size <= MOST]
    if MOST not in sizes:
        sizes.append(MOST)
    figures: dict[int, Figures] = {}
    for size in sizes:
        command = [sys.executable, __file__, str(size)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        figures[size] = json.loads(done.stdout.splitlines()[-1])
        print(f"{size:,} documents: measured", flush=True)
        # The largest takes longest, and may fail.
        path = report.write(figures, f"growth-{MOST}", {"rounds": ROUNDS, "machine": machine})
    print(report.table(figures), "", *(goal.line() for goal in report.find_goals(figures)), sep="\n")
    print(f"\nWritten: {path}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.stdout, told = sys.stderr, sys.stdout  # whatever else is said on the way
        use_library(int(sys.argv[1]))
        with_demonstration(lambda: print(json.dumps(measure()), file=told))
    else:
        main()
