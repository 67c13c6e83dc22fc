"""Servers as the benchmarks start them: the one place that knows their commands.

Each runs one application on loopback, in one process with four threads where it has threads,
on the first core where there are two: the load comes from the second.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
THREADS = 4
# The same as immuno_site/gunicorn_conf.py, which also has what only the site knows of.
LOOP = ["--worker-class", "asgi", "--asgi-loop", "uvloop", "--asgi-lifespan", "off", "--http-parser", "fast"]
START, STOP = 60, 10  # seconds


class Gthread:
    """gunicorn with threads: as peers' guides have it."""

    name = "gthread"
    ours, raw = "immuno_site.wsgi:application", "raw:application"

    def command(self, python: str, application: str, port: int, workers: int) -> list[str]:
        return [
            python, "-m", "gunicorn", *self.kind(application), "--bind", f"127.0.0.1:{port}",
            "--workers", str(workers), "--preload", "--worker-tmp-dir", "/dev/shm",  # noqa: S108 (as in production)
            "--log-level", "warning", application,
        ]  # fmt: skip

    def kind(self, _application: str) -> list[str]:
        return ["--threads", str(THREADS)]


class Gunicorn(Gthread):
    """As in production: ours, and the function that it is measured against, on an event loop; peers with threads."""

    name = "gunicorn"
    ours, raw = "immuno_site.asgi:application", "raw:asgi_application"

    def kind(self, application: str) -> list[str]:
        return LOOP if application in (self.ours, self.raw) else super().kind(application)


class Granian:
    name = "granian"
    ours, raw = "immuno_site.wsgi:application", "raw:application"

    def command(self, python: str, application: str, port: int, workers: int) -> list[str]:
        return [
            python, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers",
            str(workers), "--blocking-threads", str(THREADS), "--log-level", "warning", "--no-ws", application,
        ]  # fmt: skip


SERVERS = {server.name: server for server in (Gunicorn(), Gthread(), Granian())}


def nginx_command(folder: Path, port: int) -> list[str]:
    """nginx with one worker, for the files in `folder`/files, of each of which a compressed one stands beside it."""
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;\n"
        "events { worker_connections 256; }\n"
        "http { access_log off; sendfile on; tcp_nopush on; gzip_static on; keepalive_requests 10000000;\n"
        "  default_type text/html; open_file_cache max=100; charset utf-8;\n"
        + "".join(
            f"  {name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + f"  server {{ listen 127.0.0.1:{port}; root {folder}/files; index index.html; }}\n}}\n"
    )
    return ["nginx", "-c", str(configuration), "-e", f"{folder}/nginx.log"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def on_core(number: int) -> list[str]:
    """What to put before a command so that it runs on that core; nothing where there is only one."""
    return ["taskset", "-c", str(number)] if len(os.sched_getaffinity(0)) > 1 else []


@contextmanager
def running(command: list[str], log: Path, environment: Mapping[str, str], folder: Path = ROOT) -> Iterator[int]:
    """Runs a server in `folder`; yields its process's id. Its port is the one in the command."""
    with log.open("w") as output:
        process = subprocess.Popen(
            [*on_core(0), *command], cwd=folder, env=os.environ | environment, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(address: str, log: Path) -> None:
    """Until it answers anything at all. Raises RuntimeError, with the server's log, after START seconds."""
    until = time.monotonic() + START
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"No answer from {address} within {START} seconds:\n{log.read_text()}")


PYTHON = sys.executable
