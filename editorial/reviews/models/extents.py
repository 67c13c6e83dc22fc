"""What long lists ask of an edition, kept beside its bytes: how much of it is new, and who may not sign it.

Both follow from the frozen edition, which never changes, so they are written once. What may be signed is decided by
the edition itself (rules.py); these rows only save lists from reading thousands of contents.
"""

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.editions.models import AppendOnly, Edition
from editorial.editions.tree.change_size import measure_change
from editorial.editions.tree.diff import Change


class Extent(AppendOnly):
    """The size of an edition, and of what changed since the one released before it (`Edition.base_edition`)."""

    edition = models.OneToOneField(Edition, models.PROTECT, primary_key=True, related_name="extent")
    words = models.PositiveIntegerField(_("words"))
    words_changed = models.PositiveIntegerField(_("words changed"))
    sections_changed = models.PositiveIntegerField(_("sections changed"))

    class Meta:
        verbose_name = _("edition size")

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.words_changed}/{self.words}"


class Contributor(AppendOnly):
    """One of an edition's frozen contributors as a row, which a database can look up."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("contributor to an edition")
        constraints = [models.UniqueConstraint(fields=["edition", "user"], name="each_contributor_once")]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.user_id}"


def record_extent(edition: Edition, changes: Sequence[Change] | None = None) -> None:
    """Keep both for an edition that was just frozen, in the same transaction.

    `changes` are those from its base, where they were compared already.
    """
    size = measure_change(edition.base_edition.tree if edition.base_edition else None, edition.tree, changes)
    Extent.objects.create(
        edition=edition,
        words=size.words,
        words_changed=size.words_changed,
        sections_changed=size.sections_changed,
    )
    Contributor.objects.bulk_create(
        Contributor(edition=edition, user_id=person["id"]) for person in edition.contributors
    )
