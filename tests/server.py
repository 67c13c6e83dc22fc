"""The real site in another process, as a pytest plugin: gunicorn, local settings, hashed static files."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.databases import ROOT, SERVED_KEY, copied, manage, once, restore, workspace

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
                [sys.executable, "-m", "gunicorn", "-c", "python:immuno_site.gunicorn_conf", "immuno_site.asgi"],
                cwd=ROOT,
                env=os.environ
                | {
                    "DJANGO_SETTINGS_MODULE": SETTINGS,
                    "DATABASE_URL": database_url,
                    "SECRET_KEY": SERVED_KEY,
                    "STATIC_ROOT": static_root(),
                    "EMAIL_URL": f"filemail:///{workspace() / 'mail'}",
                    "KEPT_PAGES_FOLDER": str(workspace() / f"kept-{port}"),
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
        process.send_signal(signal.SIGQUIT)  # at once: what ends gently waits for its clients
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


@pytest.fixture(scope="session")
def _running(demo_database_template) -> Iterator[tuple[str, str]]:
    """(address, URL of its database) of the site that `server` lends to one test after the other."""
    with copied(demo_database_template) as url, serving(url) as address:
        yield address, url


@pytest.fixture
def server_database(_running, demo_database_template) -> str:
    """URL of the database that `server` runs on: the demonstration, as though nobody had touched it."""
    _address, url = _running
    restore(url, demo_database_template)
    return url


@pytest.fixture
def server(_running, server_database) -> str:
    """Address of a site with the untouched demonstration in it, for this test alone."""
    address, _url = _running
    return address


@pytest.fixture(scope="session")
def reading_server(demo_database_template) -> Iterator[str]:
    """Address of a site shared by tests that only read it; signing in is allowed."""
    with copied(demo_database_template) as url, serving(url) as address:
        yield address
