"""The back-check: a sign-off by somebody else than the signers, who read a translation before its source."""

from collections.abc import Iterator, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.editions.blockers import refuse_if
from editorial.editions.models import Edition, Meaning, Review, SignOff, Verdict, append_record
from editorial.editions.tree.units import Place
from editorial.editions.working.copies import lock_document, lock_user
from editorial.text_hygiene import clean_text

from .. import rules
from ..back_checks import LONGEST_TEXT, BackCheckUnit, check_written, find_back_check_units
from .signing import append_sign_off, default_review_date, finish_signing, password_blockers


def back_check(edition: Edition, *, user: User, password: str, written: Mapping[Place, str]) -> SignOff:
    """Put somebody's name to it that a translation's safety-critical texts say what the source says.

    `written` is what each says in the source's language, as it was written before the source was shown. The edition is
    released when nothing else is missing. Raises Blocked.
    """
    wrong = password_blockers(user, password)  # slow on purpose, so not while others wait for the lock
    with transaction.atomic():
        user = lock_user(user)
        lock_document(edition.document)
        now = timezone.now()
        units = find_back_check_units(edition)
        refuse_if([*rules.back_check_blockers(edition, user), *written_blockers(units, written), *wrong])
        review = append_record(
            Review(document=edition.document, edition=edition, verdict=Verdict.ACCEPTED), user=user, at=now
        )
        # The day on which the page is due is the signers' to say.
        signed = edition.sign_offs.filter(revocation__isnull=True).order_by("-sequence").first()
        record = append_sign_off(
            edition,
            review,
            Meaning.BACK_CHECKED,
            signed.review_due_on if signed else default_review_date(edition, timezone.localdate(now)),
            user=user,
            now=now,
            back_check=[
                {"node": unit.place[0], "word": unit.place[1], "words": clean_text(written[unit.place]).strip()}
                for unit in units
            ],
        )
        finish_signing(edition, user=user, now=now)
    return record


def written_blockers(units: list[BackCheckUnit], written: Mapping[Place, str]) -> Iterator[str]:
    """Why what was written is no back-check of these texts."""
    if missing := len(check_written(units, written)):
        yield _("Write what each text says. Still to do: %(number)d.") % {"number": missing}
    if any(len(text) > LONGEST_TEXT for text in written.values()):
        yield _("Write at most %(number)d characters about each text.") % {"number": LONGEST_TEXT}
