"""Everything that happened to one document, and bringing back words of it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from editorial.accounts.languages import all_languages, own_name
from editorial.accounts.roles import Permission
from editorial.editions.blockers import Blocked
from editorial.editions.models import Document, WorkingVersion
from editorial.editions.working import copies
from editorial.editions.working import restoration as working_history

from ..frame import DeskRequest, desk_view, document_title, edit_url, language_or_404, render
from ..history.presenters import group_by_day
from ..history.sources import EntryType
from ..history.timeline import Timeline, TimelineFilters, TimelinePosition

LABELS = {
    "language": gettext_lazy("Language"),
    "sort": gettext_lazy("Event"),
    "person": gettext_lazy("Person"),
}


@desk_view
@require_safe
def history(request: DeskRequest, pk: int) -> HttpResponse:
    """The timeline of a document, a page at a time."""
    document = get_object_or_404(Document, pk=pk)
    return _render_history(
        request, document, TimelineFilters.read(request.GET), TimelinePosition.read(request.GET.get("before", ""))
    )


@desk_view
@require_safe
def changes(request: DeskRequest, pk: int, language: str) -> HttpResponse:
    """Where the history of one language once was."""
    get_object_or_404(Document, pk=pk)
    return redirect(_address(pk, language_or_404(language)), permanent=True)


@desk_view
@require_POST
def restore(request: DeskRequest, pk: int, language: str) -> HttpResponse:
    """Bring one earlier text back, or without a field all words of a part, in one language."""
    document = get_object_or_404(Document, pk=pk)
    language, sent = language_or_404(language), request.POST
    try:
        working_history.restore_words(
            document,
            model=sent.get("model", ""),
            row_id=_int(sent.get("row")),
            field=sent.get("field", ""),
            language=language,
            history_id=_int(sent.get("history")),
            token=_int(sent.get("token")),
            user=request.user,
        )
    except Blocked as blocked:
        return _render_history(
            request, document, TimelineFilters(language=language), blockers=blocked.blockers, status=409
        )
    messages.success(request, _("Restored as a new revision. Nothing else was changed."))
    return redirect(_address(pk, language))


def _address(pk: int, language: str) -> str:
    return f"{reverse('desk:history', args=[pk])}?language={language}"


def _render_history(
    request: DeskRequest,
    document: Document,
    filters: TimelineFilters,
    before: TimelinePosition | None = None,
    *,
    blockers: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    timeline = Timeline(document, filters)
    page, people = timeline.page(before), timeline.people()
    options: dict[str, dict[str, Any]] = {
        "language": {code: own_name(code) for code in all_languages()},
        "sort": dict(EntryType.choices),
        "person": people,
    }
    context = {
        "filter_url": reverse("desk:history", args=[document.pk]),
        "document": document,
        "edit_url": edit_url(document),
        "days": group_by_day(page.entries),
        "older": filters.query(before=page.older) if page.older else "",
        "newest": filters.query() if before else "",
        "is_later_page": before is not None,
        "filters": [(name, LABELS[name], getattr(filters, name), options[name].items()) for name in LABELS],
        "is_filtered": filters != TimelineFilters(),
        "tokens": _tokens(document),
        "restorable": [
            code for code in all_languages() if not copies.write_blockers(request.user, code, document.kind)
        ],
        "can_revoke": request.user.can(Permission.REVOKE),
        "blockers": blockers,
    }
    title = _("History of %(title)s") % {"title": document_title(document)}
    return render(request, "desk/history.html", context, title=title, status=status)


def _tokens(document: Document) -> dict[str, int]:
    """{language: the version that a form is opened with}."""
    versions = WorkingVersion.objects.filter(document=document).values_list("language", "token")
    return {**dict.fromkeys(all_languages(), 0), **dict(versions)}


def _int(value: str | None) -> int:
    """A number from a form; -1, which names nothing, for anything else."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else -1
