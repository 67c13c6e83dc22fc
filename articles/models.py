"""Articles: the working copy that authors type into. Public pages never read these tables."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.editions.models import Document
from editorial.editions.tree.nodes import new_id
from editorial.library.models import Figure


def section_id() -> str:
    return new_id("s")


def point_id() -> str:
    return new_id("k")


class Topic(models.Model):
    """What articles are about."""

    slug = models.SlugField(_("key"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["slug"]

    def __str__(self):
        return self.name_en or self.slug


class Article(models.Model):
    """One article. Words in each language, structure shared."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="article")
    title = models.CharField(_("title"), max_length=200, blank=True)
    lead = models.TextField(_("lead"), blank=True, help_text=_("Two or three plain sentences that say the most."))
    change_note = models.CharField(
        _("what changed, for readers"), max_length=300, blank=True, help_text=_("For example: New approval added.")
    )
    review_interval_months = models.PositiveSmallIntegerField(
        _("review every … months"), default=12, validators=[MinValueValidator(1), MaxValueValidator(36)]
    )

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __str__(self):
        return self.title_en or self.document.slug


class ArticleTopic(models.Model):
    """An article is about a topic. A row of its own, so that its history is kept."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="articles", verbose_name=_("topic"))

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
        return self.text_en


class Group(models.TextChoices):
    OVERVIEW = "overview", _("Overview")
    PROCEDURE = "procedure", _("What happens")
    RISKS = "risks-benefits", _("Risks and benefits")
    RECOVERY = "recovery", _("Recovery and outlook")
    WHEN_TO_CALL = "when-to-call", _("When to call")
    EDITORS_NOTE = "editors-note", _("A note from the editors")


class CareLevel(models.TextChoices):
    NON_URGENT = "non-urgent", _("Call during office hours")
    URGENT = "urgent", _("Call today")
    EMERGENCY = "emergency", _("Emergency")


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
        return self.heading_en


class Reference(models.Model):
    """A source that the text cites as [@key]. Not translated: a title is quoted as it was published."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="references")
    order = models.PositiveSmallIntegerField(default=0)
    retired = models.BooleanField(_("retired"), default=False)
    key = models.CharField(
        _("key"), max_length=40, help_text=_("Cite it in the text as [@key]."),
        validators=[RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Use lower-case letters, digits and hyphens."))],
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=300)
    source = models.CharField(_("source"), max_length=200, help_text=_("Journal or publisher, year, pages."))
    doi = models.CharField(
        _("DOI"), max_length=100, blank=True, validators=[
            RegexValidator(r"^10\.\d{4,9}/\S+$", _("For example 10.1056/NEJMoa1910549."))
        ]
    )  # fmt: skip
    pmid = models.CharField(
        _("PMID"), max_length=12, blank=True, validators=[RegexValidator(r"^\d{1,9}$", _("A number."))]
    )
    url = models.URLField(_("web address"), max_length=400, blank=True)
    accessed_on = models.DateField(_("read on"))

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "key"], name="reference_keys_are_unique")]

    def __str__(self):
        return f"[@{self.key}] {self.title}"
