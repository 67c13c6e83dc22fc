"""A plain translator's page: the signed source beside the target, unit by unit, one language at a time."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from editorial.accounts.languages import bcp47, direction, own_name, target_languages
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.desk.form_keeper import FormKeeper, answer_keep, forget_typed, form_keeper, is_keep_request, typed_data
from editorial.desk.frame import DeskRequest, Link, add_language_link, desk_view, render
from editorial.desk.writing import findings_panel
from editorial.desk.writing.bounded_fields import typed_texts
from editorial.desk.writing.import_messages import describe_changes
from editorial.desk.writing.open_remarks import place_remarks
from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.editions.kinds import kind_of
from editorial.editions.labels import block_label, cell_labels
from editorial.editions.models import Document, Edition
from editorial.editions.models.addresses import show_html_addresses
from editorial.editions.tree import bounds, html
from editorial.editions.tree.units import Place, Unit, find_units
from editorial.editions.working import copies
from editorial.editions.working.conflicts import Conflict, find_conflicts
from editorial.editions.working.translated_words import fill_translation, length_limits, typed_words, write_translation
from editorial.reviews.threads import open_threads

from .forms import HTML_NODES, UnitsForm


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
        blockers = [*blockers, *freezing.build_candidate(document, language).blockers]
        return _render_translation(request, document, language, blockers=blockers, rows=[])
    # Before the words, so that a save which somebody slips in between is refused and not overwritten.
    token = copies.version_token(document, language)
    options = _options(document, language, source)
    if is_keep_request(request) and not blockers:
        return answer_keep(request)
    form = UnitsForm(typed_data(request), **options)
    clashes: list[Unit] = []
    homeless: list[str] = []
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                clashes, blockers = _save(request, document, language, form, source, token)
            except copies.WorkingCopyChanged as changed:  # while this was read
                blockers, options = changed.blockers, _options(document, language, source)
                form = _read_again(form, options)
                clashes = form.conflicting()
            if not blockers:
                forget_typed(request)
                messages.success(request, _("Saved."))
                for text in describe_changes([form]):
                    messages.warning(request, text)
                if "_submit" in request.POST:
                    return redirect("desk:submit", pk=pk, language=language)
                return redirect("translations:translate", pk=pk, language=language)
            status, homeless = 409, form.homeless()
            form = UnitsForm(form.renewed(clashes, source.number), **options)
    elif form.is_bound:  # it was kept
        homeless = form.homeless()
    rows = _rows(document, language, source, form, {unit.place for unit in clashes})
    return _render_translation(
        request, document, language, blockers=blockers, rows=rows, form=form, source=source, homeless=homeless,
        status=status,
        keeper=form_keeper(
            request,
            can_write=not copies.write_blockers(request.user, language, document.kind),
            compare=lambda typed: _typed_changes(document, UnitsForm(typed, **options)),
        ),
    )  # fmt: skip


def _typed_changes(document: Document, form: UnitsForm) -> list[Conflict] | None:
    """What a filled form changes of what it was opened with; None where it cannot be read."""
    if not form.is_valid():
        return None
    changed = form.changed_words()
    texts = [
        (block_label(kind_of(document), unit.node), form.typed.get(unit.place, ""), changed[unit.place],
         unit.node.type in HTML_NODES, f"unit-{form.key(unit.place)}")
        for unit in form.units
        if unit.place in changed
    ]  # fmt: skip
    homeless = [(_("Your text for passages no longer in the source"), "", words, False) for words in form.homeless()]
    return list(find_conflicts([*texts, *homeless]))


@desk_view
@require_POST
def live_findings(request: DeskRequest, pk: int, language: str) -> HttpResponse:
    """The findings of what a translator typed and did not save yet."""
    document, source = get_object_or_404(Document, pk=pk), None
    if language in target_languages():
        source = freezing.find_signed_source(document)
    if source is None:
        raise Http404
    if copies.write_blockers(request.user, language, document.kind):
        raise PermissionDenied
    form = UnitsForm(request.POST, **_options(document, language, source))
    saved = freezing.build_candidate(document, language)
    if not form.is_valid():
        not_read = findings_panel.unreadable_reasons([form])
        return findings_panel.typed_findings(request, document, saved, None, _hrefs(form), not_read)
    if not_read := list(bounds.page_blockers(typed_texts([form]))):
        return findings_panel.typed_findings(request, document, saved, None, _hrefs(form), not_read)
    filled = fill_translation(document, language, form.changed_words(), source=source, checked=form.checked_places())
    typed = freezing.build_translation_candidate(document, language, source, filled.words, filled.checked)
    return findings_panel.typed_findings(request, document, saved, typed, _hrefs(form), [])


def _options(document: Document, language: str, source: Edition) -> dict[str, Any]:
    """What the form is made from."""
    return {
        "units": find_units(source.tree),
        "typed": typed_words(document, language),
        "room": length_limits(document, language),
        "language": language,
        "initial": {"source": source.number},
    }


def _hrefs(form: UnitsForm) -> dict[tuple[str, str], str]:
    """The way from units to their boxes, and from blocks to the first of theirs."""
    hrefs = {}
    for unit in form.units:
        href = f"#field-unit-{form.key(unit.place)}"
        hrefs[unit.place] = href
        hrefs.setdefault((unit.node.id, ""), href)
    return hrefs


def _save(
    request: DeskRequest, document: Document, language: str, form: UnitsForm, source: Edition, token: int
) -> tuple[list[Unit], list[str]]:
    """(units in conflict, why it was not saved); ([], []) when it was. Raises WorkingCopyChanged."""
    if form.cleaned_data["source"] != source.number:
        return [], [
            _(
                "A newer edition of the source was signed after you opened this page. Your text is still here: "
                "compare it with the current source, then save again."
            )
        ]
    if blockers := list(bounds.page_blockers(typed_texts([form]))):
        return [], blockers
    if clashes := form.conflicting():
        theirs = _(
            "Someone else saved a change to a text that you changed too. Both versions are below: "
            "save again to keep yours."
        )
        own = _(
            "You saved a change to a text in another tab, and changed it here too. Both versions are below: "
            "save again to keep this one."
        )
        return clashes, [own if copies.is_last_writer(document, language, request.user) else theirs]
    try:
        _write(request, document, language, form, source, token)
    except copies.WorkingCopyChanged:
        raise
    except Blocked as blocked:
        return [], blocked.blockers
    return [], []


def _read_again(form: UnitsForm, options: dict[str, Any]) -> UnitsForm:
    """The same form beside what is saved now, and read: that it is valid does not depend on it."""
    form = UnitsForm(form.data, **options)
    form.is_valid()
    return form


def _write(
    request: DeskRequest, document: Document, language: str, form: UnitsForm, source: Edition, token: int | None
) -> None:
    write_translation(
        document, language, form.changed_words(), source=source, user=request.user, token=token,
        checked=form.checked_places(), reason=_("translated"),
    )  # fmt: skip


def _rows(
    document: Document, language: str, source: Edition, form: UnitsForm, clashing: set[Place]
) -> list[dict[str, Any]]:
    stale = {unit.place for unit in freezing.find_unchecked_units(document, language, source)}
    sources = show_html_addresses(*(html.render_typed_words(unit.source) for unit in form.units))
    rows, cells = [], cell_labels(source.tree.walk())
    for unit, source_html in zip(form.units, sources, strict=True):
        key, is_typed = form.key(unit.place), unit.place in form.typed
        rows.append(
            {
                "label": cells.get(unit.node.id) or block_label(kind_of(document), unit.node),
                "source": mark_safe(source_html),  # noqa: S308 (rendered above, but for addresses of our own)
                "field": form[f"unit-{key}"],
                "was": form[f"was-{key}"],
                "check": form[f"check-{key}"] if unit.place in stale and is_typed else None,
                "theirs": form.typed.get(unit.place, "") if unit.place in clashing else "",
                "state": "missing" if not is_typed else "stale" if unit.place in stale else "done",
            }
        )
    return rows


def _render_translation(
    request: DeskRequest,
    document: Document,
    language: str,
    *,
    blockers: Sequence[str],
    rows: list[dict[str, Any]],
    form: UnitsForm | None = None,
    source: Edition | None = None,
    homeless: Sequence[str] = (),
    status: int = 200,
    keeper: FormKeeper | None = None,
) -> HttpResponse:
    frozen = freezing.build_candidate(document, language)
    context = {
        **(findings_panel.saved_findings(document, frozen, _hrefs(form)) if form else {}),
        "document": document,
        **place_remarks(open_threads(document, language, frozen.tree), _hrefs(form) if form else {}, request.user),
        "source": source,
        "rows": rows,
        "homeless": homeless,
        "keeper": keeper,
        "is_own": status == 409 and copies.is_last_writer(document, language, request.user),
        "form": form,
        "blockers": blockers,
        "language_name": own_name(language),
        "language_code": language,
        "lang": bcp47(language),
        "dir": direction(language),
        "findings_url": reverse("translations:findings", args=[document.pk, language]),
        "can_write": form and not copies.write_blockers(request.user, language, document.kind),
        "open_count": sum(row["state"] != "done" for row in rows),
        "media": form.media if form else "",
    }
    title = _("Translate into %(language)s") % {"language": own_name(language)}
    return render(request, "desk/translate.html", context, title=title, status=status)
