"""Finding pages of a kind for a box in which somebody types: by title and address first, then by all their words."""

from typing import Any

from django.db.models import Case, Q, QuerySet, When

from editorial.accounts.languages import source_column
from editorial.editions.kinds import Kind
from editorial.editions.working.search_texts import find_documents


def pages_of(kind: Kind) -> QuerySet[Any]:
    """Every page of a kind but discarded drafts, each with its document."""
    return kind.model._default_manager.filter(document__is_discarded=False).select_related("document")


def named_pages(kind: Kind, typed: str) -> QuerySet[Any]:
    """Those of which the title or the address has every word somewhere, as it was typed; by address."""
    title = f"{source_column('title')}__icontains"
    named = Q(*(Q((title, word)) | Q(document__slug__icontains=word) for word in typed.split()))
    return pages_of(kind).filter(named).order_by("document__slug")


def pages_with_words(kind: Kind, typed: str) -> QuerySet[Any]:
    """Those that have, in one language, a word with each beginning, whatever the marks and capitals; by address.

    Other names of a page, such as a drug's brands, are among its words.
    """
    return pages_of(kind).filter(pk__in=find_documents(typed)).order_by("document__slug")


def find_pages(kind: Kind, typed: str, most: int) -> list[Any]:
    """At most so many: those that are named so, the address beginning so first, then those with the words.

    The newest where nothing was typed. At most two queries, the second only where the first finds too few.
    """
    if not typed.split():
        return list(pages_of(kind).order_by("-pk")[:most])
    begins = Q(document__slug__startswith=typed.split()[0].lower())
    order = Case(When(begins, then=0), default=1)
    found = list(named_pages(kind, typed).order_by(order, "document__slug")[:most])
    if len(found) < most:
        known = {page.pk for page in found}
        found += [page for page in pages_with_words(kind, typed)[:most] if page.pk not in known]
    return found[:most]
