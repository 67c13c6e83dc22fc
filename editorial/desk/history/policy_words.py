"""Records of policies in words: on their page, and in the history of every page that they reach."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editorial.accounts.languages import all_languages, column, own_name
from editorial.editions.kinds import kind_label
from editorial.editions.labels import isolate
from editorial.editions.models import Document
from editorial.reviews.models import (
    About,
    AskedOf,
    Numbers,
    PolicyAct,
    PolicyName,
    PolicyRecord,
    Question,
    policy_records_of,
)

from .sources import EntryType, TimelineEntry

WORDING_LANGUAGES = {f"text_{column(code)}": code for code in all_languages()}


def describe_act(record: PolicyRecord) -> str:
    """What was done: "Sign-off policy for Articles, all languages: changed"."""
    name = {
        PolicyName.SIGN_OFFS: _("Sign-off policy for %(pages)s: %(act)s"),
        PolicyName.OVERDUE: _("Policy for overdue pages for %(pages)s: %(act)s"),
        PolicyName.QUESTION: _("Question of the checklist for %(pages)s: %(act)s"),
    }[PolicyName(record.policy)]
    return name % {"pages": isolate(record.reach), "act": PolicyAct(record.act).label}


def describe_numbers(record: PolicyRecord) -> list[str]:
    """What it was, and what it was to be."""
    if record.policy == PolicyName.QUESTION:
        return list(_question_parts(record.before, record.after))
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
    if numbers.get("back_check"):
        yield _("back-check of translations")
    if count := numbers.get("after_days"):
        yield _("days after the review date: %(count)s") % {"count": count}


def _question_parts(before: Numbers, after: Numbers) -> Iterator[str]:
    """What differs of a question; of a new one, all that it has."""
    for name in dict.fromkeys([*after, *before]):
        value = after.get(name)
        if name != "question" and value != before.get(name):
            yield _("%(what)s: %(before)s → %(after)s") % {
                "what": capfirst(_label(name)),
                "before": _describe_value(name, before.get(name)), "after": _describe_value(name, value),
            }  # fmt: skip


def _label(name: str) -> str:
    if name in WORDING_LANGUAGES:
        return f"{Question._meta.get_field('text').verbose_name} ({own_name(WORDING_LANGUAGES[name])})"
    return str(Question._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _describe_value(name: str, value: Any) -> str:
    if name == "kind" and value is not None:
        return kind_label(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices = {"asked_of": AskedOf, "about": About}.get(name)
    if choices and value is not None:
        return str(choices(value).label)
    return "–" if value is None else isolate(str(value))


def records_reaching(document: Document) -> QuerySet[Any]:
    return policy_records_of(document.kind)


def tell_policy_records(rows: QuerySet[Any]) -> Iterator[tuple[int, TimelineEntry]]:
    for row in rows:
        yield row.pk, TimelineEntry(
            EntryType.POLICY, row.recorded_at, row.recorded_by_name, describe_act(row), row.language, row.reason,
            tuple(describe_numbers(row)),
        )  # fmt: skip
