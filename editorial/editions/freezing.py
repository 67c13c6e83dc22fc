"""From working copy to frozen tree: the source's from its rows, a translation's from the signed source edition."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone
from django.utils.translation import gettext as _

from .keywords import KeywordReader, record_keywords
from .kinds import all_kinds, kind_at, kind_named, kind_of
from .known_names import KnownNames
from .models import (
    Contribution,
    CorruptEdition,
    Dependency,
    Document,
    Edition,
    Release,
    Reliance,
    ShownPiece,
    UnitState,
)
from .models.addresses import show_stored_addresses, shown_addresses, with_addresses
from .models.stored_contents import is_worth_a_base
from .tree import inline
from .tree.addresses import OwnAddress, page_address, parse_own_address
from .tree.links import find_linked_documents, find_own_links, find_pieces, find_shown_pieces
from .tree.nodes import Node, Tree, UnreadableTree, digest_of, to_bytes
from .tree.units import Place, Unit, find_units, translate_tree
from .working_copy import WorkingCopy

Words = Mapping[Place, str | inline.Runs]


@dataclass(frozen=True)
class Candidate:
    """What would be frozen now, and what stands in the way."""

    tree: Tree | None
    source_edition: Edition | None
    blockers: list[str]
    dead_links: Mapping[str, str] | None = None  # of the tree, where they were looked for: see `dead_links`
    unchecked: Mapping[Place, str] = field(default_factory=dict)  # of a translation: see `why_unchecked`

    @cached_property
    def content(self) -> bytes:
        """The canonical bytes. Raises ValueError where there is no tree."""
        if self.tree is None:
            raise ValueError("There is nothing to freeze.")
        return to_bytes(self.tree)

    @cached_property
    def digest(self) -> str:
        return digest_of(self.content)

    def is_frozen_in(self, edition: Edition) -> bool:
        """Whether an edition holds exactly this, also where its bytes are of an older version."""
        if edition.content_digest == self.digest:
            return True
        try:
            return edition.tree == self.tree
        except (CorruptEdition, UnreadableTree):
            return False


def build_candidate(document: Document, language: str, copy: WorkingCopy | None = None) -> Candidate:
    """The tree that submitting would freeze. Reads only this language's words.

    `copy` is the working copy as it is saved, where it was read already.
    """
    kind = kind_of(document)
    copy = copy or kind.read_copy(document)
    if language == settings.SOURCE_LANGUAGE:
        return build_source_candidate(copy)
    source = find_signed_source(document)
    if source is None:
        blocker = _("The source page has no live edition yet. You can translate it once it has one.")
        return Candidate(None, None, [blocker])
    return build_translation_candidate(document, language, source, kind.words(copy, language))


def build_source_candidate(copy: WorkingCopy) -> Candidate:
    """The same of a working copy in the source language, which may not be saved."""
    tree, blockers = kind_of(copy.document).build(copy)
    documents = {row.pk: row for row in copy.shared_rows(Document, find_used_documents(tree))}
    dead = dead_links(tree, documents)
    return Candidate(tree, None, [*blockers, *dead.values(), *_piece_blockers(tree, documents)], dead)


def build_translation_candidate(
    document: Document, language: str, source: Edition, words: Words, checked: Mapping[Place, str] | None = None
) -> Candidate:
    """The same of a translation in these words, which may not be saved.

    `checked` are units that would count as checked if they were: {place: digest of the source words}.
    """
    tree = translate_tree(source.tree, words, language)
    unchecked = why_unchecked(document, language, source, words, checked)
    documents = Document.objects.in_bulk(find_used_documents(tree))
    dead = dead_links(tree, documents)
    blockers = [*_translation_blockers(source, tree, unchecked), *dead.values(), *_piece_blockers(tree, documents)]
    return Candidate(tree, source, blockers, dead, unchecked)


def find_signed_source(document: Document) -> Edition | None:
    """The live edition in the source language: what translators work from."""
    release = (
        Release.objects.live(timezone.now())
        .filter(document=document, language=settings.SOURCE_LANGUAGE)
        .select_related("edition")
        .order_by("-number")
        .first()
    )
    return release.edition if release else None


def find_unchecked_units(document: Document, language: str, source: Edition) -> list[Unit]:
    """The source's units that are not known to be translated as they are now, whether they have words or not."""
    words = kind_of(document).words(kind_of(document).read_copy(document), language)
    unchecked = why_unchecked(document, language, source, words)
    return [unit for unit in find_units(source.tree) if unit.place in unchecked]


SOURCE_CHANGED, WORDS_CHANGED, NEEDS_WORK = "source", "words", "work"


def why_unchecked(
    document: Document, language: str, source: Edition, words: Words, checked: Mapping[Place, str] | None = None
) -> dict[Place, str]:
    """{place: why its words may not be signed as they are}, in the order of the source.

    Nobody checked them against these source words; or they were changed by another way than a translator's since
    somebody did; or somebody said that they need work. `words` are those of the working copy. `checked` as in
    `build_translation_candidate`.
    """
    states = {
        (state.node_id, state.word): state
        for state in UnitState.objects.filter(document=document, language=language).defer("suggestion")
    }
    checked = checked or {}
    digests = {place: state.source_digest for place, state in states.items()} | dict(checked)
    stale = {unit.place for unit in _find_stale_units(source, digests)}
    reasons = {}
    for unit in find_units(source.tree):
        state = states.get(unit.place) if unit.place not in checked else None
        if unit.place in stale:
            reasons[unit.place] = SOURCE_CHANGED
        elif state and state.needs_work:
            reasons[unit.place] = NEEDS_WORK
        elif state and not state.is_of(words.get(unit.place, "")):
            reasons[unit.place] = WORDS_CHANGED
    return reasons


def _find_stale_units(source: Edition, digests: Mapping[Place, str]) -> list[Unit]:
    """Those that were not checked against the words which they have: {place: digest of those that were}."""
    stale = [unit for unit in find_units(source.tree) if not unit.is_of(digests.get(unit.place))]
    if not stale:
        return []
    # Words that were checked when links held addresses, and still do but for that, are those that were checked.
    shown = shown_addresses(source.tree.root)
    return [
        unit
        for unit in stale
        if not replace(unit, source=with_addresses(unit.source, shown)).is_of(digests.get(unit.place))
    ]


def find_dependencies(tree: Tree) -> set[tuple[int, str]]:
    """{(document's key, how)} of what the tree shows, leads to or repeats: pieces, what its words lead to, and what its
    kind says.
    """
    dependencies = {(node.attrs["document"], Reliance.EMBEDS.value) for node in find_pieces(tree.root)}
    dependencies |= {(key, Reliance.ASSERTS.value) for key in kind_named(tree.kind).rests_on(tree.root)}
    for document in Document.objects.in_bulk(find_linked_documents(tree.root)).values():
        how = Reliance.EMBEDS if kind_of(document).embedding.opens_in_place else Reliance.CITES
        dependencies.add((document.pk, how.value))
    return dependencies


def record_dependencies(edition: Edition, tree: Tree) -> None:
    """Keep what an edition rests on, and which pieces of it, when it was just frozen from this tree.

    What its words name without a link is told apart: it may rest on that; and on what its keywords stand for.
    """
    dependencies, names = find_dependencies(tree), KnownNames()
    named = names.documents_in(tree) - {key for key, _how in dependencies}
    dependencies |= {(key, Reliance.NAMES.value) for key in named}
    rows = Dependency.objects.bulk_create(
        Dependency(edition=edition, document_id=key, how=how)
        for key, how in sorted(dependencies)
        if key != edition.document_id  # a link to a part of the same page
    )
    pieces = find_shown_pieces(tree.root)
    ShownPiece.objects.bulk_create(
        ShownPiece(dependency=row, piece=piece)
        for row in rows
        if row.how == Reliance.EMBEDS
        for piece in sorted(pieces[row.document_id])
    )
    record_keywords({edition.pk: KeywordReader(names).find(tree)})


def dead_links(tree: Tree, documents: Mapping[int, Document] | None = None) -> dict[str, str]:
    """{link: what is wrong and where, in words} of the links within the site that lead nowhere.

    They lead to no page of the site, or to no part of this page. `documents` are those that there are of all that the
    tree links to, by key, where they were read already.
    """
    if documents is None:
        documents = Document.objects.in_bulk(find_linked_documents(tree.root))
    pages = {pk for pk, document in documents.items() if _has_page(document)}
    blocks = {node.id for node in tree.walk()}
    dead: dict[str, str] = {}
    for node in tree.walk():
        for link, run in find_own_links(node).items():
            if "document" in run:
                is_dead, shown = run["document"] not in pages, _shown_address(link, run, documents)
            elif "block" in run:
                is_dead, shown = run["block"] not in blocks, link
            else:
                own = parse_own_address(link)
                is_dead, shown = own is not None and not _is_list(own), link
            if is_dead and link not in dead:
                dead[link] = _dead_message(link, run) % {
                    "link": shown, "text": _shortened(_node_text(node, run)), "kinds": _linkable_kinds(),
                }  # fmt: skip
    return dead


def _has_page(document: Document) -> bool:
    """Whether links can lead to it."""
    return not document.is_discarded and kind_of(document).has_page(document)


def _dead_message(link: str, run: inline.Run) -> str:
    if "block" in run and "document" not in run:
        return _("The link %(link)s leads to no part of this page: “%(text)s”")
    if "document" not in run and parse_own_address(link) == OwnAddress():
        return _(
            "The link %(link)s does not lead to one of the pages that can be linked to: “%(text)s” Within this site "
            "these are: %(kinds)s. For a picture, choose it as the figure of a section."
        )
    return _("The link %(link)s leads to no page of this site: “%(text)s”")


def _linkable_kinds() -> str:
    """The kinds whose pages people look for, as they are called."""
    return ", ".join(str(kind.label_plural) for kind in all_kinds() if kind.path and kind.listing.is_in_menu)


def _node_text(node: Node, run: inline.Run) -> str:
    """The words around a link."""
    return next((inline.plain(words) for words in node.words.values() if run in words), "")


def _shown_address(link: str, run: inline.Run, documents: Mapping[int, Document]) -> str:
    """The link as people know it."""
    document = documents.get(run["document"])
    return page_address(kind_of(document).path, document.slug, run.get("block", "")) if document else link


def _is_list(own: OwnAddress) -> bool:
    if own.list_path == "/":
        return True
    kind = kind_at(own.list_path.strip("/"))
    return kind is not None and kind.listing.is_in_menu


def find_used_documents(tree: Tree) -> set[int]:
    """Keys of the documents that its words lead to, and of those of which it shows pieces."""
    return find_linked_documents(tree.root) | {node.attrs["document"] for node in find_pieces(tree.root)}


def _piece_blockers(tree: Tree, documents: Mapping[int, Document]) -> Iterator[str]:
    """Pieces that their document does not have."""
    for node in find_pieces(tree.root):
        document = documents.get(node.attrs["document"])
        pieces = {} if document is None or document.is_discarded else kind_of(document).embedding.pieces
        if node.attrs["piece"] not in pieces:
            yield _("A piece on this page is no longer available. Choose another.")


def _translation_blockers(source: Edition, tree: Tree, unchecked: Mapping[Place, str]) -> Iterator[str]:
    """`unchecked` are the places whose words may not be signed as they are, and why."""
    target = {unit.place: unit for unit in find_units(tree)}
    for unit in find_units(source.tree):
        start = _shortened(inline.plain(unit.source))
        if unit.place not in target:
            yield _("Not translated yet: “%(text)s”") % {"text": start}
        elif inline.cites(unit.source) != inline.cites(target[unit.place].source):
            yield _("The citations differ from the source: “%(text)s”") % {"text": start}
        elif inline.facts(unit.source) != inline.facts(target[unit.place].source):
            yield _(
                "What is asserted here differs from the source. Copy its marks, which begin with [=: “%(text)s”"
            ) % {"text": start}
        elif strangers := inline.targets(target[unit.place].source) - inline.targets(unit.source):
            yield _("A link goes to %(host)s, which the source doesn't link to: “%(text)s”") % {
                "host": ", ".join(show_stored_addresses(*sorted(strangers))),
                "text": start,
            }
        elif reason := unchecked.get(unit.place):
            yield _unchecked_message(reason) % {"text": start}


def _unchecked_message(reason: str) -> str:
    if reason == NEEDS_WORK:
        return _("Marked as needing work: “%(text)s”")
    if reason == WORDS_CHANGED:
        return _("The translation was changed after a translator last checked it: “%(text)s”")
    return _("Changed in the source since it was translated: “%(text)s”")


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def choose_content_base(content: bytes, newest: Edition | None) -> Edition | None:
    """What to pack a content against: the newest edition before it in its language, or what that one's own rests on.

    None where it had better stand by itself: nothing came before, or little is saved, or what came before is corrupt.
    """
    if newest is None:
        return None
    base = newest.content_base or newest
    its_content = bytes(base.content or b"")
    if digest_of(its_content) != base.content_digest:
        return None
    return base if is_worth_a_base(content, its_content, base._state.db or DEFAULT_DB_ALIAS) else None


def last_contribution_id(document: Document, language: str) -> int:
    """Key of the newest contribution, 0 when there is none."""
    newest = Contribution.objects.filter(document=document, language=language).order_by("-pk").first()
    return newest.pk if newest else 0


def is_frozen(document: Document) -> bool:
    """Whether nothing was written in the source language since it was last submitted."""
    language = settings.SOURCE_LANGUAGE
    newest = Edition.objects.filter(document=document, language=language).defer("content").order_by("-number").first()
    return newest is not None and newest.last_contribution == last_contribution_id(document, language)
