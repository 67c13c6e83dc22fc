"""Threads of remarks as an edition's page shows them: each at its block, wherever that stands now."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from editorial.editions.compiled_questions import DOCUMENT, LANGUAGE, has_rows
from editorial.editions.kinds import kind_named
from editorial.editions.labels import isolate
from editorial.editions.models import Document, Edition, SignOff
from editorial.editions.models.addresses import shown_addresses
from editorial.editions.section_names import block_place, find_section_ids, name_sections
from editorial.editions.tree.diff import comparable_text, strip_mark_signs
from editorial.editions.tree.nodes import Node, Tree

from .models import Act, Remark
from .remark_places import follow_remarks

OPENING, SETTLING = (Act.SAID, Act.REOPENED), (Act.RESOLVED, Act.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Thread:
    """A first remark and what followed.

    `node_id` is its block's id now, or the last that it had; "" of the page as a whole. `now` is what the block says
    now; None where it is gone. `place` is where that is in words, a section's heading mostly, and `section_id` the
    section's id; of a block that is gone, where it was, if that is still there. Both "" where neither is known.
    """

    first: Remark
    answers: tuple[Remark, ...]
    node_id: str
    now: str | None
    section_id: str = ""
    place: str = ""

    @property
    def entries(self) -> tuple[Remark, ...]:
        return (self.first, *self.answers)

    @property
    def last_turn(self) -> Remark:
        """The entry that opened it, reopened it or settled it last."""
        turns = [answer for answer in self.answers if answer.act == Act.REOPENED or answer.act in SETTLING]
        return turns[-1] if turns else self.first

    @property
    def is_open(self) -> bool:
        return self.last_turn.act in OPENING

    @property
    def opening(self) -> Remark:
        """The entry that opened it, or reopened it last: nobody but who made that resolves it."""
        return [self.first, *(answer for answer in self.answers if answer.act == Act.REOPENED)][-1]

    @property
    def is_called_done(self) -> bool:
        """Whether it is open, and somebody answered since it was opened that what it asks for is done."""
        since = self.entries[self.entries.index(self.last_turn) :]
        return self.is_open and any(entry.act == Act.DONE for entry in since)

    @property
    def is_gone(self) -> bool:
        return bool(self.node_id) and self.now is None

    @property
    def has_changed(self) -> bool:
        return self.now is not None and self.now != self.first.quote


def block_text(node: Node) -> str:
    """All words of a block with their links; in one order, which a tree made just now does not have."""
    shown = shown_addresses(Node(node.type, node.id, words=node.words))
    texts = (strip_mark_signs(comparable_text(words, shown)) for _name, words in sorted(node.words.items()))
    return "\n".join(filter(None, texts))


def load_threads(edition: Edition) -> list[Thread]:
    """Every thread about this page in this language that began on this edition or one before it, oldest first.

    Two queries, and three more where a block that was remarked on is gone. Raises CorruptEdition.
    """
    page = {"document": edition.document_id, "language": edition.language}
    threads = _unfollowed(edition.tree, Remark.objects.filter(**page, edition__number__lte=edition.number))
    places = _followed(threads, Edition.objects.filter(**page, number__lte=edition.number), edition.tree)
    return [places.get(thread.first.pk, thread) for thread in threads]


def open_threads(document: Document | int, language: str, tree: Tree | None) -> list[Thread]:
    """Open threads about a page in one language, on whichever edition they began; placed in `tree`. One query where
    there are no remarks, else one more than `load_threads`.
    """
    if not has_rows(_ask_remark, document=getattr(document, "pk", document), language=language):
        return []
    page = {"document": document, "language": language}
    threads = [thread for thread in _unfollowed(tree, Remark.objects.filter(**page)) if thread.is_open]
    places = _followed(threads, Edition.objects.filter(**page), tree)
    return [places.get(thread.first.pk, thread) for thread in threads]


def find_set_aside(edition: Edition) -> list[Thread]:
    """Threads about this page that were set aside since it was last signed in this language; their places are not
    looked up. One query where none ever was, else four.
    """
    if not has_rows(_ask_set_aside, document=edition.document_id, language=edition.language):
        return []
    page = {"document": edition.document_id, "language": edition.language}
    last = SignOff.objects.filter(**page).order_by("-sequence").values_list("recorded_at", flat=True).first()
    turns = Remark.objects.filter(**page, act=Act.SET_ASIDE, **({"made_at__gt": last} if last else {}))
    threads = _unfollowed(None, Remark.objects.filter(pk__in=turns.values("thread")))
    return [thread for thread in threads if thread.last_turn.act == Act.SET_ASIDE]


def _ask_remark() -> QuerySet[Remark, Any]:
    return Remark.objects.filter(document=DOCUMENT, language=LANGUAGE).order_by().values_list("pk")[:1]


def _ask_set_aside() -> QuerySet[Remark, Any]:
    remarks = Remark.objects.filter(document=DOCUMENT, language=LANGUAGE, act=Act.SET_ASIDE)
    return remarks.order_by().values_list("pk")[:1]


def _unfollowed(tree: Tree | None, remarks: QuerySet[Remark]) -> list[Thread]:
    """Threads that began with one of these remarks, by the ids of their blocks alone."""
    blocks = {node.id: node for node in tree.walk()} if tree else {}
    began = remarks.filter(thread__isnull=True)
    firsts = list(began.select_related("edition").defer("edition__content"))
    places = find_places(tree) if tree and firsts else {}
    answers: dict[int | None, list[Remark]] = {}  # by the key of the thread's first remark
    for answer in Remark.objects.filter(thread__in=[first.pk for first in firsts]).order_by("pk"):
        answers.setdefault(answer.thread_id, []).append(answer)
    return [
        Thread(
            first,
            tuple(answers.get(first.pk, ())),
            first.node_id,
            block_text(blocks[first.node_id]) if first.node_id in blocks else None,
            *places.get(first.node_id, ("", "")),
        )
        for first in firsts
    ]


def find_places(tree: Tree) -> dict[str, tuple[str, str]]:
    """{id of a block: (id of the innermost section that it stands in, what its place is called)}.

    A block that stands in no section, such as a title, has its own id, and is called what it is.
    """
    kind = kind_named(tree.kind)
    names, sections = name_sections(kind, tree), find_section_ids(tree)
    return {node.id: (sections[node.id], isolate(block_place(kind, node, names))) for node in tree.walk()}


def _followed(threads: list[Thread], editions: QuerySet[Edition], tree: Tree | None) -> dict[int, Thread]:
    """{key of its first remark: the thread where its block stands in `tree`, of those whose block is gone by its id.

    `editions` are those that it may have stood in. What its own edition lacks already is gone from there.
    """
    gone = [thread.first for thread in threads if thread.is_gone]
    if not gone or not tree:
        return {}
    current = find_places(tree)
    by_edition: dict[int, dict[str, tuple[str, str]]] = {}
    by_key = {thread.first.pk: thread for thread in threads}
    followed = {}
    for key, found in follow_remarks(gone, editions, tree).items():
        now, block = (block_text(found.block) if found.is_there else None), found.block
        if found.is_there:
            section_id, place = current[block.id]
        else:
            if found.seen_in.pk not in by_edition:
                by_edition[found.seen_in.pk] = find_places(found.seen_in.tree)
            section_id, place = by_edition[found.seen_in.pk][block.id]
            # The section that it stood in may be there, under another heading.
            section_id, place = current.get(section_id, ("", place))
        followed[key] = replace(by_key[key], node_id=block.id, now=now, section_id=section_id, place=place)
    return followed


def group_by_block(threads: Iterable[Thread], shown: Collection[str]) -> dict[str, list[Thread]]:
    """{id of a block: its threads} for the blocks that are `shown`; those of one that is not are at its section. Those
    about the page as a whole, and others that are nowhere on it, under "".
    """
    blocks: dict[str, list[Thread]] = {}
    for thread in threads:
        places = (thread.node_id, thread.section_id)
        blocks.setdefault(next((key for key in places if key in shown), ""), []).append(thread)
    return blocks
