"""The real site in another process, as a pytest plugin: gunicorn, local settings, hashed static files."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.databases import ROOT, copy, drop, manage, once, workspace

SETTINGS = "immuno_site.settings.local"

# Seconds for a loaded machine to start the site, and to stop it.
START, STOP = 60, 10


def static_root() -> str:
    """The folder of collected static files, made once a run."""

    def collect() -> str:
        folder = workspace() / "static"
        folder.mkdir()
        manage(
            "sqlite://:memory:",
            "collectstatic",
            "--no-input",
            "--verbosity=0",
            settings=SETTINGS,
            STATIC_ROOT=str(folder),
        )
        return str(folder)

    return once("static", collect)


@contextmanager
def serving(database_url: str, **environment: str) -> Iterator[str]:
    """Runs the site on the database at `database_url`; yields its address, without a slash at the end."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # The listening socket is handed over, so nobody can take its port in between.
        descriptor, port = listener.fileno(), listener.getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        log = workspace() / f"server-{port}.log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "-c", "python:immuno_site.serving", "immuno_site.wsgi"],
                cwd=ROOT,
                env=os.environ
                | {
                    "DJANGO_SETTINGS_MODULE": SETTINGS,
                    "DATABASE_URL": database_url,
                    "STATIC_ROOT": static_root(),
                    "EMAIL_URL": f"filemail:///{workspace() / 'mail'}",
                    "BIND": f"fd://{descriptor}",
                    "WEB_CONCURRENCY": "1",
                }
                | environment,
                pass_fds=[descriptor],
                stdout=output,
                stderr=subprocess.STDOUT,
            )
    try:
        _wait_for(process, address, log)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: subprocess.Popen, address: str, log: Path) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"The site did not start:\n{log.read_text()}")
        try:
            # The socket accepts before the site is there to answer, so this waits rather than spins.
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"The site did not answer within {START} seconds:\n{log.read_text()}")


@pytest.fixture
def server_database(demo_database_template) -> Iterator[str]:
    """URL of the database that `server` runs on: the demonstration, of the test's own."""
    url = copy(demo_database_template)
    yield url
    drop(url)


@pytest.fixture
def server(server_database) -> Iterator[str]:
    """Address of a site of the test's own with the demonstration in it."""
    with serving(server_database) as address:
        yield address


@pytest.fixture(scope="session")
def reading_server(demo_database_template) -> Iterator[str]:
    """Address of a site shared by tests that only read it."""
    url = copy(demo_database_template)
    with serving(url) as address:
        yield address
    drop(url)
