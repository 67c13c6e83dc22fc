"""Mail whose work was done before its letter was sent: nobody is asked to do it again.

News stays news however late it comes; only what asks for work is looked at here.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from editorial.editions.models import Release, Review, SignOff

from .. import queue
from ..models import Mail, Recheck, Settlement
from ..pending_facts import find_pending_facts
from .events import ASKED, BACK_CHECK, DUE, FACT, RECHECK, RECHECKS, UNANSWERED


def obsolete_ids(mails: Iterable[Mail]) -> set[int]:
    """Keys of the mails that ask for work that is done or no longer needed.

    A number of queries that does not depend on how many they are.
    """
    mails = list(mails)
    obsolete: set[int] = set()
    for event, find in OBSOLETE_FINDERS.items():
        if of_event := [mail for mail in mails if mail.event == event]:
            obsolete |= {mail.pk for mail in find(of_event)}
    return obsolete


def _asked(mails: list[Mail]) -> list[Mail]:
    """Sent back, superseded, taken down, released; or signed by whoever is asked."""
    waiting, editions = _waiting(mails), _editions(mails)
    signed = SignOff.objects.filter(edition__in=editions).values_list("edition_id", "recorded_by_id")
    by_them = set(signed)
    return [
        mail for mail in mails if mail.edition_id not in waiting or (mail.edition_id, mail.user_id) in by_them
    ]  # fmt: skip


def _unanswered(mails: list[Mail]) -> list[Mail]:
    """Of rechecks, those that were settled; of editions, those that a reviewer answered."""
    about_rechecks = set(Recheck.objects.filter(edition__in=_editions(mails)).values_list("edition_id", "because"))
    editions = [mail for mail in mails if (mail.edition_id, mail.because) not in about_rechecks]
    waiting, reviewed = _waiting(editions), _last_review(editions)
    answered = [mail for mail in editions if mail.edition_id not in waiting or _is_after(reviewed, mail)]
    return answered + _rechecks([mail for mail in mails if (mail.edition_id, mail.because) in about_rechecks])


def _rechecks(mails: list[Mail]) -> list[Mail]:
    settled = Settlement.objects.filter(recheck__edition__in=_editions(mails))
    done = set(settled.values_list("recheck__edition_id", "recheck__because"))
    return [mail for mail in mails if (mail.edition_id, mail.because) in done]


def _rechecks_of_many(mails: list[Mail]) -> list[Mail]:
    """Where the rechecks of the change are all settled."""
    rechecks = Recheck.objects.filter(because__in={mail.because for mail in mails}).order_by()
    opened = set(rechecks.values_list("because", "cause").distinct())
    still_open = set(rechecks.open().values_list("because", "cause").distinct())
    return [mail for mail in mails if (mail.because, mail.said["cause"]) in opened - still_open]


def _due(mails: list[Mail]) -> list[Mail]:
    """Reaffirmed since, or no longer read."""
    released = Release.objects.filter(edition__in=_editions(mails))
    still_open = released.open_after(timezone.now())
    down = set(released.values_list("edition_id", flat=True)) - set(still_open.values_list("edition_id", flat=True))
    reviewed = _last_review(mails)
    return [mail for mail in mails if mail.edition_id in down or _is_after(reviewed, mail)]


def _facts(mails: list[Mail]) -> list[Mail]:
    """Verified or corrected since."""
    pending = find_pending_facts({mail.because for mail in mails})
    return [mail for mail in mails if mail.because not in pending]


OBSOLETE_FINDERS: Mapping[str, Callable[[list[Mail]], list[Mail]]] = {
    ASKED: _asked,
    BACK_CHECK: _asked,
    UNANSWERED: _unanswered,
    RECHECK: _rechecks,
    RECHECKS: _rechecks_of_many,
    DUE: _due,
    FACT: _facts,
}


def _editions(mails: list[Mail]) -> set[int]:
    return {mail.edition_id for mail in mails if mail.edition_id is not None}


def _waiting(mails: list[Mail]) -> set[int]:
    return set(queue.pending_editions().filter(pk__in=_editions(mails)).order_by().values_list("pk", flat=True))


def _last_review(mails: list[Mail]) -> dict[int, datetime]:
    """{edition's key: when somebody last reviewed it}."""
    reviews = Review.objects.filter(edition__in=_editions(mails)).order_by()
    return dict(reviews.values_list("edition_id").annotate(Max("recorded_at")))


def _is_after(reviewed: dict[int, datetime], mail: Mail) -> bool:
    return mail.edition_id in reviewed and reviewed[mail.edition_id] > mail.written_at
