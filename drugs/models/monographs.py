"""Monographs: the working copy of the page about one drug. Public pages never read these tables."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import source_text
from editorial.editions.models import Document
from editorial.library.models import TopicLink

KIND = "monograph"


class Monograph(models.Model):
    """One substance. Words in each language, facts shared."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="monograph")
    title = models.CharField(_("generic name"), max_length=200, blank=True)
    pronunciation = models.CharField(_("how to say it"), max_length=120, blank=True)
    drug_class = models.CharField(_("kind of drug"), max_length=200, blank=True)
    lead = models.TextField(_("lead"), blank=True)
    how_it_works = models.TextField(_("how it works"), blank=True)
    how_given = models.TextField(_("how it is given"), blank=True)
    tell_team = models.TextField(_("what to tell the care team"), blank=True)
    uses_note = models.TextField(_("more about its uses"), blank=True)
    recovery = models.TextField(_("how long side effects last"), blank=True)
    questions = models.TextField(_("questions to ask"), blank=True)
    change_note = models.CharField(_("what changed, for readers"), max_length=300, blank=True)
    is_minor = models.BooleanField(_("a minor change"), default=False)
    review_interval_months = models.PositiveSmallIntegerField(
        _("review every … months"), default=6, validators=[MinValueValidator(1), MaxValueValidator(36)]
    )

    class Meta:
        verbose_name = _("drug monograph")
        verbose_name_plural = _("drug monographs")

    def __str__(self) -> str:
        return source_text(self, "title") or self.document.slug


class MonographTopic(TopicLink):
    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="topics")

    class Meta:
        verbose_name = _("topic of a drug")
        constraints = [models.UniqueConstraint(fields=["monograph", "topic"], name="each_topic_of_a_drug_once")]

    def __str__(self) -> str:
        return f"{self.monograph_id}: {self.topic_id}"
