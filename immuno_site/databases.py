"""From a DATABASE_URL to Django's settings of a connection, the same for the site, its tests and tools."""

import environ

# Seconds that a writer waits for another writer. A write takes milliseconds; more is a defect.
SQLITE_TIMEOUT = 20

POSTGRES_TIMEOUT = 10  # seconds to connect in

# How often a connection asks a statement before the server plans it for good. That is for questions that are asked of
# every page or signature (see editorial/editions/raw_statements.py); Django's own statements are never prepared. A
# pooler that gives each transaction another connection, and knows no prepared statements, takes
# ?prepare_threshold=1000000000.
PREPARE_THRESHOLD = 5

SQLITE_OPTIONS = {
    # Otherwise a transaction that reads, then writes, fails at once with "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": SQLITE_TIMEOUT,
    # WAL lets readers read while somebody writes; FULL keeps a sign-off that was confirmed through a power cut.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}


def database_settings(url: str) -> dict:
    """Settings of the database at `url` (sqlite:/// or postgres://; psycopg 3).

    Raises ValueError for any other kind: triggers, locks and search are written for these two.
    """
    config = environ.Env.db_url_config(url)
    match config["ENGINE"]:
        case "django.db.backends.sqlite3":
            config["OPTIONS"] = SQLITE_OPTIONS | config.get("OPTIONS", {})
        case "django.db.backends.postgresql":
            # A server that is gone is found out in seconds, by /readyz too.
            own = {"connect_timeout": POSTGRES_TIMEOUT, "prepare_threshold": PREPARE_THRESHOLD}
            config["OPTIONS"] = own | config.get("OPTIONS", {})
        case engine:
            raise ValueError(f"DATABASE_URL names {engine}; this site runs on SQLite and PostgreSQL.")
    # Opening a connection costs more than a reader's page, so keep it; check it, as the server may have gone.
    return config | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
