"""What editions assert, so that a change finds each edition that says what is no longer so."""

from django.db import models

from ..tree.inline import LONGEST_FACT
from .editions import Edition
from .records import AppendOnly


class AssertedFact(models.Model):
    """One thing that texts assert, as it is written in their marks, and what was made of it when it was last checked.

    Only `assertions.record_assertions` and the check of all that is asserted write it; see services of `reviews`.
    """

    text = models.CharField(max_length=LONGEST_FACT, unique=True)
    is_true = models.BooleanField()
    answer = models.JSONField(default=dict)
    # Once all is verified that was recorded by then.
    is_true_on_record = models.BooleanField()
    answer_on_record = models.JSONField(default=dict)
    checked_on = models.DateField(db_index=True)

    class Meta:
        verbose_name = "fact that texts assert"

    def __str__(self) -> str:
        return self.text


class Assertion(AppendOnly):
    """An edition asserts a fact. Written when it is frozen, from its tree, and never changed."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="assertions")
    fact = models.ForeignKey(AssertedFact, models.PROTECT, related_name="assertions")

    class Meta:
        verbose_name = "what an edition asserts"
        constraints = [models.UniqueConstraint(fields=["edition", "fact"], name="each_fact_once_for_each_edition")]
        indexes = [models.Index(fields=["fact", "edition"], name="editions_that_assert_a_fact")]

    def __str__(self) -> str:
        return f"{self.edition_id} asserts {self.fact_id}"
