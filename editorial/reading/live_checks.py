"""Verifying all that is live, round and round, whether anybody reads it or not.

Bytes that somebody changes past the database's triggers are found when a page is made. A page that nobody asks for is
made never, so the worker verifies a part of all documents each minute, and has been round after LIVE_CHECK_HOURS.
"""

import logging
from datetime import datetime

from django.conf import settings
from django.db.models import Max

from editorial.editions.models import CorruptEdition, Document

from .page_gate import live_in_all_languages
from .verified_releases import filter_verified

log = logging.getLogger(__name__)

BATCH = 50  # documents


def verify_live_part(at: datetime) -> int:
    """Verify the part that belongs to the minute of `at`, and return of how many releases records do not verify.

    Each is logged as critical; readers do not see them, as each page that shows one is verified when it is made.
    """
    minutes = settings.LIVE_CHECK_HOURS * 60
    part = int(at.timestamp()) // 60 % minutes
    last = Document.objects.aggregate(last=Max("pk"))["last"] or 0
    keys = Document.objects.filter(pk__gt=last * part // minutes, pk__lte=last * (part + 1) // minutes)
    batch: list[int] = []
    wrong = 0
    for pk in keys.order_by("pk").values_list("pk", flat=True).iterator():
        batch.append(pk)
        if len(batch) == BATCH:
            wrong += _count_wrong(batch, at)
            batch = []
    return wrong + _count_wrong(batch, at)


def _count_wrong(document_ids: list[int], at: datetime) -> int:
    if not document_ids:
        return 0
    try:
        result = live_in_all_languages(document_ids, settings.SOURCE_LANGUAGE, at)
    except CorruptEdition:
        log.critical("Releases of documents %s to %s cannot be read", document_ids[0], document_ids[-1], exc_info=True)
        return 1
    releases = [release for pk in document_ids for release in result.others.get(pk, {}).values()]
    return len(releases) - len(filter_verified(releases))
