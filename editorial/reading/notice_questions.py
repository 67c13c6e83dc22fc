"""Which urgent notices stand, and where: on the page that the news is about, and on all pages that rest on it.

Part of the gate's one question, so that a notice is on each page from the next request on, and off it as soon. What a
page rests on is asked of the edition that readers see: one that is released later, and shows, cites or names the
document, has the notice too.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast

from editorial.editions.models import Dependency, Release, ReleaseEnd

from .joined_ids import JoinedIds
from .models import NoticedPage, UrgentNotice, UrgentNoticeEnd
from .site_words import NOTICE_WORDS, SITE_WORDS


def standing_notices(at: datetime) -> QuerySet[UrgentNotice]:
    """Those that were recorded by then and have no end by then, whether or not their text is signed yet."""
    ended = UrgentNoticeEnd.objects.filter(notice=OuterRef("pk"), recorded_at__lte=at)
    return UrgentNotice.objects.filter(~Exists(ended), recorded_at__lte=at)


def find_standing(at: datetime) -> Subquery:
    """Of a release: the keys of the notices that stand on its page at this time; None for none."""
    rests_on = Dependency.objects.filter(edition=OuterRef(OuterRef("edition"))).values("document")
    noticed = NoticedPage.objects.filter(document=OuterRef(OuterRef("document"))).values("notice")
    rests = Q(subject=OuterRef("document")) | Q(subject__in=rests_on) | Q(pk__in=noticed)
    on_page = standing_notices(at).filter(rests)
    one = on_page.order_by().annotate(all=Value(1)).values("all")  # a single group
    return Subquery(one.annotate(keys=JoinedIds(Cast("pk", TextField()))).values("keys"))


def find_first_warnings(because: Collection[str], at: datetime) -> dict[str, dict[str, datetime]]:
    """{digest of a record: {language: from when its readers could read an urgent notice about it}}, as of a time.

    In the language itself: a notice that is not translated yet stands in the source language, and warns nobody else. A
    language that is not named was not warned. Notices that have ended count. Three queries.
    """
    warned: dict[str, dict[str, datetime]] = {digest: {} for digest in because}
    stock = UrgentNotice.objects.filter(because__in=because, text=None, recorded_at__lte=at)
    words = dict(_first_releases(Release.objects.with_key(SITE_WORDS, NOTICE_WORDS), at))
    found = [
        (digest, language, max(sent_at, signed_at))
        for digest, sent_at in stock.values_list("because", "recorded_at")
        for language, signed_at in words.items()
    ]
    too_late = UrgentNoticeEnd.objects.filter(
        notice__text=OuterRef("document"), recorded_at__lte=OuterRef("released_from")
    )
    written = Release.objects.filter(~Exists(too_late), document__urgent_notice__because__in=because)
    found += _first_releases(written, at, "document__urgent_notice__because")
    for digest, language, since in found:
        known = warned[digest].get(language, since)
        warned[digest][language] = min(since, known)
    return warned


def _first_releases(releases: QuerySet[Release], at: datetime, *names: str) -> list[Any]:
    """(what `names` says of them, language, when the first was read), of those that were not cancelled before."""
    cancelled = ReleaseEnd.objects.filter(release=OuterRef("pk"), released_until__lte=OuterRef("released_from"))
    read = releases.filter(~Exists(cancelled), released_from__lte=at).order_by()
    return list(read.values_list(*names, "language").annotate(since=Min("released_from")))
