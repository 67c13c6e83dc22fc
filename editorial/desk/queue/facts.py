"""The lists of facts that wait for a second person: a page of the review queue for each source of them."""

from collections.abc import Iterator
from typing import Any

from editorial.accounts.list_pages import BoundedPaginator
from editorial.accounts.models import User
from editorial.reviews.pending_facts import FactSource, PendingFact

from .items import MOST_COUNTED, BoundedCount

PER_PAGE = 25
BATCH = 500  # rows at once


def count_facts(source: FactSource, user: User) -> BoundedCount:
    count = source.pending(user).order_by()[: MOST_COUNTED + 1].count()
    return BoundedCount(min(count, MOST_COUNTED), count > MOST_COUNTED)


def facts_context(source: FactSource, user: User, number: str | None) -> dict[str, Any]:
    """What the template gets of one page of them."""
    page = BoundedPaginator(source.pending(user), PER_PAGE).get_page(number)
    return {
        "heading": source.label,
        "empty": source.empty,
        "page": page,
        "facts": list(source.tell(page.object_list)),
        "query": f"tab={source.name}",
    }


def stream_facts(source: FactSource, user: User) -> Iterator[PendingFact]:
    """All of them, read from the database a batch at a time."""
    return source.tell(source.pending(user).iterator(chunk_size=BATCH))
