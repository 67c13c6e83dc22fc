"""The engine of readers' templates: Jinja2, which compiles them. See docs/decisions/0059.

An app that brings functions of its own for them has a module `layout` with FILTERS and FUNCTIONS, named in LAYOUTS.
"""

from collections.abc import MutableMapping
from datetime import date
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import dateformat, formats, translation
from jinja2 import ChainableUndefined, Environment
from markupsafe import Markup

from drugs import layout as drugs_layout
from editorial.library import figure_layout
from editorial.reading import layout

LAYOUTS = (layout, figure_layout, drugs_layout)
KEPT = 4096  # messages and days: more than all languages of a site have


@lru_cache(maxsize=KEPT)
def _find_message(_language: str, context: str, message: str) -> tuple[Markup, Markup]:
    """(the translated message, the same as it reads without placeholders to fill)"""
    text = Markup(translation.pgettext(context, message) if context else translation.gettext(message))  # noqa: S704
    return text, text if "%(" in text else text % ()


def gettext(message: str, /, **values: Any) -> Markup:
    """A message in the active language, looked up once for each. It may hold elements; `values` are escaped."""
    text, plain = _find_message(translation.get_language(), "", message)
    return text % values if values else plain


def pgettext(context: str, message: str, /) -> Markup:
    """The same, for a message that needs a context."""
    return _find_message(translation.get_language(), context, message)[1]


@lru_cache(maxsize=KEPT)
def _write_date(language: str, day: date, form: str) -> str:
    pattern = formats.get_format(form, lang=language)
    if pattern == form:  # a format of our own, of a language that has no folder in immuno_site/formats/ yet
        pattern = formats.get_format(form, lang=settings.SOURCE_LANGUAGE)
    return dateformat.format(day, pattern)


def write_date(day: date | None, form: str) -> str:
    """A day in the active language, as a format or the name of its setting ("DATE_FORMAT") says; "" for none."""
    return _write_date(translation.get_language(), day, form) if day else ""


class ReaderEnvironment(Environment):
    """Looks into a dict by its keys first, as Django's templates do."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Names that every template knows, as a plain dict. Jinja2's chain of two is walked in Python for each of the
        hundred templates that a page includes. What is added to `globals` after a template was read is unknown in it.
        """
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def environment(**options: Any) -> Environment:
    """What settings name as the engine's environment. What a context lacks is empty, as in Django's templates."""
    options |= {
        "undefined": ChainableUndefined,
        "lstrip_blocks": True,
        "cache_size": -1,  # none is ever let go: there are a hundred
        "extensions": ["jinja2.ext.i18n"],
    }
    environment = ReaderEnvironment(**options)
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True
    )
    environment.filters["date"] = write_date
    environment.globals |= {
        "_": gettext,
        "gettext": gettext,
        "pgettext": pgettext,
        "static": cache(static),  # the list of hashed names is read once in a process too
        "reverse": reverse,
        "get_language": translation.get_language,
        "get_language_bidi": translation.get_language_bidi,
    }
    for module in LAYOUTS:
        environment.filters |= module.FILTERS
        environment.globals |= module.FUNCTIONS
    return environment
