"""Reading paths: the order in which the pages about a topic are best read, and what comes after a page."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import refuse_if
from editorial.editions.models import Document
from editorial.editions.raw_statements import fetch_rows, time_parameter
from editorial.editions.working.copies import refreshed_user, save_row

from .list_questions import ListedRow
from .models import ListedPage, ListedTitle, PathStep

MOST_STEPS = 12
MOST_RELATED = 3
CHANGE = Permission.SET_POLICY  # readers see a path at once, without anybody's signature


def arrange_path(topic: str, documents: Sequence[Document], *, user: User) -> None:
    """Make these pages, in this order, the path of the topic with this key; none take it away. Raises Blocked."""
    with transaction.atomic():
        user = refreshed_user(user)
        refuse_if(path_blockers(documents, user))
        saved = {step.document_id: step for step in PathStep.objects.select_for_update().filter(topic=topic)}
        for place, document in enumerate(documents, 1):
            step = saved.pop(document.pk, None) or PathStep(topic=topic, document=document)
            step.place = place
            save_row(step, user=user, reason=_("reading path arranged"))
        for step in saved.values():
            step._history_user, step._change_reason = user, _("reading path arranged")  # type: ignore[attr-defined]
            step.delete()


def path_blockers(documents: Sequence[Document], user: User) -> list[str]:
    """What stands in the way of making these pages a path."""
    blockers = []
    if not user.can(CHANGE):
        blockers.append(_("Only a head of content or a site admin can change the reading order."))
    if len({document.pk for document in documents}) < len(documents):
        blockers.append(_("A page appears twice in the reading order. Remove one."))
    if len(documents) > MOST_STEPS:
        blockers.append(_("A reading order has at most %(most)s pages. Remove some.") % {"most": MOST_STEPS})
    return blockers


def find_path(topic: str) -> list[Document]:
    """The pages of a topic's path in their order, live or not: for those who arrange it."""
    return [step.document for step in PathStep.objects.filter(topic=topic).select_related("document")]


# --- What readers get of them ---


class FurtherRow(NamedTuple):
    """A page that may be read after another one."""

    is_next: bool  # by a path; else it is about the same topic
    document_id: int
    release_id: int


class FurtherReading(NamedTuple):
    """What follows a page; as evidence, two that are equal mean the same words."""

    topic: str  # the key of its first topic, "" for none
    rows: tuple[FurtherRow, ...]  # the next page first
    addresses: tuple[str, ...]  # of these pages

    @property
    def document_ids(self) -> list[int]:
        return [row.document_id for row in self.rows]


NOTHING_FURTHER = FurtherReading("", (), ())


def live_steps(topics: Sequence[str], language: str, at: datetime) -> dict[str, list[ListedRow]]:
    """{topic: the pages of its path that readers of this language have, in their order}. One statement."""
    now = time_parameter(at)
    marks = ", ".join(["%s"] * len(topics))
    rows = fetch_rows(_STEPS.replace("{topics}", marks), [language, *topics, now, now])
    steps: dict[str, list[ListedRow]] = {topic: [] for topic in topics}
    for topic, document_id, release_id, is_outdated in rows:
        steps[topic].append(ListedRow(document_id, release_id, bool(is_outdated), ""))
    return steps


def find_further(kind: str, slug: str, language: str, at: datetime) -> FurtherReading:
    """What follows a page for readers of this language, in it alone. One statement, a few rows of any topic.

    The next page of the first path that it is a step of, and those that come after it in the list of its first topic,
    which begins anew at its end.
    """
    now = time_parameter(at)
    live = [now, now]
    own, related = [language, *live], [language, _OWN, *live]
    found = fetch_rows(_FURTHER, [kind, slug, *own, *own, *related, *related])
    topic, following = "", dict[int, tuple[FurtherRow, str]]()
    for part, document_id, release_id, name, _position in sorted(found, key=lambda row: (row[0], bytes(row[4] or b""))):
        if part == _TOPIC_PART:
            topic = name
        else:
            following.setdefault(document_id, (FurtherRow(part == _NEXT_PART, document_id, release_id), name))
    kept = list(following.values())
    kept = kept[: MOST_RELATED + any(row.is_next for row, _slug in kept)]
    return FurtherReading(topic, tuple(row for row, _slug in kept), tuple(slug for _row, slug in kept))


_OWN = b"\x01"  # positions before it are of titles in the readers' own language
_TOPIC_PART, _NEXT_PART, _AFTER_PART, _BEFORE_PART = range(4)
_STEP, _PAGE, _TITLE = PathStep._meta.db_table, ListedPage._meta.db_table, ListedTitle._meta.db_table
_DOCUMENT = Document._meta.db_table
_LIVE = "p.listed_from <= %s AND (p.listed_until IS NULL OR p.listed_until > %s)"
_STEPS = (
    f"SELECT s.topic, p.document_id, p.release_id, p.is_outdated FROM {_STEP} s "
    f"JOIN {_PAGE} p ON p.document_id = s.document_id AND p.language = %s "
    f"WHERE s.topic IN ({{topics}}) AND {_LIVE} ORDER BY s.topic, s.place"
)
_COLUMNS = f"p.document_id, p.release_id, (SELECT slug FROM {_DOCUMENT} d WHERE d.id = p.document_id)"
_RELATED = (
    f"SELECT {{part}}, {_COLUMNS}, t.position FROM {_TITLE} t JOIN {_PAGE} p ON p.id = t.page_id "
    "WHERE t.language = %s AND t.topic = (SELECT topic FROM here) AND t.position {than} (SELECT position FROM here) "
    f"AND t.position < %s AND {_LIVE} ORDER BY t.position LIMIT {MOST_RELATED + 1}"
)
_FURTHER = (
    f"WITH own(id) AS (SELECT id FROM {_DOCUMENT} WHERE kind = %s AND slug = %s), "
    f"here(topic, position) AS (SELECT t.topic, t.position FROM {_TITLE} t JOIN {_PAGE} p ON p.id = t.page_id "
    f"WHERE t.document_id = (SELECT id FROM own) AND t.language = %s AND NOT (t.topic = '') AND {_LIVE} "
    "ORDER BY t.id LIMIT 1), "
    f"step(topic, place) AS (SELECT topic, place FROM {_STEP} WHERE document_id = (SELECT id FROM own) "
    "ORDER BY topic LIMIT 1) "
    f"SELECT {_TOPIC_PART}, 0, 0, topic, position FROM here "
    f"UNION ALL SELECT * FROM (SELECT {_NEXT_PART}, {_COLUMNS}, (SELECT position FROM here) FROM step "
    f"JOIN {_STEP} s ON s.topic = step.topic AND s.place > step.place "
    f"JOIN {_PAGE} p ON p.document_id = s.document_id AND p.language = %s AND NOT p.is_fallback "
    f"WHERE {_LIVE} ORDER BY s.place LIMIT 1) next_step "
    f"UNION ALL SELECT * FROM ({_RELATED.format(part=_AFTER_PART, than='>')}) after_it "
    f"UNION ALL SELECT * FROM ({_RELATED.format(part=_BEFORE_PART, than='<')}) before_it"
)
