"""Public addresses of pages, the same shape for every kind: /<language>/<kind's path>/<slug>/."""

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.urls.converters import register_converter
from django.utils.translation import override

from editorial.editions.kinds import Kind, all_kinds, kind_at


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


def list_url(kind: Kind, language: str, number: int = 1) -> str:
    """The address of the list of a kind's pages in one language, from the root; of its page `number`."""
    address = _address("list", language, kind.path)
    return f"{address}?page={number}" if number > 1 else address


def reviewer_url(slug: str, language: str) -> str:
    """The address of a reviewer's page in one language, from the root."""
    return _address("reviewer", language).replace(_SLUG, slug)


_SLUG = "a-slug-of-no-page"  # stands in an address until the slug is known, which needs no quoting
_addresses: dict[tuple[str | None, ...], str] = {}


def _address(name: str, language: str, path: str = "") -> str:
    """The address of this name, with _SLUG where it has a slug. Kept, as a page has a hundred of them.

    It is another where the process serves other addresses: the site's urls and prefix are settings in tests.
    """
    key = (name, language, path, get_urlconf(), settings.ROOT_URLCONF, get_script_prefix())
    if key not in _addresses:
        steps = {"page": {"slug": _SLUG}, "list": {}, "reviewer": {"slug": _SLUG}}[name]
        with override(language):
            _addresses[key] = reverse(name, kwargs=steps | ({"kind": kind_at(path)} if path else {}))
    return _addresses[key]
