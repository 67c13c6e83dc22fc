from django.db import models

from editorial.accounts.languages import source_text
from editorial.editions.models import Document


class Leaflet(models.Model):
    """A title and a text."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="leaflet")
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)

    def __str__(self):
        return source_text(self, "title") or self.document.slug
