"""What was kept in another form than it was typed, in words for the messages after it is saved."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from editorial.editions.fields import Label
from editorial.editions.labels import isolate

from .models import ApprovalEvent, Dose, Monograph, Product
from .services.monographs import clean_rows

_REPEATED = (
    "kind", "approval", "product", "pathway", "happened_on", "announced_on", "application", "submission",
)  # fmt: skip
_CHECKED = {"products": (Product, "application_number"), "doses": (Dose, "cycle_days")}  # by related name


def describe_row_forms(monograph: Monograph, parts: Mapping[str, list[dict[str, Any]]]) -> Iterator[str]:
    """Of rows that were just saved as they were typed: a message for each text that is kept in another form."""
    cleaned = clean_rows(monograph, {related: parts[related] for related in _CHECKED})
    for related, (model, name) in _CHECKED.items():
        field: Any = model._meta.get_field(name)
        for typed, kept in zip(parts[related], cleaned[related], strict=True):
            yield from _describe(field.verbose_name, typed.get(name), kept.get(name))


def describe_event_forms(event: ApprovalEvent, typed: dict[str, Any]) -> Iterator[str]:
    """The same of a decision that was recorded as it was typed, with what it left out."""
    if not event.is_void:
        for name in ("application", "submission"):
            yield from _describe(_label(name), typed.get(name), getattr(event, name))
        return
    changed = [name for name in _REPEATED if (typed.get(name) or None) != (getattr(event, name) or None)]
    if changed:
        yield _(
            "Taking a decision back repeats it as it was recorded, so this was not kept: %(fields)s. To change it, "
            "record the decision again."
        ) % {"fields": ", ".join(map(str, map(_label, changed)))}


def _label(name: str) -> Label:
    field: Any = ApprovalEvent._meta.get_field(name)
    label: Label = field.verbose_name
    return label


def _describe(label: Label, typed: Any, kept: Any) -> Iterator[str]:
    """Nothing of spaces around a text and doubled ones: no box keeps those."""
    if isinstance(typed, str) and " ".join(typed.split()) != kept:
        yield _("%(label)s: you typed “%(typed)s”, and it was saved as “%(kept)s”.") % {
            "label": capfirst(str(label)),
            "typed": isolate(typed),
            "kept": isolate(kept),
        }
