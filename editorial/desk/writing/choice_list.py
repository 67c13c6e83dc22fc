"""The list of choices of a row: hundreds of them stand on a long page, with thousands of options."""

from functools import lru_cache
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


class ChoiceList(forms.Select):
    """Django's, written out at once: each of its options takes a template. One with groups is left to Django."""

    def __init__(self, like: forms.Select) -> None:
        super().__init__(like.attrs)
        self.is_required, self.is_localized = like.is_required, like.is_localized

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,
    ) -> SafeString:
        choices: list[tuple[Any, Any]] = [*self.choices]  # pairs, or groups of pairs
        if any(isinstance(label, list | tuple) for _key, label in choices):
            return super().render(name, value, attrs, renderer)
        own = flatatt(self.build_attrs(self.attrs, attrs))
        html, chosen = [f'<select name="{escape(name)}"{own}>'], self.format_value(value)
        for key, label in choices:
            key = "" if key is None else str(key)
            html.append(_option(key, str(label), key in chosen))
            if key in chosen:
                chosen = []  # one alone
        return mark_safe("".join([*html, "</select>"]))  # noqa: S308 (names, keys and labels are escaped)


@lru_cache(maxsize=4_096)  # of a form's thousands, a few dozen differ
def _option(key: str, label: str, is_selected: bool) -> str:
    return f'<option value="{escape(key)}"{" selected" if is_selected else ""}>{escape(label)}</option>'
