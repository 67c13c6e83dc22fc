"""The list of drugs as it is asked for, of trees made by hand: their rows stand in a transaction that is undone."""

from datetime import datetime

from django.db import transaction
from django.http import QueryDict

from drugs import listing
from drugs.models import KIND
from editorial.reading.models import ListedPage


def list_context(
    items: list[dict], query: str, at: datetime, language: str = "en", *, since: datetime | None = None, number: int = 1
) -> dict:
    """What the list's template gets of these items, which were listed at `since`."""
    facts = listing.ApprovalList()
    with transaction.atomic():
        pages = ListedPage.objects.bulk_create(
            ListedPage(
                document_id=key, release_id=key, kind=KIND, language=language, is_outdated=False, position=b"",
                listed_from=since or at,
            )
            for key in range(len(items))
        )  # fmt: skip
        listing.write_approvals(
            row for page, item in zip(pages, items, strict=True) for row in listing.page_approvals(page, item["root"])
        )
        page = facts.find(language, QueryDict(query), at, number)
        context = facts.context(page, dict(enumerate(items)), at)
        transaction.set_rollback(True)
    return context | {"slice": page.slice, "slice_query": ""}
