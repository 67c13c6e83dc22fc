"""From addresses to the documents that they lead to, and back. An old address leads to the same document for good."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q

from ..tree import addresses, inline
from ..tree.addresses import OwnAddress, parse_own_address
from ..tree.links import find_linked_documents, find_links
from ..tree.nodes import Node, Tree
from .documents import Document, OldAddress

Place = tuple[str, str]  # (kind, slug)
_OWN = re.compile(r'(?<=<a href=")/[^"&\s]+(?=")')
_STORED = re.compile(r'(?<=href=")/documents/([1-9][0-9]{0,17})/')
_COMPARED = re.compile(r"<(/documents/\d+/[^>\s]*)>")


def find_documents(places: Iterable[Place]) -> dict[Place, int]:
    """{(kind, slug): key of the document that has or once had this address}, whatever the case. At most two queries.

    A spelling that was an address of its own, when addresses could have capitals, goes before the one in lower case.
    """
    wanted = set(places)
    condition = Q(
        kind__in={kind for kind, _slug in wanted},
        slug__in={spelling for _kind, slug in wanted for spelling in (slug, slug.lower())},
    )
    now = {(kind, slug): pk for kind, slug, pk in Document.objects.filter(condition).values_list("kind", "slug", "pk")}
    if wanted <= now.keys():
        return {place: now[place] for place in wanted}
    old = OldAddress.objects.filter(condition).values_list("kind", "slug", "document_id")
    once = {(kind, slug): pk for kind, slug, pk in old}
    found: dict[Place, int] = {}
    for kind, slug in wanted:
        places_in_turn = ((known, spelling) for spelling in (slug, slug.lower()) for known in (now, once))
        pk = next((known[kind, spelling] for known, spelling in places_in_turn if (kind, spelling) in known), None)
        if pk is not None:
            found[kind, slug] = pk
    return found


def resolve_links(nodes: tuple[Node, ...], *, is_read: Callable[[str], bool] = bool) -> tuple[Node, ...]:
    """The same blocks, where each link to a page names its document. No query where there is none to resolve.

    A link within the site that leads to no page stays as it was typed; `is_read` says which ones are looked at.
    """
    own = {
        link: address
        for node in nodes
        for link, run in find_links(node).items()
        if "link" in run and is_read(link) and (address := parse_own_address(link)) is not None
    }
    if not own:
        return nodes
    places = [(address.kind, address.slug) for address in own.values() if address.slug]
    documents = find_documents(places) if places else {}
    targets = {link: target for link, address in own.items() if (target := _target(address, documents))}
    return tuple(_with_targets(node, targets) for node in nodes)


def _target(address: OwnAddress, documents: Mapping[Place, int]) -> dict[str, Any]:
    """What a run holds instead of the address; {} to leave it as it was typed."""
    if address.list_path:
        return {"link": address.list_path}
    document = address.document or documents.get((address.kind, address.slug), 0)
    if document:
        return {"document": document} | ({"block": address.block} if address.block else {})
    return {"block": address.block} if address.block and not address.slug else {}


def resolve_old_trees(trees: Sequence[Tree]) -> list[Tree]:
    """Trees of version 1, which held addresses, as they are read today; later versions have none of these. Two queries
    for all of them, or none.

    Other spellings in them were ordinary links, and stay as they were signed.
    """
    roots = resolve_links(tuple(tree.root for tree in trees), is_read=addresses.is_page_link)
    return [tree if root is tree.root else tree.with_root(root) for tree, root in zip(trees, roots, strict=True)]


def shown_addresses(*nodes: Node) -> dict[str, str]:
    """{stored form of a link to a document: the address of its page now}, for people who work. At most one query."""
    linked = set[int]().union(*map(find_linked_documents, nodes))
    pages = _page_addresses(linked) if linked else {}
    return {
        link: addresses.page_address(*pages[run["document"]], run.get("block", ""))
        for node in nodes
        for link, run in find_links(node).items()
        if run.get("document") in pages
    }


def with_addresses(words: str | inline.Runs, shown: Mapping[str, str]) -> str | inline.Runs:
    """The same words with the addresses of `shown_addresses` in the place of documents, as version 1 held them."""
    if isinstance(words, str):
        return words
    return [_with_target(run, {link: {"link": address} for link, address in shown.items()}) for run in words]


def show_html_addresses(*texts: str) -> tuple[str, ...]:
    """HTML as it is stored, with addresses in the place of documents. One query, none where nothing is linked."""
    linked = {int(match[1]) for text in texts for match in _STORED.finditer(text)}
    if not linked:
        return texts
    pages = _page_addresses(linked)

    def address(match: re.Match[str]) -> str:
        page = pages.get(int(match[1]))
        return addresses.page_address(*page) if page else match[0]

    return tuple(_STORED.sub(address, text) for text in texts)


def store_html_addresses(*texts: str) -> tuple[str, ...]:
    """The way back of HTML as people type it: links to pages name their documents. At most two queries, whatever many
    texts these are, and none without such links. A spelling that has to be mended stays.
    """
    links = {match[0] for text in texts for match in _OWN.finditer(text)}
    named = {link: own for link in links if (own := parse_own_address(link)) and own.slug}
    documents = find_documents((own.kind, own.slug) for own in named.values()) if named else {}
    stored = {
        link: addresses.document_address(documents[own.kind, own.slug], own.block)
        for link, own in named.items()
        if (own.kind, own.slug) in documents
    }
    return tuple(_OWN.sub(lambda match: stored.get(match[0], match[0]), text) for text in texts) if stored else texts


def show_stored_addresses(*links: str) -> list[str]:
    """The same of single links."""
    quoted = show_html_addresses(*(f'href="{link}"' for link in links))
    return [text.removeprefix('href="').removesuffix('"') for text in quoted]


def show_compared_addresses(*texts: str) -> list[str]:
    """The same of texts as `diff.comparable_text` writes them, or of parts of these."""
    links = list(dict.fromkeys(match[1] for text in texts for match in _COMPARED.finditer(text)))
    shown = dict(zip(links, show_stored_addresses(*links), strict=True))
    return [_COMPARED.sub(lambda match: f"<{shown[match[1]]}>", text) for text in texts]


def _page_addresses(documents: Iterable[int]) -> dict[int, tuple[str, str]]:
    """{key: (path, slug)} of documents whose kind has pages."""
    rows = Document.objects.filter(pk__in=set(documents)).values_list("pk", "kind", "slug")
    return {pk: (path, slug) for pk, kind, slug in rows if (path := addresses.kind_path(kind))}


def _with_targets(node: Node, targets: Mapping[str, dict[str, Any]]) -> Node:
    """The block with other targets: {stored form of a link: what its runs hold instead}."""
    words = {
        name: value if isinstance(value, str) else inline.normalise([_with_target(run, targets) for run in value])
        for name, value in node.words.items()
    }
    return replace(node, words=words, children=tuple(_with_targets(child, targets) for child in node.children))


def _with_target(run: inline.Run, targets: Mapping[str, dict[str, Any]]) -> inline.Run:
    target = targets.get(inline.address(run))
    if target is None:
        return run
    return {key: value for key, value in run.items() if key not in ("link", "document", "block")} | target
