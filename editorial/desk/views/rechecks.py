"""Rechecks by what happened: what has changed and how many pages that reaches, and settling those of one cause."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Min, OuterRef, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from editorial.accounts.languages import bcp47
from editorial.editions.blockers import Blocked
from editorial.editions.labels import piece_label
from editorial.editions.models import CorruptEdition, Document, Edition, load_trees
from editorial.editions.tree.links import find_pieces
from editorial.editions.tree.nodes import UnreadableTree
from editorial.reviews import queue, rules, services
from editorial.reviews.mentions import find_mentions
from editorial.reviews.models import Cause, Recheck, Remark
from editorial.reviews.recheck_lines import RecheckLine, load_lines
from editorial.reviews.recheck_reasons import find_reasons

from ..edition.rechecks import show_reason
from ..forms import SettleForm
from ..frame import DeskRequest, desk_view, document_title, refused_status, render

MOST_CAUSES = 100


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
    """The pages that one change reaches, with the words that rest on it; POST settles those chosen, or proposes it."""
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
    context = {
        "document": document,
        "cause": Cause(cause),
        "form": form,
        "blockers": blockers,
        "chosen": {*request.POST.getlist("chosen")},
        **_page(request, cause, document),
    }
    title = _("Settle rechecks: %(title)s") % {"title": document_title(document)}
    return render(request, "desk/settle.html", context, title=title, status=refused_status(request, form))


def _act(request: DeskRequest, typed: dict[str, Any], cause: str, document: Document) -> None:
    """Do what the button says, and tell what became of each page. Raises Blocked."""
    user, reason = request.user, typed["reason"]
    keys = typed["shown"] if typed["all"] else typed["chosen"]
    rechecks = list(Recheck.objects.filter(pk__in=keys, cause=cause, document=document).select_related("edition"))
    if "propose" in request.POST:
        count = len(services.propose_settlement(rechecks, user=user, reason=reason))
        done = ngettext("Proposed for %(number)s page.", "Proposed for %(number)s pages.", count)
        messages.success(request, done % {"number": count})
        return
    if typed["all"]:  # all that were shown with a box that this person could tick
        blockers = rules.find_signer_blockers([recheck.edition for recheck in rechecks], user)
        rechecks = [recheck for recheck in rechecks if not blockers[recheck.edition_id]]
    if "reword" in request.POST:
        results = services.request_wording(rechecks, user=user, reason=reason)
        count = _count_done(results)
        done = _("Sent to the authors. Pages: %(number)s.")
    else:
        results = services.settle_together(rechecks, user=user, password=typed["password"], reason=reason)
        count = _count_done(results)
        done = ngettext("Settled on %(number)s page.", "Settled on %(number)s pages.", count)
    if count:
        messages.success(request, done % {"number": count})
    for result in results:
        if result.blockers:
            messages.warning(request, f"{result.name}: {' '.join(result.blockers)}")


def _count_done(results: list[services.PageResult]) -> int:
    return sum(not result.blockers for result in results)


def _page(request: DeskRequest, cause: str, document: Document) -> dict[str, Any]:
    pending = queue.pending_rechecks().filter(cause=cause, document=document)
    editions = Edition.objects.filter(pk__in=pending.values("edition")).order_by("title", "language", "pk")
    page = Paginator(editions.select_related("document"), services.MOST_AT_ONCE).get_page(request.GET.get("page"))
    shown = {edition.pk: edition for edition in page.object_list}
    _try_to_load(list(shown.values()))
    by_edition = {
        line.edition.pk: line for line in load_lines(shown) if line.newest.cause == cause and line.document == document
    }
    lines = [by_edition[pk] for pk in shown if pk in by_edition]
    blockers = rules.find_signer_blockers(shown.values(), request.user)
    remarks = _count_remarks(lines)
    longest = max(lines, key=lambda line: len(line.rechecks), default=None)
    rows = [
        _row(line, shown[line.edition.pk], document, blockers[line.edition.pk]) | {"remarks": remarks[line.edition.pk]}
        for line in lines
    ]
    rows.sort(key=lambda row: not row["line"].is_certain)  # what shows it before what may rest on it
    can_propose = not list(services.proposal_blockers(request.user))
    return {
        "page": page,
        "rows": [row for row in rows if can_propose or not row["blockers"]],
        "other_rows": [row for row in rows if not can_propose and row["blockers"]],
        "shown": [show_reason(reason) for _line, reason in find_reasons([longest] if longest else [])],
        "can_take_down": rules.can_take_down(request.user),
        "can_propose": can_propose,
        "settleable": sum(not row["blockers"] for row in rows),
        "suggested": next((proposal.reason for line in lines for proposal in line.proposals[-1:]), ""),
    }


def _row(line: RecheckLine, edition: Edition, document: Document, blockers: list[str]) -> dict[str, Any]:
    words, pieces = [], set()
    if "tree" in edition.__dict__:
        words = find_mentions(edition.tree, document.pk)
        pieces = {piece_label(node.attrs["piece"]) for node in find_pieces(edition.tree.root)}
    return {
        "line": line,
        "lang": bcp47(edition.language),
        "words": [said for said in words if said not in pieces],
        "pieces": [said for said in words if said in pieces],  # in the language of the desk
        "blockers": blockers,
    }


def _count_remarks(lines: list[RecheckLine]) -> Counter[int]:
    """{edition's key: remarks that were made on it since its line was opened}"""
    since = {line.edition.pk: line.since for line in lines}
    remarks = Remark.objects.filter(edition__in=since, thread__isnull=True).values_list("edition_id", "made_at")
    return Counter(pk for pk, made_at in remarks if made_at >= since[pk])


def _try_to_load(editions: list[Edition]) -> None:
    """The trees of all of them at once; where one is corrupt, of none: its own page says so."""
    try:
        load_trees(editions)
    except (CorruptEdition, UnreadableTree):
        for edition in editions:
            edition.__dict__.pop("tree", None)
