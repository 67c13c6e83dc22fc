"""What may stand on an article's page in the tests: how each thing is made, written and shown."""

from dataclasses import dataclass
from datetime import date, timedelta

from drugs.models import ApprovalEvent
from drugs.services import record_event
from editorial.editions.working.copies import version_token
from editorial.editions.working.pages import create_page, save_page
from editorial.library.site_words.services import save_site_words
from tests.factories import drugs, pages
from tests.factories.leaflets import write_leaflet


@dataclass(frozen=True)
class Item:
    """One thing on the shelf. `make` and `write` type fresh words of `desk`."""

    is_piece: bool = False
    is_site_words: bool = False

    def writer(self, who: str) -> str:
        """Who writes it when `who` is asked to: not everybody may write everything."""
        return who

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


class Monograph(Item):
    """Its card stands on the page; regulators' events are recorded and verified beside the writing."""

    def writer(self, who):
        return "fay" if who == "ana" else who

    def make(self, desk, name, who):
        title, lead = (desk.word(self.writer(who), "en", name) for _ in range(2))
        user = desk.people[self.writer(who)]
        document = drugs.monograph(user, slug=name, title=title, lead=lead)
        drugs.verified(document, user, desk.people["gil"])
        return document

    def write(self, desk, name, document, who):
        who = self.writer(who)
        drugs.edit(document, desk.people[who], lead=desk.word(who, "en", name))

    def shown(self, document):
        return {"piece_of": document, "piece": "card"}

    def record(self, desk, document, *, verified: bool):
        """One more decision, on a day of its own; returns it."""
        day = date(2021, 1, 1) + timedelta(days=ApprovalEvent.objects.filter(document=document).count())
        event = record_event(
            document, user=desk.people["fay"], kind="narrowed", happened_on=day,
            approval=drugs.approval(document), reference=drugs.source(desk.people["fay"]),
        )  # fmt: skip
        if verified:
            drugs.verify(event, desk.people["gil"])
        return event


class GlossaryEntry(Item):
    def make(self, desk, name, who):
        title, short = (desk.word(who, "en", name) for _ in range(2))
        return create_page("glossary", name, title, short=short, user=desk.people[who]).document

    def write(self, desk, name, document, who):
        user, token = desk.people[who], version_token(document, "en")
        save_page(document, user=user, token=token, fields={"short": desk.word(who, "en", name)})

    def shown(self, document):
        return {"body": f'<p>See <a href="/glossary/{document.slug}/">this</a>.</p>'}


class LabelWords(Item):
    """The words that label the group of sections."""

    def make(self, desk, name, who):
        phrases = [{"key": "group-overview", "text": desk.word(who, "en", name)}]
        return pages.site_words(desk.people[who], "article-words", desk.word(who, "en", name), "", phrases=phrases)

    def write(self, desk, name, document, who):
        words = document.site_words
        phrases = [{"id": words.phrases.get().pk, "text": desk.word(who, "en", name)}]
        save_site_words(
            document, words.title_en, "", user=desk.people[who], token=version_token(document, "en"), phrases=phrases
        )


ITEMS: dict[str, Item] = {
    "piece": ShownLeaflet(is_piece=True),
    "word": LinkedLeaflet(),
    "drug": Monograph(is_piece=True),
    "entry": GlossaryEntry(),
    "labels": LabelWords(is_site_words=True),
}
