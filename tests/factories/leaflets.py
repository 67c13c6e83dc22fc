"""Leaflets, the tests' own kind of page, written as by their form."""

from editorial.editions.models import Document
from editorial.editions.working.copies import version_token
from editorial.editions.working.pages import create_page, save_page


def write_leaflet(user, slug: str, title: str, body: str, *, document: Document | None = None) -> Document:
    """Make a leaflet, or write it anew."""
    if document is None:
        return create_page("leaflet", slug, title, user=user, body=body).document
    token, fields = version_token(document, "en"), {"title": title, "body": body}
    return save_page(document, user=user, token=token, fields=fields, reason="written").document
