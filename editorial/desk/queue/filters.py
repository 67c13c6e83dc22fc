"""What a list is narrowed to, read from an address. A value that is not offered is no filter."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from editorial.accounts.languages import all_languages, own_name
from editorial.accounts.models import Specialty
from editorial.editions.fields import Label
from editorial.editions.kinds import all_kinds
from editorial.editions.models import SignOff
from editorial.reviews.models import Cause, Recheck

if TYPE_CHECKING:
    from .items import QueuedEdition

NOBODY = "nobody"  # of a specialty: pages that nobody signed yet
AGES = (1, 7, 14, 30, 60)  # days

REASONS = {
    "new": pgettext_lazy("edition", "new"),
    "changed": pgettext_lazy("edition", "changed"),
    "translation": _("translation"),
    "back-check": _("back-check"),
    "overdue": _("Overdue"),
    "due": _("due soon"),
    "recheck": _("recheck"),
    "safety": _("safety recheck"),
    **{cause.value: cause.label for cause in Cause},
}


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """Each "" when it is not asked for."""

    kind: str = ""
    language: str = ""
    specialty: str = ""
    reason: str = ""
    age: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "QueueFilters":
        offered = filter_options()
        return cls(**{name: value for name in offered if (value := query.get(name, "")) in offered[name]})

    def query(self, **more: str) -> str:
        """For an address: "tab=all&kind=article", without those that are not asked for."""
        return urlencode({name: value for name, value in {**more, **asdict(self)}.items() if value})

    def apply(self, items: "QuerySet[QueuedEdition]", now: datetime) -> "QuerySet[QueuedEdition]":
        """Those of what items.py returned that these filters let through."""
        if self.kind:
            items = items.filter(document__kind=self.kind)
        if self.language:
            items = items.filter(language=self.language)
        if self.specialty:
            signed = SignOff.objects.filter(document=OuterRef("document"))
            by_them = Exists(signed.filter(signer_specialty=self.specialty))
            items = items.filter(~Exists(signed) if self.specialty == NOBODY else by_them)
        if self.reason:
            items = items.filter(_reason(self.reason, now))
        if self.age:
            items = items.filter(since__lte=now - timedelta(days=int(self.age)))
        return items


def filter_options() -> dict[str, Mapping[str, Label]]:
    """{filter: {value: label}} of all that may be asked for."""
    return {
        "kind": {kind.name: kind.label_plural for kind in all_kinds()},
        "language": {code: own_name(code) for code in all_languages()},
        "specialty": {**dict(Specialty.choices), NOBODY: _("no sign-offs yet")},
        "reason": REASONS,
        "age": {str(days): older_than(days) for days in AGES},
    }


def older_than(days: int) -> str:
    return ngettext("more than %(days)s day", "more than %(days)s days", days) % {"days": days}


def _reason(reason: str, now: datetime) -> Q:
    waits, today = Q(is_released=False), timezone.localdate(now)
    rechecks = Recheck.objects.open().filter(edition=OuterRef("pk"))
    conditions = {
        "new": waits & Q(is_new=True),
        "changed": waits & Q(is_new=False),
        "translation": waits & Q(source_edition__isnull=False),
        "back-check": waits & Q(wants_back_check=True),
        "overdue": Q(due_on__lte=today),
        "due": Q(due_on__gt=today),
        "recheck": Q(Exists(rechecks)),
        "safety": Q(is_safety=True),
    }
    return conditions[reason] if reason in conditions else Q(Exists(rechecks.filter(cause=reason)))
