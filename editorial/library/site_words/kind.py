"""Site words as the engine knows them."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.editions.fields import PROSE, ContentFields, PartFields, Words
from editorial.editions.kinds import Attributes, Kind, Listing, Rows, Safety, register
from editorial.editions.models import Document
from editorial.editions.tree import inline
from editorial.editions.tree.nodes import Node, Tree
from editorial.editions.working_copy import WorkingCopy
from editorial.reading.search.word_lists import SAME_WORDS, split_words
from editorial.reading.site_words import PHRASE, SITE_WORDS

from .models import SiteWords, SiteWordsPhrase
from .services import key_blockers

PHRASES = PartFields(
    model=SiteWordsPhrase,
    related="phrases",
    block=PHRASE,
    label=gettext_lazy("Phrase"),
    words={"text": Words()},
    heading=gettext_lazy("Phrases"),
    add_label=gettext_lazy("Add a phrase"),
    named_by=("key", "text"),
)


class SiteWordsKind(Kind):
    name = SITE_WORDS
    label = gettext_lazy("site words")
    label_plural = gettext_lazy("Site words")
    template = "library/site_words_page.html"
    path = "about"
    has_keys = True
    attributes = Attributes(labels={"page": gettext_lazy("a page of its own")})
    listing = Listing(is_in_menu=False)
    safety = Safety(critical_pages=frozenset({"emergency-number"}))
    review_months = 24
    fields = ContentFields(
        model=SiteWords,
        block="site-words",
        label=gettext_lazy("Title"),
        words={"title": Words(), "body": Words(PROSE)},
        parts=(PHRASES,),
    )

    def is_page(self, root: Node) -> bool:
        return bool(root.attrs.get("page", False))

    def has_page(self, document: Document) -> bool:
        return SiteWords.objects.filter(document=document, is_page=True).exists()

    def same_names(self, root: Node) -> Iterator[list[str]]:
        """Phrases that say which words mean the same."""
        for phrase in root.of_type(PHRASE):
            if phrase.attrs["key"].startswith(SAME_WORDS):
                yield split_words(phrase.plain("text"))

    def save_blockers(self, copy: WorkingCopy, rows: Rows) -> Iterator[str]:
        return key_blockers(copy, rows["phrases"])

    def build(self, copy: WorkingCopy) -> tuple[Tree, list[str]]:
        phrases = tuple(PHRASES.node(phrase, {"key": phrase.key}) for phrase in copy.shown_parts("phrases"))
        root = self.fields.node(copy.row, {"page": True} if copy.row.is_page else {}, phrases)
        return self.tree(root), list(_blockers(copy.document, root))


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
    if f"{document.kind}/{document.key}" in settings.SITE_PAGES and not root.attrs.get("page"):
        yield _("Every page of the site leads to these words: make them a page of their own.")


def _cited(root: Node) -> list[str]:
    """Keys that the words cite, also in plain lines, where [@key] would stay as it was typed."""
    texts = [words for node in root.walk() for words in node.words.values()]
    runs = [inline.from_text(words) if isinstance(words, str) else words for words in texts]
    return list(dict.fromkeys(key for words in runs for key in inline.cites(words)))


register(SiteWordsKind())
