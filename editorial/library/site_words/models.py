"""Site words: short texts that the site itself shows, signed like any document."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import source_text
from editorial.editions.models import Document
from editorial.editions.tree.nodes import new_id


def phrase_id() -> str:
    return new_id("p")


class SiteWords(models.Model):
    """A text or phrases that the site itself shows: a page about it, the words on a withdrawn page, labels."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="site_words")
    title = models.CharField(_("title"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    is_page = models.BooleanField(_("a page of its own"), default=False)

    class Meta:
        app_label = "library"
        verbose_name = _("site words")
        verbose_name_plural = _("site words")

    def __str__(self) -> str:
        return source_text(self, "title") or self.document.slug


class SiteWordsPhrase(models.Model):
    """One phrase, which templates ask for by its key. Retired, never deleted: its words are kept in every language."""

    words = models.ForeignKey(SiteWords, models.CASCADE, related_name="phrases")
    block_id = models.CharField(max_length=20, default=phrase_id, editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(_("retired"), default=False)
    key = models.CharField(
        _("key"), max_length=60,
        validators=[RegexValidator(r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", _("Use letters, digits and hyphens."))],
    )  # fmt: skip
    text = models.CharField(_("phrase"), max_length=400, blank=True)

    class Meta:
        app_label = "library"
        verbose_name = _("phrase")
        verbose_name_plural = _("phrases")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["words", "block_id"], name="phrases_have_own_ids"),
            models.UniqueConstraint(fields=["words", "key"], name="phrases_have_own_keys"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {source_text(self, 'text')}"
