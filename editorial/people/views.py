"""Asking for a link to set a password, by whoever is not logged in."""

from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib.auth.views import PasswordResetView
from django.http import HttpResponse

from .forms import PasswordLinkForm
from .services import LinkRefused, count_asker


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
