"""The translation desk's page: pages by languages at a glance, or one language as a list."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from editorial.accounts.languages import bcp47, language_name, own_name
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.desk.frame import DeskRequest, Link, add_menu_link, desk_view, render
from editorial.desk.queue.own_work import TranslationWork, add_translation_work
from editorial.editions.fields import Label
from editorial.editions.kinds import kind_named

from .cells import Cell, make_cell
from .filters import AT_ONCE, Filters, filter_options
from .languages import counted_languages, visible_languages, written_languages
from .questions import PageRow, Place, first_to_do, list_pages

PER_PAGE = 25
FILTERS = {
    "state": gettext_lazy("State"),
    "kind": gettext_lazy("Kind"),
    "critical": gettext_lazy("Safety"),
}


def overview_link(user: User) -> Link | None:
    """In the desk's menu: of roles alone, so that no page asks the database for it."""
    may_look = user.can(Permission.TRANSLATE) or user.can(Permission.OVERSEE) or user.can(Permission.REVIEW)
    return Link(_("Translations"), reverse("translation_desk:translations")) if may_look else None


def find_work(user: User, limit: int) -> list[TranslationWork]:
    """On the desk's first page: what this user could translate, as the list of their languages begins."""
    written = written_languages(user)
    rows = first_to_do(user, limit, timezone.now())
    return [TranslationWork(row.source.title, make_cell(row, written)) for row in rows]


add_menu_link(overview_link)
add_translation_work(find_work)


@dataclass(frozen=True, slots=True)
class ShownPage:
    title: str
    url: str
    kind: Label
    cells: list[Cell | None]


@desk_view
def overview(request: DeskRequest) -> HttpResponse:
    if overview_link(request.user) is None:
        raise PermissionDenied
    return _overview(request)


@require_safe
def _overview(request: DeskRequest) -> HttpResponse:
    user, now = request.user, timezone.now()
    visible, written = visible_languages(user), written_languages(user)
    filters = Filters.read(request.GET, visible)
    after = Place.read(request.GET.get("after", ""))
    part = list_pages(filters, user=user, after=after, size=PER_PAGE, at=now)
    context: dict[str, Any] = {
        "languages": [(code, bcp47(code), own_name(code), language_name(code)) for code in filters.languages],
        "choices": _language_choices(filters, visible),
        "has_table": len(filters.languages) > 1,
        "pages": [_shown(page, written) for page in part.pages],
        "selects": [
            (name, label, getattr(filters, name), filter_options()[name].items()) for name, label in FILTERS.items()
        ],
        "filters": filters,
        "first_url": f"?{filters.query()}" if after else "",
        "next_url": f"?{filters.query(after=str(part.following))}" if part.following else "",
        "all_url": f"?{Filters(filters.languages).query()}",
        "numbers_url": reverse("translation_desk:translation-numbers") if counted_languages(user) else "",
    }
    return render(request, "desk/translations.html", context, title=_("Translations"))


def _shown(page: PageRow, written: list[str]) -> ShownPage:
    row = page.first
    return ShownPage(
        row.source.title,
        reverse("desk:document", args=[row.document_id]),
        kind_named(row.kind).label,
        [make_cell(cell, written) if cell else None for cell in page.cells],
    )


def _language_choices(filters: Filters, visible: list[str]) -> list[tuple[str, str, str, bool]]:
    """[(words, their language, address, whether it is what is shown)]: several side by side, or one as a list."""
    groups = [tuple(visible[start : start + AT_ONCE]) for start in range(0, len(visible), AT_ONCE)]
    choices = []
    for group in groups if len(visible) > 1 else []:
        if len(group) > 1:
            words = _("Side by side") if len(groups) == 1 else f"{own_name(group[0])} – {own_name(group[-1])}"
            choices.append((words, "", group))
    choices += [(own_name(code), bcp47(code), (code,)) for code in visible if len(visible) > 1]
    return [
        (words, lang, f"?{filters.with_languages(*group).query()}", filters.languages == group)
        for words, lang, group in choices
    ]
