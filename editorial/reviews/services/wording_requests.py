"""Asking the authors of several pages for new wording, because of one change of another page."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.conf import settings
from django.utils.translation import gettext as _

from editorial.accounts.languages import own_name
from editorial.accounts.models import User
from editorial.editions.blockers import Blocked, reason_blockers, refuse_if
from editorial.editions.kinds import kind_of
from editorial.editions.known_names import KnownNames, names_of
from editorial.editions.labels import isolate
from editorial.editions.models import CorruptEdition
from editorial.editions.tree.nodes import UnreadableTree

from ..changed_claims import ChangedClaims, find_changed_claims
from ..mentions import find_mentioning_block
from ..models import Cause, Recheck, Remark
from ..recheck_reasons import load_records
from .remarks import add_remark
from .settlements import PageResult, choice_blockers, load_rechecks


def request_wording(
    rechecks: Iterable[Recheck], *, user: User, reason: str, wordings: Mapping[int, str] = MappingProxyType({})
) -> list[PageResult]:
    """Remark on each page, at the first block that rests on what changed, that it needs new wording, and why.

    `wordings` are what the user proposes, in the source language: {key of a document: words}. The lines stay open until
    a new edition is read, and nobody signs the page while the remark is open. Each page is a transaction of its own.
    Raises Blocked.
    """
    shown = load_rechecks(rechecks)
    refuse_if([*choice_blockers(shown), *reason_blockers(reason)])
    names = names_of(shown[0].document)  # one cause at a time
    records = load_records({recheck.because for recheck in shown})
    claims = find_changed_claims(shown[0].document, records.values())
    return [
        _request(recheck, names, claims, user, reason.strip(), wordings.get(recheck.edition.document_id, "").strip())
        for recheck in shown
    ]


def _request(
    recheck: Recheck, names: KnownNames, claims: ChangedClaims, user: User, reason: str, wording: str
) -> PageResult:
    edition = recheck.edition
    text = _("Needs new wording: %(reason)s (%(cause)s: %(page)s)") % {
        "reason": reason,
        "cause": Cause(recheck.cause).label,
        "page": isolate(kind_of(recheck.document).title(recheck.document)),
    }
    if wording:
        proposed = _("Proposed wording in %(language)s: “%(wording)s”")
        text += "\n\n" + proposed % {"language": own_name(settings.SOURCE_LANGUAGE), "wording": isolate(wording)}
    if Remark.objects.filter(edition=edition, made_by=user, text=text, thread__isnull=True).exists():
        return PageResult(edition, [_("You have already asked for this.")])
    try:
        block = find_mentioning_block(edition.tree, recheck.document_id, names, claims)
        add_remark(edition, user=user, text=text, node_id=block.id if block else "")
    except Blocked as blocked:
        return PageResult(edition, blocked.blockers)
    except (CorruptEdition, UnreadableTree):
        return PageResult(
            edition,
            [_("This record failed its integrity check and is hidden. Ask an administrator to run verify_records.")],
        )
    return PageResult(edition, [])
