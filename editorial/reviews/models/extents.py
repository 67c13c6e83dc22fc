"""How much of an edition its reviewers have not seen: counted once, when it is frozen, for lists that are long."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.editions.models import AppendOnly, Edition
from editorial.editions.tree.extent import extent


class Extent(AppendOnly):
    """The size of an edition, and of what changed since the one released before it (`Edition.base_edition`).

    Derived from bytes that never change, so it never does either.
    """

    edition = models.OneToOneField(Edition, models.PROTECT, primary_key=True, related_name="extent")
    words = models.PositiveIntegerField(_("words"))
    words_changed = models.PositiveIntegerField(_("words changed"))
    sections_changed = models.PositiveIntegerField(_("sections changed"))

    class Meta:
        verbose_name = _("extent of an edition")

    def __str__(self):
        return f"{self.edition_id}: {self.words_changed}/{self.words}"


def measure(edition: Edition) -> Extent:
    """Count and keep it. Inside the transaction that froze the edition."""
    found = extent(edition.base_edition.tree if edition.base_edition else None, edition.tree)
    return Extent.objects.create(
        edition=edition,
        words=found.words,
        words_changed=found.words_changed,
        sections_changed=found.sections_changed,
    )
