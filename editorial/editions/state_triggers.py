"""What raises the public state: triggers on every table of which a change can be seen by readers.

They write in the change's own transaction. On PostgreSQL they wait for its end, so that its lock on the state, which
all such transactions share, is the last that it takes and kept for a moment only; and each raises the number once,
however many rows it writes. triggers.py installs them.
"""

import hashlib
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from .models import (
    Document,
    PublicState,
    Reinstatement,
    Release,
    ReleaseEnd,
    Revocation,
    ShownToReaders,
    SignOff,
    Withdrawal,
)

# Records that readers see, or that decide what they see. They are only ever added to.
RECORDS: tuple[type[models.Model], ...] = (Release, ReleaseEnd, Withdrawal, Reinstatement, SignOff, Revocation)

RANDOM_DIGITS = {
    "sqlite": "lower(hex(randomblob(32)))",
    "postgresql": "md5(gen_random_uuid()::text) || md5(gen_random_uuid()::text)",
}


def raising_models() -> list[type[models.Model]]:
    """Every model with such triggers."""
    return [*RECORDS, *(model for model in apps.get_models() if issubclass(model, ShownToReaders))]


def state_statements(vendor: str, prefix: str) -> dict[str, list[str]]:
    """{trigger's name, beginning with `prefix`: [SQL that creates it]} for "sqlite" or "postgresql"."""
    make = {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]
    result = {}
    for model in raising_models():
        table = model._meta.db_table
        for event, condition in _events(model):
            kind = _kind(model, "OLD" if event == "DELETE" else "NEW")
            digest = "NEW.record_digest" if model in RECORDS else RANDOM_DIGITS[vendor]
            body = make(kind, digest)
            verb = event.split()[0].lower()
            name = f"{prefix}state_{verb}_{table}_{hashlib.sha256((event + body).encode()).hexdigest()[:8]}"
            result[name] = _created(vendor, name, table, event, condition, body)
    return result


def _events(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    """(event, condition in SQL) of each trigger."""
    yield "INSERT", ""
    if not issubclass(model, ShownToReaders):
        return
    yield "DELETE", ""
    columns = [field.column for field in model._meta.concrete_fields if field.name in model.STATE_COLUMNS]
    if columns:
        yield f"UPDATE OF {', '.join(columns)}", " OR ".join(f"OLD.{name} <> NEW.{name}" for name in columns)
    else:
        yield "UPDATE", ""


def _kind(model: type[models.Model], row: str) -> str:
    """SQL for the name of the kind whose state is raised besides that of everything, if the row says so."""
    names = {field.name: field.column for field in model._meta.concrete_fields}
    if "kind" in names:
        return f"{row}.{names['kind']}"
    if "document" not in names:
        return "NULL"
    return f"(SELECT d.kind FROM {Document._meta.db_table} d WHERE d.id = {row}.{names['document']})"


def _sqlite(kind: str, digest: str) -> str:
    state = PublicState._meta.db_table
    # No upsert: what is to be done on a conflict, the statement that fires the trigger would decide.
    scopes = f"(SELECT '' AS scope UNION SELECT {kind})"
    return (
        f"INSERT INTO {state} (scope, number, digest) SELECT s.scope, 0, '' FROM {scopes} s "
        f"WHERE s.scope IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {state} p WHERE p.scope = s.scope); "
        f"UPDATE {state} SET number = number + 1, digest = {digest} WHERE scope IN ('', {kind});"
    )


def _postgresql(kind: str, digest: str) -> str:
    state = PublicState._meta.db_table
    return (
        f"DECLARE one text; mark text := {digest}; "
        "raised text := COALESCE(current_setting('public_state.raised', true), ''); "
        f"BEGIN FOREACH one IN ARRAY ARRAY['', {kind}] LOOP "
        "IF one IS NOT NULL AND position('<' || one || '>' IN raised) = 0 THEN "
        f"INSERT INTO {state} AS p (scope, number, digest) VALUES (one, 1, mark) "
        "ON CONFLICT (scope) DO UPDATE SET number = p.number + 1, digest = EXCLUDED.digest; "
        "raised := raised || '<' || one || '>'; PERFORM set_config('public_state.raised', raised, true); "
        "END IF; END LOOP; RETURN NULL; END"
    )


def _created(vendor: str, name: str, table: str, event: str, condition: str, body: str) -> list[str]:
    when = f" WHEN ({condition})" if condition else ""
    if vendor == "sqlite":
        return [f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}"{when} BEGIN {body} END']
    return [
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $rule${body}$rule$',
        f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"',
        f'CREATE CONSTRAINT TRIGGER "{name}" AFTER {event} ON "{table}" DEFERRABLE INITIALLY DEFERRED '
        f'FOR EACH ROW{when} EXECUTE FUNCTION "{name}"()',
    ]
