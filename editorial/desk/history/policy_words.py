"""Records of policies in words: on their page, and in the history of every page that they reach."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from editorial.editions.labels import isolate
from editorial.editions.models import Document
from editorial.reviews.models import Numbers, PolicyAct, PolicyName, PolicyRecord, policy_records_of

from .sources import EntryType, TimelineEntry


def describe_act(record: PolicyRecord) -> str:
    """What was done: "Sign-off policy for Articles, all languages: changed"."""
    name = {
        PolicyName.SIGN_OFFS: _("Sign-off policy for %(pages)s: %(act)s"),
        PolicyName.OVERDUE: _("Policy for overdue pages for %(pages)s: %(act)s"),
    }[PolicyName(record.policy)]
    return name % {"pages": isolate(record.reach), "act": PolicyAct(record.act).label}


def describe_numbers(record: PolicyRecord) -> list[str]:
    """What it was, and what it was to be."""
    return [
        _("before: %(numbers)s") % {"numbers": _describe(record.before)},
        _("after: %(numbers)s") % {"numbers": _describe(record.after)},
    ]


def _describe(numbers: Numbers) -> str:
    return "; ".join(_parts(numbers)) or _("no such policy")


def _parts(numbers: Numbers) -> Iterator[str]:
    if count := numbers.get("sign_offs"):
        yield _("sign-offs: %(count)s") % {"count": count}
    if count := numbers.get("grave_sign_offs"):
        yield _("for safety-critical changes: %(count)s") % {"count": count}
    if count := numbers.get("after_days"):
        yield _("days after the review date: %(count)s") % {"count": count}


def records_reaching(document: Document) -> QuerySet[Any]:
    return policy_records_of(document.kind)


def tell_policy_records(rows: QuerySet[Any]) -> Iterator[tuple[int, TimelineEntry]]:
    for row in rows:
        yield row.pk, TimelineEntry(
            EntryType.POLICY, row.recorded_at, row.recorded_by_name, describe_act(row), row.language, row.reason,
            tuple(describe_numbers(row)),
        )  # fmt: skip
