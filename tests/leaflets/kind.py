"""What the engine knows of a leaflet."""

from editorial.editions.fields import PROSE, ContentFields, Words
from editorial.editions.kinds import Embedding, Kind, Piece, register
from editorial.editions.tree.nodes import Tree
from editorial.editions.working_copy import WorkingCopy
from tests.leaflets.models import Leaflet


class LeafletKind(Kind):
    name = "leaflet"
    path = "leaflets"
    label = "leaflet"
    label_plural = "Leaflets"
    template = "leaflets/leaflet.html"
    embedding = Embedding(pieces={"box": Piece("box", "leaflets/box.html")}, opens_in_place="leaflets/box.html")
    fields = ContentFields(
        model=Leaflet, block="leaflet", label="Title", words={"title": Words(), "body": Words(PROSE)}
    )

    def build(self, copy: WorkingCopy) -> tuple[Tree, list[str]]:
        root = self.fields.node(copy.row)
        return self.tree(root), [] if root.children else ["It has no text yet."]


register(LeafletKind())
