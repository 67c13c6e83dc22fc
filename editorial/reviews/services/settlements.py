"""Settling rechecks with a reason, one or many of one cause, and proposing to. To settle is a signed statement."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.languages import own_name
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import reason_blockers, refuse_if
from editorial.editions.labels import isolate
from editorial.editions.models import Edition
from editorial.editions.working.copies import lock_document, lock_user, refreshed_user

from .. import rules
from ..models import Outcome, Recheck, Settlement, SettlementProposal
from ..recheck_lines import find_line, has_newer
from .notice_ends import end_settled_notices
from .rechecks import release_hold
from .signing import password_blockers

MOST_AT_ONCE = 50  # lines: each page's sentence is read before it is settled


@dataclass(frozen=True, slots=True)
class PageResult:
    """What became of one page of several. `blockers` say why it has to be looked at again; [] where it has not."""

    edition: Edition
    blockers: list[str]

    @property
    def name(self) -> str:
        return _page_name(self.edition)


def dismiss_recheck(recheck: Recheck, *, user: User, password: str, reason: str) -> None:
    """Settle a recheck without a new edition, for a reason that is kept, and those before it of the same line.

    What happened there since is another matter: nobody was shown it. Raises Blocked.
    """
    wrong = password_blockers(user, password)  # slow on purpose, so not while others wait for the locks
    with transaction.atomic():
        user = _lock(recheck, user)
        refuse_if([*dismissal_blockers(recheck, user, reason), *wrong])
        _settle_line(recheck, user=user, reason=reason.strip())


def settle_together(rechecks: Iterable[Recheck], *, user: User, password: str, reason: str) -> list[PageResult]:
    """Settle the lines that these rechecks brought up to date, without new editions, for one reason that is kept.

    They are of one cause and one changed page, and the user may sign each edition: else none is settled. Each page is
    a transaction of its own, so that no writer waits for all of them: what happened to one meanwhile is its result.
    Raises Blocked.
    """
    shown = load_rechecks(rechecks)
    wrong = password_blockers(user, password)
    refuse_if([*settlement_blockers(shown, user), *reason_blockers(reason), *wrong])
    return [_settle_page(recheck, user=user, reason=reason.strip()) for recheck in shown]


def _settle_page(recheck: Recheck, *, user: User, reason: str) -> PageResult:
    with transaction.atomic():
        user = _lock(recheck, user)
        if blockers := dismissal_blockers(recheck, user, reason):
            return PageResult(recheck.edition, blockers)
        _settle_line(recheck, user=user, reason=reason)
        is_newer = has_newer(recheck)
        return PageResult(recheck.edition, [_("It has changed again since you opened this list.")] if is_newer else [])


def _lock(recheck: Recheck, user: User) -> User:
    """The user as the database has them now."""
    user = lock_user(user)
    lock_document(recheck.edition.document)
    return user


def _settle_line(recheck: Recheck, *, user: User, reason: str) -> None:
    """The caller holds the lock, and nothing stands in the way. Who had proposed the reason is kept with it."""
    line, now = find_line(recheck), timezone.now()
    confirmed = {
        proposal.recheck_id: proposal for proposal in SettlementProposal.objects.filter(recheck__in=line, reason=reason)
    }
    Settlement.objects.bulk_create(
        Settlement(
            recheck=settled,
            outcome=Outcome.DISMISSED,
            reason=reason,
            proposal=confirmed.get(settled.pk),
            **Settlement.attribution(user, now),
        )
        for settled in line
    )
    release_hold(recheck.edition, user=user)
    end_settled_notices(line, user=user)


def dismissal_blockers(recheck: Recheck, user: User, reason: str) -> list[str]:
    """Why this user may not dismiss the recheck: it is a clinician's judgement, like a sign-off."""
    blockers = [] if user.can(Permission.REVIEW) else [_("Only medical reviewers can dismiss a recheck.")]
    if not blockers:
        blockers = list(rules.signer_blockers(recheck.edition, user))
    if Settlement.objects.filter(recheck=recheck).exists():
        blockers.append(_("This recheck has already been settled."))
    return [*blockers, *reason_blockers(reason)]


def propose_settlement(rechecks: Iterable[Recheck], *, user: User, reason: str) -> list[SettlementProposal]:
    """Say why these lines change nothing on their pages, for a reviewer to confirm; nothing is settled by it.

    Raises Blocked.
    """
    with transaction.atomic():
        shown = load_rechecks(rechecks)
        user, now = refreshed_user(user), timezone.now()
        refuse_if(
            [
                *proposal_blockers(user),
                *choice_blockers(shown),
                *_settled_blockers(shown),
                *reason_blockers(reason),
            ]
        )
        return SettlementProposal.objects.bulk_create(
            SettlementProposal(recheck=recheck, reason=reason.strip(), **SettlementProposal.attribution(user, now))
            for recheck in shown
        )


def proposal_blockers(user: User) -> Iterator[str]:
    """Why this person proposes nothing."""
    if not (user.can(Permission.WRITE) or user.can(Permission.RECORD_FACTS)):
        yield _("Only authors, drug admins and heads of content can propose to settle rechecks.")


def settlement_blockers(shown: Sequence[Recheck], user: User) -> Iterator[str]:
    """Why this user may not settle all of these. A number of queries that does not depend on how many they are."""
    yield from choice_blockers(shown)
    if not user.can(Permission.REVIEW):
        yield _("Only medical reviewers can settle rechecks. You can propose it, and a reviewer confirms.")
        return
    blockers = rules.find_signer_blockers([recheck.edition for recheck in shown], user)
    for recheck in shown:
        for blocker in blockers[recheck.edition_id]:
            yield f"{_page_name(recheck.edition)}: {blocker}"


def choice_blockers(shown: Sequence[Recheck]) -> Iterator[str]:
    """Why nothing is done about these pages at once."""
    if not shown:
        yield _("Choose the pages.")
    if len(shown) > MOST_AT_ONCE:
        yield _("Settle at most %(number)s pages at once.") % {"number": MOST_AT_ONCE}
    if len({(recheck.cause, recheck.document_id) for recheck in shown}) > 1:
        yield _("Settle the rechecks of one cause at a time.")


def _settled_blockers(shown: Sequence[Recheck]) -> Iterator[str]:
    for settled in Settlement.objects.filter(recheck__in=shown).select_related("recheck__edition"):
        message = _("%(page)s: this recheck has already been settled.")
        yield message % {"page": _page_name(settled.recheck.edition)}


def _page_name(edition: Edition) -> str:
    return f"{isolate(edition.title)} ({own_name(edition.language)})"


def load_rechecks(rechecks: Iterable[Recheck]) -> list[Recheck]:
    """The rows with their editions, as the database has them now, in the order of their editions.

    Their own keys say nothing: a database opens the rechecks of one change in any order.
    """
    keys = {recheck.pk for recheck in rechecks}
    rows = Recheck.objects.filter(pk__in=keys).select_related("edition__document").defer("edition__content")
    return list(rows.order_by("edition", "pk"))
