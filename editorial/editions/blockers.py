"""Why something cannot be done, in the editor's words, all reasons at once."""

from collections.abc import Iterable, Iterator

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models


class At(str):
    """A blocker that a form shows beside the field that it is about."""

    __slots__ = ("field",)


def at(field: str, words) -> At:
    """The words of a blocker about the field of this name."""
    told = At(words)
    told.field = field
    return told


class Blocked(Exception):
    """A service refused. `blockers` says everything that stands in the way; nothing was changed."""

    def __init__(self, blockers: Iterable[str]):
        self.blockers = [blocker if isinstance(blocker, At) else str(blocker) for blocker in blockers]
        super().__init__(" ".join(self.blockers))


def refuse_if(blockers: Iterable[str]) -> None:
    """Raise Blocked when there is at least one blocker."""
    if found := list(blockers):
        raise Blocked(found)


def in_words(error: ValidationError, model: type[models.Model]) -> Iterator[str]:
    """What a model's own rules said, each with the name of its field before it."""
    # Words in one language are called as the field that they translate.
    labels = {field.name: getattr(field, "translated_field", field).verbose_name for field in model._meta.fields}
    for name, problems in error.message_dict.items():
        yield from (problem if name == NON_FIELD_ERRORS else f"{labels[name]}: {problem}" for problem in problems)
