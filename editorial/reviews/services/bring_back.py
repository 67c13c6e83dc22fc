"""Bringing back what was taken down. Only a person does, with a signature, and only the edition that was live last."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from editorial.accounts.models import User
from editorial.editions.blockers import reason_blockers
from editorial.editions.models import Edition, Meaning, Reinstatement, SignOff, append_record
from editorial.editions.validity import is_valid

from .. import reinstatements
from ..mail import notifications
from ..models import Cause, Outcome, Recheck
from .intervals import open_release
from .rechecks import open_rechecks, settle_rechecks, settle_superseded
from .signing import Signature, signing


def bring_back(
    edition: Edition,
    *,
    user: User,
    password: str,
    answers: Mapping[int, str],
    remarks: str,
    seen: str | None = None,
    review_due_on: date | None = None,
) -> SignOff:
    """Sign the edition that readers saw last again; once nobody's sign-off is missing, readers see it again, at once.

    `remarks` say why it may be read again, and are kept with the record. `seen` is `reinstatements.seen_digest` of when
    the form was opened, None for a program that reads and signs at once; the other arguments are those of `sign_off`.
    Raises Blocked.
    """

    def find_blockers(edition: Edition, user: User) -> Iterator[str]:
        yield from reinstatements.reinstatement_blockers(edition, user)
        yield from reinstatements.seen_blockers(edition, seen)
        if not remarks.strip():
            yield from reason_blockers(remarks)

    signature = Signature(Meaning.BROUGHT_BACK, password, answers, None, None, review_due_on, remarks)
    with signing(edition, signature, find_blockers, user=user) as (record, user):
        if is_valid(edition):
            _reinstate(edition, record, user=user, now=record.recorded_at, reason=remarks.strip())
    return record


def _reinstate(edition: Edition, sign_off: SignOff, *, user: User, now: datetime, reason: str) -> None:
    take_down = reinstatements.find_take_down(edition)
    assert take_down is not None  # noqa: S101 (else it would be live, and was refused)
    append_record(
        Reinstatement(
            document=edition.document,
            language=edition.language,
            edition=edition,
            withdrawal=take_down.withdrawal,
            sign_off=sign_off,
            reason=reason,
        ),
        user=user,
        at=now,
    )
    release = open_release(edition, user=user, now=now)
    settle_superseded(edition, user=user)
    # The signer was shown what changed since. That a translation is of an older source stays to be done.
    seen = Recheck.objects.open().filter(edition=edition).in_effect(now).exclude(cause=Cause.SOURCE)
    settle_rechecks(seen, Outcome.SIGNED, user=user)
    open_rechecks(release, Cause.RELEASED, edition.language, user=user)
    notifications.notify_released(release)
