"""Changing the checklist: what a reviewer confirms when they sign. Each change is a record, like those of policies."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from editorial.accounts.languages import all_languages, column
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import refuse_if
from editorial.editions.models import append_site_record, lock_site_chain
from editorial.editions.working.copies import refreshed_user

from ..models import PolicyAct, PolicyName, PolicyRecord, Question

COLUMNS = ("kind", "asked_of", "about", "order", "is_asked")


def save_question(question: Question, *, user: User) -> PolicyRecord | None:
    """Save a question, a new one too, with the record of what was changed; None where nothing was. Raises Blocked."""
    with transaction.atomic():
        user = refreshed_user(user)
        refuse_if(
            []
            if user.can(Permission.SET_POLICY)
            else [_("Only a head of content or a site admin can change the checklist.")]
        )
        lock_site_chain(PolicyRecord)
        before = describe_question(Question.objects.filter(pk=question.pk).first() if question.pk else None)
        question.save()
        after = describe_question(question)
        if before == after:
            return None
        # A question that went from one kind of page to another concerns the pages of both.
        kind = question.kind if before.get("kind", question.kind) == question.kind else ""
        record = PolicyRecord(
            act=PolicyAct.CHANGED, policy=PolicyName.QUESTION, kind=kind, before=before, after=after
        )  # fmt: skip
        return append_site_record(record, user=user)


def describe_question(question: Question | None) -> dict[str, Any]:
    """A question as records hold it, with its words in the languages that it has; {} where there is none."""
    if question is None:
        return {}
    words = {f"text_{column(code)}": getattr(question, f"text_{column(code)}") for code in all_languages()}
    facts = {"question": question.pk, **{name: getattr(question, name) for name in COLUMNS}}
    return facts | {name: text for name, text in words.items() if text}
