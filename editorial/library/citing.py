"""References as a tree holds them: those that its words cite, copied, in the order of their first citation.

That order numbers them on the page. Kinds call `with_references` at the end of `build`, `reference_parts` in `parts`.
"""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from editorial.editions.tree import inline
from editorial.editions.tree.nodes import Node

from .models import Reference


def cited_keys(root: Node, more: Iterable[str] = ()) -> list[str]:
    """Keys in the order of their first citation, then those of `more` that no words cite."""
    found = [key for node in root.walk() for words in node.words.values() for key in inline.cites(words)]
    return list(dict.fromkeys([*found, *more]))


def with_references(root: Node, more: Iterable[str] = ()) -> tuple[Node, list[str]]:
    """(the root with its references as the last child, what is wrong in the editor's words).

    `more` are keys that the page rests on without citing them in words, such as the sources of events.
    """
    keys = cited_keys(root, more)
    known = {each.key: each for each in Reference.objects.filter(key__in=keys)}
    listed = tuple(_node(known[key]) for key in keys if key in known)
    references = Node("references", "references", children=listed)
    blockers = [
        _("The text cites [@%(key)s], but there is no such reference.") % {"key": key}
        for key in sorted(set(keys) - known.keys())
    ]
    return Node(root.type, root.id, root.attrs, root.words, (*root.children, references)), blockers


def _node(reference: Reference) -> Node:
    attrs = {name: getattr(reference, name) for name in ("key", "title", "source", "doi", "pmid", "url")}
    return Node("reference", f"ref-{reference.key}", attrs | {"accessed": reference.accessed_on.isoformat()})


def reference_parts(keys: Iterable[str]) -> Iterator[tuple[str, Reference]]:
    """(node id, row) of references: their history tells who made what is new on a page."""
    for reference in Reference.objects.filter(key__in=list(keys)):
        yield f"ref-{reference.key}", reference
