"""What urgent notices say. Where and how long each stands is in editorial/reading: UrgentNotice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import source_text
from editorial.editions.models import Document


class Notice(models.Model):
    """Two plain sentences about one event: what happened, and what readers should do."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="notice")
    title = models.CharField(_("what happened"), max_length=300, blank=True)
    action = models.CharField(_("what to do"), max_length=300, blank=True)
    # Set once, when it is begun.
    subject = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name=_("about"), editable=False)
    because = models.CharField(max_length=64, editable=False)  # digest of the record of what happened
    happened_on = models.DateField(_("happened on"), editable=False)

    class Meta:
        app_label = "library"
        verbose_name = _("urgent notice")
        verbose_name_plural = _("urgent notices")

    def __str__(self) -> str:
        return source_text(self, "title") or self.document.slug
