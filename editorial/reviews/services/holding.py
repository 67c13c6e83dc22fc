"""Holding schedules: editions that are only scheduled wait while they have to be looked at again for safety."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from editorial.accounts.models import User
from editorial.editions.models import Document, EndCause, Record, Release, ReleaseEnd, append_records
from editorial.editions.validity import Validity
from editorial.reading.list_rows import refresh_lists

from .intervals import end_release, find_previous, release_again, restore_previous

AT_ONCE = 500  # documents whose lists are refreshed together


def hold_schedules(editions: QuerySet[Any, Any] | list[int], *, user: User, now: datetime) -> None:
    """Editions (keys) that are only scheduled do not become live from now on.

    The caller holds the locks on their documents, taken in one order by `lock_dependents`. Schedules that are alone in
    their language, as most are, are held together, and take no statement of their own but for their records.
    """
    is_read = Exists(Release.objects.live(now).filter(edition=OuterRef("edition")))
    scheduled = Release.objects.filter(~is_read, released_from__gt=now).open_after(now)
    to_hold = scheduled.filter(edition__in=editions)
    if not to_hold.exists():
        return
    # Locked again, for one that came to rest on the change since.
    documents = Document.objects.filter(pk__in=to_hold.values("document")).order_by("pk").select_for_update()
    keys = list(documents.values_list("pk", flat=True))
    others = Release.objects.filter(
        document=OuterRef("document"), language=OuterRef("language"), released_from__gt=now
    ).exclude(pk=OuterRef("pk"))
    _hold_together(to_hold.filter(~Exists(others)), user=user, now=now)
    for start in range(0, len(keys), AT_ONCE):
        refresh_lists(keys[start : start + AT_ONCE], now)
    _hold_one_by_one(to_hold, scheduled, user=user, now=now)


def _hold_together(alone: QuerySet[Release], *, user: User, now: datetime) -> None:
    """Nothing comes after them in their language. What each was to end goes on, as by `restore_previous`."""
    previous = find_previous(OuterRef("document"), OuterRef("language"), OuterRef("released_from")).values("pk")[:1]
    releases = list(alone.annotate(previous=Subquery(previous)).order_by("document", "sequence"))
    by_key = Release.objects.in_bulk({release.previous for release in releases} - {None})
    validity = Validity(release.edition_id for release in by_key.values())
    records: list[Record] = []
    for release in releases:
        start, before = release.released_from, by_key.get(release.previous)
        records.append(
            ReleaseEnd(document_id=release.document_id, release=release, released_until=start, cause=EndCause.HELD)
        )
        if before and validity.is_valid(before.edition_id):
            records.append(release_again(before, start))
    append_records(records, user=user, at=now)


def _hold_one_by_one(to_hold: QuerySet[Release], scheduled: QuerySet[Release], *, user: User, now: datetime) -> None:
    """Holding one writes those behind it anew, of the same edition too: each is asked for when its turn comes."""
    for release in to_hold.select_related("document").order_by("document", "sequence"):
        coming, since = scheduled.filter(edition=release.edition_id).order_by("released_from"), now
        while pending_release := coming.filter(released_from__gt=since).first():
            since = pending_release.released_from
            end_release(pending_release, since, EndCause.HELD, user=user, now=now)
            restore_previous(pending_release, user=user, now=now)
