"""The policy for overdue pages: setting it, and taking down what it says.

A page past its review date says so by itself. A policy, one for each kind and off by default, also takes it down some
days later. Nothing about what may be read waits for that: it writes a withdrawal like anybody else's, once a day.
"""

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import refuse_if
from editorial.editions.kinds import all_kinds
from editorial.editions.models import Document, SignOff, Withdrawal, append_site_record, lock_site_chain
from editorial.editions.working.copies import refreshed_user
from editorial.reading.site_words import SITE_WORDS

from .. import queue
from ..models import OverduePolicy, PolicyAct, PolicyName, PolicyRecord, ReviewDate
from .notices import take_down_ended_notices
from .rechecks import lock_dependents
from .withdraw import record_withdrawal

log = logging.getLogger(__name__)


def overdue_kinds() -> list[tuple[str, str]]:
    """(name, label) of the kinds that may have a policy.

    Site words may not: every page needs them, and a page without the word "emergency" is worse than an old one. Nor may
    what is urgent, which ends in its own way.
    """
    kinds = [kind for kind in all_kinds() if kind.name != SITE_WORDS and not kind.is_urgent]
    return [(kind.name, str(kind.label_plural)) for kind in kinds]


def set_overdue_policy(policy: OverduePolicy, *, user: User) -> OverduePolicy:
    """Save the policy of a kind in this user's name. It counts from the next daily pass on. Raises Blocked."""
    with transaction.atomic():
        user = refreshed_user(user)
        refuse_if(_setting_blockers(policy, user))
        lock_site_chain(PolicyRecord)  # also where there is no policy yet
        kept = OverduePolicy.objects.filter(kind=policy.kind).first()
        policy.attribute_to(user)
        policy.save()
        if kept is None or kept.after_days != policy.after_days:
            _record(policy.kind, kept, policy, user)
        return policy


def delete_overdue_policy(policy: OverduePolicy, *, user: User) -> None:
    """Let pages of its kind stay up, which say themselves that they are overdue. Raises Blocked."""
    with transaction.atomic():
        user = refreshed_user(user)
        refuse_if(_setting_blockers(policy, user))
        lock_site_chain(PolicyRecord)  # also where there is no policy yet
        kept = OverduePolicy.objects.filter(pk=policy.pk).first()
        if kept:
            kept.delete()
            _record(kept.kind, kept, None, user)


def _record(kind: str, before: OverduePolicy | None, after: OverduePolicy | None, user: User) -> None:
    numbers = [{"after_days": policy.after_days} if policy else {} for policy in (before, after)]
    record = PolicyRecord(
        act=PolicyAct.CHANGED, policy=PolicyName.OVERDUE, kind=kind, before=numbers[0], after=numbers[1]
    )
    append_site_record(record, user=user)


def _setting_blockers(policy: OverduePolicy, user: User) -> Iterator[str]:
    if not user.can(Permission.SET_POLICY):
        yield _("Only a head of content or a site admin can set policies.")
    if policy.kind not in dict(overdue_kinds()):
        yield _("That kind of page does not exist, or its pages must stay up because others need them.")


def withdraw_overdue() -> list[Withdrawal]:
    """Take down every page whose policy says so, and what urgent notices said that have ended; return the records.

    May be run by several at once, and again.

    It takes no user: whoever set a policy was asked for the right to when they set it, and it counts until somebody
    changes it, also after they have left. Each page is a transaction of its own; one that fails leaves the others.
    """
    records = []
    # The source first: it takes its translations along, in one record.
    overdue = sign_offs_past_policy(OverduePolicy.objects.all(), timezone.now()).select_related("document")
    for sign_off in sorted(
        overdue, key=lambda sign_off: (sign_off.document_id, sign_off.language != settings.SOURCE_LANGUAGE)
    ):
        try:
            record = _withdraw(sign_off.document, sign_off.language)
        except Exception:  # whatever it is, the other pages come down and this one is tried again
            log.exception("An overdue page was not taken down: %s in %s", sign_off.document, sign_off.language)
        else:
            records += [record] if record else []
    return records + take_down_ended_notices()


def sign_offs_past_policy(policies: Iterable[OverduePolicy], now: datetime) -> QuerySet[SignOff]:
    """The newest standing sign-offs of live editions that fell due longer ago than these policies allow."""
    today, late = timezone.localdate(now), Q(pk__in=[])
    for policy in policies:
        late |= Q(kind=policy.kind, review_due_on__lt=today - timedelta(days=policy.after_days))
    return queue.newest_sign_offs(ReviewDate.objects.live(now).filter(late))


def _withdraw(document: Document, language: str) -> Withdrawal | None:
    """Under the lock all is asked again: somebody may have reaffirmed it, taken it down or changed the policy."""
    with transaction.atomic():
        document, now = lock_dependents([document])[document.pk], timezone.now()
        policy = OverduePolicy.objects.select_related("set_by").filter(kind=document.kind).first()
        if policy is None:
            return None
        late = sign_offs_past_policy([policy], now).filter(document=document, language=language).first()
        if late is None:
            return None
        scope = "" if language == settings.SOURCE_LANGUAGE else language
        return record_withdrawal(
            document, scope, now, user=policy.set_by, reason=_reason(policy, late),
            policy=(_("policy for overdue pages, set by %(name)s") % {"name": policy.set_by_name})[:220],
        )  # fmt: skip


def _reason(policy: OverduePolicy, late: SignOff) -> str:
    text = ngettext(
        "Due for review on %(due)s and still not reviewed %(days)s day later. Taken down by the policy for overdue "
        "pages that %(name)s set on %(set)s.",
        "Due for review on %(due)s and still not reviewed %(days)s days later. Taken down by the policy for overdue "
        "pages that %(name)s set on %(set)s.",
        policy.after_days,
    )
    return text % {
        "due": date_format(late.review_due_on, "DATE_FORMAT"),
        "days": policy.after_days,
        "name": policy.set_by_name,
        "set": date_format(timezone.localdate(policy.set_at), "DATE_FORMAT"),
    }
