"""What a stale save of an article would replace: every text that is saved otherwise than it was typed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from editorial.editions.working.conflicts import Conflict, conflicts

from .forms import initial_rows
from .models import Article

TOP = ("title", "lead", "change_note", "review_interval_months", "topics")


def with_saved(article: Article, form, lists: dict) -> list[Conflict]:
    """Conflicts between the article as it is saved and the valid form and lists, in reading order."""
    return list(conflicts([*_top(article, form), *_parts(article, lists)]))


def _top(article: Article, form) -> Iterator[tuple]:
    saved = form.initial_of(article, 0)
    for name in TOP:
        typed = form.cleaned_data[name]
        if name == "topics":
            typed = sorted(topic.pk for topic in typed)
            saved[name] = sorted(saved[name])
        yield form.fields[name].label, saved[name], typed, False


def _parts(article: Article, lists: dict) -> Iterator[tuple]:
    for related, formset in lists.items():
        typed_rows = {row["id"]: row for row in formset.rows() if row.get("id")}
        for saved in initial_rows(getattr(article, related).all(), formset.form):
            name_of = saved.get("heading") or saved.get("key") or saved.get("text") or ""
            typed = typed_rows.get(saved["id"])
            if typed is None:
                yield _("Added meanwhile, and kept: %(name)s") % {"name": name_of}, name_of, "", False
                continue
            for field, value in saved.items():
                if field != "id":
                    label = f"{name_of}: {formset.form.base_fields[field].label}"
                    yield label, value, typed.get(field), field == "body"
