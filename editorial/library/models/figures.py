"""Figures: pictures with their words, shown by pages of any kind.

A figure is no document: like the words of a topic, its words belong to the pages that show it, and are signed with
them. An edition keeps the digests of the files that it was signed with.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import source_text


class Figure(models.Model):
    """A picture and what is said of it. Only what it is called by is the same in every language."""

    key = models.CharField(
        _("key"), max_length=40, unique=True,
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Use lower-case letters, digits and hyphens."))],
    )  # fmt: skip
    decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("It says nothing that the text does not: no alternative text.")
    )
    alt = models.CharField(
        _("alternative text"), max_length=500, blank=True,
        help_text=_("What somebody who cannot see the picture needs to know of it, in a sentence or three."),
    )  # fmt: skip
    caption = models.TextField(_("caption"), blank=True)
    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it, for example: Drawing: Jo Doe.")
    )
    licence = models.CharField(_("license"), max_length=100, help_text=_("For example CC BY 4.0."))
    licence_url = models.URLField(_("web address of the license"), max_length=400, blank=True)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    # [{"width", "height", "digest", "type"}], largest first; see images.py. A drawing's has its "words"
    # unless it was uploaded before they were read: see stored_drawings.py.
    files = models.JSONField(_("files"), editable=False)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["key"]

    def __str__(self) -> str:
        start = source_text(self, "alt") or source_text(self, "caption")
        return f"{self.key}: {start[:60]}" if start else self.key

    @property
    def block_id(self) -> str:
        """Of its block on every page that shows it."""
        return f"figure-{self.key}"
