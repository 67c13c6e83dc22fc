"""What there is to translate: pages by languages, or one language as a list, a bounded part at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from editorial.accounts.models import User

from ..models import TO_DO, ListedTranslation
from ..models.overview import ListedTranslationQuerySet
from .filters import Filters, all_rows
from .languages import visible_languages, written_languages


class Place(NamedTuple):
    """Where a row stands in the order of the list. Pages are turned by it, not by number."""

    position: int
    document: int

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """From an address; None for the beginning, and for what no list wrote there."""
        position, _mark, document = text.partition("-")
        is_place = all(part.isascii() and part.isdigit() and len(part) < 20 for part in (position, document))
        if not is_place or max(int(position), int(document)) >= 2**63:
            return None
        return cls(int(position), int(document))

    def __str__(self) -> str:
        return f"{self.position}-{self.document}"


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page with its row in each of the languages that are shown; None where there is nothing to translate."""

    first: ListedTranslation  # the one by which it stands here
    cells: list[ListedTranslation | None]


@dataclass(frozen=True, slots=True)
class ListPart:
    pages: list[PageRow]
    following: Place | None  # where the next part begins; None at the end


def list_pages(filters: Filters, *, user: User, after: Place | None, size: int, at: datetime) -> ListPart:
    """The next pages by what matters most in any of the languages: each stands where its first row does.

    Only languages that this user may see: others are left out, whatever is asked. One question for each language and
    one for the cells; one more where words are looked for.
    """
    seen = set(visible_languages(user))
    languages = [code for code in filters.languages if code in seen]
    places: dict[int, Place] = {}
    titled = filters.find_titled()
    for language in languages:
        rows = _after(filters.apply(all_rows().current(at), titled).filter(language=language), after)
        if after and len(languages) > 1:
            rows = rows.filter(~Exists(_listed_before(filters, languages, after, at)))
        for position, document in rows.order_by("position", "document").values_list("position", "document")[: size + 1]:
            places[document] = min(Place(position, document), places.get(document, Place(position, document)))
    shown = sorted(places.values())
    following = shown[size - 1] if len(shown) > size else None
    shown = shown[:size]
    cells = {
        (row.document_id, row.language): row
        for row in all_rows()
        .current(at)
        .filter(document__in=[place.document for place in shown], language__in=languages)
        .select_related("source", "document")
        .defer("source__content")
    }
    pages = (_page_row(place, [cells.get((place.document, language)) for language in languages]) for place in shown)
    return ListPart([page for page in pages if page], following)


def first_to_do(user: User, limit: int, at: datetime) -> list[ListedTranslation]:
    """What this user could translate, the most important first. One question for each language and one for the rows."""
    found: list[tuple[int, int, int]] = []
    for language in written_languages(user):
        rows = all_rows().current(at).filter(language=language, state__in=TO_DO)
        found += rows.order_by("position", "document").values_list("position", "document", "pk")[:limit]
    keys = [key for _position, _document, key in sorted(found)[:limit]]
    kept = all_rows().select_related("source", "document").defer("source__content").in_bulk(keys)
    return [kept[key] for key in keys if key in kept]


def _after(rows: ListedTranslationQuerySet, place: Place | None) -> ListedTranslationQuerySet:
    if place is None:
        return rows
    later = Q(position__gt=place.position) | Q(document__gt=place.document)
    return rows.filter(later, position__gte=place.position)


def _listed_before(filters: Filters, languages: Sequence[str], place: Place, at: datetime) -> ListedTranslationQuerySet:
    """Rows of the same page, in any of the languages, by which it was listed already."""
    rows = filters.apply(all_rows().current(at)).filter(document=OuterRef("document"), language__in=languages)
    sooner = Q(position__lt=place.position) | Q(position=place.position, document__lte=place.document)
    return rows.filter(sooner)


def _page_row(place: Place, cells: list[ListedTranslation | None]) -> PageRow | None:
    """None where somebody ended all of its rows since the page was found."""
    rows = sorted((row for row in cells if row), key=lambda row: (row.position != place.position, row.position))
    return PageRow(rows[0], cells) if rows else None
