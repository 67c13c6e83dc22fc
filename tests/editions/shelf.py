"""What may stand on an article's page in the tests: how each thing is made, written and shown."""

from dataclasses import dataclass

from tests.leaflets.kind import write_leaflet


@dataclass(frozen=True)
class Item:
    """One thing on the shelf. `make` and `write` type fresh words of `desk`."""

    is_piece: bool = False
    is_site_words: bool = False
    written_by: str = ""  # the one who writes it, where not everybody may

    def writer(self, who: str) -> str:
        return self.written_by or who

    def make(self, desk, name: str, who: str):
        raise NotImplementedError

    def write(self, desk, name: str, document, who: str) -> None:
        raise NotImplementedError

    def shown(self, document) -> dict:
        """What a section of the article needs to show it."""
        return {}


class Leaflet(Item):
    def make(self, desk, name, who):
        title, body = (desk.word(who, "en", name) for _ in range(2))
        return write_leaflet(desk.people[who], name, title, f"<p>{body}</p>")

    def write(self, desk, name, document, who):
        title, body = (desk.word(who, "en", name) for _ in range(2))
        write_leaflet(desk.people[who], name, title, f"<p>{body}</p>", document=document)


class ShownLeaflet(Leaflet):
    def shown(self, document):
        return {"piece_of": document, "piece": "box"}


class LinkedLeaflet(Leaflet):
    def shown(self, document):
        return {"body": f'<p>See <a href="/leaflets/{document.slug}/">this</a>.</p>'}


ITEMS: dict[str, Item] = {"piece": ShownLeaflet(is_piece=True), "word": LinkedLeaflet()}
