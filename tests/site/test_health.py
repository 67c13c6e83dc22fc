"""What /readyz tells an operator: each fault in words, by a real fault where there can be one, and no secrets."""

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from time import perf_counter

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.utils import ConnectionHandler
from django.utils import timezone

from editorial.editions import triggers
from editorial.editions.models import Edition
from editorial.reviews.models import Heartbeat, record_heartbeat
from immuno_site import health
from tests.databases import on_postgres
from tests.factories.counting import counted_cost

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def running(db):
    """A worker that runs."""
    record_heartbeat()


def told(client, query: str = "") -> str:
    """What it says of a site with a fault."""
    answer = client.get(f"/readyz{query}")
    assert answer.status_code == 503
    return answer.content.decode()


def test_a_site_without_a_fault_is_ready(client, running):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_it_tells_of_missing_triggers(client, running):
    table = Edition._meta.db_table
    name = next(name for name, on in triggers.installed(connection).items() if on == table)
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if on_postgres() else ""))
    assert "records: the database lacks 1 of the triggers that guard them. Run manage.py migrate" in told(client)
    assert table not in told(client)


@pytest.mark.skipif("on_postgres()", reason="a file of SQLite")
def test_it_tells_of_a_database_file_that_can_only_be_read(client, running, monkeypatch, tmp_path):
    with closing(sqlite3.connect(path := tmp_path / "site.sqlite3")) as file:
        file.execute("PRAGMA journal_mode = WAL")
        file.execute("CREATE TABLE reviews_heartbeat (name TEXT PRIMARY KEY, beat_at TEXT)")
    options = {"uri": True, "transaction_mode": "IMMEDIATE"}
    engine = "django.db.backends.sqlite3"
    handler = ConnectionHandler({"default": {"ENGINE": engine, "NAME": f"file:{path}?mode=ro", "OPTIONS": options}})
    with closing(handler["default"]) as read_only:
        read_only.inc_thread_sharing()
        with pytest.raises(DatabaseError), read_only.cursor() as cursor:
            cursor.execute("DELETE FROM reviews_heartbeat")
        monkeypatch.setattr(health, "connection", read_only)
        assert health.check_writable() == health.READ_ONLY


@pytest.mark.skipif("not on_postgres()", reason="a transaction of PostgreSQL")
def test_it_tells_of_a_server_that_can_only_be_read(client, running):
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
    assert f"writing: {health.READ_ONLY}" in told(client)


@pytest.mark.skipif("on_postgres()", reason="locks of SQLite")
def test_whoever_writes_keeps_nobody_waiting_and_is_no_fault(fresh_connection, tmp_path):
    record_heartbeat()
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        start = perf_counter()
        assert health.check_writable() == ""
        assert perf_counter() - start < 2
        [timeout] = connection.connection.execute("PRAGMA busy_timeout").fetchone()
        assert timeout > health.LOCK_WAIT
        other.execute("ROLLBACK")


def test_it_tells_of_a_disk_with_less_room_than_is_set(client, running, settings):
    settings.LEAST_FREE_DISK = 10**9
    text = told(client)
    assert re.match(r"disk: only [\d,]+ MB are free where .*uploads.* are kept; 1,000,000,000 MB should be\.\n", text)
    assert str(settings.MEDIA_ROOT) not in text


def test_it_tells_of_a_worker_that_never_ran_or_is_silent(client, settings):
    assert "worker: it never ran. Start manage.py send_mail" in told(client)
    record_heartbeat(timezone.now() - timedelta(minutes=settings.WORKER_SILENT_AFTER + 32))
    assert f"last ran {settings.WORKER_SILENT_AFTER + 32} minutes ago" in told(client)
    record_heartbeat(timezone.now() - timedelta(minutes=settings.WORKER_SILENT_AFTER - 1))
    assert client.get("/readyz").status_code == 200


def test_a_pass_of_the_worker_is_a_sign_of_life(client):
    call_command("send_mail", verbosity=0)
    assert client.get("/readyz").status_code == 200
    assert Heartbeat.objects.count() == 1


def test_it_tells_of_a_database_that_does_not_answer_and_nothing_that_it_says(client, running, monkeypatch):
    def fail(connection):
        raise DatabaseError("postgres://user:secret@host")

    monkeypatch.setattr(triggers, "missing", fail)
    assert told(client) == "database: it does not answer.\n"


def test_all_faults_are_told_at_once_and_checks_are_left_out_by_name(client, settings):
    settings.LEAST_FREE_DISK = 10**9
    assert [line.partition(":")[0] for line in told(client).splitlines()] == ["worker", "disk"]
    assert told(client, "?exclude=worker").startswith("disk: ")
    assert client.get("/readyz?exclude=worker&exclude=disk").content == b"ok\n"
    assert "worker" in told(client, "?exclude=nothing")


def test_it_asks_little(client, running):
    with transaction.atomic(), counted_cost() as cost:
        client.get("/readyz")
    assert cost.queries <= 7


def test_the_process_says_that_it_runs_whatever_is_wrong(client, settings):
    settings.LEAST_FREE_DISK = 10**9
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_is_only_asked(client, path):
    assert client.post(path).status_code == 405


@pytest.mark.skipif("not on_postgres()", reason="locks of PostgreSQL")
def test_a_table_that_a_migration_holds_keeps_nobody_waiting(fresh_connection):
    record_heartbeat()
    with closing(connection.copy()) as other:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE reviews_heartbeat IN SHARE MODE")
        start = perf_counter()
        assert health.check_writable() == ""
        assert perf_counter() - start < 2
        other.rollback()
