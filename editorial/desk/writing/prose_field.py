"""The form field for prose: HTML that the editor did not write is imported, and what that changed is told."""

from typing import Any

from django.core.exceptions import ValidationError
from django_prose_editor.fields import ProseEditorFormField

from editorial.editions.blockers import Blocked
from editorial.editions.importing.typed_html import read_typed_html

from .bounded_fields import OUT_OF_BOUNDS


class ProseField(ProseEditorFormField):  # type: ignore[misc]  # published without types
    """`changes` are those of what was cleaned last, in words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.changes: list[str] = []

    def to_python(self, value: Any) -> str:
        try:
            imported = read_typed_html(super().to_python(value))
        except Blocked as blocked:
            # Each with its code: that of a list says nothing of what is in it.
            errors = [ValidationError(blocker, code=OUT_OF_BOUNDS) for blocker in blocked.blockers]
            raise ValidationError(errors) from blocked
        self.changes = imported.changes
        return imported.html
