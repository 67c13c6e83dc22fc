"""Passwords: asking for a link to set one, setting it by the link, and changing it."""

from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib import admin
from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth.views import PasswordChangeView, PasswordResetConfirmView, PasswordResetView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse_lazy

from .forms import PasswordLinkForm
from .services import LinkRefused, count_asker, record_own_password


class PasswordLinkView(PasswordResetView):
    """Counts by network address what is asked for, and says so where it was too often."""

    form_class = PasswordLinkForm

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            count_asker(get_client_ip_address(self.request))
        except LinkRefused as refused:
            for blocker in refused.blockers:
                form.add_error(None, blocker)
            return self.render_to_response(self.get_context_data(form=form), status=429)
        return super().form_valid(form)


class PasswordByLinkView(PasswordResetConfirmView):
    """Sets the password of whoever has the link, with its record."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response = super().form_valid(form)
            record_own_password(form.user)
            return response


class OwnPasswordView(PasswordChangeView):
    """The admin's page for one's own password, with its record."""

    form_class = AdminPasswordChangeForm
    success_url = reverse_lazy("admin:password_change_done")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**context) | admin.site.each_context(self.request) | {"title": self.title}

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response = super().form_valid(form)
            record_own_password(form.user)
            return response


def change_own_password(request: HttpRequest) -> HttpResponseBase:
    """For whoever may enter the desk; asks for the present password."""
    return admin.site.admin_view(OwnPasswordView.as_view(), cacheable=True)(request)
