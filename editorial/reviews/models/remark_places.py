"""Where passages that were remarked on stood from edition to edition, so that nobody reads all editions again."""

from django.db import models

from editorial.editions.models import Edition

from .remarks import Remark


class RemarkPlace(models.Model):
    """The block of a thread in the editions with the numbers `since` to `until` of its page.

    `node_id` is its id in them, or the last that it had where it is gone; then `seen_in` is the last edition with it.
    """

    thread = models.ForeignKey(Remark, models.CASCADE, related_name="places")  # its first entry
    since = models.PositiveIntegerField()
    until = models.PositiveIntegerField()
    node_id = models.CharField(max_length=80)
    is_there = models.BooleanField()
    seen_in = models.ForeignKey(Edition, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "place of a remark"
        constraints = [models.UniqueConstraint(fields=["thread", "since"], name="one_place_at_a_time")]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.since}–{self.until}: {self.node_id}"
