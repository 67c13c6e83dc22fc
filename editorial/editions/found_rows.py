"""Records of rows that were there before changes of their kind were chained, for migrations that begin such a chain."""

from typing import Any

from django.utils import timezone

from .models.records import GENESIS, digest_row

FOUND_BY = "manage.py migrate"


def record_found_row(model: Any, **columns: Any) -> Any:
    """Write the next link of the chain of a table as a migration knows it, and return it.

    Later columns of the table are left out of a digest while they are empty, so that it holds from then on.
    """
    last = model.objects.order_by("sequence").last()
    record = model(
        sequence=last.sequence + 1 if last else 1,
        previous_digest=last.record_digest if last else GENESIS,
        recorded_by_name=FOUND_BY,
        recorded_at=timezone.now(),
        **columns,
    )
    record.record_digest = digest_row(record)
    record.save(force_insert=True)
    return record
