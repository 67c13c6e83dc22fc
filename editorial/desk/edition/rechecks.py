"""Why an edition is to be looked at again, as its page shows it: each line with what changed there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from editorial.accounts.languages import bcp47, direction
from editorial.accounts.models import User
from editorial.editions.kinds import kind_of
from editorial.editions.known_names import names_of
from editorial.editions.models import CorruptEdition, Edition, load_trees
from editorial.editions.models.addresses import shown_addresses
from editorial.editions.section_names import name_sections
from editorial.editions.tree import diff
from editorial.editions.tree.nodes import UnreadableTree
from editorial.reviews import rules, services
from editorial.reviews.changed_claims import find_changed_claims
from editorial.reviews.mentions import find_mentions
from editorial.reviews.models import Cause
from editorial.reviews.recheck_lines import RecheckLine, load_lines
from editorial.reviews.recheck_reasons import RecheckReason, find_reasons

from ..frame import document_title
from .blocks import BlockRow, rows_of

SHOWN_CHANGES = 5  # how many open lines of an edition show their changes in place: each reads two editions
SHOWN_MENTIONS = 10  # passages of it for each of these


@dataclass(frozen=True, slots=True)
class ShownReason:
    """What happened there, and, where an edition followed another, the blocks that it changed.

    `mentions` are the words of the edition that is to be looked at which rest on it.
    """

    reason: RecheckReason
    rows: list[BlockRow] = field(default_factory=list)
    mentions: list[str] = field(default_factory=list)

    @property
    def lang(self) -> str:
        return bcp47(self.reason.after.language) if self.reason.after else ""

    @property
    def dir(self) -> str:
        return direction(self.reason.after.language) if self.reason.after else ""


def recheck_context(edition: Edition, user: User, typed: Mapping[int, str]) -> dict[str, Any]:
    """The lines, and why this user may not dismiss them: `typed` are reasons that were refused."""
    lines = load_lines([edition.pk], with_settled=True)
    still_open = [line for line in lines if not line.settlement]
    shown = {
        line.newest.pk: replace(show_reason(reason), mentions=_find_mentions(edition, line, reason))
        for line, reason in find_reasons(still_open[:SHOWN_CHANGES])
    }
    return {
        "recheck_lang": bcp47(edition.language),
        "recheck_dir": direction(edition.language),
        "recheck_lines": [
            (line, document_title(line.document), typed.get(line.newest.pk, ""), shown.get(line.newest.pk))
            for line in lines
        ],
        # About the edition and the person, so those of one are those of all. "-" is a reason to be.
        "dismissal_blockers": [
            why for line in still_open[:1] for why in services.dismissal_blockers(line.newest, user, "-")
        ],
        "is_held": any(line.is_about_safety for line in still_open) and rules.is_held(edition),
    }


def _find_mentions(edition: Edition, line: RecheckLine, reason: RecheckReason) -> list[str]:
    """Its words that rest on a decision; none where it is about the edition's own page."""
    if line.newest.cause != Cause.EVENT or line.document.pk == edition.document_id or reason.record is None:
        return []
    names, claims = names_of(line.document), find_changed_claims(line.document, [reason.record])
    try:
        return find_mentions(edition.tree, line.document.pk, names, claims)[:SHOWN_MENTIONS]
    except (CorruptEdition, UnreadableTree):
        return []


def show_reason(reason: RecheckReason) -> ShownReason:
    """The same with the changed blocks, where there are two editions to compare and both can be read."""
    before, after = reason.before, reason.after
    if before is None or after is None:
        return ShownReason(reason)
    try:
        load_trees([before, after])
    except (CorruptEdition, UnreadableTree):
        return ShownReason(reason)
    shown = shown_addresses(before.tree.root, after.tree.root)
    changes = diff.compare_trees(before.tree, after.tree, shown)
    kind = kind_of(after.document)
    rows = rows_of(kind, changes, {}, {}, name_sections(kind, before.tree, after.tree))
    return ShownReason(reason, [row for row in rows if row.change.status != "same"])
