"""Where the links of live pages lead: to what readers can open, nowhere, or away from this site. No request leaves.

What leads nowhere is asked from rows that were kept when editions were frozen. Only the command, which also lists
what leads away, reads the pages themselves.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from editorial.editions.kinds import kind_at
from editorial.editions.models import LEADING, CorruptEdition, Dependency, Document, DraftLink, Edition, Release
from editorial.editions.models.addresses import find_documents
from editorial.editions.tree.addresses import parse_own_address
from editorial.editions.tree.links import find_links
from editorial.editions.tree.nodes import Node, Tree, UnreadableTree

LivePages = set[tuple[int, str]]  # (document's key, language)


def find_linking_editions(document: Document, before: int | None, most: int) -> list[int]:
    """Keys of at most so many editions that lead to a document or show a part of it, whatever became of them.

    The newest first, all with a smaller key than `before`. An index has them in this order.
    """
    leading = Dependency.objects.filter(document=document, how__in=LEADING)
    if before is not None:
        leading = leading.filter(edition_id__lt=before)
    return list(leading.order_by("-edition_id").values_list("edition_id", flat=True).distinct()[:most])


def find_incoming(document: Document, keys: Collection[int], at: datetime, is_waiting: Exists) -> QuerySet[Edition]:
    """Of these editions that lead to a document, those of other pages that are live, will be, or wait.

    The newest first, without content. `is_open` says whether they are live or will be; `is_waiting` asks for the key of
    an edition (`OuterRef("pk")`) whether it waits.
    """
    editions = _open_or_waiting(at, is_waiting).filter(pk__in=keys).exclude(document=document)
    return editions.defer("content").order_by("-pk")


def find_linking_drafts(document: Document, before: int | None, most: int) -> list[int]:
    """Keys of at most so many links of drafts to a document: the same of drafts."""
    leading = DraftLink.objects.filter(target=document)
    if before is not None:
        leading = leading.filter(pk__lt=before)
    return list(leading.order_by("-pk").values_list("pk", flat=True)[:most])


def find_incoming_drafts(
    document: Document, keys: Collection[int], at: datetime, is_waiting: Exists
) -> QuerySet[DraftLink]:
    """Of these links, those of drafts of other pages of which no edition in the same language is in `find_incoming`."""
    leading = Dependency.objects.filter(document=document, edition=OuterRef("pk"), how__in=LEADING)
    shown = _open_or_waiting(at, is_waiting).filter(Exists(leading))
    shown = shown.filter(document=OuterRef("document"), language=OuterRef("language"))
    drafts = DraftLink.objects.filter(~Exists(shown), pk__in=keys, document__is_discarded=False)
    return drafts.exclude(document=document).select_related("document").order_by("-pk")


def _open_or_waiting(at: datetime, is_waiting: Exists) -> QuerySet[Edition]:
    is_open = Exists(Release.objects.open_after(at).filter(edition=OuterRef("pk")))
    return Edition.objects.annotate(is_open=is_open).filter(Q(is_open=True) | is_waiting)


def find_dead_ends(at: datetime) -> QuerySet[Dependency]:
    """What live editions lead to or show and readers cannot open: it is live neither in the edition's language nor in
    the source language.
    """
    live = Release.objects.live(at)
    in_source = live.filter(document=OuterRef("pk"), language=settings.SOURCE_LANGUAGE)
    has_dependents = Exists(Dependency.objects.filter(document=OuterRef("pk"), how__in=LEADING))
    hidden = Document.objects.filter(~Exists(in_source), has_dependents).values("pk")
    return (
        Dependency.objects.filter(
            Exists(live.filter(edition=OuterRef("edition"))),
            ~Exists(live.filter(document=OuterRef("document"), language=OuterRef("edition__language"))),
            document__in=hidden,
            how__in=LEADING,
        )
        .exclude(document=F("edition__document"))
        .select_related("edition__document", "document")
        .defer("edition__content")
        .order_by("edition__title", "edition__language", "pk")
    )


@dataclass(slots=True)
class LinkReport:
    """What `read_links` found. `dead` are (edition, link), `foreign` addresses on other sites."""

    dead: list[tuple[Edition, str]] = field(default_factory=list)
    foreign: set[str] = field(default_factory=set)
    unreadable: list[Edition] = field(default_factory=list)  # not what was signed, so readers do not see them


def read_links(at: datetime) -> LinkReport:
    """The links of every live page, one page after the other."""
    live: LivePages = set(Release.objects.live(at).values_list("document", "language"))
    report = LinkReport()
    editions = Edition.objects.filter(Exists(Release.objects.live(at).filter(edition=OuterRef("pk"))))
    for edition in editions.select_related("document").order_by("pk").iterator(chunk_size=100):
        try:
            tree = edition.tree
        except (CorruptEdition, UnreadableTree):
            report.unreadable.append(edition)
            continue
        for link, run in find_links(tree.root).items():
            if "link" in run and parse_own_address(link) is None:
                report.foreign.add(link)
            elif not _can_be_opened(link, tree, live):
                report.dead.append((edition, link))
        report.foreign.update(_source_links(tree.root))
    report.foreign = {link for link in report.foreign if link.lower().startswith(("https://", "http://"))}
    return report


def _can_be_opened(link: str, tree: Tree, live: LivePages) -> bool:
    """Whether a link within the site leads somewhere. In old editions it may be an address, in any spelling."""
    own = parse_own_address(link)
    assert own is not None  # noqa: S101 (a link within the site)
    if own.list_path:
        return own.list_path == "/" or kind_at(own.list_path.strip("/")) is not None
    document = own.document or find_documents([(own.kind, own.slug)]).get((own.kind, own.slug), 0)
    if document:
        return any((document, language) in live for language in (tree.language, settings.SOURCE_LANGUAGE))
    return bool(own.block) and not own.slug and any(node.id == own.block for node in tree.walk())


def _source_links(root: Node) -> Iterator[str]:
    """Where references and licenses lead."""
    for node in root.walk():
        yield from (str(node.attrs[name]) for name in ("url", "licence_url") if node.attrs.get(name))
        if doi := node.attrs.get("doi"):
            yield f"https://doi.org/{doi}"
