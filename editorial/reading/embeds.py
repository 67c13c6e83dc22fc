"""What a page shows besides its own words: pieces of other documents, words explained in place, site words.

Each of these is an edition of its own, with its own language and sign-offs, and all of them come out of the page's
one question to the gate. What is not live, or not in the page's language, leaves a plain placeholder.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from editorial.editions.kinds import kind_at, kind_named
from editorial.editions.models import Edition
from editorial.editions.tree.addresses import block_fragment, parse_own_address
from editorial.editions.tree.links import find_links, find_pieces
from editorial.editions.tree.nodes import Node, Tree
from editorial.editions.tree.shown_content import words_content

from . import presenters
from .addresses import list_url, page_url
from .gate import GateResult, live_explanation
from .older_facts import NOTHING_OLDER, OlderFacts, find_older_facts
from .page_gate import live_for_edition, live_for_tree
from .record_rows import LiveRelease
from .site_words import PAGE_WORDS, SITE_WORDS, LiveSiteWords
from .verified_releases import VerifiedRelease, filter_verified, verify_releases


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """Where a link within the site leads: to an address, or to words that open in place."""

    url: str
    opens: str = ""  # the id of the element that opens


@dataclass(frozen=True, slots=True)
class PageExtras:
    """What the templates need besides the page's own tree."""

    site_words: LiveSiteWords
    pieces: Mapping[str, dict[str, Any]] = field(default_factory=dict)  # by the id of their block
    entries: tuple[dict[str, Any], ...] = ()  # words that open in place, in reading order
    links: Mapping[str, LinkTarget] = field(default_factory=dict)  # by the link as it was typed
    validator_parts: tuple[Any, ...] = ()  # what the page's ETag must cover of all this

    @property
    def context(self) -> dict[str, Any]:
        return {"site_words": self.site_words, "pieces": self.pieces, "entries": self.entries, "links": self.links}


def embedded_releases(result: GateResult, kind_name: str, page_language: str, language: str) -> list[LiveRelease]:
    """The releases to load for a page of this kind in `page_language`, for a reader of `language`."""
    embedded = result.embedded(page_language)
    kinds = {kind_name, *(release.document.kind for release in embedded)}
    keys = {PAGE_WORDS, *(key for kind in kinds for key in kind_named(kind).site_words)}
    distinct = {release.pk: release for release in [*embedded, *result.site_words(keys, language)]}
    return list(distinct.values())


def site_words_extras(verified: Iterable[VerifiedRelease], language: str, at: datetime) -> PageExtras:
    """For pages that show nothing but their own words and site words."""
    site_words = [release for release in verified if release.release.document.kind == SITE_WORDS]
    parts = tuple(presenters.validator_parts(release, at) for release in site_words)
    return PageExtras(LiveSiteWords(site_words, language, at), validator_parts=parts)


def page_extras(
    root: Node,
    result: GateResult,
    verified: list[VerifiedRelease],
    *,
    page_language: str,
    language: str,
    at: datetime,
    older: Mapping[int, OlderFacts],
    beside: Sequence[Node] = (),
) -> PageExtras:
    """What a page shows besides the words of `root`, which are in `page_language`, for a reader of `language`.

    `older` is what `find_older_facts` returns for it. `beside` are blocks that stand on it as well, with their links.
    """
    by_document = {release.release.document_id: release for release in verified if release.language == page_language}
    shown = _ShownDocuments(result, by_document, language, at, older)
    piece_contexts = {node.id: _piece_context(node, shown, page_language) for node in find_pieces(root)}
    _mark_repeated(root, piece_contexts)
    links, entries = _link_targets(root, shown)
    for block in beside:
        links = _link_targets(block, shown)[0] | links
    parts = (
        *(presenters.validator_parts(release, at) for release in verified),
        *((node_id, piece["state"]) for node_id, piece in piece_contexts.items()),
        *((link, target.url, target.opens) for link, target in links.items()),
        *((pk, older[pk].validator_parts) for pk in sorted(older)),
    )
    site_words = site_words_extras(verified, language, at).site_words
    return PageExtras(site_words, piece_contexts, tuple(entries), links, parts)


def edition_extras(edition: Edition, at: datetime) -> PageExtras:
    """What the page of an edition that is not released would show, to a reader of its own language."""
    return _unreleased_extras(edition.tree, live_for_edition(edition, at), at)


def tree_extras(tree: Tree, rests_on: Collection[tuple[int, str]], at: datetime) -> PageExtras:
    """What a page of words that are not frozen would show; `rests_on` is what `freezing.find_dependencies` returns."""
    return _unreleased_extras(tree, live_for_tree(rests_on, tree.language, at), at)


def _unreleased_extras(tree: Tree, result: GateResult, at: datetime) -> PageExtras:
    language = tree.language
    verified = filter_verified(embedded_releases(result, tree.kind, language, language))
    older = find_older_facts(verified, result.others)
    return page_extras(tree.root, result, verified, page_language=language, language=language, at=at, older=older)


def find_explanation(language: str, at: datetime, document_id: int | None = None) -> VerifiedRelease | None:
    """The signed explanation of a withdrawal in this language: this document, else the stock one.

    None if neither is signed in this language: then the page explains nothing. Two queries, three if its release has
    an end. Raises CorruptEdition.
    """
    release = live_explanation(document_id, language, at)
    return verify_releases([release])[0] if release else None


@dataclass(frozen=True, slots=True)
class _ShownDocuments:
    """What a page shows of other documents, for a reader of `language`: several pieces of one are asked for once."""

    result: GateResult
    verified: Mapping[int, VerifiedRelease]  # by document, in the page's language
    language: str
    at: datetime
    older: Mapping[int, OlderFacts]
    _contexts: dict[int, dict[str, Any]] = field(default_factory=dict)

    def context(self, document_id: int) -> dict[str, Any]:
        """What templates get of a document that is verified, whichever part of it they lay out."""
        if document_id not in self._contexts:
            verified = self.verified[document_id]
            kind, source = kind_named(verified.kind_name), self.result.others[document_id].get(settings.SOURCE_LANGUAGE)
            self._contexts[document_id] = {
                "url": page_url(kind, verified.slug, self.language),
                "root": verified.root,
                "facts": kind.context(verified.root, self.at),
                "page": presenters.page_state(
                    verified,
                    self.language,
                    source=source,
                    at=self.at,
                    older=self.older.get(document_id, NOTHING_OLDER),
                ),
            }
        return self._contexts[document_id]


def _piece_context(node: Node, shown: _ShownDocuments, page_language: str) -> dict[str, Any]:
    """What a template gets of one piece. Its state is live, untranslated or missing."""
    document_id, name = node.attrs.get("document", 0), node.attrs.get("piece", "")
    releases = shown.result.others.get(document_id, {})
    source = releases.get(settings.SOURCE_LANGUAGE)
    missing = {"id": node.id, "state": "missing", "url": ""}
    verified = shown.verified.get(document_id)
    if verified is None:
        # What was taken down in this language, or does not verify, is not offered in another one instead.
        if source is None or page_language in releases or document_id in shown.result.taken_down_ids:
            return missing
        url = page_url(kind_named(source.document.kind), source.document.slug, shown.language)
        return {"id": node.id, "state": "untranslated", "url": url}
    piece = kind_named(verified.kind_name).embedding.pieces.get(name)
    if piece is None:
        return missing
    return {
        "id": node.id,
        "state": "live",
        "template": piece.template,
        "shows_care": piece.shows_care,
        **shown.context(document_id),
    }


def _mark_repeated(root: Node, contexts: Mapping[str, dict[str, Any]]) -> None:
    """Give each live piece what earlier ones of the page show already, so that nothing stands on it twice.

    `shown_in` is the id of the same piece above; `repeated` holds, by the id of a block of its document, the earlier
    piece of the same name ("id" and "title") that shows a block with the same words and facts.
    """
    same: dict[tuple[int, str], str] = {}
    blocks: dict[str, dict[str, dict[str, str]]] = {}
    for node in find_pieces(root):
        context, name = contexts[node.id], node.attrs["piece"]
        if context["state"] != "live":
            continue
        context["shown_in"] = same.setdefault((node.attrs["document"], name), node.id)
        if context["shown_in"] != node.id:
            continue
        context["shown_in"] = ""
        earlier = blocks.setdefault(name, {})
        contents = {
            block.id: repr([block.facts, words_content(block, *block.words)])
            for block in context["root"].walk()
            if block.words
        }
        context["repeated"] = {pk: earlier[content] for pk, content in contents.items() if content in earlier}
        for content in contents.values():
            earlier.setdefault(content, {"id": node.id, "title": context["page"]["title"]})


def _link_targets(root: Node, shown: _ShownDocuments) -> tuple[dict[str, LinkTarget], list[dict[str, Any]]]:
    """({link: its target}, entries that open in place). A link to what is not live is left out: its words stay."""
    links: dict[str, LinkTarget] = {}
    entries: dict[int, dict[str, Any]] = {}
    for link, run in find_links(root).items():
        if "document" not in run:
            if url := _list_address(link, shown.language):
                links[link] = LinkTarget(url)
            continue
        pk = run["document"]
        if pk not in shown.result.others:
            continue
        document = next(iter(shown.result.others[pk].values())).document
        kind = kind_named(document.kind)
        url = page_url(kind, document.slug, shown.language)
        if not kind.embedding.opens_in_place or pk not in shown.verified:
            links[link] = LinkTarget(url + block_fragment(run.get("block", "")))
            continue
        entry_id = f"{kind.path}-{document.slug}"
        links[link] = LinkTarget(url, opens=entry_id)
        entries[pk] = {"id": entry_id, "template": kind.embedding.opens_in_place, **shown.context(pk)}
    return links, list(entries.values())


def _list_address(link: str, language: str) -> str:
    """The address in this language of a list of pages, or of the home page; "" for any other link."""
    own = parse_own_address(link)
    if own is None or not own.list_path:
        return ""
    kind = kind_at(own.list_path.strip("/"))
    return list_url(kind, language) if kind else f"/{language}/"
