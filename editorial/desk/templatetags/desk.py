"""Small things that desk templates need."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Model
from django.forms import BaseForm, BoundField
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from editorial.accounts.languages import bcp47, direction
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.models import Document
from editorial.editions.tree.diff import END, MARKS, strip_mark_signs
from editorial.reviews.models import Answer
from editorial.reviews.threads import Thread

from ..documents_admin import state_badges
from ..frame import Link, document_title, menu_links
from ..writing.field_box import field_box

register = template.Library()

register.filter("badges", state_badges)
register.filter("bcp47", bcp47)

# Apps whose lists set up the desk; all others hold content.
SETTINGS_APPS = ("accounts", "reviews")

_ELEMENTS = {"same": "span", "added": "ins", "removed": "del"}
_SIGNS = {sign: mark for mark, sign in MARKS.items()}
_MARKED = re.compile(f"([{''.join(_SIGNS)}]+)([^{''.join(_SIGNS)}{END}]*){END}")


@register.filter
def formatted(text: str) -> SafeString:
    """Words as `diff.comparable_text` made them, with what is bold or in italics as it is."""

    def marked(match: re.Match[str]) -> str:
        html = match[2]
        for sign in match[1]:
            html = f"<{_SIGNS[sign]}>{html}</{_SIGNS[sign]}>"
        return html

    # Escaped by `linebreaksbr`; what is put around the words are names of ours.
    return mark_safe(strip_mark_signs(_MARKED.sub(marked, linebreaksbr(text))))  # noqa: S308


@register.filter
def parts(pieces: Iterable[tuple[str, str]]) -> SafeString:
    """The parts of a word-by-word diff as <ins> and <del>, not by colour alone; "…" for what is left out."""
    return format_html_join(
        "",
        "<{0}>{1}</{0}>",
        ((_ELEMENTS[status], formatted(text)) if text else ("span", " … ") for status, text in pieces),
    )


@register.simple_tag(takes_context=True, name="field_box")
def boxed_field(context: template.Context, field: BoundField) -> SafeString:
    """A field with its label, and with the open remarks that are about it: {% field_box field %}."""
    threads: list[Thread] = (context.get("remarks_by_field") or {}).get(field.html_name, [])
    return field_box(field, "".join(_remark(context, thread) for thread in threads))


def _remark(context: template.Context, thread: Thread) -> str:
    with context.push(thread=thread):
        return template.Engine.get_default().get_template("desk/_field_remark.html").render(context)


@register.filter
def has_remarks(form: BaseForm, by_field: Mapping[str, list[Thread]] | None) -> bool:
    """Whether a field of this form has an open remark."""
    return any(form.add_prefix(name) in (by_field or {}) for name in form.fields)


@register.filter
def answer(value: str) -> str:
    """An answer to the checklist in words."""
    return str(dict(Answer.choices).get(value, value))


@register.simple_tag
def site_version() -> str:
    """The version of this site's code: 0.1.0."""
    return str(settings.VERSION)


def _links(apps: Iterable[Mapping[str, Any]], *, settings_only: bool) -> list[Link]:
    return [
        Link(model["name"], model["admin_url"])
        for app in apps
        for model in app["models"]
        if model["admin_url"] and (app["app_label"] in SETTINGS_APPS) is settings_only
    ]


@register.simple_tag
def content_links(apps: Iterable[Mapping[str, Any]]) -> list[Link]:
    """Of the admin's `available_apps`, the lists of what is written here."""
    return _links(apps, settings_only=False)


@register.simple_tag
def work_links(user: User) -> list[Link]:
    """Pages of apps above, besides those of the desk itself."""
    return menu_links(user)


@register.simple_tag
def settings_links(apps: Iterable[Mapping[str, Any]]) -> list[Link]:
    """Of the admin's `available_apps`, the lists of people and of how reviewing works: for heads and site admins."""
    return _links(apps, settings_only=True)


@register.simple_tag
def source_words() -> SafeString:
    """The attributes of an element whose words are in the source language, whatever language the desk is in."""
    return format_html('lang="{}" dir="{}"', bcp47(settings.SOURCE_LANGUAGE), direction(settings.SOURCE_LANGUAGE))


@register.simple_tag
def document_link(document: Document) -> SafeString:
    """The way to a document's records, by its working title, which is in the source language."""
    language, url = bcp47(settings.SOURCE_LANGUAGE), reverse("desk:document", args=[document.pk])
    return format_html('<a href="{}" lang="{}" dir="auto">{}</a>', url, language, document_title(document))


@register.filter
def model_name(row: Model) -> str:
    return str(row._meta.model_name)


@register.filter
def at(mapping: Mapping[Any, Any], key: Any) -> Any:
    """What stands under a key."""
    return mapping[key]


@register.filter
def unlocalized(number: object) -> str:
    """A number for a form, which no language groups or writes in other digits."""
    return str(number)


@register.filter
def can(user: User, permission: str) -> bool:
    """Whether to offer this person what a permission is for: `{% if user|can:"oversee" %}`."""
    return user.can(Permission(permission))
