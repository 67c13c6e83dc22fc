"""Rechecks by what happened: what has changed and how many pages that reaches, and settling those of one cause."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Min, OuterRef, Subquery
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import Blocked
from editorial.editions.models import Document, Edition
from editorial.reviews import queue, rules, services
from editorial.reviews.models import Cause, Recheck
from editorial.reviews.recheck_reasons import RecheckReason
from editorial.reviews.services.notices import find_news

from ..edition.rechecks import show_reason
from ..forms import SettleForm
from ..frame import DeskRequest, desk_view, document_title, refused_status, render
from ..notice_rows import RecordNotices, load_notices
from ..reports.decision_times import page_times
from ..settle_rows import load_settle_page

MOST_CAUSES = 100
MOST_NEWS = 5  # decisions whose notices the page of a drug shows


@desk_view
@require_safe
def causes(request: DeskRequest) -> HttpResponse:
    """Each change of a page that opened rechecks, safety first, with how many editions still have to be looked at."""
    newest = Edition.objects.filter(document=OuterRef("document"), language=settings.SOURCE_LANGUAGE)
    groups = (
        queue.pending_rechecks()
        .values("cause", "document", "document__slug")
        .annotate(
            count=Count("edition", distinct=True),
            since=Min("opened_at"),
            proposed=Count("proposals", distinct=True),
            title=Subquery(newest.order_by("-number").values("title")[:1]),
        )
        .order_by("since")[:MOST_CAUSES]
    )
    rows = [{**group, "cause": Cause(group["cause"])} for group in groups]
    rows.sort(key=lambda row: not row["cause"].is_about_safety)
    return render(request, "desk/rechecks.html", {"rows": rows}, title=_("Rechecks by cause"))


@desk_view
def settle(request: DeskRequest, cause: str, pk: int) -> HttpResponse:
    """The pages that one change reaches, with the words that rest on it.

    POST settles those chosen, sends them to their authors, or proposes to settle them.
    """
    if cause not in Cause.values:
        raise Http404
    document = get_object_or_404(Document, pk=pk)
    form, blockers = SettleForm(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        try:
            _act(request, form.cleaned_data, cause, document)
        except Blocked as blocked:
            blockers = blocked.blockers
        else:
            return redirect("desk:settle", cause=cause, pk=pk)
    title = _("Settle rechecks: %(title)s") % {"title": document_title(document)}
    context = {
        "document": document,
        "cause": Cause(cause),
        "times": page_times(document, cause, timezone.now()) if cause == Cause.EVENT else [],
        "form": form,
        "blockers": blockers,
        "chosen": {*request.POST.getlist("chosen")},
        "chosen_pages": {*request.POST.getlist("pages")},
        "chosen_groups": {*request.POST.getlist("groups")},
        **_page(request, cause, document),
    }
    return render(request, "desk/settle.html", context, title=title, status=refused_status(request, form))


def _act(request: DeskRequest, typed: dict[str, Any], cause: str, document: Document) -> None:
    """Do what the button says, and tell what became of each page. Raises Blocked."""
    user, reason = request.user, typed["reason"]
    shown = Recheck.objects.filter(pk__in=[*typed["shown"], *typed["chosen"]], cause=cause, document=document)
    rechecks = _choose(shown.select_related("edition").defer("edition__content"), typed)
    if "propose" in request.POST:
        count = len(services.propose_settlement(rechecks, user=user, reason=reason))
        done = ngettext("Proposed for %(number)s page.", "Proposed for %(number)s pages.", count)
        messages.success(request, done % {"number": count})
        return
    if "reword" in request.POST:
        results = services.request_wording(rechecks, user=user, reason=reason, wordings=_wordings(request.POST))
        count = _count_done(results)
        done = _("Sent to the authors. Pages: %(number)s.")
    else:
        blockers = rules.find_signer_blockers([recheck.edition for recheck in rechecks], user)
        # Of what was not chosen one by one, those that this person may settle.
        settled = [recheck for recheck in rechecks if recheck.pk in typed["chosen"] or not blockers[recheck.edition_id]]
        results = services.settle_together(settled, user=user, password=typed["password"], reason=reason)
        count = _count_done(results)
        done = ngettext("Settled on %(number)s page.", "Settled on %(number)s pages.", count)
    if count:
        messages.success(request, done % {"number": count})
    for result in results:
        if result.blockers:
            messages.warning(request, f"{result.name}: {' '.join(result.blockers)}")


def _choose(shown: Iterable[Recheck], typed: dict[str, Any]) -> list[Recheck]:
    """Of the lines that were shown all, or those of a group or of whole pages, or each that was ticked."""

    def is_chosen(recheck: Recheck) -> bool:
        group = "certain" if recheck.pk in typed["certain"] else "uncertain"
        return (
            typed["all"]
            or group in typed["groups"]
            or recheck.pk in typed["chosen"]
            or recheck.edition.document_id in typed["pages"]
        )

    return [recheck for recheck in shown if is_chosen(recheck)]


def _wordings(sent: QueryDict) -> dict[int, str]:
    """{key of a document: the new wording that was typed for it}"""
    typed = ((name.removeprefix("wording-"), str(words)) for name, words in sent.items() if name.startswith("wording-"))
    return {int(key): words for key, words in typed if key.isascii() and key.isdigit() and len(key) < 18}


def _count_done(results: list[services.PageResult]) -> int:
    return sum(not result.blockers for result in results)


def _page(request: DeskRequest, cause: str, document: Document) -> dict[str, Any]:
    user, start = request.user, request.GET.get("start", "")
    page = load_settle_page(
        cause,
        document,
        user,
        start=int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 0,
        wordings=_wordings(request.POST),
    )
    lines = page.lines
    can_propose = not list(services.proposal_blockers(user))
    can_send = user.can(Permission.REMARK)
    return {
        "page": page,
        "shown": [show_reason(reason) for reason in page.reasons],
        "urgent": _urgent(page.reasons, document, user) if cause == Cause.EVENT else [],
        "can_take_down": rules.can_take_down(user),
        "can_propose": can_propose,
        "can_send": can_send,
        "can_choose": can_propose or can_send,
        "may_review": user.can(Permission.REVIEW),
        "settleable": sum(not cell.blockers for row in page.rows for cell in row.cells),
        "suggested": next((proposal.reason for line in lines for proposal in line.proposals[-1:]), ""),
    }


def _urgent(reasons: Iterable[RecheckReason], document: Document, user: User) -> list[RecordNotices]:
    """What of it is urgent news for readers, the newest first, with its notices."""
    records = [reason.record for reason in reasons if reason.record is not None]
    for record in records:
        record.document = document
    news = [record for record in reversed(records) if find_news(record)]
    return [load_notices(record, user) for record in news[:MOST_NEWS]]
