"""What a reviewer is asked before they sign. Which questions there are is data, which admins edit."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import bcp47, column


class About(models.TextChoices):
    """What touches a question: while nothing did since the last signed edition, its answer carries over."""

    ANYTHING = "anything", _("any change to the page")
    CARE = "care", _("advice on when to act")
    FACTS = "facts", _("drug facts, on the page and in pieces of other pages")
    REFERENCES = "references", _("references")
    SIGNER = "signer", _("the signer, not the page")


class AskedOf(models.TextChoices):
    ALL = "", _("all editions")
    SOURCE = "source", _("editions in the source language")
    TRANSLATIONS = "translations", _("translations")


class Answer(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    NOT_HERE = "not-here", _("Does not apply")


class Question(models.Model):
    """One line of the checklist. It is taken off by no longer being asked; reviews keep its words as they were read."""

    kind = models.CharField(_("kind"), max_length=30, blank=True)
    asked_of = models.CharField(_("asked of"), max_length=20, blank=True, choices=AskedOf, default=AskedOf.ALL)
    about = models.CharField(
        _("affected by"), max_length=20, choices=About, default=About.ANYTHING,
        help_text=_("If nothing that affects it has changed since the last signed edition, the answer carries over."),
    )  # fmt: skip
    text = models.CharField(_("question"), max_length=300, help_text=_("A sentence that can be answered yes or no."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_asked = models.BooleanField(_("asked now"), default=True)

    class Meta:
        verbose_name = _("question of the checklist")
        verbose_name_plural = _("questions of the checklist")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.words

    @property
    def language(self) -> str:
        """The language of `words`: that of the desk where the question has words in it, else the source language."""
        language = get_language() or settings.SOURCE_LANGUAGE
        return language if getattr(self, f"text_{column(language)}", "") else settings.SOURCE_LANGUAGE

    @property
    def lang(self) -> str:
        return bcp47(self.language)

    @property
    def words(self) -> str:
        return getattr(self, f"text_{column(self.language)}") or ""
