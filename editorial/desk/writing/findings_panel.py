"""Findings beside the text while it is written: those of what is saved, and of what is typed and not saved yet."""

from collections.abc import Callable, Iterator

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.checks import report
from editorial.checks.pages import Page
from editorial.editions.blockers import Blocked
from editorial.editions.freezing import Candidate, build_candidate, find_base
from editorial.editions.models import Document
from editorial.editions.working import copies


def of_saved(document: Document, frozen: Candidate, hrefs: report.Hrefs) -> dict:
    """What the panel shows of the saved words; `frozen` is what submitting them would freeze."""
    return _shown(document, frozen, frozen, hrefs)


def of_typed(
    request, document: Document, language: str, save: Callable[[], None] | None, hrefs: Callable[[bool], report.Hrefs]
) -> HttpResponse:
    """The panel for what is typed, as though it were saved: it is, and undone at once.

    `save` is None where what was typed is not right yet. `hrefs` gives the way from blocks to the fields in which they
    are written, and is told whether what was typed could be saved.
    """
    saved = build_candidate(document, language)
    frozen, ways, not_read = saved, None, []
    if save is None:
        not_read = [_("A field is empty or not right yet.")]
    else:
        try:
            with transaction.atomic():  # no longer than it takes to read: nobody else writes meanwhile
                save()
                frozen, ways = build_candidate(document, language), hrefs(True)
                transaction.set_rollback(True)
        except Blocked as blocked:
            not_read = blocked.blockers
    shown = _shown(document, frozen, saved, hrefs(False) if ways is None else ways)
    return render(request, "desk/_findings.html", {**shown, "not_read": not_read, "may_write": True})


def _shown(document: Document, frozen: Candidate, saved: Candidate, hrefs: report.Hrefs) -> dict:
    """What is not in `saved` cannot be dismissed yet."""
    language = frozen.tree.language
    base = find_base(document, language)
    page = Page(document, frozen.tree, base.tree if base else None, timezone.localdate())
    shown = report.report(page, hrefs, saved=saved.tree, problems=frozen.blockers)
    return {"report": shown, "document_pk": document.pk, "language_code": language}


class LiveFindings:
    """What WritingAdmin offers for them. It reads the row by `_row`, the forms by `_forms`, and saves by `_save`."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.findings_view)
        return [path("<path:object_id>/findings/", view, name=self._findings_name), *super().get_urls()]

    @property
    def _findings_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_findings"

    def findings_view(self, request, object_id):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        row = self._row(request, object_id)
        form, lists = self._forms(request, row, copies.version_token(row.document, "en"))
        is_right = all([form.is_valid(), *(each.is_valid() for each in lists.values())])
        save = (lambda: self._save(row, form, lists, request.user)) if is_right else None
        return of_typed(request, row.document, "en", save, lambda is_saved: _hrefs(row, lists if is_saved else {}))

    def findings_context(self, row: models.Model, lists: dict, frozen: Candidate) -> dict:
        """Of what is saved, for the whole page."""
        url = reverse(f"admin:{self._findings_name}", args=[row.pk])
        return {**of_saved(row.document, frozen, _hrefs(row, lists)), "findings_url": url}


def _hrefs(row: models.Model, lists: dict) -> report.Hrefs:
    """The way from blocks to the fields that they are written in."""
    return report.fields_of_blocks(row, dict(_prefixes(row, lists)))


def _prefixes(row: models.Model, lists: dict) -> Iterator[tuple]:
    """((model, key), prefix) of the rows of the lists; rows that were only typed come in the order of their places."""
    for related, formset in lists.items():
        known = {form.initial["id"]: form.prefix for form in formset.forms if form.initial.get("id")}
        typed = formset.in_order() if formset.is_bound else []
        new = iter([form.prefix for form in typed if not form.initial.get("id")])
        for each in getattr(row, related).all():
            if prefix := known.get(each.pk) or next(new, ""):
                yield (type(each), each.pk), prefix
