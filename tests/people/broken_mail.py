"""A mail server that takes nothing, and repeats in its complaint what it was given."""

from django.core.mail.backends.base import BaseEmailBackend


class BrokenBackend(BaseEmailBackend):
    def send_messages(self, messages):
        raise OSError(messages[0].body)
