"""What ends an urgent notice by itself: all rechecks that its record opened are settled, or of pages that are down.

What pages assert of its document and is not true any more belongs to it as well.
"""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils import timezone

from editorial.accounts.models import User
from editorial.editions.models import append_site_record, lock_site_chain
from editorial.reading.models import UrgentNotice, UrgentNoticeEnd
from editorial.reading.notice_questions import standing_notices

from .. import queue
from ..models import Cause, Recheck


def end_settled_notices(settled: Collection[Recheck], *, user: User) -> None:
    """End the notices that waited for these rechecks, of which none is pending any more. For whoever settled them.

    The caller is inside the transaction that settled them. One query where no such notice stands, none for others.
    """
    because = {recheck.because for recheck in settled if recheck.cause == Cause.EVENT}
    subjects = {recheck.document_id for recheck in settled if recheck.cause == Cause.UNTRUE}
    concerned = Q(because__in=because) | Q(subject__in=subjects)
    if not (because or subjects) or not _standing().filter(concerned).exists():
        return
    # Of two who settle the last two at once, the second waits here, and then sees what the first settled.
    lock_site_chain(UrgentNoticeEnd)
    pending = queue.pending_rechecks()
    for notice in _standing().filter(concerned):
        own = Q(because=notice.because) | Q(cause=Cause.UNTRUE, document=notice.subject_id)
        if not pending.filter(own).exists():
            append_site_record(UrgentNoticeEnd(notice=notice), user=user)


def end_notices_of_pages(documents: Collection[int], *, user: User) -> None:
    """The same once these pages (keys) were taken down, and nothing on them has to be settled before."""
    standing = _standing()
    own = Q(because__in=standing.values("because"))
    own |= Q(cause=Cause.UNTRUE, document__in=standing.values("subject"))
    end_settled_notices(list(Recheck.objects.filter(own, edition__document__in=documents)), user=user)


def _standing() -> QuerySet[UrgentNotice]:
    return standing_notices(timezone.now()).order_by("sequence")
