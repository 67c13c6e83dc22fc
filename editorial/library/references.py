"""References as a tree holds them: those that its words cite, copied, in the order of their first citation.

That order numbers them on the page. A kind that cites is a CitingKind, and calls `append_references` at the end
of `build`.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from django.db import models
from django.db.models import Case, Value, When
from django.db.models.functions import Abs, Length
from django.utils.translation import gettext as _

from editorial.editions.fields import Slot
from editorial.editions.kinds import Kind
from editorial.editions.tree import inline
from editorial.editions.tree.addresses import is_safe_link
from editorial.editions.tree.nodes import Node
from editorial.editions.working_copy import WorkingCopy

from .models import Reference

LONGEST_KEY = 40  # characters
MOST_CANDIDATES = 200  # keys that are compared letter by letter
MOST_PARTS = 5  # keys in one pair of brackets


def cited_keys(root: Node, more: Iterable[str] = ()) -> list[str]:
    """Keys in the order of their first citation, then those of `more` that no words cite."""
    keys = [key for node in root.walk() for words in node.words.values() for key in inline.cites(words)]
    return list(dict.fromkeys([*keys, *more]))


def append_references(root: Node, copy: WorkingCopy, first: Iterable[str] = ()) -> tuple[Node, list[str]]:
    """(the root, built of this copy, with its references as the last child, what is wrong in the editor's words).

    `first` are keys that come before those of the words: where a page does not show its words in the tree's order, or
    rests on sources without citing them in words.
    """
    keys = list(dict.fromkeys([*first, *cited_keys(root)]))
    references_by_key = {reference.key: reference for reference in copy.shared_rows(Reference, keys, "key")}
    listed = tuple(_node(references_by_key[key]) for key in keys if key in references_by_key)
    references = Node("references", "references", children=listed)
    whole = Node(root.type, root.id, root.attrs, root.words, (*root.children, references))
    return whole, list(_blockers(root, listed, set(keys) - references_by_key.keys()))


def _node(reference: Reference) -> Node:
    attrs = {name: getattr(reference, name) for name in ("key", "title", "source", "doi", "pmid", "url")}
    attrs["accessed"] = reference.accessed_on.isoformat()
    return Node("reference", f"ref-{reference.key}", attrs | _label(reference))


def _label(reference: Reference) -> dict[str, Any]:
    """What is given of a drug label. Sources that are none have nothing of it, as before."""
    day = reference.label_date
    label = {
        "set_id": reference.set_id, "label_version": reference.label_version,
        "label_date": day.isoformat() if day else "",
    }  # fmt: skip
    return {name: value for name, value in label.items() if value not in ("", None)}


def _blockers(root: Node, listed: Iterable[Node], unknown: set[str]) -> Iterator[str]:
    for node in root.walk():
        for words in node.words.values():
            if isinstance(words, str) and inline.cites(inline.from_text(words)):
                yield _("Titles and other plain lines hold no citations: “%(text)s”") % {"text": words}
    for node in listed:
        if node.attrs["url"] and not is_safe_link(node.attrs["url"]):
            yield _("The web address of [@%(key)s] is not valid.") % {"key": node.attrs["key"]}
    for key in sorted(unknown):
        if meant := nearest_citations(f"[@{key}]"):
            yield _("The text cites [@%(key)s], but there is no such reference. Did you mean %(meant)s?") % {
                "key": key, "meant": meant,
            }  # fmt: skip
        else:
            yield _("The text cites [@%(key)s], but there is no such reference.") % {"key": key}


def nearest_citations(typed: str) -> str:
    """The citations that something which begins with "[@" may be meant as, such as "[@a][@b]"; "" for none.

    Keys are compared whatever the capitals, and whichever signs stand for their hyphens. At most MOST_PARTS queries, of
    at most MOST_CANDIDATES keys each, however many references there are.
    """
    parts = [part for part in re.split(r"[;,\s@]+", typed.strip("[]").casefold()) if part]
    found = [near for part in parts[:MOST_PARTS] for near in _nearest_key(re.sub(r"[^a-z0-9]+", "-", part).strip("-"))]
    return "".join(f"[@{key}]" for key in dict.fromkeys(found)) if len(found) == len(parts) else ""


def _nearest_key(part: str) -> list[str]:
    """The one key that is most like this, or none.

    The database gives those that share most pairs of letters with it, which no slip of the pen changes all.
    """
    part = part[:LONGEST_KEY]
    pairs = {part[start : start + 2] for start in range(len(part) - 1)} or {part}
    shared = sum((Case(When(key__contains=pair, then=1), default=0) for pair in sorted(pairs)), Value(0))
    rows = Reference.objects.annotate(shared=shared).filter(shared__gt=0)
    rows = rows.order_by("-shared", Abs(Length("key") - len(part)), "key")
    keys = rows.values_list("key", flat=True)[:MOST_CANDIDATES] if part else []
    return get_close_matches(part, keys, n=1, cutoff=0.6)


def references_in(root: Node) -> list[Node]:
    """The references that a tree holds, in the order that numbers them."""
    return [node for node in root.walk() if node.type == "reference"]


def cited_reference_rows(root: Node) -> Iterator[tuple[str, Reference]]:
    """(node id, row) of the references that a tree holds: their history tells who made what is new on a page."""
    keys = [node.attrs["key"] for node in references_in(root)]
    for reference in Reference.objects.filter(key__in=keys):
        yield f"ref-{reference.key}", reference


def cited_and_other_references(root: Node, limit: int = 300) -> tuple[list[Reference], list[Reference]]:
    """(references that the tree holds, in their order; at most so many of the others), for who writes the text."""
    keys = [node.attrs["key"] for node in references_in(root)]
    references_by_key = {reference.key: reference for reference in Reference.objects.filter(key__in=keys)}
    cited = [references_by_key[key] for key in keys if key in references_by_key]
    return cited, list(Reference.objects.exclude(key__in=keys)[:limit])


class CitingKind(Kind):
    """A kind whose words cite references."""

    def parts(self, slots: Iterable[Slot], root: Node) -> Iterator[tuple[str, models.Model]]:
        yield from super().parts(slots, root)
        yield from cited_reference_rows(root)

    def context(self, root: Node, at: datetime) -> dict[str, Any]:
        return {"references": references_in(root)}
