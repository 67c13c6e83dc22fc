"""Stale answers while pages are released and taken down under load, with two workers: `make bench`.

`make prove` does the same with 500 changes on both databases. BENCH_CHANGES says how many here.
"""

import os
import tempfile
from pathlib import Path

from _demonstration import with_site
from _serving.servers import PYTHON, SERVERS, free_port, running, wait_for

CHANGES = int(os.environ.get("BENCH_CHANGES", "60"))
SERVER = os.environ.get("BENCH_SERVER", "gunicorn")


def main() -> None:
    from tests.reading.kept_pages.newsroom import Newsroom
    from tests.reading.kept_pages.under_load import RunningClock, change_under_load, find_stale

    port = free_port()
    command = SERVERS[SERVER].command(PYTHON, SERVERS[SERVER].ours, port, 2)
    newsroom = Newsroom(RunningClock())
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with running(command, log, {"KEPT_PAGES_FOLDER": f"{folder}/kept"}):
            wait_for(f"http://127.0.0.1:{port}/healthz", log)
            answers, changes = change_under_load(f"http://127.0.0.1:{port}", newsroom, CHANGES)
    stale = find_stale(answers, changes)
    print(f"{SERVER}, 2 workers: {len(stale)} stale of {len(answers):,} answers through {CHANGES} changes")
    assert not stale, stale[:5]


if __name__ == "__main__":
    # Only the settings of tests have the kind of which the newsroom's pieces are.
    with_site(main, settings="immuno_site.settings.test")
