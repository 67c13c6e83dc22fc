"""Filled SQLite databases and their uploads, kept in var/ from run to run, so that only a change pays for filling.

What is kept goes by a digest of everything that could have had a say in it, and by the day, since the demonstration
tells its times from today.
"""

import hashlib
import os
import shutil
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "test-databases"

# Everything in these has a say, whatever its ending, but for what is compiled from the rest.
SOURCES = [
    "immuno_site", "articles", "drugs", "editorial", "templates", "static", "locale", "tests/leaflets",
    "manage.py", "pyproject.toml", "requirements.txt", "tests/databases.py", "tests/template_cache.py",
]  # fmt: skip
COMPILED = {".pyc", ".mo"}

# How many of each name stay: those of a branch or two.
KEPT = 3


def build_id() -> str:
    """Digest (hex) of the sources, of settings from the environment, of the interpreter and of today."""
    digest = hashlib.sha256(f"{sys.version} {_days()} {_environment()}".encode())
    for path in sorted(_files()):
        digest.update(f"{path.relative_to(ROOT)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:32]


def take(name: str, build: str, database: Path, media: Path) -> bool:
    """Copies what is kept of this build to `database` and into the folder `media`; False if there is nothing."""
    kept = FOLDER / f"{name}-{build}"
    if not kept.is_dir():
        return False
    shutil.copyfile(kept / "site.sqlite3", database)
    shutil.copytree(kept / "media", media, dirs_exist_ok=True)
    kept.touch()
    return True


def keep(name: str, build: str, database: Path, media: Path) -> None:
    """Keeps `database` and `media` for the runs that follow, and lets the oldest go."""
    kept = FOLDER / f"{name}-{build}"
    half_made = FOLDER / f".{uuid.uuid4().hex}"
    half_made.mkdir(parents=True)
    shutil.copyfile(database, half_made / "site.sqlite3")
    shutil.copytree(media, half_made / "media")
    try:
        half_made.rename(kept)
    except OSError:  # another run was faster
        shutil.rmtree(half_made, ignore_errors=True)
    # Those of a moment ago may be what another run copies from.
    for older in sorted(FOLDER.glob(f"{name}-*"), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(older, ignore_errors=True)


def _files() -> list[Path]:
    found = []
    for source in (ROOT / name for name in SOURCES):
        found += [path for path in source.rglob("*") if path.is_file()] if source.is_dir() else [source]
    return [path for path in found if path.suffix not in COMPILED]


def _days() -> str:
    """Today in UTC and at the home of the site, which need not agree."""
    now = datetime.now(UTC)
    home = ZoneInfo(os.environ.get("HOME_TIME_ZONE", "America/New_York"))
    return f"{now:%F} {now.astimezone(home):%F}"


def _environment() -> str:
    """What settings read from the environment; addresses and folders of this one run have no say."""
    names = ["PUBLIC_LANGUAGES", "SOURCE_LANGUAGE", "HOME_TIME_ZONE", "HOME_JURISDICTION", "SITE_URL", "PORT", "TZ"]
    return repr([os.environ.get(name) for name in names])
