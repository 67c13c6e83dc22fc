"""What people set about their own account."""

from django.db import transaction

from .models import MailChoice, User


def choose_mail(*, user: User, choice: MailChoice, language: str) -> User:
    """When this person gets mail about the desk, and in which language. What waits for them follows it too."""
    with transaction.atomic():
        account = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        account.mail_choice, account.mail_language = choice, language
        account.save(update_fields=["mail_choice", "mail_language"])
        return account
