"""Remarks: what people say to each other about one place of an edition.

Rows are append-only, so a thread is its own history: resolving, setting aside and reopening are rows too. A thread
hangs on the id of a block, which a block keeps from edition to edition: so it is found again after the page was
submitted anew. While a thread is open, nobody signs the page in its language.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from editorial.accounts.attribution import Attributed, actor_key, actor_name
from editorial.accounts.languages import LANGUAGE_CHOICES
from editorial.accounts.models import User
from editorial.editions.models import AppendOnly, Document, Edition

LONGEST_REMARK = 4000  # characters


class Act(models.TextChoices):
    SAID = "said", _("posted")
    DONE = "done", _("done")  # what an author says who changed the text: an answer, it settles nothing
    RESOLVED = "resolved", _("resolved")  # by who opened it
    SET_ASIDE = "set-aside", _("set aside")  # by somebody who signs, with a reason
    REOPENED = "reopened", _("reopened")


class Remark(Attributed, AppendOnly):
    """One entry of a thread; `thread` is its first entry, none for that itself."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGE_CHOICES)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="remarks")  # which they had before them
    thread = models.ForeignKey("self", models.PROTECT, null=True, related_name="answers")
    node_id = models.CharField(max_length=80, blank=True)  # "" for the page as a whole
    quote = models.TextField(blank=True)  # the words of the block as they were
    act = models.CharField(max_length=10, choices=Act, default=Act.SAID)
    text = models.TextField(_("remark"), blank=True)
    mentioned: "models.ManyToManyField[User, Mention]" = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Mention", related_name="+"
    )
    made_at = models.DateTimeField(_("made at"))
    made_by = actor_key()
    made_by_name = actor_name()

    ATTRIBUTION = ("made_by", "made_by_name", "made_at")
    TYPED = ("text",)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(act=Act.SAID, text=""), name="who_remarks_says_something"),
            models.CheckConstraint(condition=~Q(act=Act.SET_ASIDE, text=""), name="who_sets_aside_says_why"),
            models.CheckConstraint(
                condition=Q(act=Act.SAID) | Q(thread__isnull=False), name="threads_begin_with_words"
            ),
        ]
        indexes = [models.Index(fields=["document", "language"], name="remarks_of_a_page")]

    def __str__(self) -> str:
        return f"{self.made_by_name}: {self.text or self.get_act_display()}"


class Mention(AppendOnly):
    """Somebody who was asked by name."""

    remark = models.ForeignKey(Remark, models.PROTECT, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["remark", "user"], name="nobody_is_mentioned_twice")]

    def __str__(self) -> str:
        return f"{self.remark_id} → {self.user_id}"
