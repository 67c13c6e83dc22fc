"""The living page of the design system, for staff: the readers' own templates with what is live, no copies of them."""

from collections.abc import Callable
from copy import copy
from inspect import unwrap
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from articles.kind import ArticleKind
from drugs.kind import MonographKind
from editorial.accounts.languages import public_languages
from editorial.desk.frame import desk_view
from editorial.editions.kinds import kind_named
from editorial.editions.models import Document
from editorial.reading import list_questions, list_views, presenters, title_views, views
from editorial.reading.list_slices import ListSlice
from editorial.reading.responses import READERS, PublicPage, site_context
from editorial.reading.search.views import search

from .design_tokens import LEAST_CONTRAST, measure_pairs
from .home import home

SPACES = ("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8")
# Of each kind, the newest page is shown as far as these templates show it.
_PARTS = {ArticleKind.name: "site/design_article.html", MonographKind.name: "site/design_drug.html"}


@desk_view
@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Every part of readers' pages, in the language of `?language=`. It is neither kept nor listed by machines."""
    language = request.GET.get("language", "")
    language = language if language in public_languages() else settings.SOURCE_LANGUAGE
    with translation.override(language):
        return _render(request, language)


def _render(request: HttpRequest, language: str) -> HttpResponse:
    context: dict[str, Any] = {
        **site_context(request, language, lambda code: f"{request.path}?language={code}", public_languages()),
        **presenters.menu_context(language),
        "breadcrumbs": presenters.breadcrumbs(language),
        "robots": "noindex",
        "canonical": "",
        "spaces": SPACES,
        "pairs": measure_pairs(),
        "least_contrast": LEAST_CONTRAST,
        "parts": _render_parts(request, language),
        "slice": ListSlice((), 2, 30, True, 10),
        "is_by_name": True,
        "typed": "",
    }
    response = TemplateResponse(request, "site/design.html", context, using=READERS).render()
    return response


def _render_parts(request: HttpRequest, language: str) -> list[SafeString]:
    """The parts of home, lists and search, then those that only a signed page has."""
    articles, drugs = kind_named(ArticleKind.name), kind_named(MonographKind.name)
    first = _ask(request, home, language)
    examples = first.context["examples"]
    asked = QueryDict(mutable=True)
    asked["q"] = examples[0]["text"] if examples else drugs.label
    pages = {
        "site/design_home.html": first,
        "site/design_list.html": _ask(request, list_views.page_list, language, articles),
        "site/design_letters.html": _ask(request, title_views.a_to_z, language),
        "site/design_drugs.html": _ask(request, list_views.page_list, language, drugs),
        "site/design_search.html": _ask(request, search, language, query=asked),
    }
    shown = [_render_page(request, page, template, language) for template, page in pages.items()]
    return shown + [_render_part(request, kind, template, language) for kind, template in _PARTS.items()]


def _ask(
    request: HttpRequest, view: Callable[..., Any], language: str, *args: Any, query: QueryDict | None = None
) -> PublicPage:
    """What a reader's view would show for the address with this query."""
    asked = copy(request)
    asked.GET = query or QueryDict()  # type: ignore[assignment]
    page: PublicPage = unwrap(view)(asked, *args, language=language)
    return page


def _render_page(request: HttpRequest, page: PublicPage, template: str, language: str) -> SafeString:
    context = {**site_context(request, language), **page.context, "today": timezone.localdate()}
    return mark_safe(render_to_string(template, context, request, using=READERS))  # noqa: S308 (autoescaped)


def _render_part(request: HttpRequest, kind_name: str, template: str, language: str) -> SafeString:
    """The parts that only a signed page has; "" where none is live."""
    kind = kind_named(kind_name)
    newest = list_questions.find_pages(kind_name, language, timezone.now(), number=1, per_page=1, is_counted=False)
    for slug in Document.objects.filter(pk__in=[row.document_id for row in newest.rows]).values_list("slug", flat=True):
        page = unwrap(views.page)(request, kind, slug, language=language)
        if isinstance(page, PublicPage) and page.status == 200:
            return _render_page(request, page, template, language)
    return SafeString()
