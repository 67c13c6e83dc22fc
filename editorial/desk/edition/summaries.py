"""What became of a block, in one line of words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from editorial.editions.kinds import Kind
from editorial.editions.labels import REGROUPED_LABELS, STATUS_LABELS, attr_label, isolate
from editorial.editions.tree.diff import Change
from editorial.reviews.attribute_values import FILES, AttributeValues


@dataclass(frozen=True, slots=True)
class Summaries:
    """Of the changes between two editions; blocks and documents are called by their names."""

    values: AttributeValues

    @classmethod
    def among(cls, kind: Kind, changes: Iterable[Change]) -> "Summaries":
        """The queries are those of `AttributeValues.among`."""
        return cls(AttributeValues.among(kind, changes))

    def of(self, change: Change) -> str:
        """For example "moved from “Risks”; changed; care level: none → Emergency"."""
        return "; ".join([*self._what(change), *self._attrs(change)])

    def _what(self, change: Change) -> Iterator[str]:
        if change.is_moved:
            heading = change.left.plain("heading") if change.left else ""
            yield (_("moved from “%(name)s”") % {"name": isolate(heading)} if heading else str(STATUS_LABELS["moved"]))
        if change.regrouped:
            yield str(REGROUPED_LABELS[change.regrouped])
        elif change.edited_cut:
            yield str(REGROUPED_LABELS[change.edited_cut.how])
            if change.status != "removed":  # else its words are marked where they went
                yield str(STATUS_LABELS["changed"])
        elif change.is_only_formatting:
            yield _("formatting only")
        elif change.status != "moved":
            yield str(STATUS_LABELS[change.status])
        if _is_other_only_in_form(change):
            yield _("no words changed")

    def _attrs(self, change: Change) -> Iterator[str]:
        has_other_picture = any(name == FILES for name, *_values in change.attrs)
        for name, before, after in change.attrs:
            if has_other_picture and name in ("width", "height"):
                continue  # which the picture is told with
            label = attr_label(self.values.kind, name)
            if change.status in ("added", "removed"):
                value = after if change.status == "added" else before
                yield _("%(name)s: %(value)s") % {"name": label, "value": isolate(self.values.name_value(name, value))}
            else:
                # In other words than those around them, so they keep their direction.
                was, now = map(isolate, self.values.name_both(name, before, after))
                yield _("%(name)s: %(before)s → %(after)s") % {"name": label, "before": was, "after": now}


def _is_other_only_in_form(change: Change) -> bool:
    """Whether a block of words moved, was cut otherwise or is formatted otherwise, and says the same."""
    if change.node.children or not change.parts:
        return False
    return bool(change.regrouped) or change.status == "moved" or change.is_only_formatting
