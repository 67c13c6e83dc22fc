"""Glossary entries: words that pages use, explained to readers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import source_text
from editorial.editions.models import Document


class GlossaryEntry(models.Model):
    """A word and what it means. The short words stand alone where the word opens in place; the rest is on its page."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="glossary_entry")
    title = models.CharField(_("word"), max_length=200, blank=True)
    short = models.CharField(_("in short"), max_length=400, blank=True)
    body = models.TextField(_("text"), blank=True)

    class Meta:
        app_label = "library"
        verbose_name = _("glossary entry")
        verbose_name_plural = _("glossary entries")

    def __str__(self) -> str:
        return source_text(self, "title") or self.document.slug
