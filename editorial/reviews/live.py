"""Findings beside the text while it is written: those of what is saved, and of what is typed and not saved yet."""

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.editions.blockers import Blocked
from editorial.editions.freezing import Candidate, base_of, candidate
from editorial.editions.tree.nodes import Tree
from editorial.editions.working import copies

from . import findings, panel


class LiveFindings:
    """What WritingAdmin offers for them. It reads the row by `_row`, the forms by `_forms`, and saves by `_save`."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.findings_view)
        return [path("<path:object_id>/findings/", view, name=self._findings_name), *super().get_urls()]

    @property
    def _findings_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_findings"

    def findings_view(self, request, object_id):
        """The findings of what is typed, as though it were saved: it is, and undone at once."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        row = self._row(request, object_id)
        form, lists = self._forms(request, row, copies.version(row.document, "en"))
        saved, not_read = candidate(row.document, "en"), []
        if all([form.is_valid(), *(each.is_valid() for each in lists.values())]):
            try:
                with transaction.atomic():
                    self._save(row, form, lists, request.user)
                    found = self._report(row, lists, candidate(row.document, "en"), saved.tree)
                    transaction.set_rollback(True)
            except Blocked as blocked:
                not_read = blocked.blockers
        else:
            not_read = [_("A field is empty or not right yet.")]
        if not_read:
            found = self._report(row, {}, saved, saved.tree)
        context = {"row": row, "report": found, "not_read": not_read, "may_write": True}
        return render(request, "desk/_findings.html", context)

    def findings_context(self, row: models.Model, lists: dict, frozen: Candidate) -> dict:
        """Of what is saved, for the whole page."""
        url = reverse(f"admin:{self._findings_name}", args=[row.pk])
        return {"report": self._report(row, lists, frozen, frozen.tree), "findings_url": url}

    @staticmethod
    def _report(row: models.Model, lists: dict, frozen: Candidate, saved: Tree) -> panel.Report:
        """What checks find in `frozen`, with the way to the fields; what is not in `saved` cannot be dismissed yet."""
        base = base_of(row.document, "en")
        page = findings.Page(row.document, frozen.tree, base.tree if base else None, timezone.localdate())
        hrefs = panel.fields_of_blocks(row, dict(_prefixes(row, lists)))
        return panel.report(page, hrefs, saved=saved, problems=frozen.blockers)


def _prefixes(row: models.Model, lists: dict) -> Iterator[tuple]:
    """((model, key), prefix) of the rows of the lists; rows that were only typed come in the order of their places."""
    for related, formset in lists.items():
        known = {form.initial["id"]: form.prefix for form in formset.forms if form.initial.get("id")}
        typed = formset.in_order() if formset.is_bound else []
        new = iter([form.prefix for form in typed if not form.initial.get("id")])
        for each in getattr(row, related).all():
            if prefix := known.get(each.pk) or next(new, ""):
                yield (type(each), each.pk), prefix
