"""Releases: the intervals in which editions may be read, and the one gate over them.

A release says from when. Its end is a record of its own, because records are never changed: the interval of a
release is from `released_from` until the earliest of its ends. No record reaches back in time, so what was live at
any moment can be asked for good.
"""

from datetime import datetime

from django.db import models
from django.db.models import Exists, Min, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import LANGUAGE_CHOICES

from .documents import Document
from .editions import Edition, SignOff
from .records import Record


class ReleaseQuerySet(models.QuerySet["Release"]):
    def live(self, at: datetime) -> "ReleaseQuerySet":
        """The gate: from <= at < until, and nothing else. Every public page, list and feed asks this."""
        ended = ReleaseEnd.objects.filter(release=OuterRef("pk"), released_until__lte=at)
        return self.filter(~Exists(ended), released_from__lte=at)

    def with_key(self, kind: str, key: str) -> "ReleaseQuerySet":
        """Those of the one document that the program finds by this key.

        The document is asked for first, by the index of keys, which has no empty ones and has to be told so. Joined,
        SQLite begins with all releases of a language, because it reckons that these are few.
        """
        return self.filter(document__in=Document.objects.filter(kind=kind, key=key).exclude(key="").values("pk"))

    def with_records(self) -> "ReleaseQuerySet":
        """With the document; `has_ends`, which saves the question for ends of a release that has none; and
        `is_withdrawn`: a release that comes before a withdrawal and is live all the same was tampered with.
        """
        ends = ReleaseEnd.objects.filter(release=OuterRef("pk"))
        withdrawals = Withdrawal.objects.filter(
            Q(language="") | Q(language=OuterRef("language")),
            document=OuterRef("document"),
            sequence__gt=OuterRef("sequence"),
        )
        return self.select_related("document").annotate(  # type: ignore[no-redef]  # as Release declares them
            has_ends=Exists(ends), is_withdrawn=Exists(withdrawals)
        )

    def open_after(self, at: datetime) -> "ReleaseQuerySet":
        """Releases that are live at `at` or will be."""
        ended = ReleaseEnd.objects.filter(
            Q(released_until__lte=at) | Q(released_until__lte=OuterRef("released_from")), release=OuterRef("pk")
        )
        return self.filter(~Exists(ended))

    def taken_down(self, at: datetime) -> "ReleaseQuerySet":
        """The last that could be read in its language, where a withdrawal or a revocation ended it by `at`."""
        ended_live = ReleaseEnd.objects.filter(
            release=OuterRef("pk"),
            cause__in=(EndCause.WITHDRAWN, EndCause.UNSIGNED),
            released_until__gt=OuterRef("released_from"),
            released_until__lte=at,
        )
        cancelled = ReleaseEnd.objects.filter(release=OuterRef("pk"), released_until__lte=OuterRef("released_from"))
        later = Release.objects.filter(
            ~Exists(cancelled),
            document=OuterRef("document"),
            language=OuterRef("language"),
            released_from__gt=OuterRef("released_from"),
            released_from__lte=at,
        )
        return self.filter(Exists(ended_live), ~Exists(later))

    def with_until(self) -> "ReleaseQuerySet":
        """Annotates `released_until`: None while nothing ends the interval."""
        return self.annotate(  # type: ignore[no-redef]  # as Release declares it
            released_until=Min("ends__released_until")
        )


class Release(Record):
    """From when an edition may be read."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="releases")
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGE_CHOICES)
    number = models.PositiveIntegerField(_("number"))
    content_digest = models.CharField(max_length=64)
    released_from = models.DateTimeField(_("from"))
    met_by = models.JSONField()  # digests of the sign-offs that met the edition's requirement

    # Annotated by `with_records`.
    has_ends: bool
    is_withdrawn: bool
    released_until: datetime | None  # by `with_until`

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        constraints = [models.UniqueConstraint(fields=["document", "sequence"], name="release_one_link_per_number")]
        indexes = [
            models.Index(fields=["document", "language", "released_from"], name="releases_by_time"),
            models.Index(fields=["released_from"], name="releases_to_come"),
            models.Index(fields=["language", "released_from"], name="releases_of_language"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.number} from {self.released_from}"


class EndCause(models.TextChoices):
    SUPERSEDED = "superseded", _("superseded by a newer edition")
    WITHDRAWN = "withdrawn", _("withdrawn")
    UNSIGNED = "unsigned", _("its sign-off was revoked")
    HELD = "held", _("held until a recheck is settled")


class ReleaseEnd(Record):
    """Until when an edition may be read. An end at or before the release's start cancels it."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="ends")
    released_until = models.DateTimeField(_("until"))
    cause = models.CharField(_("cause"), max_length=20, choices=EndCause)

    class Meta:
        verbose_name = _("end of a release")
        verbose_name_plural = _("ends of releases")
        constraints = [models.UniqueConstraint(fields=["document", "sequence"], name="end_one_link_per_number")]
        indexes = [
            models.Index(fields=["release", "released_until"], name="ends_by_time"),
            models.Index(fields=["released_until"], name="ends_to_come"),
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()}: {self.released_until}"


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    def in_force(self, at: datetime) -> "WithdrawalQuerySet":
        """Those by then of which the language was not read again since; of all languages, each.

        What is read again and then taken down with its source is down by that, and says so no more by itself.
        """
        cancelled = ReleaseEnd.objects.filter(release=OuterRef("pk"), released_until__lte=OuterRef("released_from"))
        later = Release.objects.filter(
            ~Exists(cancelled),
            document=OuterRef("document"),
            language=OuterRef("language"),
            sequence__gt=OuterRef("sequence"),
            released_from__lte=at,
        )
        return self.filter(~Exists(later), withdrawn_from__lte=at)

    def keeping_down(self, edition: str = "") -> "WithdrawalQuerySet":
        """For a subquery: those after which the edition was not brought back.

        `edition` leads to it from the outer query, as in "edition__"; "" where that asks for editions.
        """
        brought_back = Reinstatement.objects.filter(
            edition=OuterRef(OuterRef(f"{edition}pk")), sequence__gt=OuterRef("sequence")
        )
        return self.filter(
            Q(language="") | Q(language=OuterRef(f"{edition}language")),
            ~Exists(brought_back),
            document=OuterRef(f"{edition}document"),
            sequence__gt=OuterRef(f"{edition}sequence"),
        )


class Withdrawal(Record):
    """The document is taken down in one language, or in all of them (language is "").

    `explanation` is a signed document whose words readers see; until it is signed in their language they see the
    stock one.
    """

    language = models.CharField(_("language"), max_length=10, blank=True, choices=LANGUAGE_CHOICES)
    withdrawn_from = models.DateTimeField(_("from"))
    reason = models.TextField(_("reason, for the record"))
    explanation = models.ForeignKey(
        Document, models.PROTECT, null=True, related_name="+", verbose_name=_("explanation for readers")
    )
    credentials = models.CharField(_("credentials"), max_length=220)

    TYPED = ("reason",)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        constraints = [models.UniqueConstraint(fields=["document", "sequence"], name="withdrawal_one_link_per_number")]
        indexes = [models.Index(fields=["withdrawn_from"], name="withdrawals_to_come")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.language or '*'} {self.withdrawn_from}"

    def is_effective_in(self, language: str) -> bool:
        return self.language in ("", language)


class Reinstatement(Record):
    """The edition that was live last in a language is brought back after a withdrawal, by a signature of its own.

    Its release is a record as of any edition; without this one before it, the database refuses that release.
    """

    language = models.CharField(_("language"), max_length=10, choices=LANGUAGE_CHOICES)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="reinstatements")
    withdrawal = models.ForeignKey(
        Withdrawal, models.PROTECT, related_name="reinstatements", verbose_name=_("withdrawal that it ends")
    )
    sign_off = models.OneToOneField(SignOff, models.PROTECT, related_name="reinstatement")
    reason = models.TextField(_("reason, for the record"))

    TYPED = ("reason",)

    class Meta:
        verbose_name = _("reinstatement")
        verbose_name_plural = _("reinstatements")
        constraints = [
            models.UniqueConstraint(fields=["document", "sequence"], name="reinstatement_one_link_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.edition_id}: {self.reason}"
