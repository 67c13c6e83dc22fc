"""What pages are about."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from editorial.accounts.languages import source_text

from .search import RowWords


class Topic(models.Model):
    """What pages are about, whatever their kind."""

    slug = models.SlugField(_("key"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["slug"]
        db_table = "articles_topic"  # only articles had topics once

    def __str__(self) -> str:
        return source_text(self, "name") or self.slug

    @property
    def block_id(self) -> str:
        """Of its block on every page about it."""
        return f"topic-{self.slug}"


class TopicWords(RowWords):
    """What the desk's search reads of a topic."""

    row = models.OneToOneField(Topic, models.CASCADE, primary_key=True, related_name="search_words")

    class Meta:
        verbose_name = "search words of a topic"
        db_table = "articles_topicwords"

    def __str__(self) -> str:
        return self.words


class TopicLink(models.Model):
    """A page is about a topic. A row of its own, so that its history is kept.

    Each kind that has topics has such a table, with a key of its content under the related name "topics".
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="%(app_label)s", verbose_name=_("topic"))

    class Meta:
        abstract = True
