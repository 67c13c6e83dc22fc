"""The registration, and a service to write one with."""

from editorial.editions.kinds import Kind, Piece, Slot, node, register
from editorial.editions.models import Document
from editorial.editions.tree import prose
from editorial.editions.tree.nodes import Tree
from editorial.editions.working.copies import create_document, editing, save_row, version_token
from editorial.editions.working.rows import set_words
from editorial.editions.working_copy import WorkingCopy
from tests.leaflets.models import Leaflet


class LeafletKind(Kind):
    name = "leaflet"
    path = "leaflets"
    label = "leaflet"
    label_plural = "Leaflets"
    template = "leaflets/leaflet.html"
    opens_in_place = "leaflets/box.html"
    pieces = {"box": Piece("box", "leaflets/box.html")}
    model = Leaflet

    def content(self, document: Document) -> Leaflet:
        return Leaflet.objects.get(document=document)

    def review_interval_months(self, document: Document) -> int:
        return 12

    def slots(self, copy: WorkingCopy):
        yield Slot(copy.row, "title", "leaflet", "title")
        yield Slot(copy.row, "body", "leaflet", "", "prose")

    def build(self, copy: WorkingCopy) -> tuple[Tree, list[str]]:
        title, body = self.slots(copy)
        blocks = prose.parse(body.value("en"))
        return Tree(self.name, "en", node(title, "leaflet", children=blocks)), [] if blocks else ["It has no text yet."]


register(LeafletKind())


def write_leaflet(user, slug: str, title: str, body: str, *, document: Document | None = None) -> Document:
    """Make a leaflet, or write it anew."""
    document = document or create_document("leaflet", slug, user=user)
    with editing(document, "en", user=user, token=version_token(document, "en"), note="written"):
        leaflet = Leaflet.objects.filter(document=document).first() or Leaflet(document=document)
        set_words(leaflet, "title", title)
        set_words(leaflet, "body", body, form="prose")
        save_row(leaflet, user=user, reason="written")
    return document
