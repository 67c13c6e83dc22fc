"""Append-only records and the chain that links all records of one document.

Every record names the digest of the one before it. The database numbers them without gaps (triggers.py), so a
record that is changed, taken out or slipped in breaks the chain, and `manage.py verify_records` says where.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import rfc8785
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from editorial.accounts.attribution import Attributed, actor_key, actor_name
from editorial.accounts.models import User

from ..compiled_questions import DOCUMENT, compiled

GENESIS = "0" * 64
# Fields that the digest does not cover directly: the key the database gives, the digest itself.
UNDIGESTED = ("id", "record_digest")
L = TypeVar("L", bound="ChainedRecord")
R = TypeVar("R", bound="Record")
S = TypeVar("S", bound="SiteRecord")


class AppendOnly(models.Model):
    """Rows that are written once: triggers refuse UPDATE, DELETE and REPLACE. See triggers.py."""

    class Meta:
        abstract = True


class ChainedRecord(Attributed, AppendOnly):
    """One link of a chain: it names the digest of the link before it, and its own covers every column."""

    sequence = models.PositiveIntegerField(editable=False)
    recorded_at = models.DateTimeField(editable=False)
    recorded_by = actor_key()
    recorded_by_name = actor_name()
    previous_digest = models.CharField(max_length=64, editable=False)
    record_digest = models.CharField(max_length=64, editable=False, unique=True)

    ATTRIBUTION = ("recorded_by", "recorded_by_name", "recorded_at")

    UNDIGESTED: tuple[str, ...] = UNDIGESTED
    # Columns that came after records had been written. While empty they are left out, so that those digests still hold.
    LATER: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def digest(self) -> str:
        """SHA-256 over the canonical JSON (RFC 8785) of the table's name and every column's value."""
        return digest_row(self)

    @property
    def is_intact(self) -> bool:
        """Whether the row still holds what was written. A row that cannot be read does not."""
        return self.is_intact_with()

    def is_intact_with(self, **known: Any) -> bool:
        """The same where columns were not loaded: `known` has what digests cover of them, of bytes their SHA-256."""
        return has_digest(str(self._meta.model_name), _digested_columns(self, known), self.record_digest)


class Record(ChainedRecord):
    """One link of a document's chain. Written only by `append_record`, in a transaction that locked the document."""

    document = models.ForeignKey("editions.Document", models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def subject_words(self) -> str:
        """What of its document it is about, in the source language; "" where that is all of it."""
        return ""


class SiteRecord(ChainedRecord):
    """A record of what concerns no single document: people, policies. Each such table is one chain of its own.

    Its head is its last row. Written only by `append_site_record`; see triggers.py for what the database refuses.
    """

    sequence = models.PositiveIntegerField(editable=False, unique=True)

    class Meta:
        abstract = True


class TwoPersonRecord(SiteRecord):
    """A record whose `act` may be a request or the answer to one: what was asked for counts once another agreed.

    A subclass has `act`, and names the columns that an answer shares with its request (`SUBJECT`), those that it
    repeats where somebody agreed (`AGREED_TO`), and those with a person who is concerned and does not agree
    (`CONCERNED`).
    """

    ASKED, AGREED, REFUSED = "asked", "agreed", "refused"
    SUBJECT: tuple[str, ...] = ()
    AGREED_TO: tuple[str, ...] = ()
    CONCERNED: tuple[str, ...] = ()
    act: "models.CharField[str, str]"

    # None for a command on the server: then the name says who ran it.
    recorded_by = actor_key(null=True)
    request = models.OneToOneField("self", models.PROTECT, null=True, related_name="answer")
    request_id: int | None

    class Meta:
        abstract = True

    @classmethod
    def database_rules(cls) -> list[tuple[str, str]]:
        """[(condition in SQL over NEW, message)] of what the database refuses; see triggers.py."""
        table = cls._meta.db_table
        its = f"SELECT 1 FROM {table} r WHERE r.id = NEW.request_id"  # noqa: S608 (a name of ours)
        same = "".join(f" AND r.{name} = NEW.{name}" for name in cls.SUBJECT)
        barred = ", ".join(f"r.{name}" for name in ("recorded_by_id", *cls.CONCERNED))
        return [
            (
                f"NEW.request_id IS NOT NULL AND NOT EXISTS ({its} AND r.act = '{cls.ASKED}'{same})",
                "an answer is to a request about the same",
            ),
            (
                f"NEW.act = '{cls.AGREED}' AND EXISTS ({its} AND NEW.recorded_by_id IN ({barred}))",
                "nobody agrees to what they asked for, nor to a change of themselves",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is a request that nobody answered yet."""
        return self.act == self.ASKED and not hasattr(self, "answer")


def digest_row(row: Any) -> str:
    """The digest of a record, also of one whose model is a migration's, which has no methods."""
    payload = _payload(row._meta.model_name, _digested_columns(row))
    return hashlib.sha256(rfc8785.dumps(payload)).hexdigest()


def has_digest(record: str, columns: dict[str, Any], digest: str, *, no_json: Collection[str] | None = None) -> bool:
    """Whether this is the digest of a row with these columns, which are those that digests cover.

    `record` is the model's name; `no_json` names the columns of times, dates and bytes, where they are known. Values
    that no digest can cover have none.

    The standard library writes almost every record as RFC 8785 does, ten times as fast. Where its text has the digest,
    it is the text that was digested, and says the same; where it has not, the canonical text decides.
    """
    try:
        payload = _payload(record, columns, no_json)
        if hashlib.sha256(_write_json(payload).encode()).hexdigest() == digest:
            return True
        return hashlib.sha256(rfc8785.dumps(payload)).hexdigest() == digest
    except (TypeError, ValueError):
        return False


_write_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


def _digested_columns(row: Any, known: Mapping[str, Any] | None = None) -> dict[str, Any]:
    known = known or {}
    left_out, later = getattr(row, "UNDIGESTED", UNDIGESTED), getattr(row, "LATER", ())
    return {
        field.attname: known[field.attname] if field.attname in known else getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in left_out and (field.attname not in later or getattr(row, field.attname))
    }


def _payload(record: str, columns: dict[str, Any], no_json: Collection[str] | None = None) -> dict[str, Any]:
    """What is digested, as JSON that reads the same from every database."""
    payload: dict[str, Any] = {"record": record, **columns}
    for name in columns if no_json is None else no_json:
        if isinstance(value := columns[name], _NOT_JSON):
            payload[name] = _plain(value)
    return payload


_NOT_JSON = (date, bytes, memoryview)  # a datetime is a date


def _plain(value: date | bytes | memoryview) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return hashlib.sha256(bytes(value)).hexdigest()


def record_models() -> list[type[Record]]:
    """Every table of records."""
    return [model for model in _subclasses(Record) if not model._meta.abstract]  # type: ignore[type-abstract]  # the base itself is left out


def site_record_models() -> list[type[SiteRecord]]:
    """Every table of records that is a chain of its own."""
    return [model for model in _subclasses(SiteRecord) if not model._meta.abstract]  # type: ignore[type-abstract]  # as above


def _subclasses(base: type[L]) -> Iterator[type[L]]:
    for model in base.__subclasses__():
        yield model
        yield from _subclasses(model)


class ChainHead(models.Model):
    """The number and digest of a document's newest record; kept by the database's triggers."""

    document = models.OneToOneField("editions.Document", models.PROTECT, primary_key=True, related_name="chain_head")
    count = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        verbose_name = _("head of a chain")

    def __str__(self) -> str:
        return f"{self.count}: {self.digest[:12]}"


def append_record(record: R, *, user: User, at: datetime | None = None) -> R:
    """Write `record` as the next link of its document's chain and return it.

    The caller holds the lock on the document's row. `user` is who did it; the name is copied in.
    Raises django.db.Error where the database's own rules refuse the record.
    """
    [(count, digest)] = compiled(_ask_head).ask(document=record.document_id)
    record.sequence = count + 1
    record.previous_digest = digest
    record.attribute_to(user, at)
    record.clean_typed()
    record.record_digest = record.digest()
    record.save(force_insert=True)
    return record


def _ask_head() -> "models.QuerySet[ChainHead, Any]":
    return ChainHead.objects.filter(pk=DOCUMENT).values_list("count", "digest")


def append_records(records: Sequence[Record], *, user: User, at: datetime) -> None:
    """Write many, each as the next link of its document's chain, in their order; none may need the key of another.

    The caller holds the locks on their documents. It takes as many statements as one document gets records, or a few
    more where they are very many: the database links one record of each document at a time.
    """
    documents = {record.document_id for record in records}
    rows = ChainHead.objects.filter(pk__in=documents).values_list("document_id", "count", "digest")
    heads = {document: (count, digest) for document, count, digest in rows}
    turns: list[dict[type[Record], list[Record]]] = []
    taken: dict[int, int] = {}
    for record in records:
        count, digest = heads[record.document_id]
        record.sequence, record.previous_digest = count + 1, digest
        record.attribute_to(user, at)
        record.clean_typed()
        record.record_digest = record.digest()
        heads[record.document_id] = (record.sequence, record.record_digest)
        turn = taken[record.document_id] = taken.get(record.document_id, -1) + 1
        if turn == len(turns):
            turns.append({})
        turns[turn].setdefault(type(record), []).append(record)
    for by_model in turns:
        for model, of_model in by_model.items():
            model._base_manager.bulk_create(of_model)


def lock_site_chain(model: type[SiteRecord]) -> None:
    """Be the only one who appends to this table's chain, until the transaction ends. Others wait.

    A lock by name: where the chain is empty there is no row to lock. SQLite lets one transaction write at a time.
    """
    if connection.vendor == "postgresql":
        key = int.from_bytes(hashlib.sha256(model._meta.db_table.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def append_site_record(record: S, *, user: User | None, name: str = "", at: datetime | None = None) -> S:
    """Write `record` as the next link of its table's chain, inside the caller's transaction, and return it.

    `user` is who did it; None for a command on the server, of which `name` says who ran it. Raises django.db.Error
    where the database's own rules refuse the record.
    """
    lock_site_chain(type(record))
    last = type(record)._base_manager.order_by("sequence").last()
    record.sequence = last.sequence + 1 if last else 1
    record.previous_digest = last.record_digest if last else GENESIS
    if user is None:
        record.recorded_by_name, record.recorded_at = name, at or timezone.now()
    else:
        record.attribute_to(user, at)
    record.clean_typed()
    record.record_digest = record.digest()
    record.save(force_insert=True)
    return record
