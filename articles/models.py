"""Articles: the working copy that authors type into. Public pages never read these tables."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import source_text
from editorial.editions.models import Document
from editorial.editions.tree.nodes import new_id
from editorial.library.models import CareLevel, Figure, TopicLink


def section_id() -> str:
    return new_id("s")


def point_id() -> str:
    return new_id("k")


class Article(models.Model):
    """One article. Words in each language, structure shared."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="article")
    title = models.CharField(_("title"), max_length=200, blank=True)
    lead = models.TextField(_("lead"), blank=True, help_text=_("Two or three plain sentences that say the most."))
    change_note = models.CharField(
        _("what changed, for readers"), max_length=300, blank=True, help_text=_("For example: New approval added.")
    )
    is_minor = models.BooleanField(_("a minor change"), default=False)
    review_interval_months = models.PositiveSmallIntegerField(
        _("review every … months"), default=12, validators=[MinValueValidator(1), MaxValueValidator(36)]
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __str__(self):
        return source_text(self, "title") or self.document.slug


class ArticleTopic(TopicLink):
    article = models.ForeignKey(Article, models.CASCADE, related_name="topics")

    class Meta:
        verbose_name = _("topic of an article")
        constraints = [models.UniqueConstraint(fields=["article", "topic"], name="each_topic_once")]

    def __str__(self):
        return f"{self.article_id}: {self.topic_id}"


class KeyPoint(models.Model):
    """One thing to take away from the article."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="key_points")
    block_id = models.CharField(max_length=20, default=point_id, editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(_("retired"), default=False)
    text = models.TextField(_("key point"), blank=True)

    class Meta:
        verbose_name = _("key point")
        verbose_name_plural = _("key points")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "block_id"], name="key_points_have_own_ids")]

    def __str__(self):
        return source_text(self, "text")


class Group(models.TextChoices):
    OVERVIEW = "overview", _("Overview")
    PROCEDURE = "procedure", _("What happens")
    RISKS = "risks-benefits", _("Risks and benefits")
    RECOVERY = "recovery", _("Recovery and outlook")
    WHEN_TO_CALL = "when-to-call", _("When to call")
    EDITORS_NOTE = "editors-note", _("A note from the editors")


class Section(models.Model):
    """A heading or question with rich text. Retired, never deleted: its words are kept in every language."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="sections")
    block_id = models.CharField(max_length=20, default=section_id, editable=False)
    order = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(_("retired"), default=False)
    group = models.CharField(_("group"), max_length=20, choices=Group, default=Group.OVERVIEW)
    care_level = models.CharField(
        _("care level"), max_length=20, choices=CareLevel, blank=True,
        help_text=_("Only for a section that asks the reader to act."),
    )  # fmt: skip
    heading = models.CharField(_("heading or question"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    figure = models.ForeignKey(
        Figure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("figure")
    )
    # A piece of another document that stands after the text, by the name that its kind gives it.
    piece_of = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("piece of another page")
    )
    piece = models.CharField(_("which piece"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "block_id"], name="sections_have_own_ids")]

    def __str__(self):
        return source_text(self, "heading")

    @property
    def shows(self) -> str:
        """The piece that it shows, as people choose it: "17:approvals", or "" for none."""
        return f"{self.piece_of_id}:{self.piece}" if self.piece_of_id else ""

    @shows.setter
    def shows(self, chosen: str):
        document, _colon, self.piece = (chosen or "").partition(":")
        self.piece_of_id = int(document) if document else None
