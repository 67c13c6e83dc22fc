"""Configuration of gunicorn: `gunicorn -c python:immuno_site.gunicorn_conf immuno_site.wsgi`."""

import os
from pathlib import Path

# A browser on this machine reaches these as localhost.
LOCAL = ("127.0.0.1", "0.0.0.0")  # noqa: S104

# One address, or one that a parent process opened (fd://3).
HOST = os.environ.get("HOST", "127.0.0.1")
bind = os.environ.get("BIND") or f"{HOST}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# Loaded once, then forked: a broken application fails at once, and workers share its memory.
preload_app = True
# In memory where possible: on a slow disk, gunicorn would think that a worker hangs.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
# What people read is not logged.
accesslog = None
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")


def when_ready(server: object) -> None:
    """Print the site's address once its socket is open; in a demonstration, also its accounts and what to try."""
    from django.conf import settings

    address = f"http://localhost:{bind.rpartition(':')[2]}" if HOST in LOCAL else f"http://{bind}"
    if settings.DEMONSTRATION:
        welcome = Path(__file__).parent / "demonstration" / "welcome.txt"
        print(welcome.read_text().format(address=address), flush=True)
    else:
        print(f"Serving on {address}", flush=True)
