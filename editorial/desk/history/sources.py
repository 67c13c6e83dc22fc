"""What the timeline is made of: entries, and the sources that they come from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from editorial.editions.models import Document
from editorial.editions.working.edits import Edit


class EntryType(models.TextChoices):
    """What an entry is about, as people ask for it."""

    EDIT = "edit", _("Edits")
    SUBMISSION = "submission", _("Submissions")
    REMARK = "remark", _("Remarks")
    REVIEW = "review", _("Reviews")
    SIGN_OFF = "sign-off", _("Sign-offs")
    RECHECK = "recheck", _("Rechecks")
    PUBLICATION = "publication", _("Publication")
    FACT = "fact", _("Regulators' decisions")
    POLICY = "policy", _("Policies")


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened. `language` is "" where it was about all of them."""

    sort: EntryType
    at: datetime
    by: str
    what: str
    language: str = ""
    words: str = ""  # what somebody wrote: a reason, a remark
    facts: tuple[str, ...] = ()
    url: str = ""
    badge: tuple[str, str] = ("", "")  # (class, words); without words it only colours the mark
    revoke: object = None  # the sign-off that may be revoked
    edit: Edit | None = None


@dataclass(frozen=True)
class TimelineSource:
    """One table of which rows tell of a document.

    `rows` are those of a document; `at`, `by` and `language` name columns by path, "" where it has none; `tell` makes
    entries of rows. Of equal times, what the source named first tells happened first.
    """

    name: str  # letters alone; stands in addresses
    sort: EntryType
    rows: Callable[[Document], QuerySet[Any]]
    tell: Callable[[QuerySet[Any]], Iterable[tuple[int, TimelineEntry]]]  # (the row's key, its entry)
    at: str = "recorded_at"
    by: str = "recorded_by_id"
    language: str = ""

    def narrowed(self, document: Document, language: str) -> QuerySet[Any]:
        """Rows of a document; with `language`, those about it or about all languages."""
        rows = self.rows(document).order_by()
        if language and self.language:
            rows = rows.filter(Q(**{self.language: language}) | Q(**{self.language: ""}))
        return rows

    def entries(self, document: Document, keys: Iterable[int], language: str) -> dict[int, TimelineEntry]:
        return dict(self.tell(self.rows(document).filter(pk__in=list(keys))))


_more: list[TimelineSource] = []


def add_source(source: TimelineSource) -> None:
    """Let an app above tell what happens to documents of its kinds."""
    _more.append(source)


def added_sources() -> list[TimelineSource]:
    return list(_more)
