"""What the engine knows of a leaflet."""

from typing import Any

from editorial.editions.fields import PROSE, ContentFields, Words
from editorial.editions.kinds import Embedding, Kind, Piece, register
from editorial.editions.tree.nodes import Node, Tree
from editorial.editions.tree.shown_content import whole_content
from editorial.editions.working_copy import WorkingCopy
from tests.leaflets.models import Leaflet


def start_content(root: Node) -> Any:
    """The title and the first paragraph."""
    return [root.plain("title"), *(whole_content(child) for child in root.children[:1])]


class LeafletKind(Kind):
    name = "leaflet"
    path = "leaflets"
    label = "leaflet"
    label_plural = "Leaflets"
    template = "leaflets/leaflet.html"
    embedding = Embedding(
        pieces={
            "box": Piece("box", "leaflets/box.html"),
            "start": Piece("start", "leaflets/start.html", content=start_content),
        },
        opens_in_place="leaflets/box.html",
    )
    fields = ContentFields(
        model=Leaflet, block="leaflet", label="Title", words={"title": Words(), "body": Words(PROSE)}
    )

    def build(self, copy: WorkingCopy) -> tuple[Tree, list[str]]:
        root = self.fields.node(copy.row)
        return self.tree(root), [] if root.children else ["It has no text yet."]


register(LeafletKind())
