"""Asking which pages a list shows. What may be read of them, the gate says: here they are ordered, counted and cut."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from .list_slices import ListSlice, cut_slice
from .models import ListedPage, ListedSignature


def listed_at(at: datetime, page: str = "") -> Q:
    """The rows of this moment; `page` leads from another model to a listed page, as in "page__"."""
    return Q(**{f"{page}listed_from__lte": at}) & (
        Q(**{f"{page}listed_until__isnull": True}) | Q(**{f"{page}listed_until__gt": at})
    )


def find_pages(
    kind_name: str, language: str, at: datetime, *, number: int, per_page: int, letter: str = ""
) -> ListSlice[ListedPage]:
    """A page, by its number from 1, of a kind's list for readers of a language; `letter` asks for those under it."""
    pages = ListedPage.objects.filter(listed_at(at), kind=kind_name, language=language)
    return cut_slice(_under(pages, letter).order_by("position"), number, per_page)


def find_signatures(signer_slug: str, at: datetime, *, number: int, per_page: int) -> ListSlice[ListedSignature]:
    """One page, by its number from 1, of the releases whose editions a reviewer signed: the newest signature first."""
    signatures = ListedSignature.objects.filter(
        listed_at(at), signer_slug=signer_slug, language__in=settings.PUBLIC_LANGUAGES
    )
    return cut_slice(signatures.order_by("position"), number, per_page)


def find_newest_signature(signer_slug: str, at: datetime) -> ListedSignature | None:
    return next(iter(find_signatures(signer_slug, at, number=1, per_page=1).rows), None)


def find_shorter_languages(
    kind_name: str, languages: Collection[str], at: datetime, *, number: int, per_page: int
) -> set[str]:
    """Those of the languages in which the list has no page with this number. One statement."""
    if number == 1 or not languages:
        return set()
    reached = [
        ListedPage.objects.filter(listed_at(at), kind=kind_name, language=language)
        .order_by("position")
        .values_list("language")[(number - 1) * per_page : (number - 1) * per_page + 1]
        for language in languages
    ]
    sqls = [query.query.sql_with_params() for query in reached]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT * FROM ({sql}) AS reached{index}" for index, (sql, _params) in enumerate(sqls)),
            [value for _sql, params in sqls for value in params],
        )
        return set(languages) - {language for (language,) in cursor.fetchall()}


def find_letters(kind_name: str, language: str, at: datetime) -> list[str]:
    """The letters that a list has entries under, those of the readers' own language first. One statement.

    From each letter it asks for the next one, so it reads as many rows as there are letters.
    """
    table = ListedPage._meta.db_table
    live = "listed_from <= %s AND (listed_until IS NULL OR listed_until > %s)"
    first = (
        f"SELECT {{column}} FROM {table} WHERE kind = %s AND language = %s AND letter <> '' AND letter {{after}} "
        f"AND {live} ORDER BY letter, position LIMIT 1"
    )
    letter = first.format(column="letter", after="> letters.letter")
    sql = (
        f"WITH RECURSIVE letters(letter) AS (SELECT ({first.format(column='letter', after='> %s')}) "
        f"UNION ALL SELECT ({letter}) FROM letters WHERE letters.letter IS NOT NULL) "
        f"SELECT letter, ({first.format(column='position', after='= letters.letter')}) FROM letters "
        "WHERE letter IS NOT NULL"
    )
    time = connection.ops.adapt_datetimefield_value(at)
    asked = [kind_name, language]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*asked, "", time, time, *asked, time, time, *asked, time, time])
        found = [(bytes(position), letter) for letter, position in cursor.fetchall()]
    return [letter for _position, letter in sorted(found)]


def _under(pages: QuerySet[ListedPage], letter: str) -> QuerySet[ListedPage]:
    # Both conditions, so that SQLite too sees that the index of letters has them all.
    return pages.filter(~Q(letter=""), letter=letter) if letter else pages
