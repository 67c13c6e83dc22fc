"""Asking the authors of several pages for new wording, because of one change of another page."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.editions.blockers import Blocked, reason_blockers, refuse_if
from editorial.editions.kinds import kind_of
from editorial.editions.labels import isolate
from editorial.editions.models import CorruptEdition
from editorial.editions.tree.nodes import UnreadableTree

from ..mentions import find_mentioning_block
from ..models import Cause, Recheck, Remark
from .remarks import add_remark
from .settlements import PageResult, choice_blockers, load_rechecks


def request_wording(rechecks: Iterable[Recheck], *, user: User, reason: str) -> list[PageResult]:
    """Remark on each page, at the first block that rests on what changed, that it needs new wording, and why.

    The lines stay open until a new edition is read, and nobody signs the page while the remark is open. Each page is a
    transaction of its own. Raises Blocked.
    """
    shown = load_rechecks(rechecks)
    refuse_if([*choice_blockers(shown), *reason_blockers(reason)])
    return [_request(recheck, user, reason.strip()) for recheck in shown]


def _request(recheck: Recheck, user: User, reason: str) -> PageResult:
    edition = recheck.edition
    text = _("Needs new wording: %(reason)s (%(cause)s: %(page)s)") % {
        "reason": reason,
        "cause": Cause(recheck.cause).label,
        "page": isolate(kind_of(recheck.document).title(recheck.document)),
    }
    if Remark.objects.filter(edition=edition, made_by=user, text=text, thread__isnull=True).exists():
        return PageResult(edition, [_("You have already asked for this.")])
    try:
        block = find_mentioning_block(edition.tree, recheck.document_id)
        add_remark(edition, user=user, text=text, node_id=block.id if block else "")
    except Blocked as blocked:
        return PageResult(edition, blocked.blockers)
    except (CorruptEdition, UnreadableTree):
        return PageResult(
            edition,
            [_("This record failed its integrity check and is hidden. Ask an administrator to run verify_records.")],
        )
    return PageResult(edition, [])
