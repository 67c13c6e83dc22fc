"""What blocks and changes are called on the desk."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from editorial.editions.kinds import Kind
from editorial.editions.tree.diff import Change
from editorial.editions.tree.nodes import Node

# Those of every kind; a kind names its own in `block_labels`. A type without a name is called by its type.
BLOCKS = {
    "paragraph": gettext_lazy("Paragraph"),
    "subheading": gettext_lazy("Subheading"),
    "list": gettext_lazy("List"),
    "item": gettext_lazy("List item"),
    "reference": gettext_lazy("Reference"),
    "figure": gettext_lazy("Figure"),
    "piece": gettext_lazy("Piece of another page"),
}
STATUSES = {
    "same": pgettext_lazy("change", "unchanged"),
    "changed": pgettext_lazy("change", "changed"),
    "added": pgettext_lazy("change", "added"),
    "removed": pgettext_lazy("change", "removed"),
    "moved": pgettext_lazy("change", "moved"),
}


def isolated(words: str) -> str:
    """Words that may run in another direction than those around them, in text and in a subject."""
    return f"\N{FIRST STRONG ISOLATE}{' '.join(words.split())}\N{POP DIRECTIONAL ISOLATE}"


def block_label(kind: Kind, node: Node) -> str:
    return str({**BLOCKS, **kind.block_labels}.get(node.type, node.type))


def value_label(kind: Kind, name: str, value) -> str:
    """An attribute's value as people know it; a list or the like, such as a figure's files, only as something."""
    if value and isinstance(value, list | dict):
        return "…"
    return str(kind.value_labels.get(name, {}).get(value) or value or "∅")


def change_summary(kind: Kind, change: Change) -> str:
    """The change in words, with attributes that changed: "changed; care: ∅ → Emergency"."""
    attrs = [
        _("%(name)s: %(before)s → %(after)s")
        % {"name": name, "before": value_label(kind, name, before), "after": value_label(kind, name, after)}
        for name, before, after in change.attrs
    ]
    return "; ".join([str(STATUSES[change.status]), *attrs])
