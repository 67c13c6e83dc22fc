"""What all tests share. Databases, the served site and the browser are plugins beside this file."""

import gc
import os
import time

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, settings

from immuno_site.databases import database_settings
from immuno_site.middleware import SESSION_USED
from tests import PROVING
from tests.databases import copied, on_postgres
from tests.factories.workplace import Workplace, at_work
from tests.layers import layer

# Every run tries the same examples: a failure on somebody's branch is theirs.
settings.register_profile(
    "default",
    derandomize=True,
    max_examples=20,
    stateful_step_count=20,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
# `make prove`: other examples each time, and far more and longer ones.
# PROVE_EXAMPLES asks for another number of them. It prints how to repeat a failure.
settings.register_profile(
    "prove",
    settings.get_profile("default"),
    derandomize=False,
    max_examples=int(os.environ.get("PROVE_EXAMPLES", "100")),
    stateful_step_count=40,
    print_blob=True,
)
settings.load_profile("prove" if PROVING else "default")

# What a session says who let its owner in.
MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"

# Each flushes the database afterwards, which the append-only triggers refuse.
FLUSHING = {"transactional_db", "live_server", "django_db_reset_sequences"}

# Markers of the tests that PostgreSQL's run of `make test` is for.
ON_POSTGRES = ("both_databases", "postgres")

# Markers of the tests that take longest, in the order in which they begin.
EARLY = ("audit", "journey", "long")


@pytest.fixture(autouse=True)
def source_language():
    """A request leaves its language behind in the thread, and the next test would be told in it what is wrong."""
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


def pytest_collection_modifyitems(config, items):
    flushing = [item.nodeid for item in items if _flushes(item)]
    if flushing:
        raise pytest.UsageError(
            "Records are append-only, so a database cannot be flushed after a test. Use fresh_database,"
            " fresh_connection or server instead of transactional_db or live_server in:\n" + "\n".join(flushing)
        )
    kept, left = [], []
    for item in items:
        (kept if _belongs_here(item) else left).append(item)
    config.hook.pytest_deselected(items=left)
    # Workers take from each other what is left: small tests at the end keep all of them busy.
    items[:] = sorted(kept, key=_turn)


def pytest_collection_finish():
    """What was loaded stays, so nobody looks through it for garbage."""
    gc.freeze()


def pytest_ignore_collect(collection_path):
    """On PostgreSQL, modules without a test for it are not even read: that takes longer than many of its tests."""
    if PROVING or not on_postgres() or not collection_path.match("test_*.py"):
        return None
    words = collection_path.read_text(encoding="utf-8")
    return None if any(f"mark.{name}" in words for name in ON_POSTGRES) else True


def _belongs_here(item) -> bool:
    """Whether this run's database is one that the test is for."""
    if not PROVING and (item.get_closest_marker("prove") or (item.get_closest_marker("race") and not on_postgres())):
        return False
    if not on_postgres():
        return not item.get_closest_marker("postgres")
    if item.get_closest_marker("journey") or item.get_closest_marker("audit"):
        return False
    # SQLite's run has said the rest already; `make prove` takes nobody's word for it.
    return PROVING or any(map(item.get_closest_marker, ON_POSTGRES))


def _turn(item) -> int:
    return next((turn for turn, name in enumerate(EARLY) if item.get_closest_marker(name)), len(EARLY))


def _flushes(item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(
        FLUSHING.intersection(getattr(item, "fixturenames", ()))
        or (marker and (marker.kwargs.get("transaction") or any(marker.args)))
    )


@pytest.fixture
def signed_in():
    """signed_in(user) gives a client with a session of theirs, as signing in would leave it and at a fraction of it."""

    def make(user) -> Client:
        client = Client()
        if user is not None:
            session = SessionStore()
            session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), MODEL_BACKEND
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session[SESSION_USED] = int(time.time())
            session.create()
            client.cookies[django_settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    return make


@pytest.fixture(scope="session")
def django_db_setup(template_database, django_db_blocker):
    """Each worker's database is a copy of the one that was migrated for the run."""
    with copied(template_database) as url:
        connections["default"].settings_dict["NAME"] = database_settings(url)["NAME"]
        yield
        with django_db_blocker.unblock():
            connections["default"].close()


@layer
def opened_workplace():
    """Layers that rest on it work with it inside `at_work`; a test asks for `workplace`, which goes on from there."""
    return Workplace()


@pytest.fixture
def workplace(opened_workplace):
    with at_work(opened_workplace):
        yield opened_workplace


@pytest.fixture
def through(monkeypatch):
    """through(backend) sends mail by it; through() as in other tests."""

    def use(backend=EmailBackend):
        monkeypatch.setattr(django_settings, "EMAIL_BACKEND", f"{backend.__module__}.{backend.__qualname__}")

    return use
