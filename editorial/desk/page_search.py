"""Finding pages of a kind for a box in which somebody types: by address and title first, then by all their words.

Each way asks an index; none reads past the titles of all pages.
"""

from typing import Any

from django.db.models import Q, QuerySet

from editorial.accounts.languages import source_column
from editorial.editions.kinds import Kind
from editorial.editions.working.search_texts import find_by_address, find_documents


def pages_of(kind: Kind) -> QuerySet[Any]:
    """Every page of a kind but discarded drafts, each with its document."""
    return kind.model._default_manager.filter(document__is_discarded=False).select_related("document")


def pages_at(kind: Kind, typed: str) -> QuerySet[Any]:
    """Those of which the address begins with what was typed; by address."""
    return pages_of(kind).filter(pk__in=find_by_address(kind.name, typed)).order_by("document__slug")


def named_pages(kind: Kind, typed: str) -> QuerySet[Any]:
    """Of `pages_with_words`, those that have every word in the title or the address, as it was typed; by address."""
    title = f"{source_column('title')}__icontains"
    named = Q(*(Q((title, word)) | Q(document__slug__icontains=word) for word in typed.split()))
    return pages_with_words(kind, typed).filter(named)


def pages_with_words(kind: Kind, typed: str) -> QuerySet[Any]:
    """Those that have, in one language, a word with each beginning, whatever the marks and capitals; by address.

    Other names of a page, such as a drug's brands, are among its words.
    """
    return pages_of(kind).filter(pk__in=find_documents(typed)).order_by("document__slug")


def find_pages(kind: Kind, typed: str, most: int) -> list[Any]:
    """At most so many: those at an address that begins so, then those that are named so, then those with the words.

    The newest where nothing was typed. At most three queries, each only where those before it find too few.
    """
    if not typed.split():
        return list(pages_of(kind).order_by("-pk")[:most])
    found: list[Any] = []
    for search in (pages_at, named_pages, pages_with_words):
        known = {page.pk for page in found}
        found += [page for page in search(kind, typed)[:most] if page.pk not in known]
        if len(found) >= most:
            break
    return found[:most]
