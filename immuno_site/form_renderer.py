"""How forms are rendered: a drug's has six hundred boxes, most of them Django's own."""

from typing import Any

from django.forms.renderers import DjangoTemplates, Jinja2

OWN = "django/forms/"  # of these Django brings both


class FormRenderer(DjangoTemplates):
    """Django's own templates by Jinja2, which takes a fifth of the time; those of apps by Django's engine.

    The markup is the same. Where an app includes one of Django's in its own, that comes by Django's engine as well.
    """

    def __init__(self) -> None:
        self._compiled = Jinja2()

    def get_template(self, template_name: str) -> Any:
        return (self._compiled if template_name.startswith(OWN) else super()).get_template(template_name)
