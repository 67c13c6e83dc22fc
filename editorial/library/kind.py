"""Site words as the engine knows them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.editions.kinds import Kind, Slot, node, register
from editorial.editions.models import Document
from editorial.editions.sitewords import SITE_WORDS
from editorial.editions.tree import prose
from editorial.editions.tree.nodes import Tree

from .models import SiteWords


class SiteWordsKind(Kind):
    name = SITE_WORDS
    label = gettext_lazy("site words")
    label_plural = gettext_lazy("Site words")
    template = "library/site_words_page.html"
    path = "about"
    is_in_menu = False
    block_labels = {"site-words": gettext_lazy("Title")}
    model = SiteWords

    def content(self, document: Document) -> SiteWords:
        return SiteWords.objects.get(document=document)

    def review_interval_months(self, document: Document) -> int:
        return 24

    def slots(self, document: Document) -> Iterator[Slot]:
        words = self.content(document)
        yield Slot(words, "title", "site-words", "title")
        yield Slot(words, "body", "site-words", "", "prose")

    def build(self, document: Document) -> tuple[Tree, list[str]]:
        title, body = self.slots(document)
        blocks = prose.parse(body.value("en"))
        tree = Tree(self.name, "en", node(title, "site-words", children=blocks))
        blockers = []
        if not tree.root.words["title"]:
            blockers.append(_("These words need a title."))
        if not blocks:
            blockers.append(_("These words have no text yet."))
        return tree, blockers


register(SiteWordsKind())
