"""Editions that a change reaches: those that are read, may be read, or may come back."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from editorial.editions.models import Release

from . import queue


def is_taken_down(now: datetime) -> Q:
    """Of editions: that they were live last, and their page is down."""
    return Q(Exists(Release.objects.taken_down(now).filter(edition=OuterRef("pk"))))


def is_active(now: datetime) -> Q:
    """Of editions: that they are live or scheduled, or wait for a sign-off; or are held, for they may come."""
    released = Release.objects.open_after(now).filter(edition=OuterRef("pk"))
    held = queue.holding_rechecks().filter(edition=OuterRef("pk"))
    return Q(Exists(released)) | queue.is_pending() | Q(Exists(held))
