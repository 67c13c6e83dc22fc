"""Settling many rechecks of one cause with one reason, and proposing to."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.languages import own_name
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import reason_blockers, refuse_if
from editorial.editions.labels import isolate
from editorial.editions.models import Document, Edition, EndCause
from editorial.editions.working.copies import lock_user, refreshed_user

from .. import rules
from ..models import Outcome, Recheck, Settlement, SettlementProposal
from .rechecks import release_hold
from .signing import password_blockers

MOST_AT_ONCE = 50  # lines: each page's sentence is read before it is settled


def settle_together(rechecks: Iterable[Recheck], *, user: User, password: str, reason: str) -> int:
    """Settle the lines that these rechecks brought up to date, without new editions, for one reason that is kept.

    They are of one cause and one changed page, and the user may sign each edition: all or nothing. Returns how many
    lines were settled. Raises Blocked.
    """
    wrong = password_blockers(user, password)  # slow on purpose, so not while others wait for the locks
    with transaction.atomic():
        lock_user(user)
        shown = _lock(rechecks)
        user, now = refreshed_user(user), timezone.now()
        refuse_if([*settlement_blockers(shown, user), *reason_blockers(reason), *wrong])
        confirmed = {
            proposal.recheck_id: proposal
            for proposal in SettlementProposal.objects.filter(recheck__in=shown, reason=reason.strip())
        }
        Settlement.objects.bulk_create(
            Settlement(
                recheck=recheck,
                outcome=Outcome.DISMISSED,
                reason=reason.strip(),
                proposal=confirmed.get(recheck.pk),
                **Settlement.attribution(user, now),
            )
            for recheck in _find_lines(shown)
        )
        held = Edition.objects.filter(releases__ends__cause=EndCause.HELD, pk__in=[row.edition_id for row in shown])
        for edition in held.select_related("document").distinct():
            release_hold(edition, user=user)
        return len(shown)


def propose_settlement(rechecks: Iterable[Recheck], *, user: User, reason: str) -> list[SettlementProposal]:
    """Say why these lines change nothing on their pages, for a reviewer to confirm; nothing is settled by it.

    Raises Blocked.
    """
    with transaction.atomic():
        shown = _lock(rechecks)
        user, now = refreshed_user(user), timezone.now()
        refuse_if([*proposal_blockers(user), *_choice_blockers(shown), *reason_blockers(reason)])
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
    yield from _choice_blockers(shown)
    if not user.can(Permission.REVIEW):
        yield _("Only medical reviewers can settle rechecks. You can propose it, and a reviewer confirms.")
        return
    blockers = rules.find_signer_blockers([recheck.edition for recheck in shown], user)
    for recheck in shown:
        for blocker in blockers[recheck.edition_id]:
            yield f"{_page_name(recheck.edition)}: {blocker}"


def _choice_blockers(shown: Sequence[Recheck]) -> Iterator[str]:
    if not shown:
        yield _("Choose the pages.")
    if len(shown) > MOST_AT_ONCE:
        yield _("Settle at most %(number)s pages at once.") % {"number": MOST_AT_ONCE}
    if len({(recheck.cause, recheck.document_id) for recheck in shown}) > 1:
        yield _("Settle the rechecks of one cause at a time.")
    for settled in Settlement.objects.filter(recheck__in=shown).select_related("recheck__edition"):
        message = _("%(page)s: this recheck has already been settled.")
        yield message % {"page": _page_name(settled.recheck.edition)}


def _page_name(edition: Edition) -> str:
    return f"{isolate(edition.title)} ({own_name(edition.language)})"


def _lock(rechecks: Iterable[Recheck]) -> list[Recheck]:
    """The rows with their editions, once the documents of these are locked, in the order of their keys."""
    keys = {recheck.pk for recheck in rechecks}
    documents = Document.objects.filter(pk__in=Recheck.objects.filter(pk__in=keys).values("edition__document"))
    list(documents.order_by("pk").select_for_update())
    rows = Recheck.objects.filter(pk__in=keys).select_related("edition__document").defer("edition__content")
    return list(rows.order_by("pk"))


def _find_lines(shown: Sequence[Recheck]) -> list[Recheck]:
    """The open rechecks of the lines that these brought up to date; not what came after. They are of one cause."""
    newest = {recheck.edition_id: recheck.pk for recheck in shown}
    same = Recheck.objects.open().filter(
        edition__in=newest, cause=shown[0].cause, document=shown[0].document_id, pk__lte=max(newest.values())
    )
    return [recheck for recheck in same if recheck.pk <= newest[recheck.edition_id]]
