"""Findings beside the text while it is written: those of what is saved, and of what is typed and not saved yet.

What is typed is looked at in memory: no row is saved for it, and no lock is taken.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from editorial.checks import report
from editorial.checks.checked_pages import read_candidate
from editorial.editions.freezing import Candidate
from editorial.editions.models import Document
from editorial.editions.validity import find_base
from editorial.editions.working_copy import WorkingCopy

from .bounded_fields import OUT_OF_BOUNDS
from .forms import Lists


def unreadable_reasons(forms: Iterable[Form]) -> list[str]:
    """Why forms of which some are not valid cannot be read: each text that is out of bounds, else in general."""
    errors = [error for form in forms for found in form.errors.as_data().values() for error in found]
    out_of_bounds = [error.messages[0] for error in errors if error.code == OUT_OF_BOUNDS]
    return list(dict.fromkeys(out_of_bounds)) or [_("A field is empty or invalid.")]


def saved_findings(document: Document, frozen: Candidate, hrefs: report.Hrefs) -> dict[str, Any]:
    """What the panel shows of the saved words; `frozen` is what submitting them would freeze."""
    return _context(document, frozen, frozen, hrefs)


def typed_findings(
    request: HttpRequest,
    document: Document,
    saved: Candidate,
    typed: Candidate | None,
    hrefs: report.Hrefs,
    not_read: list[str],
) -> HttpResponse:
    """The panel for what is typed: `typed` is what would be frozen if it were saved, `saved` what would be now.

    Where that cannot be read, `typed` is None and `not_read` says why, and the panel is about what is saved.
    """
    context = _context(document, typed or saved, saved, hrefs)
    return render(request, "desk/_findings.html", {**context, "not_read": not_read, "can_write": True})


def _context(document: Document, frozen: Candidate, saved: Candidate, hrefs: report.Hrefs) -> dict[str, Any]:
    shown = compare_findings(document, frozen, saved, hrefs)
    return {"report": shown, "document_pk": document.pk, "language_code": frozen.tree.language if frozen.tree else ""}


def compare_findings(
    document: Document, frozen: Candidate, saved: Candidate, hrefs: report.Hrefs
) -> report.FindingsReport:
    """What the checks say of `frozen`; what is not in `saved` cannot be dismissed yet."""
    if frozen.tree is None:
        raise ValueError("There is nothing to check.")
    page = read_candidate(document, frozen, find_base(document, frozen.tree.language))
    assert page is not None  # noqa: S101 (there is a tree)
    return report.build_report(page, hrefs, saved=saved.tree, problems=frozen.blockers)


def field_links(copy: WorkingCopy, lists: Lists) -> report.Hrefs:
    """The way from blocks to the fields that they are written in."""
    return report.find_field_links(copy, list(_prefixes(copy, lists)))


def _prefixes(copy: WorkingCopy, lists: Lists) -> Iterator[tuple[models.Model, str]]:
    """(row, prefix of its form) of the rows of the lists; those that were only typed come in the order of their
    places."""
    for related, formset in lists.items():
        known = {form.initial["id"]: form.prefix for form in formset.forms if form.initial.get("id")}
        typed = formset.in_order() if formset.is_bound else []
        new = iter([form.prefix for form in typed if not form.initial.get("id")])
        for part in copy.parts(related):
            if prefix := known.get(part.pk) or next(new, ""):
                yield part, prefix
