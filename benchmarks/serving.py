"""What serving costs, as ratios measured side by side in one run: `make bench`.

Absolute times say more about the machine than about the site. Each pair is measured in turns, so that whatever else
the machine does meets both alike, and the median of many rounds is told.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[1]
ROUNDS, CALLS = 15, 4
PAGE = "/en/articles/immunotherapy-for-breast-cancer/"


def environ(path: str, **headers: str) -> dict:
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": "", "SERVER_NAME": "testserver",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "testserver", "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr, "wsgi.multithread": False,
        "wsgi.multiprocess": False, "wsgi.run_once": False, **headers,
    }  # fmt: skip


def ask(application, path: str, **headers: str) -> tuple[str, dict[str, str], bytes]:
    """Status, headers and body of one GET."""
    told: list = []
    answer = application(environ(path, **headers), lambda status, fields, *_rest: told.append((status, fields)))
    body = b"".join(answer)
    if close := getattr(answer, "close", None):
        close()
    status, fields = told[0]
    return status, dict(fields), body


def bare(body: bytes):
    """The smallest WSGI application that answers with these bytes."""

    def application(_environ, start_response):
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
        return [body]

    return application


def side_by_side(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """Median microseconds of one call of each, measured in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    for _round in range(ROUNDS):
        for call, taken in zip((first, second), times, strict=True):
            start = perf_counter()
            for _call in range(CALLS):
                call()
            taken.append((perf_counter() - start) / CALLS * 1e6)
    return median(times[0]), median(times[1])


def told(name: str, first: Callable[[], object], second: Callable[[], object]) -> None:
    one, other = side_by_side(first, second)
    print(f"{name:58} {one:9.1f} µs : {other:9.1f} µs = {one / other:8.2f}")


def loaded(page_gate, embeds, verified_releases, slug: str, now) -> None:
    """Everything that a page and its pieces rest on, verified."""
    result = page_gate.live_page("article", slug, "en", now)
    verified_releases.verify_page(result.own["en"], embeds.embedded_releases(result, "article", "en", "en"))


def measure_kept(application, body: bytes) -> None:
    """What a kept page costs: warm, in a state that moved without it, and made anew. All without a server around it."""
    from django.db import connection

    from editorial.editions.models import PublicState
    from editorial.reading.kept_pages.application import KeptPagesApplication
    from editorial.reading.kept_pages.requested_pages import read_request

    def move_state() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {PublicState._meta.db_table} SET number = number + 1 WHERE scope = ''")

    def first(prepare: Callable[[], object], clock: Callable[[], float]) -> float:
        """Median microseconds of the first answer after that."""
        times = []
        for _round in range(ROUNDS):
            prepare()
            start = clock()
            assert ask(kept, PAGE)[0] == "200 OK"
            times.append((clock() - start) * 1e6)
        return median(times)

    kept = KeptPagesApplication(application)
    assert ask(kept, PAGE)[2] == body
    requested = read_request(environ(PAGE))
    assert requested and kept.keeper.get(requested), "the article is not kept"
    told(
        "a kept article : a bare WSGI function with its bytes", partial(ask, kept, PAGE), partial(ask, bare(body), PAGE)
    )
    warm = first(lambda: None, perf_counter)
    moved = first(move_state, perf_counter)
    print(f"{'moved state, page untouched : warm':58} {moved:9.1f} µs : {warm:9.1f} µs = {moved / warm:8.2f}")
    cold = first(partial(kept.keeper.forget, requested), process_time) / 1000
    print(f"{'a cold page':58} {cold:9.1f} ms of processor")


def main() -> None:
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    call_command("prepare", verbosity=0)

    from django.db import connection
    from django.utils import timezone

    from editorial.editions.models import Release
    from editorial.reading import embeds, gate, page_evidence, page_gate, verified_releases

    status, headers, body = ask(application, PAGE)
    assert status == "200 OK", status
    unchanged = {"HTTP_IF_NONE_MATCH": headers["ETag"]}
    assert ask(application, PAGE, **unchanged)[0].startswith("304")
    constant = bare(body)

    now = timezone.now()
    slug = PAGE.split("/")[3]
    asked = Release.objects.live(now).filter(document__slug=slug, language="en")
    sql, parameters = asked.query.sql_with_params()
    fill = connection.ops.adapt_datetimefield_value
    parameters = [fill(value) if hasattr(value, "tzinfo") else value for value in parameters]
    statement = sql.replace("%s", "?")

    print(f"{len(body):,} bytes; each time is the median of {ROUNDS} rounds of {CALLS} calls\n")
    article = partial(ask, application, PAGE)
    told("the article : a bare WSGI function with its bytes", article, partial(ask, constant, PAGE))
    told("unchanged (304) : the article (200)", partial(ask, application, PAGE, **unchanged), article)
    measure_kept(application, body)
    # Only now: each request above looks after its connection, and closes an old one.
    connection.ensure_connection()
    cursor = connection.connection.cursor()
    assert len(cursor.execute(statement, parameters).fetchall()) == 1
    told(
        "the gate through the ORM : the same SQL raw",
        lambda: list(asked.all()),
        lambda: cursor.execute(statement, parameters).fetchall(),
    )
    told(
        "all that a page asks the gate : the gate's SQL raw",
        lambda: loaded(page_gate, embeds, verified_releases, slug, now),
        lambda: cursor.execute(statement, parameters).fetchall(),
    )
    releases = partial(page_gate.page_releases, "article", slug, "en", now)
    told(
        "the page's question through the ORM : past it",
        lambda: gate.read_result(map(gate.read_row, releases())),
        lambda: page_gate.live_page("article", slug, "en", now),
    )
    told(
        "whether a page is the same : all that it asks",
        lambda: page_evidence.fetch_page_evidence("article", slug, "en", now),
        lambda: loaded(page_gate, embeds, verified_releases, slug, now),
    )


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "immuno_site.settings.local",
            "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
            "STATIC_ROOT": f"{folder}/static",
            "KEPT_PAGES_FOLDER": f"{folder}/kept-pages",
            "EMAIL_URL": "dummymail://",
            "SECRET_KEY": "of a benchmark, for the time that it takes",
        }
        main()
