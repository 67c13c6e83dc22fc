"""Opening and settling rechecks. A change opens them in its own transaction, on every edition that rests on it."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from editorial.accounts.models import User
from editorial.editions.models import (
    FIRM,
    Dependency,
    Document,
    Edition,
    EndCause,
    Record,
    Release,
    Revocation,
    SignOff,
)
from editorial.editions.working.copies import lock_document

from .. import queue, rules
from ..mail import notifications
from ..models import Cause, Outcome, Recheck, Settlement
from ..shown_changes import find_shown_changes
from .intervals import end_release, open_release, restore_previous


def open_rechecks(record: Record, cause: Cause, language: str, *, user: User) -> list[Recheck]:
    """Open a recheck on every edition that rests on what `record` changed: live, scheduled or awaiting.

    A change in the source language touches editions in every language, one in another language those in that language.
    The edition that was live last of a page that is down is reached too: whoever brings it back is shown what changed
    since. Nobody is mailed about that. The caller is inside the transaction that wrote `record`.
    """
    now, opened_rechecks, new_rechecks, to_hold = timezone.now(), [], [], []
    for edition, why in _touched(record, cause, language, now).values():
        recheck, is_new = _open(edition, why, record, user=user, now=now)
        opened_rechecks.append(recheck)
        if is_new:
            new_rechecks.append(recheck)
        if why.is_about_safety:
            to_hold.append(edition)
    _hold(to_hold, user=user, now=now)
    down = Release.objects.taken_down(now).filter(edition__in=[recheck.edition_id for recheck in new_rechecks])
    down_ids = set(down.values_list("edition_id", flat=True)) if new_rechecks else set()
    notifications.notify_rechecks(recheck for recheck in new_rechecks if recheck.edition_id not in down_ids)
    return opened_rechecks


def lock_dependents(documents: Iterable[Document] | QuerySet[SignOff, int]) -> dict[int, Document]:
    """Lock these documents and those that rest on them, of which a change may hold schedules: {key: document}.

    A queryset holds the keys of documents. They are locked in the order of their keys: two who each lock many in one
    order wait for each other at most once.
    """
    resting = Dependency.objects.filter(document__in=documents).values("edition__document")
    to_lock = Document.objects.filter(Q(pk__in=_keys(documents)) | Q(pk__in=resting)).order_by("pk")
    return {document.pk: document for document in to_lock.select_for_update()}


def _keys(documents: Iterable[Document] | QuerySet[SignOff, int]) -> Iterable[int]:
    return documents if isinstance(documents, QuerySet) else [document.pk for document in documents]


def open_scheduled_rechecks(edition: Edition, *, user: User) -> None:
    """Open rechecks on an edition that was just submitted, for what is scheduled already on pages that it rests on.

    Its signers see those pages as they are now; on the day, nobody would look at it again.
    """
    now = timezone.now()
    coming = Release.objects.filter(released_from__gt=now).open_after(now)
    shown = Dependency.objects.filter(edition=edition, how__in=FIRM)
    resting = shown.exclude(document=edition.document).values("document")
    spoken = Q(language__in=(settings.SOURCE_LANGUAGE, edition.language))
    new = []
    for release in coming.filter(spoken, document__in=resting).select_related("document"):
        if find_shown_changes(release).is_shown_in(edition):
            new.append(_open(edition, Cause.RELEASED, release, user=user, now=now)[0])
    if edition.source_edition:
        newer = coming.filter(
            document=edition.document, language=settings.SOURCE_LANGUAGE, number__gt=edition.source_edition.number
        )
        new += [_open(edition, Cause.SOURCE, release, user=user, now=now)[0] for release in newer]
    notifications.notify_rechecks(new)


def _open(edition: Edition, cause: Cause, record: Record, *, user: User, now: datetime) -> tuple[Recheck, bool]:
    """(the recheck, whether it is new). What is only scheduled changes nothing before its time."""
    starts = record.released_from if isinstance(record, Release) else now
    return Recheck.objects.get_or_create(
        edition=edition,
        because=record.record_digest,
        defaults={
            "cause": cause,
            "document": record.document,
            "takes_effect_at": starts if starts > now else None,
            **Recheck.attribution(user, now),
        },
    )


def _hold(editions: Iterable[Edition], *, user: User, now: datetime) -> None:
    """Editions that are only scheduled do not become live while they have to be looked at again for safety.

    The caller holds the locks on their documents, taken in one order by `lock_dependents`.
    """
    is_read = Exists(Release.objects.live(now).filter(edition=OuterRef("edition")))
    scheduled = Release.objects.filter(~is_read, released_from__gt=now).open_after(now)
    releases = scheduled.filter(edition__in=[edition.pk for edition in editions]).select_related("document")
    for release in releases.order_by("document", "sequence"):
        lock_document(release.document)  # again, for one that came to rest on the change since
        # Holding one writes those behind it anew, of the same edition too: each is asked for when its turn comes.
        coming, since = scheduled.filter(edition=release.edition_id).order_by("released_from"), now
        while pending_release := coming.filter(released_from__gt=since).first():
            since = pending_release.released_from
            end_release(pending_release, since, EndCause.HELD, user=user, now=now)
            restore_previous(pending_release, user=user, now=now)


def release_hold(edition: Edition, *, user: User) -> None:
    """Schedule a held edition again once nothing about its safety is open; its sign-offs still stand."""
    if not rules.is_held(edition):
        return
    if any(recheck.is_about_safety for recheck in Recheck.objects.open().filter(edition=edition)):
        return
    newer = Release.objects.filter(document=edition.document, language=edition.language, number__gt=edition.number)
    if not newer.exists():
        open_release(edition, user=user, now=timezone.now())


def _touched(record: Record, cause: Cause, language: str, now: datetime) -> dict[int, tuple[Edition, Cause]]:
    """{edition's key: (edition, cause)} of those that a change of the record's document in `language` touches."""
    document = record.document
    is_about_all_languages = language in ("", settings.SOURCE_LANGUAGE)
    # A page that leads to itself does not change by it.
    resting = Dependency.objects.filter(document=document).exclude(edition__document=document)
    if cause == Cause.RELEASED:
        resting = resting.filter(how__in=FIRM)  # where pages only lead to it, nothing on them changed
    reached = Q(pk__in=resting.values("edition"))
    if cause == Cause.EVENT:
        reached |= Q(document=document)
    down = Q(Exists(Release.objects.taken_down(now).filter(edition=OuterRef("pk"))))
    if isinstance(record, Revocation):  # what was signed as well, where another's sign-off keeps it standing
        signed = record.sign_off.edition_id
        reached |= Q(pk=signed) | Q(source_edition=signed)
        down &= ~Q(document=document)  # that came down by it, and whoever brings it back is shown why
    editions = _reached_among(reached if is_about_all_languages else reached & Q(language=language), down, now)
    if isinstance(record, Release) and (editions := list(editions)):
        editions = find_shown_changes(record).filter_editions(editions)
    touched = {edition.pk: (edition, cause) for edition in editions}
    if cause == Cause.RELEASED and language == settings.SOURCE_LANGUAGE:
        assert isinstance(record, Release)  # noqa: S101 (for the type alone)
        translations = _reached_among(Q(document=document, source_edition__number__lt=record.number), down, now)
        touched |= {edition.pk: (edition, Cause.SOURCE) for edition in translations}
    return touched


def _reached_among(reached: Q, down: Q, now: datetime) -> Iterable[Edition]:
    """Those that are active, and those of pages that are `down` which may be brought back."""
    # Most changes reach nothing, and asking which editions are active takes ten times as long.
    if not Edition.objects.filter(reached).exists():
        return ()
    return Edition.objects.filter(reached, Q(pk__in=active_editions(now).values("pk")) | down).defer("content")


def active_editions(now: datetime) -> QuerySet[Edition]:
    """Editions that are live or scheduled, or that wait for a sign-off; those that are held too, for they may come."""
    released = Release.objects.open_after(now).values("edition")
    waiting = queue.pending_editions().order_by().values("pk")
    held_editions = queue.holding_rechecks().values("edition")
    return Edition.objects.filter(Q(pk__in=released) | Q(pk__in=waiting) | Q(pk__in=held_editions)).defer("content")


def settle_rechecks(rechecks: Iterable[Recheck], outcome: Outcome, *, user: User, reason: str = "") -> None:
    """Note how open rechecks were settled. For the services whose act settles them."""
    now = timezone.now()
    for recheck in rechecks:
        Settlement.objects.create(recheck=recheck, outcome=outcome, reason=reason, **Settlement.attribution(user, now))


def settle_superseded(edition: Edition, *, user: User) -> None:
    """A new edition was released: what was open on the ones before it is settled."""
    older = Recheck.objects.open().filter(
        edition__document=edition.document, edition__language=edition.language, edition__number__lt=edition.number
    )
    settle_rechecks(older, Outcome.NEW_EDITION, user=user)


def settle_or_hold(edition: Edition, *, user: User) -> None:
    """An edition was just released: whoever signed it since a change saw the page as it is after that change.

    What came after the first of its signatures stays open; where it is about safety, a schedule waits for it.
    """
    standing = edition.sign_offs.filter(revocation__isnull=True)
    first = min(standing.values_list("recorded_at", flat=True))
    waiting = Recheck.objects.open().filter(edition=edition)
    settle_rechecks(waiting.in_effect(first).exclude(began=first), Outcome.SIGNED, user=user)
    if any(recheck.is_about_safety for recheck in waiting.all()):
        _hold([edition], user=user, now=timezone.now())
