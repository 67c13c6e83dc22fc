"""Configuration of gunicorn: `gunicorn -c python:immuno_site.gunicorn_conf immuno_site.asgi`."""

import os
import signal
from pathlib import Path
from typing import Any

# A browser on this machine reaches these as localhost.
LOCAL = ("127.0.0.1", "0.0.0.0")  # noqa: S104

# One address, or one that a parent process opened (fd://3).
HOST = os.environ.get("HOST", "127.0.0.1")
bind = os.environ.get("BIND") or f"{HOST}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
# Readers' pages are sent from an event loop, the rest is made in threads: editorial/reading/kept_pages/event_loop.py.
worker_class = "asgi"
asgi_loop = "uvloop"
asgi_lifespan = "off"
# Compiled. It refuses what the one in Python refuses, and keeps the same limits.
http_parser = "fast"
# Loaded once, then forked: a broken application fails at once, and workers share its memory.
preload_app = True
# In memory where possible: on a slow disk, gunicorn would think that a worker hangs.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
# What people read is not logged.
accesslog = None
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")

LAST_ANSWERS = 1.0  # seconds


def post_worker_init(worker: Any) -> None:
    """Have a worker that is to end say so to its clients before it closes their connections.

    gunicorn closes a connection right after an answer that promised to keep it, and the next request on it is lost.
    """

    if not hasattr(worker, "asgi"):  # one with threads, for WSGI
        return

    def end() -> None:
        worker.asgi.is_ending = True
        worker.loop.call_later(LAST_ANSWERS, worker.handle_exit_signal)

    worker.loop.add_signal_handler(signal.SIGTERM, end)


def when_ready(server: object) -> None:
    """Print the site's address once its socket is open; in a demonstration, also its accounts and what to try."""
    from django.conf import settings

    address = f"http://localhost:{bind.rpartition(':')[2]}" if HOST in LOCAL else f"http://{bind}"
    if settings.DEMONSTRATION:
        welcome = Path(__file__).parent / "demonstration" / "welcome.txt"
        print(welcome.read_text().format(address=address), flush=True)
    else:
        print(f"Serving on {address}", flush=True)
