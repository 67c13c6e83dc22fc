"""The translator's page: one unit open at a time beside its signed source, one language at a time."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as render_part
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from editorial.accounts.languages import bcp47, direction, own_name, target_languages
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.desk.form_keeper import answer_keep, forget_typed, form_keeper, is_keep_request, typed_data
from editorial.desk.frame import DeskRequest, Link, add_language_link, desk_view, render
from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.editions.models import Document, Edition
from editorial.editions.tree.units import Unit
from editorial.editions.working import copies
from editorial.editions.working.conflicts import Conflict
from editorial.editions.working.translated_words import length_limits

from .forms import UnitForm, read_place
from .memory.fill import fill_from_memory
from .opened_page import OpenPage, source_difference
from .saving import SourceMoved, UnitChanged, drop_suggestion, is_same, save_unit, words_digest
from .tags import Tagged, name_tags, read_tagged, show_tags, to_typed, write_tagged
from .terms.unit_terms import mark_terms
from .unit_rows import Filter, count_rows, next_to_do, window_of


def translate_link(document: Document, language: str, user: User) -> Link | None:
    """On the document's page: where this language is translated."""
    if language not in target_languages() or not user.can(Permission.TRANSLATE, language=language):
        return None
    return Link(_("Translate"), reverse("translations:translate", args=[document.pk, language]))


add_language_link(translate_link)


@desk_view
def translate(request: DeskRequest, pk: int, language: str) -> HttpResponse:
    document = get_object_or_404(Document, pk=pk)
    if language not in target_languages():
        raise Http404
    source = freezing.find_signed_source(document)
    blockers = copies.write_blockers(request.user, language, document.kind)
    if source is None:
        return _render_without_source(request, document, language, blockers)
    if is_keep_request(request) and not blockers:
        return answer_keep(request)
    data = typed_data(request)
    if request.method == "GET" and "unit" not in request.GET and not blockers:
        blockers = _suggest(request, document, language, source)
    page = OpenPage(document, language, source, request.user, _shown(request))
    page.wanted = read_place((data or request.GET).get("unit", ""))
    if request.method == "POST":
        return _save(request, page, blockers)
    form = _form(page, data)
    gone = data.get("words", "") if data and page.opened.unit.place != page.wanted else ""
    return _render(request, page, blockers, form=form, gone=gone)


def _suggest(request: DeskRequest, document: Document, language: str, source: Edition) -> list[str]:
    """Offer for empty units what is known to be right for the very same source; why not, in words."""
    try:
        fill_from_memory(document, language, source, user=request.user)
    except Blocked as blocked:
        return list(blocked.blockers)
    return []


@desk_view
@require_POST
def live_findings(request: DeskRequest, pk: int, language: str) -> HttpResponse:
    """What is to be said of one unit as it is typed, and how it will look; nothing is saved."""
    document = get_object_or_404(Document, pk=pk)
    source = freezing.find_signed_source(document) if language in target_languages() else None
    if source is None:
        raise Http404
    if copies.write_blockers(request.user, language, document.kind):
        raise PermissionDenied
    page = OpenPage(document, language, source, request.user)
    page.wanted = read_place(request.POST.get("unit", ""))
    unit, form = page.unit, _form(page, request.POST)
    words, problems = page.words.get(unit.place, ""), []
    tagged = None
    if form.is_valid():
        tagged = read_tagged(form.cleaned_data["words"], unit, page.tags(unit))
        words, problems = tagged.words, tagged.problems
    context = {
        **_language_context(page),
        "report": page.typed_report(unit, words),
        "missing": name_tags(tagged.missing) if tagged and form.cleaned_data["words"].strip() else [],
        "not_read": [*problems, *(str(error) for errors in form.errors.values() for error in errors)],
        "looks": page.looks(unit, words),
        "can_write": True,
    }
    return render_part(request, "desk/translating/_typed.html", context)


def _shown(request: DeskRequest) -> str:
    shown = request.GET.get("show", "")
    return shown if shown in Filter.values else ""


def _form(page: OpenPage, data: QueryDict | None = None) -> UnitForm:
    """The form of the unit that is open, as it is saved or, with `data`, as it was typed."""
    unit = page.unit
    initial = {
        "unit": ".".join(unit.place), "source": page.source.number, "was": words_digest(page.words.get(unit.place, "")),
        "words": page.saved_text(unit), "read_source": "", "read_words": "", "taken": "",
    }  # fmt: skip
    room = None if unit.is_rich else length_limits(page.document, page.language).get(unit.place)
    return UnitForm(data, initial=initial, language=page.language, room=room)


def _save(request: DeskRequest, page: OpenPage, blockers: list[str]) -> HttpResponse:
    """Save what was sent for one unit, and go on; or show the unit again with what stands in the way."""
    act, form = request.POST.get("_act", "save"), _form(page, request.POST)
    if blockers:
        return _render(request, page, blockers, form=form, status=409)
    if not form.is_valid() or form.opened is None:
        problems = [str(error) for errors in form.errors.values() for error in errors]
        return _render(request, page, problems or [_("A field is empty or invalid.")], form=form, status=400)
    unit, text = page.opened.unit, form.cleaned_data["words"]
    if unit.place != form.opened.place:  # the source has it no more
        gone = [_("This text is no longer in the source. What you typed is below.")]
        return _render(request, page, gone, form=_form(page), gone=text, status=409)
    if act == "take":
        text = page.suggestion(unit)
    tagged = read_tagged(text, unit, page.tags(unit))
    if tagged.problems or (tagged.missing and tagged.words and "_without" not in request.POST):
        return _refuse_tags(request, page, form, tagged)
    try:
        if act == "drop":
            drop_suggestion(page.document, page.language, unit.place, user=request.user)
            return redirect(page.url(unit.place))
        is_saved = save_unit(
            page.document, page.language, form.opened, to_typed(tagged.words, unit), user=request.user,
            is_correct=act == "correct",
            needs_work=act == "work" or (act == "leave" and not is_same(tagged.words, page.words.get(unit.place, ""))),
            taken=to_typed(read_tagged(form.cleaned_data["taken"], unit, page.tags(unit)).words, unit),
        )  # fmt: skip
    except (SourceMoved, UnitChanged) as refused:
        return _render(request, page, refused.blockers, form=form, refused=refused, status=409)
    except Blocked as blocked:
        return _render(request, page, blocked.blockers, form=form, status=409)
    forget_typed(request)
    if is_saved:
        time = date_format(timezone.localtime(), "TIME_FORMAT")
        messages.success(request, _("Saved %(time)s") % {"time": time})
    elif act == "next" and page.opened.why:
        messages.info(
            request, _("Nothing changed, so it is still to do. If it is right as it is, say “Still correct”.")
        )
    elif act in ("save", "work"):
        messages.info(request, _("Nothing changed, so there was nothing to save."))
    return redirect(_next_address(request, page, act, unit))


def _next_address(request: DeskRequest, page: OpenPage, act: str, unit: Unit) -> str:
    if act == "submit":
        return reverse("desk:submit", args=[page.document.pk, page.language])
    shown = request.POST.get("_show", "")
    shown = shown if shown in Filter.values else ""
    if act == "leave":
        return page.url(read_place(request.POST.get("_go", "")) or unit.place, shown)
    if act in ("next", "correct"):
        after = OpenPage(page.document, page.language, page.source, page.user)
        following = next_to_do(after.bare_rows, unit.place)
        return page.url(following.unit.place if following else unit.place, shown)
    return page.url(unit.place, shown)


def _refuse_tags(request: DeskRequest, page: OpenPage, form: UnitForm, tagged: Tagged) -> HttpResponse:
    problems = list(tagged.problems)
    if not problems:
        shown = ", ".join(f"{tag.opening} {name}" for tag, name in name_tags(tagged.missing))
        problems = [
            _("The source has tags that your text lacks: %(tags)s. Put them in, or tick below.") % {"tags": shown}
        ]
    return _render(request, page, problems, form=form, status=400, asks_without=not tagged.problems)


def _render(
    request: DeskRequest,
    page: OpenPage,
    blockers: Sequence[str],
    *,
    form: UnitForm,
    refused: Blocked | None = None,
    gone: str = "",
    status: int = 200,
    asks_without: bool = False,
) -> HttpResponse:
    row = page.opened
    unit = row.unit
    shown = page.shown or (Filter.TO_DO if next_to_do(page.bare_rows, None) else Filter.ALL)
    can_write = not copies.write_blockers(request.user, page.language, page.document.kind)
    tags, rows = page.tags(unit), page.rows
    window, before, after = window_of(rows, shown, row)
    here = rows.index(row)
    counts = count_rows(rows)
    earlier = page.earlier_source(unit)
    typed = read_tagged(str(form["words"].value() or ""), unit, tags)
    context = {
        **_language_context(page),
        "document": page.document,
        "source": page.source,
        "page_url": page.url(),
        "row": row,
        "state": page.states.get(unit.place),
        "rows": [(each, page.url(each.unit.place)) for each in window],
        "more": [(page.url(each.unit.place), is_later) for each, is_later in ((before, 0), (after, 1)) if each],
        "filters": [(name, label, counts[name], page.url(None, name)) for name, label in Filter.choices],
        "shown": shown,
        "asked": page.shown,
        "previous": page.url(rows[here - 1].unit.place) if here else "",
        "following": page.url(rows[here + 1].unit.place) if here + 1 < len(rows) else "",
        "unit_url": page.url(unit.place),
        "done_count": len(rows) - counts[Filter.TO_DO],
        "all_count": len(rows),
        "open_count": counts[Filter.TO_DO],
        "source_html": mark_terms(show_tags(write_tagged(unit.source, tags)), page.language),
        "source_text": write_tagged(unit.source, tags),
        "source_parts": source_difference(earlier.source, unit.source) if earlier else [],
        "saved_text": page.saved_text(unit),
        "saved_html": show_tags(page.saved_text(unit)),
        "tags": name_tags(tags),
        "suggestion": page.suggestion(unit),
        "suggested_from": page.suggested_from(unit),
        "aids": page.aids(unit, request.user),
        "form": form,
        "blockers": blockers,
        "asks_without": asks_without,
        "gone": gone,
        "report": page.findings(unit),
        "looks": page.looks(unit, typed.words if not typed.problems else page.words.get(unit.place, "")),
        "findings_url": reverse("translations:findings", args=[page.document.pk, page.language]),
        **page.remarks(unit),
        **_refused_context(page, unit, refused, form),
        "can_write": can_write,
        "keeper": form_keeper(request, can_write=can_write, compare=lambda sent: _typed_changes(page, sent)),
    }
    title = _("Translate into %(language)s") % {"language": own_name(page.language)}
    return render(request, "desk/translate.html", context, title=title, status=status)


def _refused_context(page: OpenPage, unit: Unit, refused: Blocked | None, form: UnitForm) -> dict[str, Any]:
    """What the person has to read before the save is taken."""
    if isinstance(refused, SourceMoved) and refused.new:
        old = refused.old.source if refused.old else ""
        return {"moved": source_difference(old, refused.new.source), "moved_to": refused.source.number}
    if isinstance(refused, UnitChanged):
        typed = read_tagged(str(form["words"].value() or ""), unit, page.tags(unit)).words
        return {
            "theirs": show_tags(write_tagged(refused.words, page.tags(unit))),
            "theirs_digest": refused.digest,
            "theirs_name": refused.name,
            "theirs_parts": source_difference(refused.words, typed),
            "is_own": refused.is_own,
        }
    return {}


def _typed_changes(page: OpenPage, sent: QueryDict) -> list[Conflict]:
    """What kept fields change of what is saved."""
    place = read_place(sent.get("unit", ""))
    row = next((row for row in page.rows if row.unit.place == place), None)
    typed = sent.get("words", "").replace("\r\n", "\n")
    if row is None:
        label = _("Your text for passages no longer in the source")
        return [Conflict(label, "", typed, is_written=False)] if typed else []
    saved = page.saved_text(row.unit)
    return [Conflict(row.where, saved, typed, is_written=False)] if saved != typed else []


def _language_context(page: OpenPage) -> dict[str, Any]:
    return {
        "language_name": own_name(page.language),
        "language_code": page.language,
        "lang": bcp47(page.language),
        "dir": direction(page.language),
        "document_pk": page.document.pk,
    }


def _render_without_source(
    request: DeskRequest, document: Document, language: str, blockers: Sequence[str]
) -> HttpResponse:
    context = {
        "document": document,
        "blockers": [*blockers, *freezing.build_candidate(document, language).blockers],
        "language_code": language,
        "lang": bcp47(language),
        "dir": direction(language),
    }
    title = _("Translate into %(language)s") % {"language": own_name(language)}
    return render(request, "desk/translate.html", context, title=title)
