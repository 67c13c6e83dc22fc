"""Asking lists by title: what stands in them, under which letters, and which topics there are."""

from datetime import datetime
from typing import Any, NamedTuple

from editorial.editions.raw_statements import fetch_rows, time_parameter

from .list_questions import listed_at
from .list_slices import ListSlice, cut_slice
from .models import ListedPage, ListedTitle

MOST_TOPICS = 200  # that one page lists

_TITLE, _PAGE = ListedTitle._meta.db_table, ListedPage._meta.db_table
# The first row after a value that can be read now: with an index on the value, one row is read.
_FIRST = (
    f"SELECT t.{{column}} FROM {_TITLE} t JOIN {_PAGE} p ON p.id = t.page_id WHERE t.language = %s AND {{where}} "
    "AND p.listed_from <= %s AND (p.listed_until IS NULL OR p.listed_until > %s) ORDER BY {order} LIMIT 1"
)


class Topic(NamedTuple):
    """A topic that live pages are about, called as its newest page calls it: in the readers' language if one is."""

    key: str
    name: str
    is_fallback: bool


def find_titles(
    language: str, topic: str, at: datetime, *, number: int, per_page: int, letter: str = ""
) -> ListSlice[ListedTitle]:
    """A page, by its number from 1, of the list of a topic, or of all pages for the topic ""."""
    titles = ListedTitle.objects.filter(listed_at(at, "page__"), language=language, topic=topic)
    if letter:
        titles = titles.filter(letter=letter)
    return cut_slice(titles.select_related("page").order_by("position", "page"), number, per_page)


def find_letters(language: str, at: datetime) -> list[str]:
    """The letters that the list of all pages has, in its order. As many rows are read as there are letters."""
    first = _FIRST.format(column="letter", where="t.topic = '' AND t.letter > {after}", order="t.letter, t.position")
    position = _FIRST.format(column="position", where="t.topic = '' AND t.letter = letters.letter", order="t.position")
    sql = (
        f"WITH RECURSIVE letters(letter) AS (SELECT ({first.format(after='%s')}) UNION ALL "
        f"SELECT ({first.format(after='letters.letter')}) FROM letters WHERE letters.letter IS NOT NULL) "
        f"SELECT letter, ({position}) FROM letters WHERE letter IS NOT NULL"
    )
    now = time_parameter(at)
    rows = fetch_rows(sql, [language, "", now, now, language, now, now, language, now, now])
    found = [(bytes(position), letter) for letter, position in rows]
    return [letter for _position, letter in sorted(found)]


def find_topics(language: str, at: datetime) -> list[Topic]:
    """Every topic of pages that readers of this language have, MOST_TOPICS at most, by key."""
    return _read_topics(fetch_rows(_TOPICS, _topic_parameters(language, "", at)))


def find_topic(key: str, language: str, at: datetime) -> Topic | None:
    """The topic with this key; None where no page is about it."""
    now = time_parameter(at)
    named = [key, language, key, now, now, language, key, now, now]
    return next(iter(_read_topics(fetch_rows(_TOPIC, named))), None)


def _read_topics(rows: list[tuple[Any, ...]]) -> list[Topic]:
    return [Topic(key, name, bool(is_fallback)) for key, name, is_fallback in rows if name]


def _topic_parameters(language: str, after: str, at: datetime) -> list[Any]:
    now = time_parameter(at)
    return [language, after, now, now, *[language, now, now] * 3, MOST_TOPICS]


_NEXT_TOPIC = _FIRST.format(column="topic", where="t.topic > {after}", order="t.topic")
_NEWEST = "t.is_fallback, t.id DESC"
_TOPICS = (
    f"WITH RECURSIVE topics(topic) AS (SELECT ({_NEXT_TOPIC.format(after='%s')}) UNION ALL "
    f"SELECT ({_NEXT_TOPIC.format(after='topics.topic')}) FROM topics WHERE topics.topic IS NOT NULL) SELECT topic, "
    f"({_FIRST.format(column='name', where='t.topic = topics.topic', order=_NEWEST)}), "
    f"({_FIRST.format(column='is_fallback', where='t.topic = topics.topic', order=_NEWEST)}) "
    "FROM topics WHERE topic IS NOT NULL LIMIT %s"
)
_TOPIC = (
    f"SELECT %s, ({_FIRST.format(column='name', where='t.topic = %s', order=_NEWEST)}), "
    f"({_FIRST.format(column='is_fallback', where='t.topic = %s', order=_NEWEST)})"
)
