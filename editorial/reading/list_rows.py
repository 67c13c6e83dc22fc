"""Writing what readers' lists are asked from: in the transaction that writes a release, its end or a signature."""

import hashlib
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from editorial.accounts.languages import all_languages
from editorial.editions.compiled_questions import AT, KEYS, find_rows
from editorial.editions.kinds import all_kinds, kind_named
from editorial.editions.models import Document, Edition, Release, SignOff, Withdrawal
from editorial.editions.models.wordings import SAYS_AS

from . import collation, list_facts, title_rows
from .list_intervals import OpenRelease, OpenWithdrawal, by_title, find_intervals, newest_first
from .models import ListedPage, ListedSignature, ListRules
from .search import index_rows

RULES = 3  # raised with each change of what this module writes, or apps above along with it
BATCH = 200  # documents at once, where all of them are looked at
# Somebody may be reading by a clock of a moment ago: what has just ended stays for them. It goes with the next write.
_KEPT_FOR = timedelta(minutes=1)


Refresh = Callable[[Collection[int], datetime], None]
_further: list[Refresh] = []
_rebuilds: list[Callable[[], None]] = []
_further_rules: list[Hashable] = []
_rebuilds_before: list[Callable[[], None]] = []


def keep_along(refresh: Refresh, rebuild: Callable[[], None], rules: Hashable = None) -> None:
    """Let an app above keep rows of its own, which are to be made anew whenever those of the lists are.

    `rebuild` mends those that do not follow from a document's records, with all lists. With other `rules` than before,
    all are made anew after `migrate`.
    """
    _further.append(refresh)
    _rebuilds.append(rebuild)
    if rules is not None:
        _further_rules.append(rules)


def rebuild_along(rebuild: Callable[[], None]) -> None:
    """Let an app above mend, with all lists, rows that the database keeps with its records."""
    _rebuilds.append(rebuild)


def rebuild_before(rebuild: Callable[[], None]) -> None:
    """Let an app above mend, before all lists are made anew, rows that they follow from."""
    _rebuilds_before.append(rebuild)


def refresh_lists(documents: Collection[int], at: datetime) -> None:
    """Make the rows of these documents, by their keys, those of their records, from `at` on.

    Called with the locks on the documents, after a release, its end, a withdrawal, a sign-off or a revocation was
    written; `at` is when that was. What was listed until then keeps its rows a moment longer, ended.
    """
    changes = _find_changes(documents, at)
    for model, keys in changes.deleted.items():
        model._base_manager.filter(pk__in=keys).delete()
    for model, keys in changes.closed.items():
        model._base_manager.filter(pk__in=keys).update(listed_until=at)
    ListedSignature.objects.bulk_create(changes.signatures, batch_size=500)
    index_rows.refresh_search(documents, at)
    pages = ListedPage.objects.bulk_create(changes.pages, batch_size=500)
    list_facts.keep_facts(pages)
    title_rows.keep_titles(pages)
    for refresh in _further:
        refresh(documents, at)


def rebuild_lists(tell: Callable[[int], None] = lambda count: None) -> int:
    """Make all rows anew and return of how many documents; `tell` gets how many are done.

    Each batch of documents is a transaction of its own, so that readers always have whole lists.
    """
    for rebuild in _rebuilds_before:
        rebuild()
    keys, done = list(_recorded_documents()), 0
    index_rows.forget_words()
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            batch = list(Document.objects.select_for_update().filter(pk__in=keys[start : start + BATCH]).order_by("pk"))
            for model in (ListedPage, ListedSignature):
                model._base_manager.filter(document__in=batch).delete()
            index_rows.delete_entries([document.pk for document in batch])
            refresh_lists([document.pk for document in batch], timezone.now())
        done += len(batch)
        tell(done)
    with transaction.atomic():
        for rebuild in _rebuilds:
            rebuild()
        ListRules.objects.all().delete()
        ListRules.objects.create(digest=rules_digest())
    return done


def find_list_problems() -> Iterator[str]:
    """Documents whose rows are not what their records make of them, in words; nothing when all are."""
    for document in find_documents_with_wrong_rows(_find_wrong):
        yield f"{document}: lists do not show what was released; manage.py rebuild_lists makes them anew."
    for document in find_documents_with_wrong_rows(index_rows.find_wrong_entries):
        yield f"{document}: readers' search does not find what was released; manage.py rebuild_search mends it."
    yield from list_facts.find_problems()
    yield from title_rows.find_problems()


def find_documents_with_wrong_rows(find_wrong: Callable[[Collection[int]], set[int]]) -> Iterator[Document]:
    """Of all documents that have records, those of which `find_wrong` gives the keys, of a batch and of it alone."""
    keys = list(_recorded_documents())
    for start in range(0, len(keys), BATCH):
        for pk in find_wrong(keys[start : start + BATCH]):
            with transaction.atomic():  # somebody may have been writing: asked again under the lock
                document = Document.objects.select_for_update().get(pk=pk)
                is_wrong = bool(find_wrong([pk]))
            if is_wrong:
                yield document


def rules_digest() -> str:
    """What the rows depend on besides the records: rows made by other rules are made anew after `migrate`."""
    kinds = sorted((kind.name, kind.listing.has_medical_facts, kind.listing.version) for kind in all_kinds())
    rules = (
        RULES,
        collation.VERSION,
        index_rows.VERSION,
        settings.SOURCE_LANGUAGE,
        sorted(all_languages()),
        settings.TIME_ZONE,
        kinds,
        *_further_rules,
    )
    return hashlib.sha256(repr(rules).encode()).hexdigest()


def rebuild_outdated_lists(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    """post_migrate of this app, sent when every app's migrations have run: rows made by no rules, or by others."""
    connection = connections[using]
    if ListRules._meta.db_table not in connection.introspection.table_names():
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return  # to an earlier state, which the models of today cannot read
    if not ListRules.objects.filter(digest=rules_digest()).exists():
        rebuild_lists()


def _recorded_documents() -> Iterable[int]:
    has_editions = Exists(Edition.objects.filter(document=OuterRef("pk")))
    return Document.objects.filter(has_editions).order_by("pk").values_list("pk", flat=True)


@dataclass(slots=True)
class _Changes:
    """What has to be written so that the rows are those of the records."""

    pages: list[ListedPage] = field(default_factory=list)
    signatures: list[ListedSignature] = field(default_factory=list)
    closed: dict[type[Model], list[int]] = field(default_factory=dict)
    deleted: dict[type[Model], list[int]] = field(default_factory=dict)


def _find_wrong(keys: Collection[int]) -> set[int]:
    at = timezone.now()
    changes = _find_changes(keys, at)
    wrong = {row.document_id for row in changes.pages} | {row.document_id for row in changes.signatures}
    for model, pks in changes.closed.items():
        wrong |= set(model._base_manager.filter(pk__in=pks).values_list("document", flat=True))
    coming = Q(listed_until__isnull=True) | Q(listed_until__gt=at)
    for model, pks in changes.deleted.items():
        wrong |= set(model._base_manager.filter(coming, pk__in=pks).values_list("document", flat=True))
    return wrong


def _find_changes(documents: Collection[int], at: datetime) -> _Changes:
    releases, kinds = _open_releases(documents, at)
    changes = _Changes()
    _compare(ListedPage, documents, _wanted_pages(documents, releases, kinds, at), changes.pages, changes, at)
    _compare(ListedSignature, documents, _wanted_signatures(releases), changes.signatures, changes, at)
    return changes


def _open_releases(documents: Collection[int], at: datetime) -> tuple[dict[int, list[OpenRelease]], dict[int, str]]:
    """({document's key: its releases that are live at `at` or will be}, {document's key: its kind})"""
    releases: dict[int, list[OpenRelease]] = {}
    kinds: dict[int, str] = {}
    for document_id, kind, *values in find_rows(_ask_releases, keys=list(documents), at=at):
        kinds[document_id] = kind
        releases.setdefault(document_id, []).append(OpenRelease(*values))
    return releases, kinds


def _ask_releases() -> QuerySet[Release, Any]:
    rows = Release.objects.filter(document__in=[KEYS]).open_after(AT).with_until()
    return rows.values_list(
        "document", "document__kind", "pk", "language", "sequence", "released_from", "released_until", "edition_id",
        SAYS_AS, "edition__title",
    )  # fmt: skip


def _open_withdrawals(documents: Collection[int], at: datetime) -> dict[tuple[int, str], list[OpenWithdrawal]]:
    """{(document's key, language): withdrawals in that language alone that are in force or will be}"""
    withdrawals: dict[tuple[int, str], list[OpenWithdrawal]] = {}
    for document_id, language, *values in find_rows(_ask_withdrawals, keys=list(documents), at=at):
        withdrawals.setdefault((document_id, language), []).append(OpenWithdrawal(*values))
    return withdrawals


def _ask_withdrawals() -> QuerySet[Withdrawal, Any]:
    in_force = Withdrawal.objects.in_force(AT).filter(document__in=[KEYS]).values("pk")
    coming = Q(pk__in=in_force) | Q(withdrawn_from__gt=AT)
    rows = Withdrawal.objects.filter(coming, ~Q(language=""), document__in=[KEYS])
    return rows.values_list("document_id", "language", "sequence", "withdrawn_from")


def _wanted_pages(
    documents: Collection[int], releases: dict[int, list[OpenRelease]], kinds: dict[int, str], at: datetime
) -> Iterator[ListedPage]:
    withdrawals = _open_withdrawals(documents, at) if releases else {}
    for document_id, open_releases in releases.items():
        listing = kind_named(kinds[document_id]).listing
        for language in all_languages():
            intervals = find_intervals(
                open_releases,
                withdrawals.get((document_id, language), []),
                language,
                at,
                has_medical_facts=listing.has_medical_facts,
            )
            for interval in intervals:
                release, letter = interval.choice.release, ""
                position = newest_first(release.released_from, release.pk)
                if listing.place:
                    letter, sort_key = listing.place(release.title, release.language)
                    position = by_title(sort_key, release.pk, is_fallback=release.language != language)
                yield ListedPage(
                    document_id=document_id,
                    kind=kinds[document_id],
                    language=language,
                    release_id=release.pk,
                    is_outdated=interval.choice.is_outdated,
                    is_fallback=release.language != language and not interval.choice.is_outdated,
                    letter=letter,
                    position=position,
                    listed_from=interval.since,
                    listed_until=interval.until,
                )


def _wanted_signatures(releases: dict[int, list[OpenRelease]]) -> Iterator[ListedSignature]:
    """One for each open release and each person whose sign-off on its edition is not revoked."""
    by_edition: dict[int, list[tuple[int, OpenRelease]]] = {}
    for document_id, open_releases in releases.items():
        for release in open_releases:
            by_edition.setdefault(release.edition_id, []).append((document_id, release))
    newest = {
        (edition_id, slug): (pk, signed_at)
        for pk, edition_id, slug, signed_at in find_rows(_ask_sign_offs, keys=list(by_edition))
    }
    for (edition_id, slug), (pk, signed_at) in newest.items():
        for document_id, release in by_edition[edition_id]:
            yield ListedSignature(
                document_id=document_id,
                language=release.language,
                release_id=release.pk,
                signer_slug=slug,
                position=newest_first(signed_at, pk),
                listed_from=release.released_from,
                listed_until=release.released_until,
            )


def _ask_sign_offs() -> QuerySet[SignOff, Any]:
    sign_offs = SignOff.objects.filter(edition__in=[KEYS], revocation__isnull=True).order_by("sequence")
    return sign_offs.values_list("pk", "edition_id", "signer_slug", "recorded_at")


_WHEN = ("id", "listed_from", "listed_until")


def _said(model: type[Model]) -> list[str]:
    """The columns that say something besides when."""
    return [field.attname for field in model._meta.concrete_fields if field.attname not in _WHEN]


def _ask_rows(model: type[Model]) -> QuerySet[Any, Any]:
    return model._base_manager.filter(document__in=[KEYS]).values_list(*_WHEN, *_said(model))


def _compare(
    model: type[ListedPage] | type[ListedSignature],
    documents: Collection[int],
    wanted: Iterable[Any],
    created: list[Any],
    changes: _Changes,
    at: datetime,
) -> None:
    """Where a row that is wanted from `at` on is there since before, it stays."""
    says = attrgetter(*_said(model))
    missing = {(says(row), max(row.listed_from, at), row.listed_until): row for row in wanted}
    deleted: list[int] = []
    closed: list[int] = []
    for pk, since, until, *values in find_rows(_ask_rows, model, keys=list(documents)):
        said = tuple(bytes(value) if isinstance(value, memoryview) else value for value in values)
        if until is not None and until <= at:
            if until < at - _KEPT_FOR:
                deleted.append(pk)
        elif missing.pop((said, max(since, at), until), None) is None:
            (deleted if since >= at else closed).append(pk)
    created.extend(missing.values())
    if deleted:
        changes.deleted[model] = deleted
    if closed:
        changes.closed[model] = closed
