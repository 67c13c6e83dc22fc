"""The desk's frame: who may enter, what every desk page gets, and how apps above this one add their own links."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from csp.decorators import csp_update
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from js_asset import Media

from editorial.accounts.languages import all_languages
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.kinds import kind_of
from editorial.editions.models import CorruptEdition, Document

log = logging.getLogger(__name__)


Arguments = ParamSpec("Arguments")


class DeskRequest(HttpRequest):
    """What a view of the desk gets: somebody is signed in, and holds a role."""

    user: User
    csp_nonce: str


def desk_user(request: HttpRequest) -> User:
    """Who is signed in, in a view of the admin: it lets nobody else in."""
    return cast(User, request.user)


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str


LinkMaker = Callable[[Document, str, User], Link | None]

_language_links: list[LinkMaker] = []


def add_language_link(make: LinkMaker) -> None:
    """Let an app above offer something on each language of a document: (document, language, user) -> Link or None."""
    _language_links.append(make)


def language_links(document: Document, language: str, user: User) -> list[Link]:
    links = (make(document, language, user) for make in _language_links)
    return [link for link in links if link]


MenuLinkMaker = Callable[[User], Link | None]

_menu_links: list[MenuLinkMaker] = []


def add_menu_link(make: MenuLinkMaker) -> None:
    """Let an app above offer a page in the desk's menu: user -> Link or None. Asked for every page: of roles alone."""
    _menu_links.append(make)


def menu_links(user: User) -> list[Link]:
    return [link for make in _menu_links if (link := make(user))]


def desk_view(
    view: Callable[Concatenate[DeskRequest, Arguments], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """A page of the desk: signed in, holding a role, never cached."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
        request = cast(DeskRequest, request)
        if not request.user.can(Permission.READ_DESK):
            raise PermissionDenied
        try:
            return view(request, *args, **kwargs)
        except CorruptEdition as corrupt:
            log.critical("Not shown on the desk, because its records do not verify: %s", request.path, exc_info=True)
            context = {"problem": str(corrupt)}
            return render(
                request, "desk/corrupt.html", context, title=_("This record failed its integrity check"), status=503
            )

    return never_cache(staff_member_required(guarded, login_url="admin:login"))


# The one style sheet that the prose editor adds by script, by its hash; an update that changes it fails a journey.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"


def render(
    request: HttpRequest, template: str, context: dict[str, Any], *, title: str, status: int = 200
) -> HttpResponse:
    """A desk page in the admin's frame."""
    context = {**admin.site.each_context(request), "title": title, **context}
    if not context.get("media"):
        return TemplateResponse(request, template, context, status=status)
    # The editor's import map is an inline script: it carries this answer's nonce.
    context["media"] = Media.from_media(context["media"], nonce=cast(DeskRequest, request).csp_nonce)
    response = TemplateResponse(request, template, context, status=status)
    return cast(HttpResponse, csp_update({"style-src": [EDITOR_STYLE]})(lambda request: response)(request))


def language_or_404(language: str) -> str:
    """A language of an address. Raises Http404 for one that the database has no columns for."""
    if language not in all_languages():
        raise Http404
    return language


def refused_status(request: HttpRequest, form: BaseForm | None = None) -> int:
    """Of a page that is shown again: 400 where the form is wrong, 409 where a service refused."""
    if request.method != "POST":
        return 200
    return 409 if form is None or form.is_valid() else 400


def text_sent(request: HttpRequest, name: str) -> str:
    """One text of a form that has no class of its own, without the sign that PostgreSQL stores in no text."""
    return request.POST.get(name, "").replace("\0", "")


def document_title(document: Document) -> str:
    """The working title of a document, as lists name it."""
    return kind_of(document).title(document)


def edit_url(document: Document) -> str:
    """Where the working copy of a document is edited; "" where its kind has no page for that."""
    meta = kind_of(document).model._meta
    try:
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[document.pk])
    except NoReverseMatch:
        return ""


def words_url(document: Document, language: str, user: User) -> str:
    """Where this user writes the page's words in this language; "" where they write none."""
    if language == settings.SOURCE_LANGUAGE:
        return edit_url(document)
    return next((link.url for link in language_links(document, language, user)), "")
