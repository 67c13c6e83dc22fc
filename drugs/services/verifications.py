"""Verifying what was recorded: somebody else read the source, and says with which sentence it says so."""

from collections.abc import Collection, Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editorial.accounts.languages import source_text
from editorial.accounts.models import User
from editorial.editions.blockers import field_blocker, length_blockers, refuse_if
from editorial.editions.models import append_record
from editorial.editions.working.copies import lock_user
from editorial.reviews.services import check_assertions, lock_asserting
from editorial.reviews.services.signing import password_blockers
from editorial.text_hygiene import is_blank

from .. import source_checks
from ..models import ApprovalEvent, Monograph, Product, Verification
from ..unverified_events import UNVERIFIED_EVENTS


def verify_event(
    event: ApprovalEvent,
    *,
    user: User,
    password: str,
    sentence: str,
    seen: Collection[str] = (),
    verified_on: date | None = None,
) -> Verification:
    """Say that the source was read and says so, in this sentence. Somebody else than who recorded it. Raises Blocked.

    `seen` holds the keys of the disagreements that the verifier saw, which have to be all of `find_disagreements`.
    """
    wrong = [field_blocker("password", blocker) for blocker in password_blockers(user, password)]  # slow on purpose
    with transaction.atomic():
        user = lock_user(user)
        document = lock_asserting(event.document)
        event = ApprovalEvent.objects.get(pk=event.pk)  # somebody may have corrected it meanwhile
        day = verified_on or timezone.localdate()
        disagreements = find_disagreements(event, sentence)
        refuse_if(
            [
                *verifying_blockers(event, user),
                *_day_blockers(event, day),
                *_sentence_blockers(sentence),
                *_unseen_blockers(disagreements, seen),
                *wrong,
            ]
        )
        record = Verification(
            document=document, event=event, verified_on=day, sentence=sentence.strip(),
            disagreements=[disagreement.message for disagreement in disagreements],
        )  # fmt: skip
        append_record(record, user=user)
        check_assertions(document, user=user)
        return record


def find_disagreements(event: ApprovalEvent, sentence: str) -> list[source_checks.Disagreement]:
    """What of its source, and of this sentence of it, is otherwise than it was recorded. Two queries."""
    monograph = Monograph.objects.get(pk=event.document_id)
    brands = Product.objects.filter(monograph=monograph).exclude(brand="").values_list("brand", flat=True)
    approval_authority = event.authority or (event.approval.authority if event.approval else "")
    recorded = source_checks.RecordedDecision(
        names=(source_text(monograph, "title"), *brands),
        days=() if event.is_void else tuple(day for day in (event.happened_on, event.announced_on) if day),
        authority=approval_authority,
        application=event.application,
        submission=event.submission,
        source_title=event.source_title,
    )
    return source_checks.find_disagreements(recorded, sentence)


def verifying_blockers(event: ApprovalEvent, user: User) -> Iterator[str]:
    """Why this user may not verify the event; nothing when they may."""
    if not UNVERIFIED_EVENTS.can_verify(user):
        yield _("Only drug admins and medical reviewers verify what was recorded.")
    if event.recorded_by_id == user.pk:
        yield _("You recorded this. Somebody else has to read its source.")
    if event.is_verified:
        yield _("This event was verified already.")
    elif hasattr(event, "corrected_by"):
        yield _("This event was corrected, so there is nothing to verify.")
    elif event.is_final:
        yield _("What this takes back was never verified, so there is nothing to verify.")


def _day_blockers(event: ApprovalEvent, day: date) -> Iterator[str]:
    if day > timezone.localdate():
        yield field_blocker("verified_on", _("That day is still to come."))
    if day < event.known_on:
        message = _("Nobody can have verified on %(day)s what was decided later.")
        yield field_blocker("verified_on", message % {"day": date_format(day)})


def _sentence_blockers(sentence: str) -> Iterator[str]:
    if is_blank(sentence):
        yield field_blocker("sentence", _("Paste or type the sentence of the source that says it."))
    yield from (field_blocker("sentence", blocker) for blocker in length_blockers(sentence))


def _unseen_blockers(disagreements: list[source_checks.Disagreement], seen: Collection[str]) -> Iterator[str]:
    if any(disagreement.key not in seen for disagreement in disagreements):
        message = _(
            "Something in the source is otherwise than it was recorded. Compare both, and tick what you have seen."
        )
        yield field_blocker("seen", message)
