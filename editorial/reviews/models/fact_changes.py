"""What editions assert and is not so any more: the reason for which they are looked at again."""

from typing import TypedDict

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.editions.assertions import describe_answers
from editorial.editions.kind_answers import Answer
from editorial.editions.models import Record


class EndedFact(TypedDict):
    """A fact as it is written in marks. `is_verified` says that what ended it is in force, and not only on record."""

    fact: str
    before: Answer
    after: Answer
    is_verified: bool


class FactChange(Record):
    """What was so, and is not since something was recorded about the document, was verified or took effect."""

    ended: "models.JSONField[list[EndedFact], list[EndedFact]]" = models.JSONField()

    class Meta:
        verbose_name = gettext_lazy("asserted fact that ended")
        verbose_name_plural = gettext_lazy("asserted facts that ended")
        constraints = [models.UniqueConstraint(fields=["document", "sequence"], name="fact_change_one_link_per_number")]

    def __str__(self) -> str:
        """What was asserted, with what was approved before and after, for people. A query."""
        answers = [answer for ended in self.ended for answer in (ended["before"], ended["after"])]
        words = describe_answers(answers)
        return " ".join(_tell(ended, *words[2 * place : 2 * place + 2]) for place, ended in enumerate(self.ended))


def _tell(ended: EndedFact, before: str, after: str) -> str:
    if ended["is_verified"]:
        message = _("“%(fact)s” is not true any more. Approved before: %(before)s. Approved now: %(after)s.")
    else:
        message = _(
            "“%(fact)s” will not be true any more once what was recorded is verified. Approved before: %(before)s. "
            "Approved then: %(after)s."
        )
    return message % {"fact": ended["fact"], "before": before, "after": after}
