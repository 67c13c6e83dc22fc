"""Kept text: what somebody types on the desk, kept as they go, apart from every working copy."""

from django.conf import settings
from django.db import models


class KeptText(models.Model):
    """A copy of one form as one person typed it in one window. Nobody else sees it, and nothing reads it but its form.

    `place` is the address of the form's page, `window` tells two windows of it apart, `content` is the JSON of
    {name: [value, …]}.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    place = models.CharField(max_length=200)
    window = models.CharField(max_length=32)
    # As text and not as JSON, of which PostgreSQL refuses a NUL that somebody sent.
    content = models.TextField()
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name = "kept text"
        verbose_name_plural = "kept texts"
        ordering = ["-kept_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "place", "window"], name="one_kept_text_for_each_window"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.kept_at:%Y-%m-%d %H:%M}"
