"""Bringing back what was taken down: why it came down and what changed since stand before the signature."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.languages import bcp47, direction
from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.editions.models import Edition
from editorial.editions.tree import diff
from editorial.reviews import checklist, services
from editorial.reviews.recheck_reasons import RecheckReason
from editorial.reviews.reinstatements import (
    find_returnable,
    find_take_down,
    missing_sign_offs,
    reinstatement_blockers,
    seen_digest,
)
from editorial.reviews.wordings import find_wordings

from ..edition.rechecks import ShownReason, recheck_context, show_reason
from ..forms import BringBackForm
from ..frame import DeskRequest, desk_view, refused_status, render

PREFIX = "bring-back"


@desk_view
def bring_back(request: DeskRequest, pk: int) -> HttpResponse:
    """What a signature rests on here; POST signs."""
    edition = get_object_or_404(Edition.objects.select_related("document", "source_edition"), pk=pk)
    due = {"review_due_on": services.default_review_date(edition, timezone.localdate())}
    blockers = list(reinstatement_blockers(edition, request.user))
    if request.method == "POST":
        form = _form(edition, request.POST)
        if form.is_valid():
            try:
                services.bring_back(edition, user=request.user, **form.cleaned_data)
            except Blocked as blocked:
                blockers = blocked.blockers
            else:
                messages.success(request, _what_follows(edition))
                return redirect("desk:document", pk=edition.document_id)
        # The next signature stands on what is shown now.
        data = cast(QueryDict, form.data).copy()
        data[form.add_prefix("seen")] = seen_digest(edition)
        form.data = data
    else:
        form = _form(edition, initial={**due, "seen": seen_digest(edition)})
    context = {
        "edition": edition,
        "lang": bcp47(edition.language),
        "dir": direction(edition.language),
        "form": form,
        "due": due,
        "blockers": blockers,
        "is_returnable": find_returnable(edition.document, edition.language) == edition,
        "take_down": find_take_down(edition),
        "source_change": _source_change(edition),
        "is_behind": _is_behind(edition),
        "newer": _newer_editions(edition),
        **recheck_context(edition, request.user, {}),
    }
    title = _("Bring back: %(title)s") % {"title": edition.title}
    return render(request, "desk/bring_back.html", context, title=title, status=refused_status(request, form))


def _form(edition: Edition, data: QueryDict | None = None, **keywords: Any) -> BringBackForm:
    items = checklist.checklist_items(edition, edition, diff.compare_trees(edition.tree, edition.tree))
    return BringBackForm(data, prefix=PREFIX, items=items, **keywords)


def _source_change(edition: Edition) -> ShownReason | None:
    """What changed in the source since the edition that this translates; None where it is the live one."""
    if edition.source_edition is None:
        return None
    live = freezing.find_signed_source(edition.document)
    if live is None or live.pk == edition.source_edition_id:
        return None
    return show_reason(RecheckReason(None, edition.source_edition, live))


def _is_behind(edition: Edition) -> bool:
    """Whether its source says something else by now than what this translates."""
    live = freezing.find_signed_source(edition.document) if edition.source_edition_id else None
    if live is None or edition.source_edition_id is None:
        return False
    wordings = find_wordings([live.pk, edition.source_edition_id])
    return wordings[live.pk] != wordings[edition.source_edition_id]


def _newer_editions(edition: Edition) -> list[Edition]:
    """Editions of the page in this language that were submitted since, newest first."""
    newer = Edition.objects.filter(document=edition.document_id, language=edition.language, number__gt=edition.number)
    return list(newer.defer("content").order_by("-number")[:20])


def _what_follows(edition: Edition) -> str:
    if missing := missing_sign_offs(edition):
        return _("Signed. Sign-offs by others that are still missing: %(number)s.") % {"number": missing}
    return _("Brought back. Readers can see it again.")
