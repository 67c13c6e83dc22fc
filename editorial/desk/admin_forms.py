"""The admin's own forms (topics, people, policies, …) keep what is typed, as the forms of the desk do.

Their apps are below the desk, so it is done around their views. On every other page of the desk a form that is sent
after its session ended lets its person log in over it, though nothing of it is kept.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm, BaseFormSet
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse

from .form_keeper import (
    answer_keep,
    changed_fields,
    forget_typed,
    form_keeper,
    is_keep_request,
    login_keeper,
    typed_data,
)
from .form_owner import is_of_the_desk

OWN_TEMPLATES = ("desk/", "library/desk/", "people/")


class AdminFormMiddleware:
    """Keeps what is typed into a stock form of the admin, gives it back, and forgets it once it is saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == 302 and _stock_admin(request):
            # What a service refused leads back to the form with a message; what is saved is offered to nobody.
            is_back = urlsplit(response.headers["Location"]).path == request.path
            if not is_back or "_addanother" in request.POST:
                forget_typed(request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, options: Any) -> HttpResponseBase | None:
        row_admin = _stock_admin(request)
        if row_admin is None or not is_keep_request(request):
            return None
        if not admin.site.has_permission(request):
            raise PermissionDenied
        if key := options.get("object_id"):
            row = row_admin.get_object(request, unquote(key))
            if row is None:
                raise Http404
            may_keep = row_admin.has_change_permission(request, row)
        else:
            may_keep = row_admin.has_add_permission(request)
        if not may_keep:
            raise PermissionDenied
        return answer_keep(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        context = response.context_data
        if context is None or not is_of_the_desk(request) or not request.user.is_authenticated:
            return response
        if _stock_admin(request) and "adminform" in context:
            if context.get("has_change_permission" if context.get("change") else "has_add_permission"):
                _keep_form(request, context)
        elif "keeper" not in context and str(response.template_name).startswith(OWN_TEMPLATES):
            context["keeper"] = login_keeper(request)
        return response


def _stock_admin(request: HttpRequest) -> "admin.ModelAdmin[Any] | None":
    """Whose stock form this address is; None for any other page, and for forms of the desk's own."""
    match = request.resolver_match
    row_admin: admin.ModelAdmin[Any] | None = getattr(match.func, "model_admin", None) if match else None
    _rest, _separator, name = (match.url_name or "").rpartition("_") if match else ("", "", "")
    if row_admin is None or name not in ("add", "change"):
        return None
    return row_admin if getattr(type(row_admin), f"{name}_view").__module__.startswith("django.") else None


def _keep_form(request: HttpRequest, context: dict[str, Any]) -> None:
    form: Any = context["adminform"].form
    context["keeper"] = form_keeper(request, compare=lambda typed: changed_fields(form, typed))
    if request.method == "GET" and (typed := typed_data(request)):
        for filled in (form, *(inline.formset for inline in context["inline_admin_formsets"])):
            _fill(filled, typed)


def _fill(form: "BaseForm | BaseFormSet[Any]", typed: QueryDict) -> None:
    """Show in a form that was built empty what was typed into it, as though it had just been sent."""
    form.data, form.is_bound, form._errors = typed, True, None  # type: ignore[union-attr]
    if isinstance(form, BaseForm):
        form._bound_fields_cache = {}  # type: ignore[attr-defined]
    for cached in ("forms", "management_form"):
        form.__dict__.pop(cached, None)
