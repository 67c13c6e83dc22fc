"""Documents: the lasting identity of a page, in all languages, and its addresses."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from editorial.accounts.attribution import Attributed, actor_key, actor_name
from editorial.accounts.languages import LANGUAGE_CHOICES

from ..tree import inline
from ..tree.units import digest_words
from .public_state import ShownToReaders
from .records import AppendOnly


class Document(ShownToReaders):
    """What records point at and content hangs from. The slug is the same in all languages.

    `key` is what the program finds it by, "" for most: given when it is made, and never changed. It is no address.
    A draft that is discarded is on no list, and nobody writes in it: see working/discards.py.
    """

    kind = models.CharField(_("kind"), max_length=30, editable=False)
    slug = models.SlugField(_("address"), max_length=100)
    key = models.CharField(_("key"), max_length=100, blank=True, default="", editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    is_discarded = models.BooleanField(_("discarded"), default=False, editable=False)

    STATE_COLUMNS = ("kind", "slug", "key")

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="one_document_per_address"),
            models.CheckConstraint(condition=models.Q(slug=Lower("slug")), name="addresses_are_in_lower_case"),
            models.UniqueConstraint(fields=["kind", "key"], condition=~models.Q(key=""), name="one_document_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"


class OldAddress(ShownToReaders):
    """A slug that a document once had; it redirects for good and is never given to another."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="old_addresses")
    kind = models.CharField(max_length=30)
    slug = models.SlugField(max_length=100)
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="one_document_per_old_address")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"


class DraftDiscard(Attributed, AppendOnly):
    """Somebody discarded a draft that was never submitted, or brought it back."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="discards")
    is_discarded = models.BooleanField()  # False where it was brought back
    slug = models.SlugField(max_length=100)  # the address that it had before
    made_at = models.DateTimeField(_("made at"))
    made_by = actor_key()
    made_by_name = actor_name()

    ATTRIBUTION = ("made_by", "made_by_name", "made_at")

    class Meta:
        verbose_name = _("discarded draft")
        verbose_name_plural = _("discarded drafts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.made_by_name}: {self.slug}"


class WorkingVersion(models.Model):
    """The version token of a working copy in one language. A save that names an older one is refused."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    language = models.CharField(max_length=10, choices=LANGUAGE_CHOICES)
    token = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("draft version")
        constraints = [models.UniqueConstraint(fields=["document", "language"], name="one_token_per_language")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.language} {self.token}"


class Contribution(Attributed, AppendOnly):
    """Somebody changed, translated, uploaded or accepted words of a document in a language.

    Frozen onto each edition as its contributors: those who may not sign it.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="contributions")
    language = models.CharField(max_length=10, choices=LANGUAGE_CHOICES)
    user = actor_key()
    user_name = actor_name()
    made_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    ATTRIBUTION = ("user", "user_name", "made_at")
    TYPED = ("note",)

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        indexes = [models.Index(fields=["document", "language", "made_at"], name="contributions_by_time")]

    def __str__(self) -> str:
        return f"{self.user_name}: {self.document_id} {self.language}"


class UnitState(models.Model):
    """What is known of a translated unit besides its words, which stand in the column of its field.

    The unit is up to date while `source_digest` equals the digest of the signed source's words at that place, and
    `target_digest` that of the words in the column: whatever changed them by another way made them unchecked. A
    suggested text stands here alone, never in the column, until a person takes it.
    """

    class Origin(models.TextChoices):
        PERSON = "person", _("written by a person")
        MEMORY = "memory", _("from the memory")
        REPEAT = "repeat", _("repeated on the page")
        IMPORT = "import", _("imported")

    document = models.ForeignKey(Document, models.CASCADE, related_name="unit_states")
    language = models.CharField(max_length=10, choices=LANGUAGE_CHOICES)
    node_id = models.CharField(max_length=60)
    word = models.CharField(max_length=40)
    # "" where nobody checked it yet: it is only suggested.
    source_digest = models.CharField(max_length=64, blank=True, default="")
    # The source edition with those words: what it said when somebody last looked. None where that was not kept.
    source_edition = models.ForeignKey("editions.Edition", models.PROTECT, null=True, related_name="+", db_index=False)
    # Of the words in the column when this row was written; "" where that was not kept.
    target_digest = models.CharField(max_length=64, blank=True, default="")
    needs_work = models.BooleanField(default=False)  # somebody said so, who could not finish it
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.PERSON)
    user = actor_key(null=True, db_index=False)
    user_name = actor_name(blank=True)
    changed_at = models.DateTimeField(null=True)
    # What is suggested, as it would be typed, with where it comes from and how alike the sources are, in percent.
    suggestion = models.TextField(blank=True, default="")
    suggested_from = models.ForeignKey("editions.Edition", models.PROTECT, null=True, related_name="+", db_index=False)
    likeness = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("state of a unit")
        constraints = [
            models.UniqueConstraint(fields=["document", "language", "node_id", "word"], name="one_state_per_unit")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.language} {self.node_id}.{self.word}"

    def is_of(self, words: str | inline.Runs) -> bool:
        """Whether the column holds what it held when this row was written, as far as that was kept."""
        return self.target_digest in ("", target_digest(words))


def target_digest(words: str | inline.Runs) -> str:
    """SHA-256 of words as a translation's column holds them."""
    return digest_words(inline.comparable(words))
