"""The log-in page's form for a link to set a password."""

from typing import Any

from django.contrib.auth.forms import PasswordResetForm

from editorial.accounts.models import User

from .services import LinkRefused, send_password_link


class PasswordLinkForm(PasswordResetForm):
    """Django's, for those without a password too: it is how somebody who was invited late gets in.

    The letter is `letters.send_link`'s, which names this site's own address. Who has an account is told to nobody.
    """

    def get_users(self, email: str) -> Any:
        """Everybody of this address. The letter goes to theirs, not to one that was typed and only looks like it."""
        return User.objects.filter(email__iexact=email, is_active=True)

    def save(self, *args: Any, **options: Any) -> None:
        for person in self.get_users(self.cleaned_data["email"]):
            try:
                send_password_link(person)
            except LinkRefused:
                continue
