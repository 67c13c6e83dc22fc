"""Who translated how much, counted when a translation is submitted: see decision 0114."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.attribution import actor_key, actor_name
from editorial.accounts.languages import LANGUAGE_CHOICES
from editorial.editions.models import AppendOnly, Edition, UnitState


class TranslatedWords(AppendOnly):
    """What one person translated of an edition: units that say something else than in the edition before it."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    user = actor_key(db_index=False)
    user_name = actor_name()
    language = models.CharField(max_length=10, choices=LANGUAGE_CHOICES)
    month = models.DateField()  # its first day, at home
    origin = models.CharField(max_length=10, choices=UnitState.Origin)
    units = models.PositiveIntegerField(_("units"))
    words = models.PositiveIntegerField(_("words"))  # of the source: they mean the same in all languages
    target_words = models.PositiveIntegerField(_("words of the translation"))

    class Meta:
        verbose_name = _("translated words")
        verbose_name_plural = _("translated words")
        constraints = [
            models.UniqueConstraint(fields=["edition", "user", "origin"], name="one_count_of_each_translator")
        ]
        indexes = [
            # With all that is summed, so that the report reads the index alone.
            models.Index(
                fields=["language", "month", "user", "origin", "units", "words", "target_words"],
                name="translated_words_by_month",
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.user_name}: {self.words}"
