"""Preview links, for people who have no account here, and what readers' lists are asked from.

Of each link, only a digest of its token is stored. The lists' rows are derived from releases, by listings.py. Urgent
notices and their ends are records.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.attribution import Attributed, actor_key, actor_name
from editorial.accounts.languages import LANGUAGE_CHOICES
from editorial.editions.models import Document, Release, ShownToReaders, SiteRecord


class Lifetime(models.IntegerChoices):
    """How many days a link works."""

    DAY = 1, _("a day")
    WEEK = 7, _("a week")
    MONTH = 30, _("30 days")


class PreviewLink(Attributed):
    """Whoever has the link sees the working copy of one document in one language until it expires, and nothing else."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="preview_links")
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGE_CHOICES)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    made_by = actor_key()
    made_by_name = actor_name()
    made_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_by_name = actor_name(blank=True)

    ATTRIBUTION = ("made_by", "made_by_name", "made_at")

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(expires_at__gt=models.F("made_at")), name="every_preview_ends"),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="who_takes_a_preview_back_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.language} until {self.expires_at}"

    def is_open(self, at: datetime) -> bool:
        """Whether nothing ended it. Closing its maker's account does, as somebody else may be using that account."""
        return self.revoked_at is None and self.expires_at > at and self.made_by.is_active


class ListedPage(ShownToReaders):
    """A page in the list of its kind, for readers of one language, and while it is that.

    It says which release the gate's rule chooses there: so a list is ordered, counted and cut by the database, and a
    page of it costs the same however long the list is. Derived, with the release in the same transaction: listings.py
    writes it, and `manage.py rebuild_lists` makes it anew.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)  # of the document
    language = models.CharField(max_length=10)  # the readers'; the release may be in the source language
    release = models.ForeignKey(Release, models.CASCADE, related_name="+", db_index=False)
    is_outdated = models.BooleanField()  # the translation for these readers is older than the live source
    is_fallback = models.BooleanField(default=False)  # there is none: they are offered the source
    letter = models.CharField(max_length=10, blank=True)  # that it stands under; "" where the list has no letters
    position = models.BinaryField(max_length=180)  # its place in the list: bytes sort alike in every database
    listed_from = models.DateTimeField()
    listed_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "listed page"
        indexes = [
            # With all that a list is counted by, so that rows are read of the page that is shown alone.
            models.Index(fields=["kind", "language", "position", "listed_from", "listed_until"], name="listed_pages"),
            models.Index(
                fields=["kind", "language", "letter", "position", "listed_from", "listed_until"],
                name="listed_pages_by_letter",
                condition=~models.Q(letter=""),
            ),
            # What sitemaps are asked from: the next document that has a page in a language.
            models.Index(
                fields=["language", "document"], name="listed_pages_by_document", condition=models.Q(is_fallback=False)
            ),
            # What translators' lists are asked from, in their order.
            models.Index(
                fields=["language", "-is_outdated", "release"],
                name="pages_to_translate",
                condition=models.Q(is_outdated=True) | models.Q(is_fallback=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.language}: {self.release_id}"


class ListedSignature(ShownToReaders):
    """A release on the page of a reviewer who signed its edition, while it can be read. Derived, as ListedPage is."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)  # the release's
    release = models.ForeignKey(Release, models.CASCADE, related_name="+", db_index=False)
    signer_slug = models.SlugField(max_length=80, db_index=False)
    position = models.BinaryField(max_length=180)  # the newest signature first
    listed_from = models.DateTimeField()
    listed_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "listed signature"
        indexes = [
            models.Index(
                fields=["signer_slug", "position", "listed_from", "listed_until", "language"], name="listed_signatures"
            )
        ]

    def __str__(self) -> str:
        return f"{self.signer_slug}: {self.release_id}"


class ListedTitle(ShownToReaders):
    """A listed page under one of its names in a list by title: of all pages, or of those about a topic.

    Derived from the signed tree, with the listed page and in its transaction, and gone with it: title_rows.py.
    """

    page = models.ForeignKey(ListedPage, models.CASCADE, related_name="titles")
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)  # the readers'
    topic = models.CharField(max_length=60, blank=True)  # the topic's key; "" in the list of all pages
    # The topic's name as the page has it; in the list of all pages, the other name that it stands under, if it does.
    name = models.CharField(max_length=200, blank=True)
    is_fallback = models.BooleanField()
    letter = models.CharField(max_length=10)  # that it stands under; "#" for digits and signs
    position = models.BinaryField(max_length=180)

    class Meta:
        verbose_name = "listed title"
        indexes = [
            models.Index(fields=["language", "topic", "position", "page"], name="listed_titles"),
            models.Index(fields=["language", "topic", "letter", "position", "page"], name="listed_titles_by_letter"),
            # What a topic is called on its newest page in the readers' own language.
            models.Index(fields=["language", "topic", "is_fallback", "-id"], name="listed_topic_names"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.language}: {self.topic}"


class PathStep(ShownToReaders):
    """A page in the order in which those about a topic are best read, as editors set it.

    It says nothing by itself: a step whose page is not live in the readers' language is left out.
    """

    topic = models.SlugField(_("topic"), max_length=60)  # its key
    place = models.PositiveSmallIntegerField(_("place"))  # from 1
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("step of a reading path")
        verbose_name_plural = _("steps of reading paths")
        ordering = ["topic", "place"]
        constraints = [models.UniqueConstraint(fields=["topic", "document"], name="steps_are_pages_once")]
        indexes = [models.Index(fields=["topic", "place", "document"], name="steps_of_paths")]

    def __str__(self) -> str:
        return f"{self.topic} {self.place}: {self.document_id}"


class ListRules(ShownToReaders):
    """One row: what the rows above were made by. They are made anew where the program's rules are others by now.

    They change with records alone, which raise the public state. Writing this row does when all were made anew.
    """

    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "rules of the lists"

    def __str__(self) -> str:
        return self.digest


class WithheldBlock(ShownToReaders):
    """A block of a page that readers see no more from some moment on: what it says was found to be unsafe.

    It names the block that the signed tree has, in every language; a new edition without that block needs no row.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    block_id = models.CharField(max_length=60)
    withheld_from = models.DateTimeField()

    class Meta:
        verbose_name = "withheld block"
        constraints = [models.UniqueConstraint(fields=["document", "block_id"], name="blocks_are_withheld_once")]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.block_id}"


class UrgentNotice(SiteRecord, ShownToReaders):
    """Urgent news about one document, which stands on every page that rests on it until its end is on record.

    What it says is a document of its own, `text`, and shown from when that is signed; or it is a stock notice: `stock`
    is the key of a phrase of site words, signed before.
    """

    because = models.CharField(max_length=64)  # digest of the record that is the news
    subject = models.ForeignKey(Document, models.PROTECT, related_name="urgent_notices", verbose_name=_("about"))
    happened_on = models.DateField(_("happened on"))
    text = models.OneToOneField(
        Document, models.PROTECT, null=True, related_name="urgent_notice", verbose_name=_("text")
    )
    stock = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("urgent notice")
        verbose_name_plural = _("urgent notices")
        indexes = [models.Index(fields=["because"], name="urgent_notices_of_a_record")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(text=None) ^ models.Q(stock=""), name="urgent_notices_have_one_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.happened_on}: {self.stock or self.text_id}"


class NoticedPage(ShownToReaders):
    """A page that an urgent notice stands on though its editions lead nowhere to the news: they rest on it otherwise.

    Written with the notice, by whoever knows what else pages rest on, and kept for good.
    """

    notice = models.ForeignKey(UrgentNotice, models.CASCADE, related_name="pages")
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "page that an urgent notice stands on"
        constraints = [models.UniqueConstraint(fields=["document", "notice"], name="pages_are_noticed_once")]

    def __str__(self) -> str:
        return f"{self.notice_id}: {self.document_id}"


class UrgentNoticeEnd(SiteRecord, ShownToReaders):
    """From when an urgent notice stands no longer: a reviewer said why, or all that it was about was settled."""

    notice = models.OneToOneField(UrgentNotice, models.PROTECT, related_name="end")
    reason = models.TextField(_("reason"), blank=True)  # "": all rechecks that its record opened were settled
    credentials = models.CharField(_("credentials"), max_length=220, blank=True)  # of who gave the reason

    TYPED = ("reason",)

    class Meta:
        verbose_name = _("end of an urgent notice")
        verbose_name_plural = _("ends of urgent notices")

    def __str__(self) -> str:
        return f"{self.notice_id}: {self.reason}"


class SearchEntry(models.Model):
    """A release as readers' search finds it, while it can be read. Derived, with the release in the same transaction.

    `search.index_rows` writes it, with the index that each database has in its own form: see search/engines.py.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)  # of the document
    language = models.CharField(max_length=10)  # the release's
    release = models.OneToOneField(Release, models.CASCADE, related_name="+")
    is_page = models.BooleanField()  # others are found by nobody: their words say only what means the same
    # Stems, with a space between them; of several names, with | between these. What is found is ordered by them.
    names = models.TextField(blank=True)
    points = models.TextField(blank=True)
    often = models.TextField(blank=True)
    topics = models.TextField(blank=True)  # keys of what it is about, with a space between them
    vector = SearchVectorField(null=True)  # of PostgreSQL; SQLite has a table for the same
    shown_from = models.DateTimeField()
    shown_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "search entry"

    def __str__(self) -> str:
        return f"{self.document_id} {self.language}: {self.release_id}"


class SearchName(models.Model):
    """One of the names that mean the same by what a release says: of a drug, or of a list of words that was signed."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="same_names")
    group = models.PositiveSmallIntegerField()  # names with the same number mean the same
    language = models.CharField(max_length=10)
    stems = models.CharField(max_length=200)
    text = models.CharField(max_length=200)

    class Meta:
        verbose_name = "search name"
        indexes = [models.Index(fields=["language", "stems"], name="search_names")]

    def __str__(self) -> str:
        return self.text


class SearchSuggestion(models.Model):
    """Words of a release that are suggested to who types their beginning: a title, a brand, a name that means the same.

    A row for the beginning of each of its words. What is shown of it is asked of the gate and compared with what was
    signed.
    """

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    # 0 from its first word on, 1 from a further one. A boolean is asked without “=”, so SQLite would not use the index.
    place = models.PositiveSmallIntegerField()
    beginning = models.BinaryField(max_length=240)  # folded, without spaces, in bytes: every database sorts those alike
    text = models.CharField(max_length=200)

    class Meta:
        verbose_name = "search suggestion"
        indexes = [models.Index(fields=["language", "place", "beginning"], name="search_suggestions")]

    def __str__(self) -> str:
        return self.text


class SearchWord(models.Model):
    """A word that live pages of a language have or had, as it is written: the search knows by these what is misspelt.

    It shows nothing of a page: what is corrected by it still has to be found.
    """

    language = models.CharField(max_length=10)
    form = models.CharField(max_length=60)
    stem = models.CharField(max_length=60)

    class Meta:
        verbose_name = "search word"
        constraints = [models.UniqueConstraint(fields=["language", "form"], name="search_words_once")]
        indexes = [models.Index(fields=["language", "stem"], name="search_stems")]

    def __str__(self) -> str:
        return self.form


class SearchSpelling(models.Model):
    """The beginning of a word, whole or without one of its letters: misspelt ones begin alike."""

    word = models.ForeignKey(SearchWord, models.CASCADE, related_name="spellings")
    language = models.CharField(max_length=10)
    beginning = models.CharField(max_length=10)

    class Meta:
        verbose_name = "search spelling"
        indexes = [models.Index(fields=["language", "beginning"], name="search_spellings")]

    def __str__(self) -> str:
        return self.beginning
