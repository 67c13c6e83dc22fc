"""Dismissing a piece of advice about a block with a reason, and findings with the dismissals that answer them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.editions import freezing
from editorial.editions.blockers import length_blockers, refuse_if
from editorial.editions.compiled_questions import DOCUMENT, LANGUAGE, has_rows
from editorial.editions.models import Document
from editorial.editions.validity import find_base
from editorial.editions.working.copies import lock_document, refreshed_user, write_blockers
from editorial.text_hygiene import clean_text

from .checked_pages import CheckedPage, read_candidate
from .contract import Finding
from .models import Dismissal
from .registry import find_what_needs_reasons, run_checks

LONGEST_REASON = 500  # characters


@dataclass(frozen=True, slots=True)
class AnsweredFinding:
    """A finding, and the dismissal that answers it; None while it is open."""

    finding: Finding
    dismissal: Dismissal | None

    @property
    def is_open(self) -> bool:
        return self.dismissal is None


def match_dismissals(findings: Iterable[Finding], document: Document, language: str) -> list[AnsweredFinding]:
    """Each finding with its dismissal, if it has one. One query where nobody dismissed any on this page, else two."""
    is_any = has_rows(_ask_dismissal, document=document.pk, language=language)
    rows = Dismissal.objects.filter(document=document, language=language) if is_any else ()
    dismissals = {dismissal.key: dismissal for dismissal in rows}
    answered = {(check, node_id) for check, node_id, _digest in dismissals}  # no digest is made of what nobody answered

    def dismissal_of(finding: Finding) -> Dismissal | None:
        can_be_answered = not finding.check.is_blocker and (finding.check.id, finding.node.id) in answered
        return dismissals.get(finding.dismissal_key) if can_be_answered else None

    return [AnsweredFinding(finding, dismissal_of(finding)) for finding in findings]


def unanswered_blockers(page: CheckedPage) -> Iterator[str]:
    """Why a page cannot be submitted before somebody corrected it, or wrote why it is right as it is."""
    for answered in match_dismissals(find_what_needs_reasons(page), page.document, page.language):
        if answered.is_open:
            check, places = answered.finding.check, answered.finding.places
            for place in places:
                yield _("%(check)s. %(finding)s Correct it, or dismiss the finding with your reason.") % {
                    "check": check.name,
                    "finding": place.message or f"“{place.quote}”",
                }


def _ask_dismissal() -> QuerySet[Dismissal, Any]:
    return Dismissal.objects.filter(document=DOCUMENT, language=LANGUAGE).order_by().values_list("pk")[:1]


def read_working_page(document: Document, language: str) -> CheckedPage | None:
    """The working copy in one language as checks read it; None where there is no source to translate."""
    return read_candidate(document, freezing.build_candidate(document, language), find_base(document, language))


def dismiss_finding(
    document: Document, language: str, *, check: str, node_id: str, user: User, reason: str
) -> Dismissal:
    """Say why the advice of `check` about a block of the saved words is left as it is.

    It holds until the block changes. Raises Blocked.
    """
    with transaction.atomic():
        document, user = lock_document(document), refreshed_user(user)
        reason = clean_text(reason).strip()
        refuse_if([*write_blockers(user, language, document.kind), *_reason_blockers(reason)])
        page = read_working_page(document, language)
        findings = run_checks(page) if page else []
        matching = [finding for finding in findings if (finding.check.id, finding.node.id) == (check, node_id)]
        refuse_if(_blockers(matching, document, language))
        [finding] = matching
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
        yield _("Say why this is correct as it is. Reviewers will see your reason.")
    yield from length_blockers(reason, limit=LONGEST_REASON)


def _blockers(findings: list[Finding], document: Document, language: str) -> Iterator[str]:
    if not findings:
        yield _("The saved text does not have this finding. Save your changes, then dismiss it.")
    for answered in match_dismissals(findings, document, language):
        if answered.finding.check.is_blocker:
            yield _("This must be fixed. It cannot be dismissed.")
        elif not answered.is_open:
            yield _("This has already been dismissed.")
