import getpass
from typing import Any

from django.contrib.auth.management.commands.changepassword import Command as ChangePassword
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from editorial.accounts.models import User

from ...services import set_password_on_server

TRIES = 3


class Command(ChangePassword):
    help = "Set a person's password on the server. It is on record, with the server's account that ran it."

    def handle(self, *args: Any, **options: Any) -> str:
        username = options["username"] or getpass.getuser()
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"user '{username}' does not exist")
        set_password_on_server(person, self._new_password(person))
        return f"Password changed successfully for user '{username}'. It is on record."

    def _new_password(self, person: User) -> str:
        """What was typed twice alike, and is strong enough. Asked for before the database is locked."""
        for _try in range(TRIES):
            typed = self._get_pass()  # type: ignore[attr-defined]  # Django's stubs lack it
            if typed != self._get_pass("Password (again): "):  # type: ignore[attr-defined]  # as above
                self.stdout.write("Passwords do not match. Please try again.")
                continue
            try:
                validate_password(typed, person)
            except ValidationError as error:
                self.stderr.write("\n".join(error.messages))
                continue
            return str(typed)
        raise CommandError(f"Aborting password change for user '{person.username}' after {TRIES} attempts")
