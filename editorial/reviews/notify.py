"""Telling people, after the transaction: plain e-mail for now. A mail server that fails breaks nothing.

The outbox in the same transaction, digests and HTML come with the review desk.
"""

import logging

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.models import Reviewer, User
from editorial.accounts.roles import Permission
from editorial.editions.models import Edition, Release, Review, Revocation, Withdrawal

from .models import Remark

log = logging.getLogger(__name__)


def asked_to_review(edition: Edition) -> None:
    able = Reviewer.objects.filter(
        languages__language=edition.language, valid_until__gte=timezone.localdate(), user__is_active=True
    ).select_related("user")
    writers = {person["id"] for person in edition.contributors}
    people = [each.user for each in able if each.user_id not in writers and each.user.may(Permission.REVIEW)]
    _mail(people, _("Please review: %(title)s") % {"title": edition.title}, edition)


def sent_back(review: Review) -> None:
    edition = review.edition
    _mail([edition.recorded_by], _("Sent back: %(title)s") % {"title": edition.title}, edition, review.remarks)


def released(release: Release) -> None:
    edition = release.edition
    _mail([edition.recorded_by], _("Signed: %(title)s") % {"title": edition.title}, edition)


def withdrawn(record: Withdrawal) -> None:
    editions = Edition.objects.filter(document=record.document).order_by("-sequence").select_related("recorded_by")
    if newest := editions.first():
        _mail([newest.recorded_by], _("Taken down: %(title)s") % {"title": newest.title}, newest, record.reason)


def revoked(record: Revocation) -> None:
    edition = record.sign_off.edition
    people = [edition.recorded_by, record.sign_off.recorded_by]
    _mail(people, _("Sign-off revoked: %(title)s") % {"title": edition.title}, edition, record.reason)


def remarked(made: Remark) -> None:
    """To those whom it names, and to those in the thread; who began none, to who submitted the edition."""
    first = made.thread or made
    people = {made.edition.recorded_by, *made.mentioned.all(), first.made_by}
    people |= {each.made_by for each in first.answers.select_related("made_by")}
    subject = _("A remark: %(title)s") % {"title": made.edition.title}
    _mail_later(sorted(people - {made.made_by}, key=lambda each: each.pk), subject, made.edition, made.text)


def _mail_later(*args) -> None:
    transaction.on_commit(lambda: _mail(*args))


def _mail(people: list[User], subject: str, edition: Edition, more: str = "") -> None:
    addresses = sorted({person.email for person in people if person.email})
    body = _("Edition %(number)s in %(language)s.") % {
        "number": edition.number,
        "language": edition.get_language_display(),
    }
    for address in addresses:
        try:
            send_mail(subject, f"{body}\n\n{more}".strip() + "\n", None, [address])
        except OSError:  # smtplib's errors are OSErrors; the sign-off stands whether or not the mail went out
            log.exception("Mail about edition %s could not be sent.", edition.pk)
