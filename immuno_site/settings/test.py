"""For tests in pytest's own process. The browser's tests run the local settings in another one."""

import os

# tests/databases.py sets it for each run; without it (makemigrations --check, say) no file is left behind.
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from .base import *  # noqa: F403
from .base import DATABASES, INSTALLED_APPS, MIDDLEWARE, STORAGES

SECRET_KEY = "for tests only, and known to everybody who reads this"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

# A file, as in use: WAL and locks differ in a database in memory.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": DATABASES["default"]["NAME"]}

# A real hash takes a third of a second on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Hashed names need a collectstatic first, and no test in this process fetches a static file.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]

# A throwaway kind of page that proves the engine's contract.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.leaflets"]
