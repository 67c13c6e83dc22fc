"""What an author says of a change: whether it is a minor one, and the note that tells readers what is new."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from editorial.checks.critical_words import Sort
from editorial.editions.kinds import Kind, kind_of
from editorial.editions.known_names import find_known_names
from editorial.editions.labels import isolate
from editorial.editions.models import Document, Edition
from editorial.editions.section_names import block_place, name_sections
from editorial.editions.tree.diff import Change
from editorial.editions.tree.nodes import MINOR, NOTE, Tree

from .attribute_values import AttributeValues
from .critical_changes import CriticalChange, find_care_moves, find_critical_changes, is_only_typography
from .highlights import highlighted_word
from .subjects import is_critical_change

NAMED = 3  # changes that a refusal names


def is_noticeable(changes: Iterable[Change]) -> bool:
    """Whether readers can notice any of these changes of a page. The note about them is none."""
    return any(change.status != "same" and not is_note_alone(change) for change in changes)


def is_note_alone(change: Change) -> bool:
    """Whether nothing of a block changed but the note for readers, which stands beside the signature."""
    others = (parts for name, parts in change.parts.items() if name != NOTE)
    stayed = all(status == "same" for parts in others for status, _text in parts)
    return change.status == "changed" and NOTE in change.parts and not change.attrs and stayed


def minor_blockers(document: Document, tree: Tree, base: Edition | None, changes: Sequence[Change]) -> Iterator[str]:
    """Why a change that its author calls minor is none; `changes` lead from `base` to `tree`."""
    if base is None or not tree.root.attrs.get(MINOR):
        return
    if is_critical_change(document, base.tree, [change for change in changes if not is_only_typography(change)]):
        yield _("Changes to boxed warnings, doses, withdrawals or emergency advice are never minor.")
    kind = kind_of(document)
    if major := find_major_changes(kind, base.tree, tree, changes):
        values = AttributeValues.among(kind, changes)
        named = _name_changes(values, base.tree, tree, major[:NAMED])
        yield _(
            "This isn't a minor change, because it changes %(changes)s. Clear “Minor change” on the draft, then submit "
            "it again."
        ) % {"changes": "; ".join(named) + (" …" if len(major) > NAMED else "")}


def find_major_changes(
    kind: Kind, old: Tree, new: Tree, changes: Sequence[Change]
) -> list[tuple[Change, CriticalChange]]:
    """What reviewers would be told of as what matters most, but for sources that came or went and the note itself."""
    names = find_known_names(new.language)
    return [
        *find_care_moves(old, changes),
        *(
            (change, critical)
            for change in changes
            for critical in find_critical_changes(kind, change, new.language, names)
            if critical.sort != Sort.SOURCE and critical.word != NOTE
        ),
    ]


def _name_changes(
    values: AttributeValues, old: Tree, new: Tree, changes: Sequence[tuple[Change, CriticalChange]]
) -> list[str]:
    sections = name_sections(values.kind, old, new)
    return [
        _("%(sort)s “%(before)s” → “%(after)s” (%(place)s)")
        % {
            "sort": word.label,
            "before": isolate(word.before or "–"),
            "after": isolate(word.after or "–"),
            "place": isolate(block_place(values.kind, change.node, sections)),
        }
        for change, critical in changes
        for word in [highlighted_word(values, critical)]
    ]


def note_blockers(
    document: Document, tree: Tree, base: Edition | None, changes: Sequence[Change], *, has_no_note: bool
) -> Iterator[str]:
    """Why the note for readers cannot go with this change: none, unless its author says that they need none, or
    silently that of the last edition. A minor change needs none.
    """
    if base is None or NOTE not in kind_of(document).fields.words or not is_noticeable(changes):
        return
    note = tree.root.plain(NOTE)
    if not (note or has_no_note or tree.root.attrs.get(MINOR)):
        yield _("Say what is new for readers, or confirm that they need no note.")
    elif note and note == base.tree.root.plain(NOTE):
        yield _(
            "The note for readers is still the one of edition %(number)d: “%(note)s” Say what is new this time, or "
            "leave it empty."
        ) % {"number": base.number, "note": isolate(note)}
