"""Writing what the memory is asked from: in the transaction that writes a release, its end or a withdrawal."""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from editorial.editions.compiled_questions import AT, KEYS, find_rows
from editorial.editions.models import CorruptEdition, Document, Edition, Release, UnitState
from editorial.reading.list_rows import find_documents_with_wrong_rows

from ..models import MemoryEdition, MemoryGram, MemoryText, MemoryUse, SuggestedUnit
from . import grams
from .texts import RULES, TranslatedText, find_translated, read_words, write_words

BATCH = 50  # documents at once, where all of them are read
AT_ONCE = 500  # rows of one statement
GRAMS_AT_ONCE = 200

log = logging.getLogger(__name__)


def refresh_memory(documents: Collection[int], at: datetime) -> None:
    """Make the memory's editions of these documents, by their keys, those that are live at `at` or will be.

    Called with the locks on the documents, with their lists. Only a translation that the memory does not have is read.
    """
    wanted = dict(find_rows(_ask_open, keys=list(documents), at=at))
    kept = dict(find_rows(_ask_kept, keys=list(documents)))
    outdated = {edition for edition, rules in kept.items() if rules != RULES}
    if outdated:
        _forget(sorted(outdated))
    # What a page still says in its next edition is not deleted and written anew.
    if new := sorted(wanted.keys() - kept.keys() | wanted.keys() & outdated):
        _add(new)
    if gone := sorted(kept.keys() - wanted.keys() - outdated):
        _forget(gone)


def rebuild_memory(tell: Callable[[int], None] = lambda count: None) -> int:
    """Make all rows anew and return of how many documents; `tell` gets how many more are done.

    Each batch of documents is a transaction of its own. Until its turn comes, a document's texts are not found.
    """
    keys = memory_documents()
    with transaction.atomic():
        for model in (MemoryUse, MemoryEdition, MemoryGram, MemoryText):
            model._base_manager.all()._raw_delete(model._base_manager.db)
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            batch = Document.objects.select_for_update().filter(pk__in=keys[start : start + BATCH]).order_by("pk")
            documents = [document.pk for document in batch]
            _forget(list(MemoryEdition.objects.filter(document__in=documents).values_list("pk", flat=True)))
            refresh_memory(documents, timezone.now())
        tell(len(documents))
    return len(keys)


def delete_unused() -> None:
    """Delete what rows made by other rules have left behind."""
    used = Exists(MemoryUse.objects.filter(text=OuterRef("pk")))
    MemoryText.objects.filter(~used).delete()
    MemoryGram.objects.filter(~Exists(MemoryText.objects.filter(pk=OuterRef("text_id")))).delete()


def memory_documents() -> list[int]:
    """Keys of the documents of which a translation was ever released."""
    released = Exists(Release.objects.filter(_of_translation(), document=OuterRef("pk")))
    return list(Document.objects.filter(released).order_by("pk").values_list("pk", flat=True))


def find_memory_problems() -> Iterator[str]:
    """Documents of which the memory lacks something, in words; nothing when it has all.

    What it has too much is no problem: each text is held against the records before it is offered.
    """
    for document in find_documents_with_wrong_rows(_find_wrong):
        yield f"{document}: the translation memory lacks some of it; manage.py rebuild_memory mends it."


def _find_wrong(keys: Collection[int]) -> set[int]:
    wanted = dict(find_rows(_ask_open, keys=list(keys), at=timezone.now()))
    whole = MemoryEdition.objects.filter(document__in=keys).annotate(found=Count("uses__text__language"))
    have = set(whole.filter(found=F("texts"), rules=RULES).values_list("pk", flat=True))
    return {wanted[edition] for edition in wanted.keys() - have}


def _of_translation() -> Q:
    return Q(edition__source_edition__isnull=False)


def _ask_open() -> QuerySet[Release, Any]:
    rows = Release.objects.filter(_of_translation(), document__in=[KEYS]).open_after(AT)
    return rows.order_by().values_list("edition_id", "document_id")


def _ask_kept() -> QuerySet[MemoryEdition, Any]:
    return MemoryEdition.objects.filter(document__in=[KEYS]).values_list("edition_id", "rules")


def _add(keys: Collection[int]) -> None:
    """Keep the texts of these translations. One that is not what was frozen, or whose source is not, has none."""
    editions = Edition.objects.filter(pk__in=keys).select_related("source_edition").order_by("pk")
    texts: dict[Edition, dict[bytes, TranslatedText]] = {}
    for edition in editions:
        source = edition.source_edition
        assert source is not None  # noqa: S101 (those without were not asked for)
        try:
            found = list(find_translated(source.tree, edition.tree))
        except CorruptEdition:
            log.critical("Edition %s is not what was frozen, so the memory has none of it.", edition.pk, exc_info=True)
            found = []
        texts[edition] = {text.pair_digest: text for text in found}
    ids = _keep_texts({digest: text for found in texts.values() for digest, text in found.items()})
    MemoryEdition.objects.bulk_create(
        MemoryEdition(edition=edition, document_id=edition.document_id, texts=len(found), rules=RULES)
        for edition, found in texts.items()
    )
    uses = [
        MemoryUse(text_id=ids[digest], holder_id=edition.pk, node_id=text.place[0], word=text.place[1])
        for edition, found in texts.items()
        for digest, text in found.items()
        if digest in ids
    ]
    MemoryUse.objects.bulk_create(uses, batch_size=AT_ONCE)


def _keep_texts(texts: dict[bytes, TranslatedText]) -> dict[bytes, int]:
    """{pair's digest: key of its row}, with a row of each. In the order of their digests, so that two who write the
    same texts wait for each other at most once.
    """
    ids = _find_ids(texts)
    missing = sorted(texts.keys() - ids.keys())
    if missing:
        write_texts(texts[digest] for digest in missing)
        ids |= _find_ids(missing)
    return ids


def write_texts(texts: Iterable[TranslatedText]) -> None:
    """Write rows of texts, with that by which others find them. One that somebody else has written stays."""
    found = list(texts)
    for start in range(0, len(found), AT_ONCE):
        batch = found[start : start + AT_ONCE]
        MemoryText.objects.bulk_create(map(_row, batch), ignore_conflicts=True)
        ids = _find_ids(text.pair_digest for text in batch)
        MemoryGram.objects.bulk_create(
            (
                MemoryGram(gram=gram, text_id=ids[text.pair_digest])
                for text in batch
                for gram in sorted(grams.find_grams(text.source, text.language))
            ),
            ignore_conflicts=True,
            batch_size=AT_ONCE,
        )


def _row(text: TranslatedText) -> MemoryText:
    return MemoryText(
        language=text.language,
        source_digest=text.source_digest,
        pair_digest=text.pair_digest,
        source=write_words(text.source),
        target=write_words(text.target),
    )


def _find_ids(digests: Iterable[bytes]) -> dict[bytes, int]:
    wanted = list(digests)
    ids: dict[bytes, int] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = MemoryText.objects.filter(pair_digest__in=wanted[start : start + AT_ONCE])
        ids |= {bytes(digest): pk for digest, pk in rows.values_list("pair_digest", "pk")}
    return ids


def _forget(keys: Collection[int]) -> None:
    """Delete these editions of the memory, the texts that stand in no other one, and what was suggested from them."""
    states = SuggestedUnit.objects.filter(edition__in=keys)
    UnitState.objects.filter(pk__in=states.values("state"), suggested_from__in=keys).update(
        suggestion="",
        suggested_from=None,
        likeness=None,
        origin=UnitState.Origin.PERSON,  # not as if it were dropped
    )
    states.delete()
    texts = set(MemoryUse.objects.filter(holder__in=keys).values_list("text_id", flat=True))
    MemoryUse.objects.filter(holder__in=keys).delete()
    MemoryEdition.objects.filter(pk__in=keys).delete()
    wanted = sorted(texts)
    for start in range(0, len(wanted), AT_ONCE):
        unused = MemoryText.objects.filter(~Exists(MemoryUse.objects.filter(text=OuterRef("pk"))))
        # What somebody else is deleting just now is left to them.
        batch = unused.filter(pk__in=wanted[start : start + AT_ONCE]).select_for_update(skip_locked=True)
        _delete_texts(list(batch.order_by("pk")))


def _delete_texts(texts: Collection[MemoryText]) -> None:
    rows = [(gram, text.pk) for text in texts for gram in grams.find_grams(read_words(text.source), text.language)]
    for start in range(0, len(rows), GRAMS_AT_ONCE):
        MemoryGram.objects.filter(pk__in=rows[start : start + GRAMS_AT_ONCE]).delete()
    MemoryText.objects.filter(pk__in=[text.pk for text in texts]).delete()
