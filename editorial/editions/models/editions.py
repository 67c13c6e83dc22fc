"""Editions, and the records that people put to them: reviews, sign-offs, revocations."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import LANGUAGE_CHOICES

from ..tree.nodes import Tree, digest_of, from_bytes
from .addresses import resolve_old_trees
from .records import Record
from .stored_contents import ContentField


class CorruptEdition(Exception):
    """What the database holds is not what was signed. The page fails closed."""


class Edition(Record):
    """One document in one language, frozen and numbered."""

    language = models.CharField(_("language"), max_length=10, choices=LANGUAGE_CHOICES)
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=300)
    content = ContentField()
    content_digest = models.CharField(_("digest"), max_length=64)
    source_edition = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="translations", verbose_name=_("source edition")
    )
    # The newest edition before it that was released and stood: what its contributors are counted from.
    base_edition = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name=_("edition before it")
    )
    required_sign_offs = models.PositiveSmallIntegerField(_("required sign-offs"))
    # Besides those, where policy asks for it: see requirement.py. A signer may ask for it, too.
    needs_back_check = models.BooleanField(_("needs a back-check"), default=False)
    contributors = models.JSONField(_("contributors"))  # [{"id": 3, "name": "Ana Ruiz", …}]: why, in contributors.py
    # The newest contribution that went in. A key and not a time: clocks of two servers differ, keys do not.
    last_contribution = models.PositiveBigIntegerField(default=0)
    review_interval_months = models.PositiveSmallIntegerField(_("review interval in months"))
    # What `content` was packed against: an edition of the page in this language whose content stands by itself. It says
    # how the bytes are kept, not what they are, so no digest covers it; nobody looks for editions by it.
    content_base = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="+", db_index=False
    )

    UNDIGESTED = (*Record.UNDIGESTED, "content_base_id")
    LATER = ("needs_back_check",)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(fields=["document", "sequence"], name="edition_one_link_per_number"),
            models.UniqueConstraint(fields=["document", "language", "number"], name="edition_numbers_are_unique"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="editions_count_from_1"),
            models.CheckConstraint(condition=models.Q(required_sign_offs__gte=1), name="an_edition_needs_a_sign_off"),
            models.CheckConstraint(
                condition=models.Q(language=settings.SOURCE_LANGUAGE) ^ models.Q(source_edition__isnull=False),
                name="translations_name_their_source",
            ),
        ]
        # All that the desk asks to know which editions wait: without it that reads past every content.
        indexes = [
            models.Index(
                fields=["document", "language", "number", "sequence", "source_edition"], name="waiting_editions"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language} {self.number})"

    @property
    def frozen_at(self) -> datetime:
        return self.recorded_at

    @cached_property
    def tree(self) -> Tree:
        """The content. Raises CorruptEdition where the bytes do not fit the digest, or the row its record's."""
        (tree,) = resolve_old_trees([self._read_tree()])
        return tree

    def _read_tree(self) -> Tree:
        content = bytes(self.content or b"")
        if digest_of(content) != self.content_digest or not self.is_intact:
            raise CorruptEdition(f"Edition {self.pk} is not what was frozen.")
        return from_bytes(content)


def load_trees(editions: Sequence[Edition]) -> None:
    """Read the trees of several editions, so that no `tree` asks the database: two queries for all of them, or none.

    Raises CorruptEdition for any of them.
    """
    trees = resolve_old_trees([edition._read_tree() for edition in editions])
    for edition, tree in zip(editions, trees, strict=True):
        edition.tree = tree


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    SENT_BACK = "sent-back", _("sent back")


class Review(Record):
    """One reviewer's verdict and remarks on one edition."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="reviews")
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict)
    remarks = models.TextField(_("remarks"), blank=True)
    # The checklist as it was read and answered: [{"question": 3, "words": "…", "answer": "yes"}], in the order asked.
    answers = models.JSONField(_("answers to the checklist"), default=list, blank=True)

    LATER = ("answers",)
    TYPED = ("remarks",)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["document", "sequence"], name="review_one_link_per_number"),
            models.CheckConstraint(
                condition=~models.Q(verdict=Verdict.SENT_BACK, remarks=""), name="sending_back_takes_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["recorded_by", "verdict", "recorded_at", "edition"], name="reviews_by_person")]

    def __str__(self) -> str:
        return f"{self.recorded_by_name}: {self.get_verdict_display()}"


class Meaning(models.TextChoices):
    SIGNED = "signed", _("I have read this edition. It is medically right and fit for patients.")
    REAFFIRMED = "reaffirmed", _("I have read this edition again. It is still medically right.")
    BROUGHT_BACK = (
        "brought-back",
        _("I have read this edition again, and why it was taken down. It is medically right."),
    )
    BACK_CHECKED = (
        "back-checked",
        _("I have read what matters for safety without its source, and then with it. Both say the same."),
    )


class SignerWords:
    """What a sign-off says of who signed it and when, from its columns."""

    __slots__ = ()
    signer_letters: Any
    signer_distinction: Any
    recorded_at: Any

    @property
    def signer_credentials(self) -> str:
        """What stands after the name: the letters, and the line that tells two of one name apart."""
        return f"{self.signer_letters} ({self.signer_distinction})" if self.signer_distinction else self.signer_letters

    @property
    def signed_at(self) -> datetime:
        at: datetime = self.recorded_at
        return at


class SignOff(SignerWords, Record):
    """A reviewer's name put to an edition. Everything about it is copied in."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="sign_offs")
    review = models.OneToOneField(Review, models.PROTECT, related_name="sign_off")
    review_digest = models.CharField(max_length=64)
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGE_CHOICES)
    number = models.PositiveIntegerField(_("number"))
    content_digest = models.CharField(max_length=64)
    source_digest = models.CharField(max_length=64, blank=True)
    signer_name = models.CharField(_("signer"), max_length=120)
    signer_letters = models.CharField(_("letters"), max_length=80)
    signer_specialty = models.CharField(_("specialty"), max_length=40)
    signer_slug = models.SlugField(max_length=80)
    signer_valid_until = models.DateField(_("registration valid until"))
    signer_languages = models.JSONField(_("languages that they may sign in"))
    meaning = models.CharField(_("meaning"), max_length=20, choices=Meaning)
    meaning_words = models.TextField(_("meaning in words"))
    seen_with = models.JSONField(default=list)  # digests of the pieces that stood on the page
    release_not_before = models.DateTimeField(_("publish at"), null=True)
    review_due_on = models.DateField(_("next review due"))
    signer_distinction = models.CharField(max_length=120, blank=True)  # tells them apart from another of their name

    asks_back_check = models.BooleanField(_("asks for a back-check"), default=False)
    # Of a back-check, what each text says, as written before its source was shown:
    # [{"node": "s1-p2", "word": "text", "words": "…"}], in the order in which they were read.
    back_check = models.JSONField(_("what was back-checked"), default=list, blank=True)

    LATER = ("signer_distinction", "asks_back_check", "back_check")

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        constraints = [models.UniqueConstraint(fields=["document", "sequence"], name="sign_off_one_link_per_number")]
        indexes = [
            models.Index(fields=["signer_slug"], name="sign_offs_by_signer"),
            models.Index(fields=["recorded_at", "recorded_by"], name="sign_offs_by_time"),
            models.Index(fields=["recorded_by", "recorded_at", "edition"], name="sign_offs_by_person"),
            models.Index(fields=["language", "recorded_at"], name="sign_offs_of_language"),
        ]

    def __str__(self) -> str:
        return f"{self.signer_name}, {self.signer_letters}: {self.language} {self.number}"


class Revocation(Record):
    """A sign-off stands no longer."""

    sign_off = models.OneToOneField(SignOff, models.PROTECT, related_name="revocation")
    reason = models.TextField(_("reason"))

    TYPED = ("reason",)

    class Meta:
        verbose_name = _("revocation")
        verbose_name_plural = _("revocations")
        constraints = [models.UniqueConstraint(fields=["document", "sequence"], name="revocation_one_link_per_number")]

    def __str__(self) -> str:
        return f"{self.sign_off_id}: {self.reason}"
