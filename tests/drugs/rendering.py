"""Pages, lists and pieces of drugs from trees made by hand, laid out as readers get them."""

from dataclasses import dataclass, replace
from types import SimpleNamespace

from django.template.loader import render_to_string
from django.utils.translation import override

from drugs.page_context import context
from editorial.accounts.languages import bcp47, direction
from editorial.editions.tree.nodes import Node
from editorial.reading import presenters
from editorial.reading.site_words import Phrase
from editorial.reading.structured_data import describe
from tests.drugs import trees
from tests.drugs.listed import list_context

MARK = "Zebra"  # in every word of the drug, and in no word of the interface
LABEL = "signed"  # in every site word


@dataclass(frozen=True)
class Labels:
    """Every site word is signed, in the language `of`; without one, none is."""

    language: str
    of: str = ""

    def phrase(self, slug: str, key: str) -> Phrase | None:
        if not self.of:
            return None
        return Phrase(f"{LABEL} {key}", bcp47(self.of), direction(self.of), self.of != self.language)

    def text(self, slug: str) -> None:
        return None


def marked(node: Node) -> Node:
    """The same with MARK before all of its words."""
    words = {
        name: f"{MARK} {value}"
        if isinstance(value, str)
        else [{**run, "text": f"{MARK} {run['text']}"} for run in value]
        for name, value in node.words.items()
        if value
    }
    return replace(node, words=words, children=tuple(marked(child) for child in node.children))


def laid_out(template: str, language: str, site_words, **values) -> SimpleNamespace:
    with override(language):
        text = render_to_string(template, trees.frame(language) | {"site_words": site_words} | values)
    return SimpleNamespace(content=text.encode())


def page(root: Node, language: str = "en", *, words_in: str = "", site_words=None, **state) -> SimpleNamespace:
    """A monograph's page for a reader of `language`; its words are in `words_in`."""
    shown = trees.page_of(root, words_in or language, is_fallback=bool(words_in) and words_in != language, **state)
    labels = site_words or Labels(language, language)
    values = {"root": root, "page": shown, "description": describe(root), **context(root, trees.NOON)}
    values["numbers"] = presenters.number_references(root)
    return laid_out("drugs/monograph.html", language, labels, **values)


def listing(items: list[dict], query: str = "", language: str = "en", *, site_words=None) -> SimpleNamespace:
    labels = site_words or Labels(language, language)
    values = {"items": items, "kind": SimpleNamespace(label_plural="Kinds")}
    return laid_out("drugs/list.html", language, labels, **values, **list_context(items, query, trees.NOON, language))


def piece(name: str, root: Node, language: str = "en", *, words_in: str = "", site_words=None) -> SimpleNamespace:
    """A piece as it stands inside an article."""
    shown = {
        "id": "b-here",
        "state": "live",
        "url": f"/{language}/drugs/zebramab/",
        "template": f"drugs/pieces/{name}.html",
        "root": root,
        "page": trees.page_of(root, words_in or language),
        "facts": context(root, trees.NOON),
    }
    labels = site_words or Labels(language, language)
    # Numbers and links are the article's: none of them may reach the piece.
    return laid_out("site/_piece.html", language, labels, piece=shown, numbers={"a-source": 99}, links={"/x/": None})
