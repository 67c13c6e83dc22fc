"""What a decision is called in the signed words: a regulator's, and a funder's, which approves nothing."""

from editorial.editions.tree.nodes import Node

from .approval_history import (
    BY_AGENCY,
    BY_SPONSOR,
    CONVERTED,
    ENDED,
    FOR_NOW,
    FUNDING,
    GRANTED,
    ON_HOLD,
    REFUSED,
    REGULAR,
    REINSTATED,
    SUSPENDED,
    Decision,
)

# What a funder's decisions make of its state, and are told by; any other is told as a regulator's is.
_FUNDERS_DECISIONS = {
    CONVERTED: "", REINSTATED: "", SUSPENDED: ON_HOLD, BY_SPONSOR: ENDED, BY_AGENCY: ENDED,
}  # fmt: skip


def decision_term(approval: Node) -> str:
    """What the decision of a funder is called; "" of a regulator, and of one that this version does not know."""
    term: str = approval.attrs.get("decision", "")
    return term if term in FUNDING else ""


def event_word(event: Decision, term: str) -> str:
    """The key of the signed words that say what happened; `term` is what a funder's decision is called, or ""."""
    if event.kind == GRANTED:
        if term:
            return f"state-{term}{'' if event.pathway == REGULAR else FOR_NOW}"
        return f"event-granted-{event.pathway}"
    if term and event.kind in _FUNDERS_DECISIONS:
        return f"state-{term}{_FUNDERS_DECISIONS[event.kind]}"
    return f"event-{term}-refused" if term and event.kind == REFUSED else f"event-{event.kind}"
