"""What became of a block, in one line of words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from editorial.editions.kinds import Kind
from editorial.editions.labels import REGROUPED_LABELS, STATUS_LABELS, attr_label, isolate
from editorial.editions.tree.diff import Change
from editorial.reviews.attribute_values import AttributeValues


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
            yield str(STATUS_LABELS["changed"])
        elif change.is_only_formatting:
            yield _("formatting only")
        elif change.status != "moved":
            yield str(STATUS_LABELS[change.status])
        if _is_other_only_in_form(change):
            yield _("no words changed")

    def _attrs(self, change: Change) -> Iterator[str]:
        for name, before, after in change.attrs:
            label = attr_label(self.values.kind, name)
            if change.status in ("added", "removed"):
                value = after if change.status == "added" else before
                yield _("%(name)s: %(value)s") % {"name": label, "value": self._value(name, value)}
            else:
                yield _("%(name)s: %(before)s → %(after)s") % {
                    "name": label,
                    "before": self._value(name, before),
                    "after": self._value(name, after),
                }

    def _value(self, name: str, value: Any) -> str:
        """In other words than those around it, so it keeps its direction."""
        return isolate(self.values.name_value(name, value))


def _is_other_only_in_form(change: Change) -> bool:
    """Whether a block of words moved, was cut otherwise or is formatted otherwise, and says the same."""
    if change.node.children or not change.parts:
        return False
    return bool(change.regrouped) or change.status == "moved" or change.is_only_formatting
