"""The rules that the database itself keeps, on SQLite and on PostgreSQL.

Append-only tables refuse UPDATE, DELETE, TRUNCATE and REPLACE. Records join their document's chain without a gap.
Numbers have no gaps, a sign-off is not by a contributor, and nothing is released unless its frozen requirement is
met, after a withdrawal, below a newer edition, or over another release's interval. What readers can see raises the
public state (state_triggers.py). A table may name one statement more that each new row runs (`database_effect`).

Django rebuilds a SQLite table on AlterField and drops its triggers silently, so they are installed after every
`migrate` and their presence is a system check. Names start with "ec_" and carry a digest of their text: changed
rules replace the old ones.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

from .models import (
    AppendOnly,
    ChainHead,
    Edition,
    Meaning,
    Record,
    Reinstatement,
    Release,
    ReleaseEnd,
    Revocation,
    SignOff,
    SiteRecord,
    Withdrawal,
)
from .models.records import GENESIS
from .state_triggers import state_statements

PREFIX = "ec_"


def guarded_models() -> list[type[models.Model]]:
    """Every append-only table: the records, contributions, and the history of working copies."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if issubclass(model, AppendOnly) or hasattr(model, "history_user_name")
    ]


def _rules() -> dict[str, list[tuple[str, str]]]:
    """{table: [(condition in SQL over NEW, message)]}: what refuses an INSERT. Portable SQL."""
    edition, sign_off, revocation = (model._meta.db_table for model in (Edition, SignOff, Revocation))
    release, end, withdrawal = (model._meta.db_table for model in (Release, ReleaseEnd, Withdrawal))
    # As requirement.py has it.
    stands = "NOT EXISTS (SELECT 1 FROM {revocation} r WHERE r.sign_off_id = {row}.id)".format
    signers = (
        f"SELECT COUNT(DISTINCT s.recorded_by_id) FROM {sign_off} s WHERE s.edition_id = NEW.edition_id "
        f"AND s.meaning <> '{Meaning.BACK_CHECKED}' AND {stands(revocation=revocation, row='s')}"
    )
    required = f"(SELECT e.required_sign_offs FROM {edition} e WHERE e.id = NEW.edition_id)"
    needs_back_check = (
        f"(EXISTS (SELECT 1 FROM {edition} e WHERE e.id = NEW.edition_id AND e.needs_back_check) "
        f"OR EXISTS (SELECT 1 FROM {sign_off} a WHERE a.edition_id = NEW.edition_id AND a.asks_back_check "
        f"AND {stands(revocation=revocation, row='a')}))"
    )
    same_person = (
        "s.edition_id = NEW.edition_id AND s.recorded_by_id = NEW.recorded_by_id "
        f"AND {stands(revocation=revocation, row='s')}"
    )
    reinstatement = Reinstatement._meta.db_table
    until = f"(SELECT MIN(e.released_until) FROM {end} e WHERE e.release_id = o.id)"
    return {
        edition: [
            (
                f"NEW.number <> 1 + COALESCE((SELECT MAX(o.number) FROM {edition} o "
                "WHERE o.document_id = NEW.document_id AND o.language = NEW.language), 0)",
                "edition numbers have no gaps",
            ),
            (
                f"NEW.content_base_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {edition} b "
                "WHERE b.id = NEW.content_base_id AND b.content_base_id IS NULL "
                "AND b.document_id = NEW.document_id AND b.language = NEW.language)",
                "a content is packed against one of its page and language that stands by itself",
            ),
        ],
        sign_off: [
            (
                f"NOT EXISTS (SELECT 1 FROM {edition} e WHERE e.id = NEW.edition_id AND e.language = NEW.language "
                "AND e.document_id = NEW.document_id AND e.content_digest = NEW.content_digest "
                "AND e.number = NEW.number)",
                "a sign-off names the edition that it signs",
            ),
            ("{contributor}", "nobody signs an edition that they contributed to"),
            ("{no_language}", "nobody signs in a language that they do not hold"),
            (
                f"NEW.meaning = '{Meaning.BACK_CHECKED}' AND NOT {needs_back_check}",
                "nobody asked for a back-check of this edition",
            ),
            (
                f"NEW.meaning = '{Meaning.BACK_CHECKED}' AND EXISTS (SELECT 1 FROM {sign_off} s WHERE {same_person}) "
                f"OR NEW.meaning = '{Meaning.SIGNED}' AND EXISTS (SELECT 1 FROM {sign_off} s WHERE {same_person} "
                f"AND s.meaning = '{Meaning.BACK_CHECKED}')",
                "a back-check is by somebody else than those who sign",
            ),
        ],
        release: [
            (
                f"({signers}) < {required}",
                "the edition's required sign-offs are not there",
            ),
            (
                f"{needs_back_check} AND NOT EXISTS (SELECT 1 FROM {sign_off} b WHERE b.edition_id = NEW.edition_id "
                f"AND b.meaning = '{Meaning.BACK_CHECKED}' AND {stands(revocation=revocation, row='b')} "
                f"AND ({signers} AND s.recorded_by_id <> b.recorded_by_id) >= {required})",
                "the back-check that the edition needs is not there",
            ),
            (
                f"NOT EXISTS (SELECT 1 FROM {edition} e WHERE e.id = NEW.edition_id AND e.language = NEW.language "
                "AND e.document_id = NEW.document_id AND e.content_digest = NEW.content_digest "
                "AND e.number = NEW.number)",
                "a release names the edition that it releases",
            ),
            ("NEW.released_from < NEW.recorded_at", "a release does not reach back in time"),
            (
                f"EXISTS (SELECT 1 FROM {withdrawal} w JOIN {edition} e ON e.id = NEW.edition_id "
                "WHERE w.document_id = NEW.document_id AND w.language IN ('', NEW.language) "
                "AND w.sequence > e.sequence "
                f"AND NOT EXISTS (SELECT 1 FROM {reinstatement} b "
                "WHERE b.edition_id = NEW.edition_id AND b.sequence > w.sequence))",
                "the page was withdrawn after this edition was frozen",
            ),
            (
                f"EXISTS (SELECT 1 FROM {release} o WHERE o.document_id = NEW.document_id "
                "AND o.language = NEW.language AND o.number > NEW.number AND o.released_from <= NEW.released_from "
                f"AND COALESCE({until} > o.released_from, TRUE))",
                "a newer edition was released",
            ),
            (
                f"EXISTS (SELECT 1 FROM {release} o WHERE o.document_id = NEW.document_id "
                "AND o.language = NEW.language "
                f"AND COALESCE({until} > NEW.released_from AND {until} > o.released_from, TRUE))",
                "another release covers this time",
            ),
        ],
        end: [
            ("NEW.released_until < NEW.recorded_at", "an end does not reach back in time"),
        ],
        reinstatement: [
            (
                f"NOT EXISTS (SELECT 1 FROM {edition} e WHERE e.id = NEW.edition_id AND e.language = NEW.language "
                "AND e.document_id = NEW.document_id)",
                "a reinstatement names an edition of its page and language",
            ),
            (
                f"NOT EXISTS (SELECT 1 FROM {sign_off} s WHERE s.id = NEW.sign_off_id "
                "AND s.edition_id = NEW.edition_id AND s.recorded_by_id = NEW.recorded_by_id)",
                "whoever brings an edition back signs it",
            ),
            (
                f"NOT EXISTS (SELECT 1 FROM {withdrawal} w WHERE w.id = NEW.withdrawal_id "
                "AND w.document_id = NEW.document_id AND w.language IN ('', NEW.language))",
                "a reinstatement ends a withdrawal of its page in its language",
            ),
            (
                f"COALESCE((SELECT o.edition_id FROM {release} o WHERE o.document_id = NEW.document_id "
                "AND o.language = NEW.language AND o.released_from <= NEW.recorded_at "
                f"AND COALESCE({until} > o.released_from, TRUE) "
                "ORDER BY o.released_from DESC LIMIT 1), 0) <> NEW.edition_id",
                "only the edition that was live last comes back",
            ),
        ],
        withdrawal: [("NEW.withdrawn_from < NEW.recorded_at", "a withdrawal does not reach back in time")],
    }


def statements(vendor: str) -> dict[str, list[str]]:
    """{trigger's name: [SQL that creates it]} for "sqlite" or "postgresql"."""
    # Messages are SQL strings of our own, so quotes are doubled here once.
    make = {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]
    rules = _rules()
    result: dict[str, list[str]] = {}
    for model in guarded_models():
        table = model._meta.db_table
        # A kind of record may bring rules of its own, in the same portable SQL.
        checks = [*rules.get(table, []), *getattr(model, "database_rules", list)()]
        if issubclass(model, Record):
            checks.append(
                (
                    f"NOT EXISTS (SELECT 1 FROM {ChainHead._meta.db_table} h WHERE h.document_id = NEW.document_id "
                    "AND h.count + 1 = NEW.sequence AND h.digest = NEW.previous_digest)",
                    "a record joins the end of its document's chain",
                )
            )
        if issubclass(model, SiteRecord):
            before = f"(SELECT o.record_digest FROM {table} o WHERE o.sequence = NEW.sequence - 1)"
            checks.append(
                (
                    f"NEW.sequence <> 1 + COALESCE((SELECT MAX(o.sequence) FROM {table} o), 0) "
                    f"OR NEW.previous_digest <> COALESCE({before}, '{GENESIS}')",
                    "a record joins the end of its table's chain",
                )
            )
        checks = [(condition, message.replace("'", "''")) for condition, message in checks]
        effect = getattr(model, "database_effect", str)()
        result.update(make(model, table, checks, effect, is_chained=issubclass(model, Record)))
    return result | state_statements(vendor, PREFIX)


def _name(kind: str, table: str, body: str) -> str:
    return f"{PREFIX}{kind}_{table}_{hashlib.sha256(body.encode()).hexdigest()[:8]}"


def _filled(condition: str, contributor: str, no_language: str) -> str:
    """A condition with what each database says otherwise about JSON."""
    return condition.replace("{contributor}", contributor).replace("{no_language}", no_language)


_ADVANCE = "UPDATE {head} SET count = NEW.sequence, digest = NEW.record_digest WHERE document_id = NEW.document_id"


def _sqlite(
    model: type[models.Model], table: str, checks: list[tuple[str, str]], effect: str, *, is_chained: bool
) -> dict[str, list[str]]:
    contributor = (
        f"EXISTS (SELECT 1 FROM {Edition._meta.db_table} e, json_each(e.contributors) c WHERE e.id = NEW.edition_id "
        "AND json_extract(c.value, '$.id') = NEW.recorded_by_id)"
    )
    no_language = "NOT EXISTS (SELECT 1 FROM json_each(NEW.signer_languages) l WHERE l.value = NEW.language)"
    # INSERT OR REPLACE deletes the row in its way without a DELETE trigger: refuse it before it can.
    column_of = {field.name: field.column for field in model._meta.concrete_fields}
    uniques = [[model._meta.pk.column]] + [
        [column_of[name] for name in constraint.fields]
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields
    ]
    uniques += [[f.column] for f in model._meta.concrete_fields if f.unique and not f.primary_key]
    checks = [
        (
            f"EXISTS (SELECT 1 FROM {table} o WHERE " + " AND ".join(f"o.{c} = NEW.{c}" for c in columns) + ")",
            "this row is written already",
        )
        for columns in uniques
    ] + checks
    raised = [
        f"SELECT RAISE(ABORT, '{table}: {message}') WHERE {_filled(condition, contributor, no_language)};"
        for condition, message in checks
    ]
    bodies = {
        "insert": ("BEFORE INSERT", " ".join(raised)),
        "update": ("BEFORE UPDATE", f"SELECT RAISE(ABORT, '{table}: records are never changed');"),
        "delete": ("BEFORE DELETE", f"SELECT RAISE(ABORT, '{table}: records are never deleted');"),
    }
    if is_chained:
        bodies["chain"] = ("AFTER INSERT", _ADVANCE.format(head=ChainHead._meta.db_table) + ";")
    if effect:
        bodies["effect"] = ("AFTER INSERT", f"{effect};")
    result = {}
    for kind, (when, body) in bodies.items():
        name = _name(kind, table, body)
        result[name] = [f'CREATE TRIGGER "{name}" {when} ON "{table}" BEGIN {body} END']
    return result


def _postgresql(
    model: type[models.Model], table: str, checks: list[tuple[str, str]], effect: str, *, is_chained: bool
) -> dict[str, list[str]]:
    error = "USING ERRCODE = 'integrity_constraint_violation'"
    contributor = (
        f"EXISTS (SELECT 1 FROM {Edition._meta.db_table} e, jsonb_array_elements(e.contributors) c "
        "WHERE e.id = NEW.edition_id AND (c.value->>'id')::bigint = NEW.recorded_by_id)"
    )
    no_language = "NOT NEW.signer_languages @> to_jsonb(NEW.language::text)"
    raised = "".join(
        f"IF {_filled(condition, contributor, no_language)} THEN RAISE EXCEPTION '{table}: {message}' {error}; END IF; "
        for condition, message in checks
    )
    refuse = f"RAISE EXCEPTION '{table}: records are never changed or deleted' {error};"
    bodies = {
        "insert": ("BEFORE INSERT", "ROW", raised + "RETURN NEW;"),
        "keep": ("BEFORE UPDATE OR DELETE", "ROW", refuse),
        "truncate": ("BEFORE TRUNCATE", "STATEMENT", refuse),
    }
    if is_chained:
        advance = _ADVANCE.format(head=ChainHead._meta.db_table)
        bodies["chain"] = ("AFTER INSERT", "ROW", f"{advance}; RETURN NEW;")
    if effect:
        bodies["effect"] = ("AFTER INSERT", "ROW", f"{effect}; RETURN NEW;")
    result = {}
    for kind, (when, each, body) in bodies.items():
        name = _name(kind, table, body)
        result[name] = [
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $rule$ BEGIN {body} END $rule$',
            # One that somebody disabled counts as missing and is made again.
            f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"',
            f'CREATE TRIGGER "{name}" {when} ON "{table}" FOR EACH {each} EXECUTE FUNCTION "{name}"()',
        ]
    return result


def installed(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """{name: table} of our triggers in the database."""
    return {name: table for name, (table, _text) in _present(connection).items()}


def _present(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    """{name: (table, what the database keeps of the trigger's text)}; `_kept` is that of a trigger as it should be."""
    query = {
        "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND pg_table_is_visible(c.oid)",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name: (table, text) for name, table, text in cursor.fetchall() if name.startswith(PREFIX)}


def _kept(vendor: str, sqls: list[str]) -> str:
    return sqls[0] if vendor == "sqlite" else sqls[0].split("$rule$")[1]


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the database's triggers those of `statements`: missing ones are made, outdated and altered ones replaced."""
    present, wanted = installed(connection), statements(connection.vendor)
    lacking = missing(connection)
    with connection.cursor() as cursor:
        for name in present.keys() - wanted.keys() | present.keys() & lacking:
            on = f' ON "{present[name]}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER "{name}"{on}')
            if connection.vendor == "postgresql":
                cursor.execute(f'DROP FUNCTION IF EXISTS "{name}"()')
        for name in wanted.keys() & lacking:
            for sql in wanted[name]:
                cursor.execute(sql)


def _table(sqls: list[str]) -> str:
    return sqls[-1].split(' ON "')[1].split('"')[0]


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of triggers that tables of this database should have, and have not or with another text."""
    tables = set(connection.introspection.table_names())
    present = _present(connection)
    return {
        name
        for name, sqls in statements(connection.vendor).items()
        if _table(sqls) in tables and present.get(name) != (_table(sqls), _kept(connection.vendor, sqls))
    }


def install_after_migrate(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    """post_migrate of this app: it is sent when every app's migrations have run."""
    install(connections[using])


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take all triggers off, for migrations to come: SQLite rebuilds no table that a trigger of another names."""
    with connection.cursor() as cursor:
        for name, table in installed(connection).items():
            cursor.execute(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if connection.vendor == "postgresql" else ""))


def lift_before_migrate(sender: AppConfig, using: str, plan: Sequence[Any] = (), **_kwargs: Any) -> None:
    """pre_migrate of this app; they come back after it. A migration that fails leaves none, and /readyz says so."""
    if plan and connections[using].vendor == "sqlite":
        lift(connections[using])
