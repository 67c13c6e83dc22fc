"""Site words: short texts that the site itself shows, signed like any document."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.editions.models import Document


class SiteWords(models.Model):
    """A short text that the site itself shows, such as the explanation on a withdrawn page."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="site_words")
    title = models.CharField(_("title"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("site words")
        verbose_name_plural = _("site words")

    def __str__(self):
        return self.title_en or self.document.slug
