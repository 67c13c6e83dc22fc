"""Writing what the review queue is asked from: in the transaction of what was submitted, reviewed, signed or ended."""

from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from editorial.editions.compiled_questions import AT, KEYS, find_rows
from editorial.editions.models import Document, Edition, Meaning, Release, SignOff
from editorial.editions.set_inserts import insert_from
from editorial.reading.list_rows import find_documents_with_wrong_rows

from .models import OpenRecheck, PendingEdition, Recheck, ReturnedEdition, ReviewDate
from .queue import is_pending, is_returned

Row = tuple[Any, ...]
Refresh = Callable[[Collection[int], datetime], None]

_further: list[Refresh] = []


def keep_with_queue(refresh: Refresh) -> None:
    """Let an app above keep rows of its own, which are to be made anew whenever those of the queue are."""
    _further.append(refresh)


def refresh_queue_rows(documents: Collection[int], at: datetime) -> None:
    """Make the rows of these documents, by their keys, those of their records, from `at` on.

    Called with the locks on the documents, after an edition was submitted or sent back, and with their lists.
    """
    for model, wanted in _wanted(documents, at).items():
        kept = _kept(model, documents)
        if gone := [row[0] for row in kept - wanted]:
            model._base_manager.filter(pk__in=gone).delete()
        missing = [model(**dict(zip(_columns(model), row, strict=True))) for row in wanted - kept]
        if missing:
            model._base_manager.bulk_create(missing, batch_size=500)
    for refresh in _further:
        refresh(documents, at)


def find_queue_row_problems() -> Iterator[str]:
    """Documents whose rows are not what their records make of them, in words; nothing when all are."""
    for document in find_documents_with_wrong_rows(_find_wrong):
        yield f"{document}: the review queue does not show it rightly; manage.py rebuild_lists mends it."
    row = Exists(OpenRecheck.objects.filter(recheck=OuterRef("pk")))
    wrong = Recheck.objects.filter(Q(row, settlement__isnull=False) | Q(~row, settlement__isnull=True))
    for document in Document.objects.filter(pk__in=wrong.order_by().values("edition__document")):
        yield f"{document}: the list of open rechecks is not right; manage.py rebuild_lists mends it."


def rebuild_open_rechecks() -> None:
    """Make the rows of open rechecks those of the records. The database keeps them itself: see `database_effect`."""
    row = Exists(OpenRecheck.objects.filter(recheck=OuterRef("pk")))
    insert_from(Recheck.objects.open().filter(~row), OpenRecheck, {"recheck": F("pk")})
    OpenRecheck.objects.filter(recheck__settlement__isnull=False).delete()


def _find_wrong(keys: Collection[int]) -> set[int]:
    at = timezone.now()
    wanted = _wanted(keys, at)
    until = _columns(ReviewDate).index("live_until")
    dates = {row for row in _kept(ReviewDate, keys) if row[until] is None or row[until] > at}
    wrong = wanted[ReviewDate] ^ dates
    for model in (PendingEdition, ReturnedEdition):
        wrong |= wanted[model] ^ _kept(model, keys)
    return {row[1] for row in wrong}


def _wanted(documents: Collection[int], at: datetime) -> dict[type[Model], set[Row]]:
    """{model: what its columns hold, in their order}"""
    pending, returned = set(), set()
    for edition, document, submitted_by, was_returned in find_rows(_ask_editions, keys=list(documents)):
        if was_returned:
            returned.add((edition, document, submitted_by))
        else:
            pending.add((edition, document))
    releases = [tuple(row) for row in find_rows(_ask_releases, keys=list(documents), at=at)]
    sign_offs: dict[int, Row] = {}  # by edition, the newest last
    if releases:
        asked = find_rows(_ask_sign_offs, keys=sorted({release[2] for release in releases}))
        sign_offs = {edition: (pk, due_on) for edition, pk, due_on in asked}
    dates = {
        (release, document, edition, sign_offs[edition][0], kind, language, sign_offs[edition][1], since, until)
        for release, document, edition, kind, language, since, until in releases
        if edition in sign_offs
    }
    return {PendingEdition: pending, ReturnedEdition: returned, ReviewDate: dates}


def _ask_editions() -> QuerySet[Any, Any]:
    """Of those that wait or were returned, and none is both."""
    editions = Edition.objects.filter(is_pending() | is_returned(), document__in=[KEYS]).order_by()
    was_returned = ExpressionWrapper(is_returned(), output_field=BooleanField())
    return editions.values_list("pk", "document_id", "recorded_by_id", was_returned)


def _ask_releases() -> QuerySet[Any, Any]:
    rows = Release.objects.filter(document__in=[KEYS]).open_after(AT).with_until().order_by()
    return rows.values_list(  # type: ignore[misc]  # what is annotated is not known to be
        "pk", "document_id", "edition_id", "document__kind", "language", "released_from", "released_until"
    )


def _ask_sign_offs() -> QuerySet[Any, Any]:
    sign_offs = SignOff.objects.filter(edition__in=[KEYS], revocation__isnull=True)
    sign_offs = sign_offs.exclude(meaning=Meaning.BACK_CHECKED).order_by("sequence")
    return sign_offs.values_list("edition_id", "pk", "review_due_on")


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def _kept(model: type[Model], documents: Collection[int]) -> set[Row]:
    return {tuple(row) for row in find_rows(_ask_kept, model, keys=list(documents))}


def _ask_kept(model: type[Model]) -> QuerySet[Any, Any]:
    return model._base_manager.filter(document__in=[KEYS]).values_list(*_columns(model))
