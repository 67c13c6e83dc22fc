"""How forms are rendered: a drug's has seven hundred boxes, most of them Django's own."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates, Jinja2
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

OWN = "django/forms/"  # of these Django brings both
_WIDGETS = f"{OWN}widgets/"
_INPUTS = frozenset(
    f"{_WIDGETS}{name}.html"
    for name in ("input", "text", "number", "hidden", "checkbox", "date", "email", "password", "search", "tel", "url")
)


class FormRenderer(DjangoTemplates):
    """Django's own templates by Jinja2, which takes a fifth of the time; those of apps by Django's engine.

    Of a box of one line or more the template says so little that it is written out here. The markup is the same. Where
    an app includes one of Django's in its own, that comes by Django's engine as well.
    """

    def __init__(self) -> None:
        self._compiled = Jinja2()

    def get_template(self, template_name: str) -> Any:
        return (self._compiled if template_name.startswith(OWN) else super()).get_template(template_name)

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        if template_name in _INPUTS:
            return _input(context["widget"])
        if template_name == f"{_WIDGETS}textarea.html":
            return _textarea(context["widget"])
        return SafeString(super().render(template_name, context, request))


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else f' value="{escape(widget["value"])}"'
    kind, name = escape(widget["type"]), escape(widget["name"])
    return mark_safe(f'<input type="{kind}" name="{name}"{value}{_attributes(widget)}>')  # noqa: S308 (escaped)


def _textarea(widget: Mapping[str, Any]) -> SafeString:
    name, value = escape(widget["name"]), escape(widget["value"] or "")
    return mark_safe(f'<textarea name="{name}"{_attributes(widget)}>\n{value}</textarea>')  # noqa: S308 (likewise)


def _attributes(widget: Mapping[str, Any]) -> str:
    given = ((name, value) for name, value in widget["attrs"].items() if value is not False)
    return "".join(f" {name}" if value is True else f' {name}="{escape(value)}"' for name, value in given)
