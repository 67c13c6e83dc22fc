"""The home page: the search, what most readers come for, and the topics."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Group
from drugs.models import KIND
from editorial.accounts.languages import language_name, own_name
from editorial.editions.kinds import kind_named
from editorial.reading.addresses import list_url, site_list_url
from editorial.reading.collation import sort_key
from editorial.reading.list_questions import find_pages
from editorial.reading.list_views import show_items
from editorial.reading.paths import live_steps
from editorial.reading.responses import PublicPage, public_view
from editorial.reading.search.views import find_examples
from editorial.reading.title_questions import find_topics
from editorial.reading.title_views import topics_context

MOST_DRUGS = 8

Item = dict[str, Any]  # as reading/presenters.py makes it


@public_view
def home(request: HttpRequest, *, language: str) -> PublicPage:
    """Five queries, however much there is to read."""
    at = timezone.now()
    topics = find_topics(language, at)
    steps = live_steps(list(dict.fromkeys([settings.HOME_PATH, settings.HOME_CALL])), language, at)
    drugs = find_pages(KIND, language, at, number=1, per_page=MOST_DRUGS, is_counted=False)
    path, calls = steps[settings.HOME_PATH], steps[settings.HOME_CALL]
    answer, items = show_items([*path, *calls, *drugs.rows], language, at)
    shown_path = [items[step.release_id] for step in path if step.release_id in items]
    shown_drugs = _by_brand((items[row.release_id] for row in drugs.rows if row.release_id in items), language)
    has_own = any(not item["is_fallback"] for item in [*shown_path, *shown_drugs]) or any(
        not topic.is_fallback for topic in topics
    )
    answer.template = "home.html"
    answer.address = lambda code: f"/{code}/"
    answer.context |= {
        **topics_context(topics, language),
        "examples": find_examples(answer.context["site_words"]),
        "path": [item for item in shown_path if not item["is_fallback"]],
        "foreign_path": [item for item in shown_path if item["is_fallback"]],
        "drugs": shown_drugs,
        "has_more_drugs": drugs.has_next,
        "call": _find_call(items[step.release_id] for step in calls if step.release_id in items),
        "is_foreign": bool(items) and not has_own,
        "own_name": own_name(language),
        "source_name": language_name(settings.SOURCE_LANGUAGE),
        "drugs_url": list_url(kind_named(KIND), language),
        "topics_url": site_list_url("topics", language),
        "a_to_z_url": site_list_url("a-to-z", language),
        "changes_url": site_list_url("changes", language),
    }
    answer.validator_parts += [topics, steps, list(drugs.rows), drugs.has_next]
    return answer


def _by_brand(items: Iterable[Item], language: str) -> list[Item]:
    """Drugs by the brand that patients know them by, else by their name; those in another language last."""
    rows = []
    for item in items:
        brands = list(dict.fromkeys(kind_named(KIND).other_names(item["root"])))
        rows.append({**item, "brand": brands[0] if brands else "", "is_named_twice": bool(brands)})
    return sorted(rows, key=lambda row: (row["is_fallback"], sort_key(row["brand"] or row["title"], language)))


def _find_call(items: Iterable[Item]) -> Item | None:
    """The first page that says when to call, with the address of that place."""
    for item in items:
        groups = {section.attrs.get("group") for section in item["root"].of_type("section")}
        if Group.WHEN_TO_CALL in groups:
            return {**item, "url": f"{item['url']}#group-{Group.WHEN_TO_CALL.value}"}
    return None
