"""What editions rest on: other documents, by real keys, so that a change there finds every edition here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .documents import Document
from .editions import Edition
from .records import AppendOnly


class Reliance(models.TextChoices):
    """How an edition rests on another document: on what it says, or, where it only leads there, perhaps not at all."""

    EMBEDS = "embeds", _("shows a piece of it")
    ASSERTS = "asserts", _("repeats what it says")
    CITES = "cites", _("leads to it")
    NAMES = "names", _("names it")
    STATES = "states", _("asserts a fact about it")


# Of these, a new release there changes what readers are told here. A link to a page that changed is as right as before.
FIRM = (Reliance.EMBEDS, Reliance.ASSERTS)
# A page that only names a document leads nowhere by that: what becomes of the address is nothing to it.
LEADING = (*FIRM, Reliance.CITES)


class Dependency(AppendOnly):
    """An edition rests on a document. Written when the edition is frozen, from its tree, and never changed.

    That it `NAMES` the document may be found out later, when the document gets another name.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="dependencies")
    document = models.ForeignKey(Document, models.PROTECT, related_name="dependents")
    how = models.CharField(_("how"), max_length=10, choices=Reliance)

    class Meta:
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        constraints = [
            models.UniqueConstraint(fields=["edition", "document", "how"], name="each_dependency_once"),
        ]
        indexes = [models.Index(fields=["document", "edition", "how"], name="dependents_of_a_document")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.how} {self.document_id}"


class ShownPiece(AppendOnly):
    """Which piece of the document an edition shows; "" where it opens in place in the edition's words.

    Written with a dependency that `EMBEDS`, so that a change of one piece finds the editions that show it without
    reading any content. A dependency that embeds and has none is of bytes that could not be read.
    """

    dependency = models.ForeignKey(Dependency, models.PROTECT, related_name="pieces")
    piece = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = "piece that an edition shows"
        constraints = [models.UniqueConstraint(fields=["dependency", "piece"], name="each_shown_piece_once")]

    def __str__(self) -> str:
        return f"{self.dependency_id}: {self.piece}"


class NameReading(models.Model):
    """Editions from before their names, or their keywords, were recorded, that are still to be read.

    See `earlier_names`.

    At most one row; none where nothing is left to read.
    """

    after = models.PositiveBigIntegerField()  # key of the last edition that was read
    until = models.PositiveBigIntegerField()  # and of the last that is to be

    class Meta:
        verbose_name = "names that are to be read"

    def __str__(self) -> str:
        return f"{self.after} of {self.until}"
