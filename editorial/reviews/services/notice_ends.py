"""What ends an urgent notice by itself: all rechecks that its record opened are settled, or of pages that are down."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils import timezone

from editorial.accounts.models import User
from editorial.editions.models import append_site_record, lock_site_chain
from editorial.reading.models import UrgentNotice, UrgentNoticeEnd
from editorial.reading.notice_questions import standing_notices

from .. import queue
from ..models import Recheck


def end_settled_notices(because: Collection[str], *, user: User) -> None:
    """End the notices about these records (digests) of which no recheck is pending any more. For whoever settled some.

    The caller is inside the transaction that settled them. One query where no such notice stands.
    """
    if not because or not _standing(because).exists():
        return
    # Of two who settle the last two at once, the second waits here, and then sees what the first settled.
    lock_site_chain(UrgentNoticeEnd)
    pending = set(queue.pending_rechecks().filter(because__in=because).values_list("because", flat=True))
    for notice in _standing(because).exclude(because__in=pending):
        append_site_record(UrgentNoticeEnd(notice=notice), user=user)


def end_notices_of_pages(documents: Collection[int], *, user: User) -> None:
    """The same once these pages (keys) were taken down, and nothing on them has to be settled before."""
    standing = standing_notices(timezone.now()).values("because")
    reached = Recheck.objects.filter(edition__document__in=documents, because__in=standing)
    end_settled_notices(set(reached.values_list("because", flat=True)), user=user)


def _standing(because: Collection[str]) -> QuerySet[UrgentNotice]:
    return standing_notices(timezone.now()).filter(because__in=because).order_by("sequence")
