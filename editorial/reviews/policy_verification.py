"""Proving that policies and the checklist are what was recorded last."""

from collections.abc import Iterator
from typing import Any

from .models import OverduePolicy, PolicyAct, PolicyName, PolicyRecord, Question, SignOffPolicy
from .services.policies import numbers_of
from .services.questions import describe_question

CHANGING = (PolicyAct.CHANGED, PolicyAct.AGREED, PolicyAct.FOUND)
Facts = dict[str, Any]  # as `before` and `after` of a record


def find_policy_problems() -> Iterator[str]:
    """Where what counts is not what was recorded last: somebody changed it past everything here.

    Once any of a sort is on record, all have to be: a row that came past everything here has no record.
    """
    changes = PolicyRecord.objects.filter(act__in=CHANGING).order_by("sequence")
    for policy, rows in _rows().items():
        newest = {_key(record): record for record in changes if record.policy == policy}
        for key, record in newest.items():
            if rows.get(key, {}) != record.after:
                number = f" {key}" if policy == PolicyName.QUESTION else ""
                yield f"The {_name(policy)}{number} for {record.reach} is not the one that was recorded last."
        for key in rows.keys() - newest.keys() if newest else ():
            yield f"A {_name(policy)} was never recorded: {rows[key]}."


def _rows() -> dict[str, dict[Any, Facts]]:
    """{sort of policy: {what tells one from another: what counts now}}."""
    return {
        PolicyName.SIGN_OFFS: {(row.kind, row.language): numbers_of(row) for row in SignOffPolicy.objects.all()},
        PolicyName.OVERDUE: {(row.kind, ""): {"after_days": row.after_days} for row in OverduePolicy.objects.all()},
        PolicyName.QUESTION: {row.pk: describe_question(row) for row in Question.objects.all()},
    }


def _key(record: PolicyRecord) -> Any:
    if record.policy == PolicyName.QUESTION:
        return (record.after or record.before)["question"]
    return (record.kind, record.language)


def _name(policy: str) -> str:
    return str(PolicyName(policy).label)
