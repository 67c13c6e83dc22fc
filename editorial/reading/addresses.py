"""Public addresses of pages, the same shape for every kind: /<language>/<kind's path>/<slug>/."""

from django.urls import reverse
from django.urls.converters import register_converter
from django.utils.translation import override

from editorial.editions.kinds import Kind, all_kinds


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
    with override(language):
        return reverse("page", kwargs={"kind": kind, "slug": slug})


def list_url(kind: Kind, language: str, number: int = 1) -> str:
    """The address of the list of a kind's pages in one language, from the root; of its page `number`."""
    with override(language):
        address = reverse("list", kwargs={"kind": kind})
    return f"{address}?page={number}" if number > 1 else address


def reviewer_url(slug: str, language: str) -> str:
    """The address of a reviewer's page in one language, from the root."""
    with override(language):
        return reverse("reviewer", kwargs={"slug": slug})
