"""Dismissing a piece of advice about a block, with the reason."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.editions import freezing
from editorial.editions.blockers import refuse_if
from editorial.editions.models import Document
from editorial.editions.working.copies import lock_document, refreshed_user, write_blockers

from .contract import Finding
from .dismissed import answered
from .models import Dismissal
from .pages import Page
from .registry import run_checks

LONGEST = 500  # characters of a reason


def working_page(document: Document, language: str) -> Page | None:
    """The working copy in one language as checks read it; None where there is no source to translate."""
    tree = freezing.build_candidate(document, language).tree
    if tree is None:
        return None
    base = freezing.find_base(document, language)
    return Page(document, tree, base.tree if base else None, timezone.localdate())


def dismiss_finding(document: Document, language: str, *, check: str, node_id: str, user, reason: str) -> Dismissal:
    """Say why the advice of `check` about a block of the saved words is left as it is.

    It holds until the block changes. Raises Blocked.
    """
    with transaction.atomic():
        document, user = lock_document(document), refreshed_user(user)
        reason = reason.strip()
        refuse_if([*write_blockers(user, language, document.kind), *_reason_blockers(reason)])
        page = working_page(document, language)
        found = run_checks(page) if page else []
        known = [each for each in found if (each.check.id, each.node.id) == (check, node_id)]
        refuse_if(_blockers(known, document, language))
        [finding] = known
        return Dismissal.objects.create(
            document=document,
            language=language,
            advice=check,
            node_id=node_id,
            digest=finding.digest,
            reason=reason,
            **Dismissal.attribution(user),
        )


def _reason_blockers(reason: str) -> Iterator[str]:
    if not reason:
        yield _("Say why this is right as it is. Reviewers see it.")
    if len(reason) > LONGEST:
        yield _("A reason has at most %(number)s characters.") % {"number": LONGEST}


def _blockers(known: list[Finding], document: Document, language: str) -> Iterator[str]:
    if not known:
        yield _("The saved words have no such finding. Save what you wrote, then dismiss it.")
    for each in answered(known, document, language):
        if each.finding.check.is_blocker:
            yield _("This has to be put right: it cannot be dismissed.")
        elif not each.is_open:
            yield _("This was dismissed already.")
