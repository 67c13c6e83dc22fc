"""Opening and settling rechecks. A change opens them in its own transaction, on every edition that rests on it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from editorial.accounts.models import User
from editorial.editions.compiled_questions import AT, DOCUMENT, EDITION, LANGUAGE, NUMBER, find_rows, has_rows
from editorial.editions.keyword_contract import ChangedKeywords
from editorial.editions.keywords import find_editions_with, lock_keywords
from editorial.editions.kinds import kind_of
from editorial.editions.models import (
    FIRM,
    Assertion,
    Dependency,
    Document,
    Edition,
    EditionWording,
    Record,
    Release,
    Reliance,
    Revocation,
    SignOff,
)
from editorial.editions.set_inserts import insert_from
from editorial.editions.validity import Validity

from .. import rules
from ..mail.recheck_notifications import notify_rechecks
from ..models import Cause, Outcome, Recheck, Settlement
from ..reachable_editions import is_active, is_taken_down
from ..shown_changes import find_recorded_changes, find_shown_changes
from ..wordings import find_wordings
from .holding import hold_schedules
from .intervals import open_release
from .late_names import record_late_keywords, record_late_names
from .notice_ends import end_settled_notices

NO_KEYWORDS = ChangedKeywords()


def open_rechecks(record: Record, cause: Cause, language: str, *, user: User) -> None:
    """Open a recheck on every edition that rests on what `record` changed: live, scheduled or awaiting.

    A change in the source language touches editions in every language, one in another language those in that language.
    The edition that was live last of a page that is down is reached too: whoever brings it back is shown what changed
    since. Nobody is mailed about that. The caller is inside the transaction that wrote `record`.

    However many editions they are, it takes the same number of statements, but for the records of schedules that are
    held.
    """
    now = timezone.now()
    keywords = kind_of(record.document).changed_keywords([record]) if cause == Cause.EVENT else NO_KEYWORDS
    opened = sum(
        _open(editions, why, record, keywords, user=user, now=now)
        for editions, why in _touched(record, cause, language, keywords, now)
    )
    if not opened:
        return
    if cause.is_about_safety:
        rechecks = Recheck.objects.filter(because=record.record_digest, opened_at=now)
        hold_schedules(rechecks.values("edition"), user=user, now=now)
    notify_rechecks(record, opened_at=now)


def lock_dependents(
    documents: Iterable[Document] | QuerySet[SignOff, int],
    keywords: ChangedKeywords = NO_KEYWORDS,
    *,
    asserting: bool = False,
) -> dict[int, Document]:
    """Lock these documents and those that rest on them or have one of the keywords: a change may hold their schedules.
    With `asserting` also those whose editions assert facts, of which a record may change any.

    Returns {key: document} of these alone. A queryset holds the keys of documents. They are locked in the order of
    their keys: two who each lock many in one order wait for each other at most once. Before that, editions come to
    rest on these that name them by a name that they got since.
    """
    keys = documents if isinstance(documents, QuerySet) else [document.pk for document in documents]
    record_late_names(keys)
    record_late_keywords(keywords)
    resting = Dependency.objects.filter(document__in=keys).values("edition__document")
    reached = Q(pk__in=keys) | Q(pk__in=resting)
    if keywords.keys:
        having = Edition.objects.filter(pk__in=find_editions_with(keywords.keys))
        reached |= Q(pk__in=having.values("document"))
    if asserting:
        reached |= Q(pk__in=Assertion.objects.values("edition__document"))
    to_lock = Document.objects.filter(reached).order_by("pk").select_for_update()
    locked = list(to_lock.values_list("pk", flat=True))
    lock_keywords(keywords.keys)
    return Document.objects.filter(pk__in=keys).in_bulk() if locked else {}


def open_scheduled_rechecks(edition: Edition, *, user: User) -> None:
    """Open rechecks on an edition that was just submitted, for what is scheduled already on pages that it rests on.

    Its signers see those pages as they are now; on the day, nobody would look at it again.
    """
    now = timezone.now()
    if not has_rows(_ask_coming, edition=edition.pk, at=now):
        return
    coming = Release.objects.filter(released_from__gt=now).open_after(now)
    shown = Dependency.objects.filter(edition=edition, how__in=FIRM)
    resting = shown.exclude(document=edition.document).values("document")
    spoken = Q(language__in=(settings.SOURCE_LANGUAGE, edition.language))
    reasons = [
        (release, Cause.RELEASED)
        for release in coming.filter(spoken, document__in=resting).select_related("document")
        if find_shown_changes(release).is_shown_in(edition)
    ]
    if edition.source_edition:
        newer = coming.filter(
            document=edition.document, language=settings.SOURCE_LANGUAGE, number__gt=edition.source_edition.number
        )
        reasons += [
            (release, Cause.SOURCE)
            for release in newer.select_related("document")
            if _find_outdated([edition.pk], release)
        ]
    for release, cause in reasons:
        _open(Edition.objects.filter(pk=edition.pk), cause, release, NO_KEYWORDS, user=user, now=now)
        notify_rechecks(release, opened_at=now)


def _ask_coming() -> QuerySet[Release, Any]:
    """What is scheduled on the edition's own page, in any language, or on one that it rests on."""
    pages = Q(document__in=Dependency.objects.filter(edition=EDITION).values("document"))
    pages |= Q(document__in=Edition.objects.filter(pk=EDITION).values("document"))
    return Release.objects.filter(pages, released_from__gt=AT).open_after(AT).order_by().values_list("pk")[:1]


def _open(
    editions: QuerySet[Edition],
    cause: Cause,
    record: Record,
    keywords: ChangedKeywords,
    *,
    user: User,
    now: datetime,
) -> int:
    """How many were opened, in one statement. What is only scheduled changes nothing before its time."""
    starts = record.released_from if isinstance(record, Release) else now
    is_open = Recheck.objects.filter(edition=OuterRef("pk"), because=record.record_digest)
    return insert_from(
        editions.filter(~Exists(is_open)),
        Recheck,
        {
            "edition": F("pk"),
            "cause": cause,
            "document": record.document_id,
            "because": record.record_digest,
            "takes_effect_at": starts if starts > now else None,
            "shows_change": _shows_change(record, keywords) if cause == Cause.EVENT else None,
            **Recheck.attribution(user, now),
        },
    )


def _shows_change(record: Record, keywords: ChangedKeywords) -> Case:
    """Of editions: whether they are of the changed page, show what changed of it, or cite what certainly tells of it.

    None, of the others, where nobody can tell what changed.
    """
    is_shown = Q(document=record.document_id)
    if keywords.certain:
        is_shown |= Q(pk__in=find_editions_with(keywords.certain))
    changes = find_recorded_changes(record)
    if changes and not changes.is_none:
        is_shown |= Q(Exists(changes.shown_dependencies))
    unshown = Value(None if changes is None else False, output_field=BooleanField(null=True))
    return Case(When(is_shown, then=True), default=unshown, output_field=BooleanField(null=True))


def release_hold(edition: Edition, *, user: User) -> None:
    """Schedule a held edition again once nothing about its safety is open; its sign-offs still stand."""
    if not rules.is_held(edition):
        return
    if any(recheck.is_about_safety for recheck in Recheck.objects.open().filter(edition=edition)):
        return
    newer = Release.objects.filter(document=edition.document, language=edition.language, number__gt=edition.number)
    keys = set(newer.values_list("edition", flat=True))
    validity = Validity(keys)
    if not any(map(validity.is_valid, keys)):  # one that was revoked since stands in nobody's way
        open_release(edition, user=user, now=timezone.now())


def _touched(
    record: Record, cause: Cause, language: str, keywords: ChangedKeywords, now: datetime
) -> Iterator[tuple[QuerySet[Edition], Cause]]:
    """(editions, cause) of those that a change of the record's document in `language` touches; none is in two."""
    document = record.document
    is_about_all_languages = language in ("", settings.SOURCE_LANGUAGE)
    # Most changes reach nothing, and to ask more of that costs more than it.
    is_own = cause == Cause.EVENT or isinstance(record, Revocation)
    is_firm = cause == Cause.RELEASED
    if is_own or has_rows(_ask_resting, is_firm, is_about_all_languages, document=document.pk, language=language):
        yield _find_reached(record, cause, "" if is_about_all_languages else language, keywords, now), cause
    if cause == Cause.RELEASED and language == settings.SOURCE_LANGUAGE:
        assert isinstance(record, Release)  # noqa: S101 (for the type alone)
        older = [pk for [pk] in find_rows(_ask_older, document=document.pk, number=record.number, at=now)]
        if outdated := _find_outdated(older, record) if older else []:
            yield Edition.objects.filter(pk__in=outdated), Cause.SOURCE


def _find_reached(
    record: Record, cause: Cause, language: str, keywords: ChangedKeywords, now: datetime
) -> QuerySet[Edition]:
    """Editions that rest on what changed of the record's document; in this language alone, unless it is ""."""
    document = record.document
    # A page that leads to itself does not change by it.
    resting = Dependency.objects.filter(document=document).exclude(edition__document=document)
    resting = resting.exclude(how=Reliance.STATES)  # what asserts facts is told of those: see facts.py
    if cause == Cause.RELEASED:
        resting = resting.filter(how__in=FIRM)  # where pages only lead to it, nothing on them changed
    reached = Q(pk__in=resting.values("edition"))
    if cause == Cause.EVENT:
        reached |= Q(document=document)
        if keywords.keys:
            reached |= Q(pk__in=find_editions_with(keywords.keys))
    down = is_taken_down(now)
    if isinstance(record, Revocation):  # what was signed as well, where another's sign-off keeps it standing
        signed = record.sign_off.edition_id
        reached |= Q(pk=signed) | Q(source_edition=signed)
        down &= ~Q(document=document)  # that came down by it, and whoever brings it back is shown why
    if language:
        reached &= Q(language=language)
    touched = Edition.objects.filter(reached, is_active(now) | down)
    if isinstance(record, Release):
        touched = touched.filter(pk__in=find_shown_changes(record).editions())
    return touched


def _ask_resting(is_firm: bool, is_in_all_languages: bool) -> QuerySet[Dependency, Any]:
    resting = Dependency.objects.filter(document=DOCUMENT).exclude(edition__document=DOCUMENT)
    resting = resting.exclude(how=Reliance.STATES)
    if is_firm:
        resting = resting.filter(how__in=FIRM)
    if not is_in_all_languages:
        resting = resting.filter(edition__language=LANGUAGE)
    return resting.order_by().values_list("pk")[:1]


def _find_outdated(translations: Sequence[int], release: Release) -> list[int]:
    """Those of these that do not say what a released edition of their source says: see EditionWording."""
    says_as = find_wordings([release.edition_id])[release.edition_id]
    current = set(
        EditionWording.objects.filter(edition__in=translations, says_as=says_as).values_list("edition", flat=True)
    )
    return [pk for pk in translations if pk not in current]


def _ask_older() -> QuerySet[Edition, Any]:
    """Translations of source editions before one that was released just now."""
    translations = Q(document=DOCUMENT, source_edition__number__lt=NUMBER)
    return Edition.objects.filter(translations, is_active(AT) | is_taken_down(AT)).order_by().values_list("pk")


def settle_rechecks(rechecks: Iterable[Recheck], outcome: Outcome, *, user: User) -> None:
    """Note how open rechecks were settled. For the services whose act settles them."""
    settled, rechecks = {"outcome": outcome, **Settlement.attribution(user, timezone.now())}, list(rechecks)
    Settlement.objects.bulk_create(Settlement(recheck=recheck, **settled) for recheck in rechecks)
    end_settled_notices(rechecks, user=user)


def has_open_rechecks(edition: Edition) -> bool:
    """Whether any is open on it or on one before it in its language."""
    page = {"document": edition.document_id, "language": edition.language}
    return has_rows(_ask_unsettled, **page, number=edition.number)


def _ask_unsettled() -> QuerySet[Recheck, Any]:
    page = {"edition__document": DOCUMENT, "edition__language": LANGUAGE, "edition__number__lte": NUMBER}
    return Recheck.objects.open().filter(**page).order_by().values_list("pk")[:1]


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
        hold_schedules([edition.pk], user=user, now=timezone.now())
