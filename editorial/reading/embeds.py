"""What stands on a page besides its own words: pieces of other documents, words explained in place, site words.

All of it are editions of their own, each with its own language and its own sign-offs, and all of it comes out of the
page's one question to the gate. What is not live, or not in the page's language, leaves a plain placeholder.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from editorial.editions.kinds import kind_at, kind_named
from editorial.editions.models import Document, Edition, Release
from editorial.editions.tree.links import internal_links, pieces
from editorial.editions.tree.nodes import Node, Tree

from . import presenters
from .addresses import page_url
from .evidence import Standing, readable, standings
from .gate import Found, around_edition, around_tree, explanations
from .site_words import PAGE_WORDS, SITE_WORDS, STOCK_WITHDRAWAL, SiteWords


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link within the site leads: to an address, or to words that open in place."""

    url: str
    opens: str = ""  # the id of the element that opens


@dataclass(frozen=True, slots=True)
class Beside:
    """`pieces` by the id of their block, `entries` in reading order, `links` by the link as it was typed."""

    words: SiteWords
    pieces: Mapping[str, dict] = field(default_factory=dict)
    entries: tuple[dict, ...] = ()
    links: Mapping[str, Target] = field(default_factory=dict)
    shows: tuple = ()  # what a validator must know of all this

    @property
    def context(self) -> dict:
        return {"site_words": self.words, "pieces": self.pieces, "entries": self.entries, "links": self.links}


def company(found: Found, kind_name: str, words_in: str, language: str) -> list[Release]:
    """The releases to load for a page of this kind in the language `words_in`, for a reader of `language`."""
    embedded = found.embedded(words_in)
    kinds = {kind_name, *(each.document.kind for each in embedded)}
    slugs = {PAGE_WORDS, *(slug for kind in kinds for slug in kind_named(kind).site_words)}
    chosen = {each.pk: each for each in [*embedded, *found.words(slugs, language)]}
    return list(chosen.values())


def words_only(shown: Iterable[Standing], language: str, at: datetime) -> Beside:
    """For pages that show nothing but their own and site words."""
    found = [each for each in shown if each.release.document.kind == SITE_WORDS]
    return Beside(SiteWords(found, language, at), shows=tuple(presenters.fingerprint(each, at) for each in found))


def build(root: Node, found: Found, loaded: list[Standing], *, words_in: str, language: str, at: datetime) -> Beside:
    """What stands beside the words of `root`, which are in the language `words_in`."""
    by_document = {each.release.document_id: each for each in loaded if each.language == words_in}
    shown = {node.id: _piece(node, found, by_document, words_in, language, at) for node in pieces(root)}
    links, entries = _links(root, found, by_document, language, at)
    base = words_only(loaded, language, at)
    shows = (
        *(presenters.fingerprint(each, at) for each in loaded),
        *((node_id, piece["state"]) for node_id, piece in shown.items()),
        *((link, target.url, target.opens) for link, target in links.items()),
    )
    return Beside(base.words, shown, tuple(entries), links, shows)


def preview(edition: Edition, at: datetime) -> Beside:
    """What would stand on the page of an edition that is not released, read in its own language."""
    return _unreleased(edition.tree, around_edition(edition, at), at)


def around_words(tree: Tree, rests_on: Collection[tuple[int, str]], at: datetime) -> Beside:
    """What would stand on the page of words that are not frozen; `rests_on` as `freezing.dependencies` tells it."""
    return _unreleased(tree, around_tree(rests_on, tree.language, at), at)


def _unreleased(tree: Tree, found: Found, at: datetime) -> Beside:
    language = tree.language
    loaded = readable(company(found, tree.kind, language, language))
    return build(tree.root, found, loaded, words_in=language, language=language, at=at)


def explanation(language: str, at: datetime, document: Document | None = None) -> Standing | None:
    """The signed explanation of a withdrawal in this language: the one that was chosen, else the stock one.

    Two queries, three where its release has an end. None when neither is signed in this language: then nothing is said.
    """
    slugs = [document.slug, STOCK_WITHDRAWAL] if document else [STOCK_WITHDRAWAL]
    found = explanations(slugs, language, at)
    chosen = next((found[slug] for slug in slugs if slug in found), None)
    return standings([chosen])[0] if chosen else None


def _piece(
    node: Node, found: Found, by_document: Mapping[int, Standing], words_in: str, language: str, at: datetime
) -> dict:
    """What a template gets of one piece. Its state is live, untranslated or missing."""
    document_id, name = node.attrs.get("document"), node.attrs.get("piece")
    releases = found.others.get(document_id, {})
    standing = by_document.get(document_id)
    if standing is None:
        source = releases.get(settings.SOURCE_LANGUAGE)
        # What was taken down in this language, or does not verify, is not offered in another one instead.
        if source is None or words_in in releases or source.taken_down:
            return {"id": node.id, "state": "missing", "url": ""}
        url = page_url(kind_named(source.document.kind), source.document.slug, language)
        return {"id": node.id, "state": "untranslated", "url": url}
    kind = kind_named(standing.edition.tree.kind)
    piece = kind.pieces.get(name)
    if piece is None:
        return {"id": node.id, "state": "missing", "url": ""}
    return {
        "id": node.id,
        "state": "live",
        "template": piece.template,
        "url": page_url(kind, standing.release.document.slug, language),
        "root": standing.root,
        "facts": kind.context(standing.root, at),
        "page": presenters.page_state(standing, language, source=releases.get(settings.SOURCE_LANGUAGE), at=at),
    }


def _links(root: Node, found: Found, by_document: Mapping[int, Standing], language: str, at: datetime):
    """({link: Target}, entries that open in place). A link to what is not live is left out: its words stand alone."""
    links: dict[str, Target] = {}
    entries: dict[int, dict] = {}
    for link, (path, slug) in internal_links(root).items():
        kind = kind_at(path)
        document = found.documents.get((kind.name, slug)) if kind else None
        if document is None:
            continue
        url = page_url(kind, slug, language)
        standing = by_document.get(document.pk)
        if kind.opens_in_place and standing:
            entry_id = f"{kind.path}-{slug}"
            links[link] = Target(url, entry_id)
            source = found.others[document.pk].get(settings.SOURCE_LANGUAGE)
            entries[document.pk] = {
                "id": entry_id,
                "url": url,
                "template": kind.opens_in_place,
                "root": standing.root,
                "facts": kind.context(standing.root, at),
                "page": presenters.page_state(standing, language, source=source, at=at),
            }
        else:
            links[link] = Target(url)
    return links, list(entries.values())
