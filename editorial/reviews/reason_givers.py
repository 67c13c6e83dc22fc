"""Who may not sign a page because they wrote of it why what a check found is right: somebody else judges the reason."""

from collections.abc import Iterable
from typing import Any

from editorial.checks.checked_pages import read_candidate
from editorial.checks.dismissals import match_dismissals
from editorial.checks.models import Dismissal
from editorial.checks.registry import find_what_needs_reasons
from editorial.editions.freezing import Candidate
from editorial.editions.models import Document, Edition


def add_reason_givers(
    contributors: Iterable[dict[str, Any]], document: Document, candidate: Candidate, base: Edition | None
) -> list[dict[str, Any]]:
    """The contributors, as `find_contributors` found them, with those who gave a reason since the base was frozen.

    Only reasons that stand, of what could not be submitted without one. What was answered before somebody else signed.
    """
    found = {person["id"]: person for person in contributors}
    for dismissal in _find_reasons(document, candidate, base, found):
        giver = {"name": dismissal.dismissed_by_name, "saves": 0, "blocks": [], "gave_reason": True}
        found.setdefault(dismissal.dismissed_by_id, {"id": dismissal.dismissed_by_id, **giver})
    return [found[key] for key in sorted(found)]


def _find_reasons(
    document: Document, candidate: Candidate, base: Edition | None, known: Iterable[int]
) -> list[Dismissal]:
    if candidate.source_edition is None or candidate.tree is None:  # only what is found of translations needs a reason
        return []
    given = Dismissal.objects.filter(document=document, language=candidate.tree.language)
    if base:
        given = given.filter(dismissed_at__gt=base.frozen_at)
    keys = set(given.exclude(dismissed_by__in=list(known)).values_list("pk", flat=True))
    page = read_candidate(document, candidate, None) if keys else None
    if page is None:
        return []
    answered = match_dismissals(find_what_needs_reasons(page), document, page.language)
    return [each.dismissal for each in answered if each.dismissal and each.dismissal.pk in keys]
