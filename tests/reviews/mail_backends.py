"""Ways of failing to send, and choosing when to get mail."""

from django.core.mail.backends.locmem import EmailBackend

from editorial.accounts.models import MailChoice
from editorial.accounts.services import choose_mail


class Broken(EmailBackend):
    """Takes the conversation up, and then fails."""

    error: BaseException = OSError("no")

    def send_messages(self, messages):
        raise self.error


class Unreachable(EmailBackend):
    def open(self):
        raise ConnectionRefusedError("nobody there")


class Killed(BaseException):
    """As good as SIGKILL: nothing that the worker would do afterwards is done."""


class Dying(Broken):
    error = Killed()


def choose(user, choice: MailChoice, language: str = "en") -> None:
    choose_mail(user=user, choice=choice, language=language)
