"""The desk's first page: what waits for me, and the other lists of the desk."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from editorial.accounts.list_pages import BoundedPaginator
from editorial.accounts.models import Reviewer, User
from editorial.accounts.roles import Permission
from editorial.people.services import count_answerable
from editorial.reviews import queue, rules
from editorial.reviews.absences import find_absence, find_absentees
from editorial.reviews.models import open_policy_requests
from editorial.reviews.pending_facts import fact_sources

from ..frame import DeskRequest, desk_view, render, words_url
from ..queue import items
from ..queue.csv_export import csv_response, facts_table, queue_table
from ..queue.facts import count_facts, facts_context, stream_facts
from ..queue.filters import QueueFilters, filter_options
from ..queue.own_work import find_translation_work
from ..queue.rows import QueueRow, build_rows, stream_rows

if TYPE_CHECKING:
    from ..queue.items import QueuedEdition

PER_PAGE = 25
OWN_WORK = 50  # of what came back to somebody
FIRST_TRANSLATIONS = 10  # of what they could translate: all of it has a page of its own

Absentees = dict[User, Reviewer]  # people whom somebody stands in for, with their credentials

TABS = {
    "mine": gettext_lazy("For you"),
    "all": gettext_lazy("All pending"),
    "unanswered": gettext_lazy("No response yet"),
    "again": gettext_lazy("Rechecks and re-reviews"),
    "sent-back": gettext_lazy("Sent back by you"),
    "signed": gettext_lazy("Signed by you"),
}
EMPTY = {
    "mine": gettext_lazy("Nothing is pending for you."),
    "all": gettext_lazy("Nothing is pending."),
    "unanswered": gettext_lazy("Nothing is overdue for a response."),
    "again": gettext_lazy("Nothing is due."),
    "sent-back": gettext_lazy("You haven't sent anything back."),
    "signed": gettext_lazy("You haven't signed anything yet."),
}
RANKS = [
    gettext_lazy("Safety"),
    gettext_lazy("Pages you have reviewed before"),
    gettext_lazy("For anyone with your specialty and languages"),
    gettext_lazy("For anyone with your languages"),
]
FILTERS = {
    "kind": gettext_lazy("Kind"),
    "language": gettext_lazy("Language"),
    "specialty": gettext_lazy("Specialty"),
    "reason": gettext_lazy("Reason"),
    "age": gettext_lazy("Time in queue"),
}


@desk_view
@require_safe
def review_queue(request: DeskRequest) -> HttpResponse:
    now, user, tab = timezone.now(), request.user, _tab(request)
    sources = {source.name: source for source in fact_sources(user)}
    filters, person, credentials = QueueFilters.read(request.GET), _person(request), rules.find_credentials(user)
    absent = find_absentees(user)
    queued = items.queued_editions(now)
    counts = _counts(queued, user, credentials, absent, now)
    counts |= {name: count_facts(source, user) for name, source in sources.items()}
    tabs = [(name, sources[name].label if name in sources else TABS[name], count) for name, count in counts.items()]
    if tab in sources:
        context = {"tab": tab, "tabs": tabs, **facts_context(sources[tab], user, request.GET.get("page"))}
        return render(request, "desk/facts.html", context, title=_("Review queue"))
    paginator = BoundedPaginator(_list(tab, queued, user, credentials, absent, person, filters, now), PER_PAGE)
    if filters == QueueFilters() and not person:
        paginator.counted = counts[tab].number + counts[tab].has_more  # the same question, answered above
    page = paginator.get_page(request.GET.get("page"))
    if tab not in ("sent-back", "signed"):  # which an index has in their order
        page.object_list = _read_page(page, tab, user, credentials, now)
    extra = {"reviewer": str(person.pk)} if person else {}
    context = {
        "tab": tab,
        "tabs": tabs,
        "heading": _("Pending for %(name)s") % {"name": person.name} if person else TABS[tab],
        "page": page,
        "groups": _groups(_rows(page, tab, queued, user, credentials, absent, now)),
        "away": find_absence(person or user),
        "stands_in_for": list(absent),
        "has_waiting_policies": user.can(Permission.SET_POLICY)
        and open_policy_requests().exclude(recorded_by=user).exists(),
        "waiting_changes": count_answerable(user),
        "empty": _("Nothing matches these filters.") if filters != QueueFilters() else EMPTY[tab],
        "filters": _selects(filters),
        "is_filtered": filters != QueueFilters(),
        "person": person,
        "query": filters.query(tab=tab, **extra),
        **(_own_work(user) if "tab" not in request.GET else {}),
    }
    return render(request, "desk/queue.html", context, title=_("Review queue"))


@desk_view
@require_safe
def export_queue(request: DeskRequest) -> StreamingHttpResponse:
    """The same list, whole, as a table for a spreadsheet."""
    now, tab, user = timezone.now(), _tab(request), request.user
    for source in fact_sources(user):
        if source.name == tab:
            return csv_response(f"{tab}.csv", *facts_table(stream_facts(source, user)))
    credentials, absent = rules.find_credentials(user), find_absentees(user)
    filters, queued = QueueFilters.read(request.GET), items.queued_editions(now)
    editions = _list(tab, queued, user, credentials, absent, _person(request), filters, now)
    return csv_response(f"{tab}.csv", *queue_table(stream_rows(editions, now)))


def _tab(request: DeskRequest) -> str:
    requested, offered = request.GET.get("tab", ""), _tabs(request.user)
    offered += [source.name for source in fact_sources(request.user)]
    return requested if requested in offered else offered[0]


def _tabs(user: User) -> list[str]:
    """Three of the lists are only for those who sign, one for those who oversee."""
    left_out = set() if user.can(Permission.OVERSEE) else {"unanswered"}
    left_out |= set() if user.can(Permission.REVIEW) else {"mine", "sent-back", "signed"}
    return [name for name in TABS if name not in left_out]


def _person(request: DeskRequest) -> User | None:
    """The reviewer whose list is asked for, by somebody who may see what waits for whom."""
    requested = request.GET.get("reviewer", "")
    if not (
        requested.isascii() and requested.isdigit() and len(requested) < 10 and request.user.can(Permission.OVERSEE)
    ):
        return None
    return User.objects.filter(pk=int(requested), reviewer__isnull=False).first()


def _list(
    tab: str,
    queued: QuerySet[Any],
    user: User,
    credentials: Reviewer | None,
    absent: Absentees,
    person: User | None,
    filters: QueueFilters,
    now: datetime,
) -> "QuerySet[QueuedEdition]":
    if tab == "sent-back":
        return filters.apply(items.sent_back_by(user, now), now)
    if tab == "signed":
        return filters.apply(items.signed_by(user, now), now)
    editions = items.queue_items(now, queued)
    if tab == "mine":
        pending = items.pending_for(user, credentials) | items.pending_for_deputy(user, absent)
        editions = items.rank_items(editions.filter(pending), user, credentials)
    elif tab == "unanswered":
        editions = editions.filter(items.overdue_for_response(now))
    elif tab == "again":
        editions = editions.filter(is_released=True)
    if tab == "all" and person:
        editions = editions.filter(items.pending_for(person, rules.find_credentials(person)))
    return filters.apply(editions, now)


def _read_page(
    page: "Page[QueuedEdition]", tab: str, user: User, credentials: Reviewer | None, now: datetime
) -> "list[QueuedEdition]":
    """The page's items: keys alone are put in order, as rows of all items would be many and long."""
    editions: QuerySet[Any] = page.object_list  # type: ignore[assignment]  # of a paginator of one
    keys = list(editions.values_list("pk", flat=True))
    rows = items.read_items(keys, now)
    rows = items.rank_items(rows, user, credentials) if tab == "mine" else rows
    found = {edition.pk: edition for edition in rows}
    return [found[key] for key in keys if key in found]


def _counts(
    queued: QuerySet[Any], user: User, credentials: Reviewer | None, absent: Absentees, now: datetime
) -> dict[str, items.BoundedCount]:
    pending = items.pending_for(user, credentials) | items.pending_for_deputy(user, absent)
    counts = {name: items.BoundedCount(count) for name, count in items.count_items(queued, pending).items()}
    counters = {
        "sent-back": lambda: items.count_sent_back_by(user),
        "signed": lambda: items.count_signed_by(user),
        "unanswered": lambda: items.BoundedCount(queued.filter(items.overdue_for_response(now)).count()),
    }
    return {name: counts[name] if name in counts else counters[name]() for name in _tabs(user)}


def _rows(
    page: "Page[QueuedEdition]",
    tab: str,
    queued: QuerySet[Any],
    user: User,
    credentials: Reviewer | None,
    absent: Absentees,
    now: datetime,
) -> list[QueueRow]:
    """The page's rows; in one's own list, those that are there only for somebody who is away say for whom."""
    rows = build_rows(page.object_list, now)
    if tab != "mine" or not absent:
        return rows
    on_page = queued.filter(pk__in=[row.edition.pk for row in rows])
    own = set(on_page.filter(items.pending_for(user, credentials)).values_list("pk", flat=True))
    for person, their_credentials in absent.items():
        theirs = set(
            on_page.filter(items.pending_for_deputy(user, {person: their_credentials})).values_list("pk", flat=True)
        )
        rows = [
            replace(row, for_whom=(*row.for_whom, person.name)) if row.edition.pk in theirs - own else row
            for row in rows
        ]
    return rows


def _groups(rows: Iterable[QueueRow]) -> list[tuple[str, list[QueueRow]]]:
    """[(heading, rows)]: a reviewer's own list says of each part why it is there."""
    return [
        ("" if rank is None else RANKS[rank], list(ranked)) for rank, ranked in groupby(rows, key=lambda row: row.rank)
    ]


def _selects(filters: QueueFilters) -> list[tuple[Any, ...]]:
    """[(name, label, chosen, options)] for the form."""
    return [
        (name, FILTERS[name], getattr(filters, name), sorted(found.items()) if name == "language" else found.items())
        for name, found in filter_options().items()
    ]


def _own_work(user: User) -> dict[str, Any]:
    """What the desk's first page shows besides: what came back to this person, and what they could translate first.

    Of each a bounded part, and whether there is more.
    """
    sent_back = queue.sent_back_reviews(user, OWN_WORK + 1)
    to_translate = find_translation_work(user, FIRST_TRANSLATIONS + 1)
    return {
        "shown": OWN_WORK,
        "sent_back": [
            (review, words_url(review.document, review.edition.language, user)) for review in sent_back[:OWN_WORK]
        ],
        "has_more_sent_back": len(sent_back) > OWN_WORK,
        "to_translate": to_translate[:FIRST_TRANSLATIONS],
        "has_more_to_translate": len(to_translate) > FIRST_TRANSLATIONS,
    }
