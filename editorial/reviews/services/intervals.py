"""Intervals in which editions may be read: opening, ending and giving back. The verbs of reviewing call these.

The caller holds the lock on the document's row. What readers' lists are asked from is written along.
"""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from editorial.accounts.models import User
from editorial.editions.compiled_questions import AT, DOCUMENT, LANGUAGE, find_rows
from editorial.editions.models import Edition, EndCause, Release, ReleaseEnd, append_record
from editorial.editions.validity import is_valid
from editorial.reading.list_rows import refresh_lists


def open_release(edition: Edition, *, user: User, now: datetime) -> Release:
    """Open the interval of an edition whose requirement is met, and end those that it supersedes."""
    standing = list(edition.sign_offs.filter(revocation__isnull=True).order_by("sequence"))
    start = max([now, *(sign_off.release_not_before for sign_off in standing if sign_off.release_not_before)])
    others = find_rows(_ask_open, document=edition.document_id, language=edition.language, at=now)
    # Each is older: while a newer edition waits or stands, this one cannot be signed.
    for other in Release.objects.filter(pk__in=[pk for [pk] in others]) if others else ():
        write_end(other, max(start, other.released_from), EndCause.SUPERSEDED, user=user, now=now)
    release = append_record(
        Release(
            document=edition.document,
            edition=edition,
            language=edition.language,
            number=edition.number,
            content_digest=edition.content_digest,
            released_from=start,
            met_by=[sign_off.record_digest for sign_off in standing],
        ),
        user=user,
        at=now,
    )
    refresh_lists([edition.document_id], now)
    return release


def _ask_open() -> QuerySet[Release, Any]:
    return Release.objects.filter(document=DOCUMENT, language=LANGUAGE).open_after(AT).order_by().values_list("pk")


def end_release(release: Release, until: datetime, cause: EndCause, *, user: User, now: datetime) -> None:
    """Close an interval; nothing is written when it ends before `until` anyway."""
    write_end(release, until, cause, user=user, now=now)
    refresh_lists([release.document_id], now)


def write_end(release: Release, until: datetime, cause: EndCause, *, user: User, now: datetime) -> None:
    """The record alone, for a caller who ends several and then refreshes the lists itself."""
    ends = [end.released_until for end in release.ends.all()]
    if ends and min(ends) <= until:
        return
    append_record(
        ReleaseEnd(document=release.document, release=release, released_until=until, cause=cause), user=user, at=now
    )


def find_previous(document: Any, language: Any, start: Any) -> QuerySet[Release]:
    """Releases that end at `start` because another begins there, the newest first; each may refer to an outer query."""
    outer = {"released_until": OuterRef(start)} if isinstance(start, OuterRef) else {"released_until": start}
    superseded = ReleaseEnd.objects.filter(release=OuterRef("pk"), cause=EndCause.SUPERSEDED, **outer)
    sooner = {f"{name}__lt": value for name, value in outer.items()}
    ended_sooner = ReleaseEnd.objects.filter(release=OuterRef("pk"), **sooner)
    releases = Release.objects.filter(document=document, language=language, released_from__lt=start)
    return releases.filter(Exists(superseded), ~Exists(ended_sooner)).order_by("-number")


def release_again(release: Release, since: datetime) -> Release:
    """The same edition from another time on, not yet recorded."""
    return Release(
        document_id=release.document_id,
        edition_id=release.edition_id,
        language=release.language,
        number=release.number,
        content_digest=release.content_digest,
        released_from=since,
        met_by=release.met_by,
    )


def restore_previous(cancelled: Release, *, user: User, now: datetime) -> None:
    """Give the time of a cancelled schedule back to the edition that was to end there: it never left the page.

    What is scheduled after it is written anew behind it, because intervals must not overlap while they are written.
    """
    start = cancelled.released_from
    releases = Release.objects.filter(document=cancelled.document, language=cancelled.language)
    previous = find_previous(cancelled.document_id, cancelled.language, start).select_related("edition").first()
    if previous is None or not is_valid(previous.edition):
        return
    later = list(
        releases.open_after(start).filter(released_from__gt=start).select_related("edition").order_by("released_from")
    )
    for release in reversed(later):
        write_end(release, release.released_from, EndCause.SUPERSEDED, user=user, now=now)
    chain: list[tuple[Release, datetime]] = [
        (previous, start),
        *((release, release.released_from) for release in later),
    ]
    for index, (release, since) in enumerate(chain):
        rewritten = append_record(release_again(release, since), user=user, at=now)
        if index + 1 < len(chain):
            write_end(rewritten, chain[index + 1][1], EndCause.SUPERSEDED, user=user, now=now)
    refresh_lists([cancelled.document_id], now)
