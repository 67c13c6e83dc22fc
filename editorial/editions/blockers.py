"""Blockers: why something cannot be done, all reasons at once, in words for the editor."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from editorial.text_hygiene import is_blank

LONGEST_REASON = 2000  # characters of a reason for the record


class FieldBlocker(str):
    """A blocker that a form shows beside the field that it is about."""

    __slots__ = ("field",)
    field: str  # its name


def field_blocker(field: str, message: str) -> FieldBlocker:
    """A blocker about the form field of this name."""
    blocker = FieldBlocker(message)
    blocker.field = field
    return blocker


class Blocked(Exception):
    """A service refused. `blockers` says everything that stands in the way; nothing was changed."""

    def __init__(self, blockers: Iterable[str]):
        self.blockers = [blocker if isinstance(blocker, FieldBlocker) else str(blocker) for blocker in blockers]
        super().__init__(" ".join(self.blockers))


class SavedMeanwhile(Blocked):
    """Somebody saved what a form shows after it was opened; `is_own` where that was the same person, in another tab."""

    own: str | Promise  # what is told then, with %(time)s
    theirs: str | Promise  # what is told otherwise, with %(name)s

    def __init__(self, *, is_own: bool, name: str, at: datetime | None):
        self.is_own = is_own
        if is_own and at:
            message = str(self.own) % {"time": date_format(timezone.localtime(at), "TIME_FORMAT")}
        else:
            message = str(self.theirs) % {"name": name or "?"}
        super().__init__([message])


def refuse_if(blockers: Iterable[str]) -> None:
    """Raise Blocked when there is at least one blocker."""
    if reasons := list(blockers):
        raise Blocked(reasons)


def reason_blockers(reason: str, *, limit: int = LONGEST_REASON) -> Iterator[str]:
    """Why this text cannot be kept as a reason for the record: nothing was typed, or more than `limit` characters."""
    if is_blank(reason):
        yield _("Give a reason for the record.")
    yield from length_blockers(reason, limit=limit)


def length_blockers(text: str, *, limit: int = LONGEST_REASON) -> Iterator[str]:
    """Why this text is too long to be kept. The end of a line counts as one character, as a browser counts it."""
    count = len(text.replace("\r\n", "\n").strip())
    if count > limit:
        yield _("This text has %(count)s characters. Shorten it to %(limit)s or fewer.") % {
            "count": count, "limit": limit,
        }  # fmt: skip


def validation_blockers(error: ValidationError, model: type[models.Model]) -> Iterator[str]:
    """The messages of a model's own validation, each after the label of its field."""
    # A column of one language has the label of the field that it translates.
    labels = {field.name: getattr(field, "translated_field", field).verbose_name for field in model._meta.fields}
    for name, problems in error.message_dict.items():
        yield from (problem if name == NON_FIELD_ERRORS else f"{labels[name]}: {problem}" for problem in problems)
