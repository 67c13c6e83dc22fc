"""Findings beside the text while it is written: those of what is saved, and of what is typed and not saved yet.

What is typed is looked at in memory: no row is saved for it, and no lock is taken.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.checks import report
from editorial.checks.checked_pages import CheckedPage
from editorial.editions.blockers import Blocked, refuse_if
from editorial.editions.freezing import Candidate, build_candidate, build_source_candidate, find_base
from editorial.editions.kinds import kind_of
from editorial.editions.models import Document
from editorial.editions.working import copies
from editorial.editions.working_copy import WorkingCopy

from .bounded_fields import OUT_OF_BOUNDS


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
    language: str,
    typed: Candidate | None,
    hrefs: report.Hrefs,
    not_read: list[str],
) -> HttpResponse:
    """The panel for what is typed: `typed` is what would be frozen if it were saved.

    Where that cannot be read, `typed` is None and `not_read` says why, and the panel is about what is saved.
    """
    saved = build_candidate(document, language)
    context = _context(document, typed or saved, saved, hrefs)
    return render(request, "desk/_findings.html", {**context, "not_read": not_read, "may_write": True})


def _context(document: Document, frozen: Candidate, saved: Candidate, hrefs: report.Hrefs) -> dict[str, Any]:
    """What is not in `saved` cannot be dismissed yet."""
    language = frozen.tree.language
    base = find_base(document, language)
    page = CheckedPage(document, frozen.tree, base.tree if base else None, timezone.localdate())
    shown = report.build_report(page, hrefs, saved=saved.tree, problems=frozen.blockers)
    return {"report": shown, "document_pk": document.pk, "language_code": language}


class LiveFindings(ModelAdmin):
    """What WritingAdmin offers for them. It reads the row by `_row`, the forms by `_forms`, and sets what was typed in
    a working copy by `_write`."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.findings_view)
        return [path("<path:object_id>/findings/", view, name=self._findings_name), *super().get_urls()]

    @property
    def _findings_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_findings"

    def findings_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        language = settings.SOURCE_LANGUAGE
        row = self._row(request, object_id)
        document = row.document
        form, lists = self._forms(request, row, copies.version_token(document, language))
        not_read: list[str] = []
        if not all([form.is_valid(), *(formset.is_valid() for formset in lists.values())]):
            not_read = unreadable_reasons([form, *(part for formset in lists.values() for part in formset.forms)])
        else:
            try:
                refuse_if(copies.write_blockers(request.user, language, document.kind))
                copies.refuse_if_changed(document, language, form.cleaned_data["token"])
                copy = kind_of(document).read_copy(document)
                self._write(copy, form, lists)
            except Blocked as blocked:
                not_read = blocked.blockers
            else:
                hrefs = _hrefs(copy, lists)
                return typed_findings(request, document, language, build_source_candidate(copy), hrefs, [])
        saved = kind_of(document).read_copy(document)
        return typed_findings(request, document, language, None, _hrefs(saved, {}), not_read)

    def findings_context(self, row: models.Model, lists: dict, frozen: Candidate) -> dict[str, Any]:
        """Of what is saved, for the whole page."""
        url = reverse(f"admin:{self._findings_name}", args=[row.pk])
        copy = kind_of(row.document).read_copy(row.document)
        return {**saved_findings(row.document, frozen, _hrefs(copy, lists)), "findings_url": url}


def _hrefs(copy: WorkingCopy, lists: Mapping) -> report.Hrefs:
    """The way from blocks to the fields that they are written in."""
    return report.find_field_links(copy, list(_prefixes(copy, lists)))


def _prefixes(copy: WorkingCopy, lists: Mapping) -> Iterator[tuple[models.Model, str]]:
    """(row, prefix of its form) of the rows of the lists; those that were only typed come in the order of their
    places."""
    for related, formset in lists.items():
        known = {form.initial["id"]: form.prefix for form in formset.forms if form.initial.get("id")}
        typed = formset.in_order() if formset.is_bound else []
        new = iter([form.prefix for form in typed if not form.initial.get("id")])
        for part in copy.parts(related):
            if prefix := known.get(part.pk) or next(new, ""):
                yield part, prefix
