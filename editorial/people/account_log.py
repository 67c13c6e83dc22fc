"""What happened with one account: log-ins and failures, links to set a password, changes. The newest first.

Log-ins are kept by django-axes (`AXES_DISABLE_ACCESS_LOG`), changes in the chain of records.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from axes.models import AccessFailureLog, AccessLog
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from editorial.accounts.models import User

from .descriptions import describe_changes
from .models import Act, PasswordLink, PersonRecord

KEPT = timedelta(days=90)
SHOWN = 200  # of each kind: a longer log is read by nobody


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. `by` is "" where it was whoever uses the account."""

    at: datetime
    what: str
    by: str = ""
    details: tuple[str, ...] = ()


def read_log(person: User) -> list[Entry]:
    """The newest entries about this account."""
    entries = [*_log_ins(person), *_failures(person), *_links(person), *_records(person)]
    return sorted(entries, key=attrgetter("at"), reverse=True)[:SHOWN]


def _log_ins(person: User) -> Iterator[Entry]:
    for row in _rows_of(person, AccessLog):
        yield Entry(row.attempt_time, _("Logged in"), details=_from(row.ip_address))


def _failures(person: User) -> Iterator[Entry]:
    for row in _rows_of(person, AccessFailureLog):
        what = _("Wrong password; no more tries for a while") if row.locked_out else _("Wrong password")
        yield Entry(row.attempt_time, what, details=_from(row.ip_address))


def _rows_of(person: User, model: type[Model]) -> "QuerySet[Any]":
    """What django-axes kept by username, while the name was this person's: others may have had it, or have it now."""
    theirs, since = Q(), person.date_joined
    renamed = PersonRecord.objects.filter(person=person, changes__has_key="username").exclude(act=Act.ASKED)
    for record in renamed.order_by("sequence"):
        before, _after = record.changes["username"]
        if before:  # else the account was made then
            theirs |= Q(username=before, attempt_time__gte=since, attempt_time__lt=record.recorded_at)
            since = record.recorded_at
    theirs |= Q(username=person.username, attempt_time__gte=since)
    return model._default_manager.filter(theirs).order_by("-attempt_time")[:SHOWN]


def _from(address: str | None) -> tuple[str, ...]:
    return (_("from %(address)s") % {"address": address},) if address else ()


def _links(person: User) -> Iterator[Entry]:
    for row in PasswordLink.objects.filter(person=person).order_by("-asked_at")[:SHOWN]:
        yield Entry(row.asked_at, _("A link to set a password was emailed"))


def _records(person: User) -> Iterator[Entry]:
    records = PersonRecord.objects.filter(person=person).select_related("request").order_by("-sequence")
    for record in records[:SHOWN]:
        details = tuple(describe_changes(record.changes))
        what = record.get_act_display().capitalize()
        yield Entry(
            record.recorded_at, what, record.recorded_by_name, (*details, *([record.reason] if record.reason else []))
        )


def delete_log_ins(now: datetime) -> None:
    """Delete what is told of log-ins, once it is older than it is kept."""
    for model in (AccessLog, AccessFailureLog):
        model.objects.filter(attempt_time__lt=now - KEPT).delete()
    PasswordLink.objects.filter(asked_at__lt=now - KEPT).delete()
