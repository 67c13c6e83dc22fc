"""Site words as the engine knows them."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.editions.kinds import Kind, Slot, node, register
from editorial.editions.models import Document
from editorial.editions.tree import inline, prose
from editorial.editions.tree.nodes import Node, Tree
from editorial.editions.working_copy import WorkingCopy
from editorial.reading.site_words import PHRASE, SITE_WORDS

from .models import SiteWords, SiteWordsPhrase


class SiteWordsKind(Kind):
    name = SITE_WORDS
    label = gettext_lazy("site words")
    label_plural = gettext_lazy("Site words")
    template = "library/site_words_page.html"
    path = "about"
    is_in_menu = False
    grave_pages = frozenset({"emergency-number"})
    block_labels = {"site-words": gettext_lazy("Title"), PHRASE: gettext_lazy("Phrase")}
    attr_labels = {"page": gettext_lazy("a page of its own")}
    model = SiteWords

    def content(self, document: Document) -> SiteWords:
        return SiteWords.objects.get(document=document)

    def review_interval_months(self, document: Document) -> int:
        return 24

    def is_page(self, root: Node) -> bool:
        return root.attrs.get("page", False)

    def slots(self, copy: WorkingCopy) -> Iterator[Slot]:
        yield from _own_slots(copy.row)
        for phrase in copy.parts("phrases"):
            yield _phrase_slot(phrase)

    def build(self, copy: WorkingCopy) -> tuple[Tree, list[str]]:
        words = copy.row
        title, body = _own_slots(words)
        phrases = tuple(
            node(_phrase_slot(phrase), PHRASE, {"key": phrase.key}) for phrase in copy.shown_parts("phrases")
        )
        blocks = prose.parse(body.value("en"))
        root = node(title, "site-words", {"page": True} if words.is_page else {}, (*blocks, *phrases))
        return Tree(self.name, "en", root), list(_blockers(copy.document, root))


def _own_slots(words: SiteWords) -> tuple[Slot, Slot]:
    return Slot(words, "title", "site-words", "title"), Slot(words, "body", "site-words", "", "prose")


def _phrase_slot(phrase: SiteWordsPhrase) -> Slot:
    return Slot(phrase, "text", phrase.block_id, "text")


def _blockers(document: Document, root: Node) -> Iterator[str]:
    phrases = root.of_type(PHRASE)
    if not root.words["title"]:
        yield _("These words need a title.")
    if not root.children:
        yield _("These words have no text yet.")
    for phrase in phrases:
        if not phrase.words["text"]:
            yield _("The phrase “%(key)s” is empty. Write it or retire it.") % {"key": phrase.attrs["key"]}
    # Other pages show these words, where they have no list of references that a number could lead to.
    for key in _cited(root):
        yield _(
            "Site words cite no sources, because other pages show them. Take [@%(key)s] out, and link to the source "
            "instead."
        ) % {"key": key}
    if root.attrs.get("page") and len(phrases) == len(root.children):
        yield _("A page needs a text of its own besides its phrases.")
    if f"{document.kind}/{document.slug}" in settings.SITE_PAGES and not root.attrs.get("page"):
        yield _("Every page of the site leads to these words: make them a page of their own.")


def _cited(root: Node) -> list[str]:
    """Keys that the words cite, also in plain lines, where [@key] would stay as it was typed."""
    texts = [words for node in root.walk() for words in node.words.values()]
    runs = [inline.from_text(words) if isinstance(words, str) else words for words in texts]
    return list(dict.fromkeys(key for words in runs for key in inline.cites(words)))


register(SiteWordsKind())
