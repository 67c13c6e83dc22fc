"""Terms, their translations, and every decision about them."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from editorial.accounts.attribution import Attributed, actor_key, actor_name
from editorial.accounts.languages import LANGUAGE_CHOICES
from editorial.checks.translation import term_base, term_forms
from editorial.editions.models import AppendOnly

LONGEST_TERM = 120  # characters, of a translation too
LONGEST_NOTE = 300


class PartOfSpeech(models.TextChoices):
    NOUN = term_forms.NOUN, _("noun")
    VERB = term_forms.VERB, _("verb")
    ADJECTIVE = "adjective", _("adjective")


class Level(models.TextChoices):
    REQUIRED = term_base.REQUIRED, pgettext_lazy("term", "required")
    PREFERRED = term_base.PREFERRED, pgettext_lazy("term", "preferred")
    FORBIDDEN = term_base.FORBIDDEN, pgettext_lazy("term", "forbidden")


class Term(models.Model):
    """A word of the source language. Never deleted: one that no longer counts is retired."""

    text = models.CharField(
        _("term"),
        max_length=LONGEST_TERM,
        help_text=_("In small letters and in the singular, unless it is always written otherwise, as FDA."),
    )
    part_of_speech = models.CharField(
        _("part of speech"), max_length=10, choices=PartOfSpeech, blank=True, help_text=_("Tells which forms it has.")
    )
    is_kept = models.BooleanField(
        _("do not translate"), default=False, help_text=_("It is written the same in every language.")
    )
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True, help_text=_("What it means, or does not."))
    is_retired = models.BooleanField(_("retired"), default=False)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = [Lower("text"), "part_of_speech"]
        constraints = [models.UniqueConstraint(Lower("text"), "part_of_speech", name="one_term_of_each_text")]
        indexes = [models.Index("is_retired", Lower("text"), name="terms_in_order")]

    def __str__(self) -> str:
        return self.text


class TermTranslation(Attributed):
    """What a term is called in one language, or is not: as it is decided now."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGE_CHOICES)
    text = models.CharField(_("translation"), max_length=LONGEST_TERM)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.REQUIRED)
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = actor_key()
    decided_by_name = actor_name()

    ATTRIBUTION = ("decided_by", "decided_by_name", "decided_at")
    TYPED = ("text", "note")

    class Meta:
        verbose_name = _("translation of a term")
        verbose_name_plural = _("translations of terms")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["term", "language", "text"], name="one_row_of_each_translated_term"),
        ]
        indexes = [models.Index("language", "term", name="terms_of_a_language")]

    def __str__(self) -> str:
        return self.text


class Act(models.TextChoices):
    ADDED = "added", pgettext_lazy("decision about a term", "added")
    CHANGED = "changed", pgettext_lazy("decision about a term", "changed")
    REMOVED = "removed", pgettext_lazy("decision about a term", "removed")
    RETIRED = "retired", pgettext_lazy("decision about a term", "retired")
    RESTORED = "restored", pgettext_lazy("decision about a term", "brought back")


class TermDecision(Attributed, AppendOnly):
    """One decision: about a translation or, without a language, about the term itself. `text` is as it was decided."""

    term = models.ForeignKey(Term, models.PROTECT, related_name="decisions")
    act = models.CharField(max_length=10, choices=Act)
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGE_CHOICES, blank=True)
    text = models.CharField(_("text"), max_length=LONGEST_TERM)
    level = models.CharField(_("level"), max_length=10, choices=Level, blank=True)
    is_kept = models.BooleanField(default=False)
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = actor_key()
    decided_by_name = actor_name()

    ATTRIBUTION = ("decided_by", "decided_by_name", "decided_at")
    TYPED = ("text", "note")

    class Meta:
        verbose_name = _("decision about a term")
        verbose_name_plural = _("decisions about terms")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.text}: {self.act}"


class TermsVersion(models.Model):
    """The one row that every change of terms locks, and gives another token: processes keep terms by it."""

    token = models.CharField(max_length=32)
