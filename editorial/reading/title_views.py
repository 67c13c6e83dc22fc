"""Lists by title: the topics, the pages about each of them, and all pages from A to Z."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.languages import bcp47, direction, language_name

from . import presenters, title_questions
from .addresses import feed_url, site_list_url, topic_url
from .collation import sort_key
from .list_questions import ListedRow
from .list_slices import page_number
from .list_views import show_items, slice_parts
from .models import ListedPage
from .paths import live_steps
from .responses import PublicPage, public_view
from .title_questions import Topic
from .title_rows import ALL

TITLES_PER_PAGE = 60
PAGES_PER_TOPIC = 24


@public_view
def topics(request: HttpRequest, *, language: str) -> PublicPage:
    """The topics that live pages are about; those with no page in the readers' language apart."""
    at = timezone.now()
    found = title_questions.find_topics(language, at)
    answer, _items = show_items([], language, at)
    answer.template = "reading/topics.html"
    answer.address = lambda code: site_list_url("topics", code)
    answer.context |= topics_context(found, language)
    answer.validator_parts.append(found)
    return answer


def topics_context(topics: Iterable[Topic], language: str) -> dict[str, Any]:
    """`topics` in the readers' language and `foreign_topics`, each by its name, with where they lead."""
    rows = sorted((sort_key(topic.name, _language_of(topic, language)), topic) for topic in topics)
    links = [
        {
            "name": topic.name, "key": topic.key, "url": topic_url(topic.key, language),
            "is_fallback": topic.is_fallback,
            "lang": bcp47(_language_of(topic, language)), "dir": direction(_language_of(topic, language)),
        }
        for _key, topic in rows
    ]  # fmt: skip
    return {
        "topics": [link for link in links if not link["is_fallback"]],
        "foreign_topics": [link for link in links if link["is_fallback"]],
        "source_name": language_name(settings.SOURCE_LANGUAGE),
    }


def _language_of(topic: Topic, language: str) -> str:
    return settings.SOURCE_LANGUAGE if topic.is_fallback else language


@public_view
def topic(request: HttpRequest, slug: str, *, language: str) -> PublicPage:
    """The pages about a topic: first its path, in the editors' order, then all by their titles."""
    at, number = timezone.now(), page_number(request.GET.get("page", ""))
    found = title_questions.find_topic(slug, language, at)
    if found is None:
        raise Http404
    slice_ = title_questions.find_titles(language, slug, at, number=number, per_page=PAGES_PER_TOPIC)
    steps = live_steps([slug], language, at)[slug] if slice_.number == 1 else []
    pages: list[ListedPage | ListedRow] = [*steps, *(title.page for title in slice_.rows)]
    answer, items = show_items(pages, language, at)
    path = [items[step.release_id] for step in steps if step.release_id in items]
    shown = {step.release_id for step in steps}
    rest = [items[title.page.release_id] for title in slice_.rows
            if title.page.release_id in items and title.page.release_id not in shown]  # fmt: skip
    if not path and not rest:
        raise Http404
    code = _language_of(found, language)
    answer.template = "reading/topic.html"
    answer.address = lambda other: topic_url(slug, other, page=slice_.number)
    answer.without_alternate = set() if slice_.number == 1 else set(settings.PUBLIC_LANGUAGES) - {language}
    answer.context |= {
        "topic": {"name": found.name, "lang": bcp47(code), "dir": direction(code), "is_fallback": found.is_fallback},
        "path": path,
        "slice": slice_,
        "slice_query": "",
        "parts": _by_kind([item for item in rest if not item["is_fallback"]]),
        "foreign_items": [item for item in rest if item["is_fallback"]],
        "source_name": language_name(settings.SOURCE_LANGUAGE),
        "breadcrumbs": [
            *presenters.breadcrumbs(language),
            {"title": _("Topics"), "url": site_list_url("topics", language)},
        ],
    }
    if not found.is_fallback:  # else there is no such feed yet
        answer.context |= {"feed_url": feed_url(language, slug), "feed_title": found.name}
    answer.validator_parts += [found, slice_parts(slice_), steps, [title.page.release_id for title in slice_.rows]]
    return answer


def _by_kind(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """First the items of no kind that stands apart, then those of each that does, with its `kind`."""
    apart = {item["kind"].name: item["kind"] for item in items if item["kind"].listing.is_apart}
    parts = [{"kind": kind, "items": [item for item in items if item["kind"] is kind]} for kind in apart.values()]
    rest = [item for item in items if not item["kind"].listing.is_apart]
    return [{"kind": None, "items": rest}, *parts] if rest else parts


@public_view
def a_to_z(request: HttpRequest, *, language: str) -> PublicPage:
    """All pages by their titles and other names, under the letters of the readers' language."""
    at, number = timezone.now(), page_number(request.GET.get("page", ""))
    letters = title_questions.find_letters(language, at)
    letter = request.GET.get("letter", "").upper()
    letter = letter if letter in letters else ""
    slice_ = title_questions.find_titles(language, ALL, at, number=number, per_page=TITLES_PER_PAGE, letter=letter)
    answer, items = show_items((title.page for title in slice_.rows), language, at)
    rows = [
        {**items[title.page.release_id], "name": title.name, "letter": title.letter}
        for title in slice_.rows
        if title.page.release_id in items
    ]
    query = {"letter": letter} if letter else {}
    address = {**query, "page": slice_.number}
    others = set(settings.PUBLIC_LANGUAGES) - {language}
    is_whole = not letter and slice_.number == 1
    answer.template = "reading/a_to_z.html"
    answer.address = lambda code: site_list_url("a-to-z", code, address if code == language else {})
    answer.without_alternate = set() if is_whole else others
    answer.context |= {
        "letters": letters,
        "letter": letter,
        "groups": _by_letter(rows),
        "slice": slice_,
        "slice_query": f"{urlencode(query)}&" if letter else "",
        "source_name": language_name(settings.SOURCE_LANGUAGE),
    }
    answer.validator_parts += [
        letters, letter, slice_parts(slice_), [[title.page.release_id, title.name] for title in slice_.rows],
    ]  # fmt: skip
    return answer


def _by_letter(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    groups = groupby(rows, key=lambda row: (row["is_fallback"], row["letter"]))
    return [
        {"is_fallback": is_fallback, "letter": letter, "id": f"letter-{number}", "items": list(group)}
        for number, ((is_fallback, letter), group) in enumerate(groups, 1)
    ]
