"""Asking which pages a list shows. What may be read of them, the gate says: here they are ordered, counted and cut."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Q

from editorial.editions.raw_statements import fetch_rows, time_parameter

from . import list_slices
from .list_slices import ListSlice, cut_slice, fetch_slice
from .models import ListedPage, ListedSignature


def listed_at(at: datetime, page: str = "") -> Q:
    """The rows of this moment; `page` leads from another model to a listed page, as in "page__"."""
    return Q(**{f"{page}listed_from__lte": at}) & (
        Q(**{f"{page}listed_until__isnull": True}) | Q(**{f"{page}listed_until__gt": at})
    )


class ListedRow(NamedTuple):
    """What a list has of a page, as in ListedPage."""

    document_id: int
    release_id: int
    is_outdated: bool
    letter: str


def find_pages(
    kind_name: str,
    language: str,
    at: datetime,
    *,
    number: int,
    per_page: int,
    letter: str = "",
    is_counted: bool = True,
) -> ListSlice[ListedRow]:
    """A page, by its number from 1, of a kind's list for readers of a language; `letter` asks for those under it.

    Where it need not be said of how many pages, it is not counted.
    """
    time = time_parameter(at)
    asked = [kind_name, language, *([letter] if letter else []), time, time]
    select, count_all = _UNDER_LETTER if letter else _ALL

    def fetch(limit: int, offset: int) -> list[tuple[int, ListedRow]]:
        most = list_slices.MOST_COUNTED + 1 if is_counted else 0
        rows = fetch_rows(select, [*asked, most, *asked, limit, offset])
        return [
            (count, ListedRow(document_id, release_id, bool(is_outdated), letter))
            for count, document_id, release_id, is_outdated, letter in rows
        ]

    return fetch_slice(fetch, lambda: int(fetch_rows(count_all, asked)[0][0]), number, per_page)


def _select_pages(condition: str) -> tuple[str, str]:
    """(the statement for a page of the rows with this condition, each with their number; the one that counts them)"""
    where = (
        f"FROM {ListedPage._meta.db_table} WHERE kind = %s AND language = %s{condition} "
        "AND listed_from <= %s AND (listed_until IS NULL OR listed_until > %s)"
    )
    count = f"(SELECT COUNT(*) FROM (SELECT 1 AS one {where} LIMIT %s) counted)"
    columns = "document_id, release_id, is_outdated, letter"
    return f"SELECT {count}, {columns} {where} ORDER BY position LIMIT %s OFFSET %s", f"SELECT COUNT(*) {where}"


_ALL = _select_pages("")
# Both conditions, the first in the words of the index of letters: so SQLite sees that it has them all.
_UNDER_LETTER = _select_pages(" AND NOT (letter = '') AND letter = %s")


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
        f"SELECT {{column}} FROM {table} WHERE kind = %s AND language = %s AND NOT (letter = '') AND letter {{after}} "
        f"AND {live} ORDER BY letter, position LIMIT 1"
    )
    letter = first.format(column="letter", after="> letters.letter")
    sql = (
        f"WITH RECURSIVE letters(letter) AS (SELECT ({first.format(column='letter', after='> %s')}) "
        f"UNION ALL SELECT ({letter}) FROM letters WHERE letters.letter IS NOT NULL) "
        f"SELECT letter, ({first.format(column='position', after='= letters.letter')}) FROM letters "
        "WHERE letter IS NOT NULL"
    )
    time = time_parameter(at)
    asked = [kind_name, language]
    rows = fetch_rows(sql, [*asked, "", time, time, *asked, time, time, *asked, time, time])
    found = [(bytes(position), letter) for letter, position in rows]
    return [letter for _position, letter in sorted(found)]
