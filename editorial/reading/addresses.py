"""Public addresses of pages, the same shape for every kind: /<language>/<kind's path>/<slug>/."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.urls.converters import register_converter
from django.utils.translation import override

from editorial.editions.kinds import Kind, all_kinds, kind_at

NOTHING: Mapping[str, Any] = MappingProxyType({})


class KindConverter:
    """The path of a registered kind; nothing else matches."""

    regex = "[a-z-]+"

    def to_python(self, value: str) -> Kind:
        for kind in all_kinds():
            if kind.path == value:
                return kind
        raise ValueError(value)

    def to_url(self, value: Kind) -> str:
        return value.path


register_converter(KindConverter, "kind")


def page_url(kind: Kind, slug: str, language: str) -> str:
    """The address of a page in one language, from the root; "" for a kind without pages of its own."""
    if not kind.path:
        return ""
    return _address("page", language, kind.path).replace(_SLUG, slug)


def list_url(kind: Kind, language: str, query: Mapping[str, Any] = NOTHING) -> str:
    """The address of the list of a kind's pages in one language, from the root; of a part of it, by its query."""
    return _with_query(_address("list", language, kind.path), query)


def reviewer_url(slug: str, language: str, *, page: int = 1) -> str:
    """The address of a reviewer's page in one language, from the root; a long one has several pages."""
    return _with_query(_address("reviewer", language).replace(_SLUG, slug), {"page": page})


def topic_url(topic: str, language: str, *, page: int = 1) -> str:
    """The address of the pages about a topic in one language, from the root."""
    return _with_query(_address("topic", language).replace(_SLUG, topic), {"page": page})


def site_list_url(name: str, language: str, query: Mapping[str, Any] = NOTHING) -> str:
    """The address of a list of the whole site: "topics", "a-to-z" or "changes"."""
    return _with_query(_address(name, language), query)


def feed_url(language: str, topic: str = "") -> str:
    """The address of what changed in one language, from the root; of what changed about a topic, by its key."""
    return _address("topic-feed", language).replace(_SLUG, topic) if topic else _address("feed", language)


def _with_query(address: str, query: Mapping[str, Any]) -> str:
    """The first page of a list has no number."""
    shown = {name: value for name, value in query.items() if (name, value) != ("page", 1)}
    return f"{address}?{urlencode(shown)}" if shown else address


_WITH_SLUG = ("page", "reviewer", "topic", "topic-feed")
_SLUG = "a-slug-of-no-page"  # stands in an address until the slug is known, which needs no quoting
_addresses: dict[tuple[str | None, ...], str] = {}


def _address(name: str, language: str, path: str = "") -> str:
    """The address of this name, with _SLUG where it has a slug. Kept, as a page has a hundred of them.

    It is another where the process serves other addresses: the site's urls and prefix are settings in tests.
    """
    key = (name, language, path, get_urlconf(), settings.ROOT_URLCONF, get_script_prefix())
    if key not in _addresses:
        steps = {"slug": _SLUG} if name in _WITH_SLUG else {}
        with override(language):
            _addresses[key] = reverse(name, kwargs=steps | ({"kind": kind_at(path)} if path else {}))
    return _addresses[key]
