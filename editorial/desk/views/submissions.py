"""Submitting a draft: what changed, what the checks find, and the note for readers, before anything is frozen."""

from collections.abc import Sequence
from typing import Any, cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from editorial.accounts.languages import bcp47, direction, own_name
from editorial.checks.checked_pages import read_candidate
from editorial.checks.report import build_report
from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.editions.kinds import kind_of
from editorial.editions.models import Document
from editorial.editions.section_names import name_sections
from editorial.editions.tree.diff import Change
from editorial.editions.tree.nodes import MINOR, NOTE
from editorial.editions.working.contributors import find_contributors
from editorial.editions.working.copies import WorkingCopyChanged, version_token
from editorial.reviews import services
from editorial.reviews.change_claims import is_noticeable
from editorial.reviews.comparison import Comparison, choose_draft_comparison
from editorial.reviews.reason_givers import add_reason_givers

from ..edition.blocks import group_quiet_blocks, rows_of
from ..edition.changes_panel import build_highlights, compare_with
from ..edition.contributors import describe_contributors
from ..forms import SubmitForm
from ..frame import DeskRequest, desk_view, edit_url, language_links, language_or_404, render


@desk_view
def submit(request: DeskRequest, pk: int, language: str) -> HttpResponse:
    """What would be frozen and what stands in the way; POST submits."""
    document = get_object_or_404(Document, pk=pk)
    language = language_or_404(language)
    candidate = freezing.build_candidate(document, language)
    comparison = choose_draft_comparison(document, language, request.GET.get("with", ""))
    since_signed = compare_with(comparison.signed, candidate.tree) if candidate.tree else []
    form = _note_form(document, candidate, comparison, since_signed, request.POST if request.method == "POST" else None)
    blockers, status, has_changed = [], 200, False
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            edition = services.submit(
                document,
                language,
                user=request.user,
                note=typed.get("note"),
                has_no_note=typed.get("no_note", False),
                token=typed.get("token"),
            )
        except WorkingCopyChanged:
            has_changed, status = True, 409
            blockers = [_("The draft was saved again after you opened this page. Read what changed, then submit it.")]
            _take_token(form, version_token(document, language))
        except Blocked as blocked:
            blockers, status = blocked.blockers, 409
        else:
            messages.success(request, _("Submitted for medical review."))
            return redirect("desk:edition", pk=edition.pk)
    else:
        asks_note = "note" in form.fields
        blockers = services.submission_blockers(document, language, candidate, request.user, asks_note=asks_note)
        status = 200 if request.method != "POST" else 409 if blockers else 400
    context = {
        "document": document,
        "language_name": own_name(language),
        "blockers": blockers,
        "can_try": has_changed or not blockers,
        "form": form,
        "edit_url": edit_url(document),
        "contributors": _contributors(document, candidate, comparison),
        "links": language_links(document, language, request.user),
        "preview_url": reverse("desk:preview", args=[pk, language]) if candidate.source_edition else "",
        **(_changes_context(document, candidate, comparison, since_signed) if candidate.tree else {}),
    }
    return render(request, "desk/submit.html", context, title=_("Submit for review"), status=status)


def _note_form(
    document: Document,
    candidate: freezing.Candidate,
    comparison: Comparison,
    since_signed: Sequence[Change],
    data: QueryDict | None,
) -> SubmitForm:
    """The form: without a note where no reader could notice a change, or where the source has the word on it."""
    kind, tree, signed = kind_of(document), candidate.tree, comparison.signed
    last_note = signed.tree.root.plain(NOTE) if signed else ""
    note = tree.root.plain(NOTE) if tree else ""
    asks = signed is not None and tree is not None and not candidate.source_edition and NOTE in kind.fields.words
    asks = asks and is_noticeable(since_signed)
    form = SubmitForm(
        data,
        is_required=asks and tree is not None and not tree.root.attrs.get(MINOR),
        last_note=last_note,
        longest=kind.model._meta.get_field(NOTE).max_length or 0 if asks else 0,  # type: ignore[union-attr]  # of words
        initial={
            "note": "" if note == last_note else note,
            "token": version_token(document, tree.language if tree else ""),
        },
    )
    if not asks:
        del form.fields["note"], form.fields["no_note"]
    return form


def _take_token(form: Form, token: int) -> None:
    """Let the next try stand on the draft as it is shown now."""
    data = cast(QueryDict, form.data).copy()
    data["token"] = str(token)
    form.data = data


def _contributors(document: Document, candidate: freezing.Candidate, comparison: Comparison) -> list[tuple[str, str]]:
    """(name, why) of those who could not sign what would be submitted."""
    tree, signed = candidate.tree, comparison.signed
    if tree is None:
        return []
    people = add_reason_givers(find_contributors(document, tree, signed), document, candidate, signed)
    return describe_contributors(tree, people)


def _changes_context(
    document: Document, candidate: freezing.Candidate, comparison: Comparison, since_signed: Sequence[Change]
) -> dict[str, Any]:
    """What a reviewer will be shown: what matters most, what changed, and what the checks find."""
    page = read_candidate(document, candidate, comparison.signed)
    assert page is not None  # noqa: S101 (there is a tree)
    kind, base, tree = kind_of(document), comparison.base, page.tree
    changes = since_signed if comparison.is_with_signed else compare_with(base, tree)
    rows = rows_of(kind, changes, {}, {}, name_sections(kind, *([base.tree] if base else []), tree))
    highlights = build_highlights(kind, tree, comparison, changes, since_signed)
    hrefs = {(row.change.node.id, ""): f"#block-{row.change.node.id}" for row in rows}
    return {
        "base": base,
        "comparison": comparison,
        "compare_url": reverse("desk:submit", args=[document.pk, tree.language]),
        "changes": group_quiet_blocks(rows),
        "has_changes": is_noticeable(changes),
        "lang": bcp47(tree.language),
        "dir": direction(tree.language),
        "report": build_report(page, hrefs, told=highlights["told"]),
        **highlights,
    }
