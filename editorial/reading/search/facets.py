"""The kinds and topics among which somebody may choose of what was found, with how many pages there are of each."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from editorial.editions.kinds import Kind, all_kinds, kind_named

from ..verified_releases import VerifiedRelease
from .ranking import ALL_PAGES, Choice, FacetCounts, FoundEntry

_TOPIC_KEY = re.compile(r"[-a-zA-Z0-9_]{1,60}")
Holders = Mapping[str, tuple[int, int]]  # {topic's key: (document, release) of a page about it}


def kind_label(kind: Kind) -> Any:
    """What readers call its pages: those that no menu leads to are about the site."""
    return kind.label_plural if kind.listing.is_in_menu else _("About this site")


def read_topic(typed: str) -> str:
    """The key of a topic in an address; "" for what can be none."""
    return typed if _TOPIC_KEY.fullmatch(typed) else ""


def write_query(text: str, choice: Choice = ALL_PAGES) -> str:
    """The query of a search's address."""
    parameters = {"q": text}
    if choice.kind:
        parameters["kind"] = kind_named(choice.kind).path
    if choice.topic:
        parameters["topic"] = choice.topic
    return urlencode(parameters)


def find_holders(counts: FacetCounts, shown: Iterable[FoundEntry]) -> dict[str, tuple[int, int]]:
    """Of each topic that is offered, a page that names it, one of those that are shown if there is any."""
    near = {key: (entry.document_id, entry.release_id) for entry in shown for key in entry.topics.split()}
    return {key: near.get(key, counts.holders[key]) for key in counts.topics}


def read_names(holders: Holders, verified: Mapping[int, VerifiedRelease]) -> dict[str, str]:
    """{topic's key: its name, as signed}"""
    names = {}
    for key, (_document, release) in holders.items():
        if page := verified.get(release):
            names[key] = kind_named(page.kind_name).topics(page.root).get(key, "")
    return {key: name for key, name in names.items() if name}


def list_kinds(counts: FacetCounts, text: str, choice: Choice) -> list[dict[str, Any]]:
    """The kinds among which one may choose, where there are several, and the choice of all."""
    kinds = [kind for kind in all_kinds() if kind.name in counts.kinds]
    if len(kinds) < 2 and not choice.kind:
        return []
    return [
        _facet("", sum(counts.kinds.values()), text, Choice("", choice.topic), choice),
        *(_facet(kind_label(kind), counts.kinds[kind.name], text, Choice(kind.name, choice.topic), choice)
          for kind in kinds),
    ]  # fmt: skip


def list_topics(counts: FacetCounts, text: str, choice: Choice, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The topics, the most frequent first, and the choice of all."""
    topics = [key for key in counts.topics if key in names]
    if len(topics) < 2 and not choice.topic:
        return []
    return [
        _facet("", None, text, Choice(choice.kind), choice),
        *(_facet(names[key], counts.topics[key], text, Choice(choice.kind, key), choice) for key in topics),
    ]


def _facet(label: Any, count: int | None, text: str, leads_to: Choice, choice: Choice) -> dict[str, Any]:
    return {
        "label": label,
        "count": count,
        "url": f"?{write_query(text, leads_to)}",
        "is_current": leads_to == choice,
    }
