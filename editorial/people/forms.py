"""The log-in page's form for a link to set a password."""

from typing import Any

from django.contrib.auth.forms import PasswordResetForm

from .services import ask_for_link


class PasswordLinkForm(PasswordResetForm):
    """Django's, for those without a password too: it is how somebody who was invited late gets in.

    The worker writes the letter, which names this site's own address. Who has an account is told to nobody.
    """

    def save(self, *args: Any, **options: Any) -> None:
        ask_for_link(self.cleaned_data["email"])
