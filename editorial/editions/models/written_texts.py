"""Who wrote each text of the rows that people write: told from their history once, and kept beside it.

Submitting asks who wrote what stands on a page. The history of a row answers that, but it grows with every save; these
rows answer it at the same cost after 5,000 saves as after one. `working/text_writers.py` writes them with each save.
"""

from typing import Any

from django.conf import settings
from django.db import models


class _OfRow(models.Model):
    """A row of a tracked table, by the label of its model ("articles.section") and its key."""

    model = models.CharField(max_length=100)
    row_id = models.BigIntegerField()

    class Meta:
        abstract = True


class HistoryMark(_OfRow):
    """Up to where the history of a row was told."""

    history_id = models.BigIntegerField()

    class Meta:
        verbose_name = "mark in a history"
        constraints = [models.UniqueConstraint(fields=["model", "row_id"], name="one_mark_per_row")]

    def __str__(self) -> str:
        return f"{self.model} {self.row_id} {self.history_id}"


class RowWriter(_OfRow):
    """Somebody changed a column of a row; "" stands for all columns that hold no words of a language."""

    column = models.CharField(max_length=100)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "writer of a row"
        constraints = [
            models.UniqueConstraint(fields=["model", "row_id", "column", "user"], name="one_writer_per_column")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.row_id} {self.column}: {self.user_id}"


class WrittenText(_OfRow):
    """A text that stood at a place of a column, by its digest, and who had a hand in it since when.

    The texts of a place are a tree: each stands below the one that it was written over when it first stood there.
    `depth` counts the texts above it. `branch` is the digest of the first text of a straight line of them, "" where it
    is this one, and `path` the lines above its own, each as [digest of its first text, the depth at which it is left].
    `is_tip` until a text follows in its line. `writers` maps the key of each user who had a hand in it or in a text
    above it to the depth of the last of those.
    """

    column = models.CharField(max_length=100)
    node_id = models.CharField(max_length=60)  # of a block of prose; "" where a column holds a single text
    word = models.CharField(max_length=40)
    digest = models.CharField(max_length=22)  # 128 bits of it, in base 64
    depth = models.PositiveIntegerField(default=0)
    branch = models.CharField(max_length=22, blank=True, default="")
    path: "models.JSONField[list[list[Any]], list[list[Any]]]" = models.JSONField(default=list)
    is_tip = models.BooleanField(default=True)
    writers: "models.JSONField[dict[str, int], dict[str, int]]" = models.JSONField(default=dict)

    class Meta:
        verbose_name = "written text"
        constraints = [
            models.UniqueConstraint(
                fields=["model", "row_id", "column", "digest", "node_id", "word"], name="one_text_per_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.row_id} {self.column} {self.node_id} {self.digest[:8]}"

    @property
    def line(self) -> str:
        """The digest of the first text of its line."""
        return self.branch or self.digest

    def is_above(self, other: "WrittenText") -> bool:
        """Whether `other`, of the same place, was written over this text, or over one that was."""
        lines = [[other.line, other.depth], *other.path]
        return any(line == self.line and self.depth <= depth for line, depth in lines)

    def writers_since(self, signed: "WrittenText | None") -> set[int]:
        """Keys of those who had a hand in this text since the signed one, or ever where it does not rest on that."""
        rests_on = signed if signed and signed.is_above(self) else None
        return {int(user) for user, depth in self.writers.items() if rests_on is None or depth > rests_on.depth}
