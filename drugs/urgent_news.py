"""Which decisions are urgent news for readers, and the stock sentence for each: see editorial/reading/notices.py."""

from editorial.editions.kind_answers import UrgentNews
from editorial.editions.models import Record

from .models import ApprovalEvent, EventKind

# Keys of phrases of the site words "notice-words".
STOCK_PHRASES = {
    EventKind.WITHDRAWAL_ANNOUNCED: "withdrawal-announced",
    EventKind.BY_SPONSOR: "withdrawn",
    EventKind.BY_AGENCY: "withdrawn",
    EventKind.SUSPENDED: "suspended",
    EventKind.WARNING_ADDED: "boxed-warning",
    EventKind.WARNING_CHANGED: "boxed-warning",
    EventKind.SAFETY_COMMUNICATION: "safety-communication",
}


def find_urgent_news(record: Record) -> UrgentNews | None:
    """None for what is no such decision, and for what takes one back."""
    if not isinstance(record, ApprovalEvent) or record.is_void or record.kind not in STOCK_PHRASES:
        return None
    return UrgentNews(STOCK_PHRASES[EventKind(record.kind)], record.happened_on)
