"""Discarding a draft that was never submitted, and bringing it back. Its rows and their history stay as they are."""

from collections.abc import Iterator

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.accounts.roles import Permission

from ..blockers import refuse_if
from ..models import LEADING, ChainHead, Contribution, Dependency, Document, DraftDiscard, OldAddress
from .copies import LONGEST_SLUG, address_blockers, lock_document, refreshed_user, write_blockers


def discard_draft(document: Document, *, user: User) -> DraftDiscard:
    """Take a draft that was never submitted off every list. Its address is free again. Raises Blocked.

    Where the edition of another page leads to it, it keeps its address: a signed link never leads to another page.
    """
    with transaction.atomic():
        document, user = lock_document(document), refreshed_user(user)
        refuse_if(discard_blockers(document, user))
        made = DraftDiscard.objects.create(
            document=document, is_discarded=True, slug=document.slug, **DraftDiscard.attribution(user)
        )
        if not Dependency.objects.filter(document=document, how__in=LEADING).exists():
            OldAddress.objects.filter(document=document).delete()
            suffix = f"-discarded-{made.pk}"
            document.slug = f"{document.slug[: LONGEST_SLUG - len(suffix)].rstrip('-_')}{suffix}"
        document.is_discarded = True
        document.save(update_fields=["is_discarded", "slug"])
        return made


def bring_back_draft(document: Document, *, user: User) -> DraftDiscard:
    """Put a discarded draft back on the lists, at its old address while that is free. Raises Blocked."""
    with transaction.atomic():
        document, user = lock_document(document), refreshed_user(user)
        refuse_if(return_blockers(document, user))
        slug = document.discards.filter(is_discarded=True).latest("pk").slug
        made = DraftDiscard.objects.create(
            document=document, is_discarded=False, slug=document.slug, **DraftDiscard.attribution(user)
        )
        if not list(address_blockers(document.kind, slug, document)):
            document.slug = slug
        document.is_discarded = False
        document.save(update_fields=["is_discarded", "slug"])
        return made


def discard_blockers(document: Document, user: User) -> Iterator[str]:
    """Why this user cannot discard this draft."""
    yield from state_blockers(document)
    if user.can(Permission.OVERSEE):
        return
    first = Contribution.objects.filter(document=document).order_by("pk").first()
    is_author = first is not None and first.user_id == user.pk
    if not is_author or write_blockers(user, settings.SOURCE_LANGUAGE, document.kind):
        yield _("Only its author or a head of content can discard a draft.")


def state_blockers(document: Document) -> Iterator[str]:
    """Why nobody can discard this page. Editions and regulators' decisions are records of it, which stay."""
    if document.is_discarded:
        yield _("This draft is already discarded.")
    elif ChainHead.objects.filter(document=document, count__gt=0).exists():
        yield _("This page has records, so it cannot be discarded. It can be taken down.")
    elif document.key:
        yield _("The site finds this page by its key, so it cannot be discarded.")


def return_blockers(document: Document, user: User) -> Iterator[str]:
    """Why this user cannot bring this draft back."""
    if not document.is_discarded:
        yield _("This draft is not discarded.")
    if not user.can(Permission.OVERSEE):
        yield _("Only a head of content can bring back a discarded draft.")
