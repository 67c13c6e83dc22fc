"""What readers' templates lay the tree's words out with: see immuno_site/reader_templates.py."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from jinja2 import Environment, pass_context, pass_environment
from jinja2.runtime import Context
from markupsafe import Markup

from editorial.accounts.languages import bcp47, direction
from editorial.editions.tree import html
from editorial.editions.tree.nodes import Node

from . import call_links
from .site_words import Phrase
from .structured_data import page_graph, write_json


def _layout(context: Context) -> html.Layout:
    numbers, links = context.get("numbers"), context.get("links")
    return html.Layout(numbers or {}, links or {}) if numbers or links else html.PLAIN


@cache
def _language_attrs(lang: str, direction: str) -> Markup:
    return Markup('lang="{}" dir="{}"').format(lang, direction)


def language_attrs(words: Mapping[str, Any] | Phrase) -> Markup:
    """The attributes of an element that holds words with a `lang` and a `dir`."""
    if isinstance(words, Phrase):
        return _language_attrs(words.lang, words.dir)
    return _language_attrs(words["lang"], words["dir"])


def plain_words(node: Node, name: str) -> SafeString:
    """One field's words as HTML, without citation numbers (for those, call `words`)."""
    return html.render_words(node.words.get(name, ""))


@pass_context
def words(context: Context, node: Node, name: str) -> SafeString:
    """One field's words as HTML, with the page's citation numbers and links."""
    return html.render_words(node.words.get(name, ""), layout=_layout(context))


def unbroken(text: str) -> SafeString:
    """A plain text as HTML, where names such as PD-L1 stay on one line."""
    return html.keep_names_whole(text)


def plain(node: Node, name: str) -> str:
    """One field's words as text."""
    return node.plain(name)


def children(node: Node, type_: str) -> list[Node]:
    """The direct children of one type."""
    return node.of_type(type_)


def iso_date(value: str) -> date | None:
    """A date from the tree, to be written as the reader's language does; None for anything else."""
    return parse_date(value or "")


def at(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """The value at a key; None if there is none."""
    return (mapping or {}).get(key)


@cache
def _draw(environment: Environment, template: str, name: str) -> Markup:
    return Markup(environment.get_template(template).render(name=name))  # noqa: S704 (rendered with autoescape)


@pass_environment
def drawing(environment: Environment, template: str, name: str) -> Markup:
    """What a template draws of this name and of nothing else: rendered once in each process."""
    return _draw(environment, template, name)


@pass_environment
def icon(environment: Environment, name: str) -> Markup:
    """The SVG of one of the site's icons."""
    return _draw(environment, "site/_icon.html", name)


@pass_context
def prose(context: Context, nodes: Sequence[Node], level: int = 3) -> SafeString:
    """Blocks as HTML; subheadings are of this level."""
    return html.render_blocks(nodes, level=level, layout=_layout(context))


@pass_context
def site_word(context: Context, slug: str, key: str, otherwise: str = "") -> str:
    """A signed phrase of site words, marked with its language if that is not the reader's.

    `otherwise`, in the reader's language, replaces a phrase that is not signed in it: only for words that say nothing
    about medicine.
    """
    site_words = context.get("site_words")
    phrase: Phrase | None = site_words.phrase(slug, key) if site_words else None
    if phrase is None or (phrase.is_foreign and otherwise):
        return otherwise
    return _mark_language(phrase, phrase.text)


def _mark_language(phrase: Phrase, text: str) -> str:
    if not phrase.is_foreign:
        return text
    return format_html('<span lang="{}" dir="{}">{}</span>', phrase.lang, phrase.dir, text)


@pass_context
def call_link(context: Context, slug: str, key: str) -> str:
    """A signed phrase with a telephone number, as a link that dials it; as words where it holds not just one."""
    site_words = context.get("site_words")
    phrase: Phrase | None = site_words.phrase(slug, key) if site_words else None
    if phrase is None:
        return ""
    return _mark_language(phrase, call_links.call_link(phrase.text) or phrase.text)


@pass_context
def site_list(context: Context, slug: str, key: str) -> list[str]:
    """The items of a signed phrase that is a list, with semicolons between them, each marked as `site_word` does it."""
    site_words = context.get("site_words")
    phrase: Phrase | None = site_words.phrase(slug, key) if site_words else None
    if phrase is None:
        return []
    return [_mark_language(phrase, item) for part in phrase.text.split(";") if (item := part.strip())]


@pass_context
def site_text(context: Context, slug: str) -> dict[str, Any] | None:
    """Signed site words as a whole: `root` and `page`; None if they are not signed."""
    site_words = context.get("site_words")
    return site_words.text(slug) if site_words else None


@pass_context
def structured_data(context: Context) -> Markup:
    """The page as search engines read it: see structured_data.py."""
    graph = page_graph(
        context["root"],
        context["page"],
        address=context["canonical"],
        language=context["language"],
        breadcrumbs=context.get("breadcrumbs") or (),
    )
    return write_json(graph)


def source_lang() -> str:
    """The `lang` of what is quoted as it was published, whatever the page's language: titles of sources, licenses."""
    return bcp47(settings.SOURCE_LANGUAGE)


def source_words() -> dict[str, str]:
    """The `lang` and `dir` of words in the source language."""
    return {"lang": source_lang(), "dir": direction(settings.SOURCE_LANGUAGE)}


FILTERS = {
    "words": plain_words, "unbroken": unbroken, "plain": plain, "children": children, "iso_date": iso_date, "at": at,
    "language_attrs": language_attrs,
}  # fmt: skip
FUNCTIONS = {
    "words": words, "prose": prose, "site_word": site_word, "site_text": site_text, "call_link": call_link,
    "site_list": site_list, "source_lang": source_lang, "source_words": source_words, "icon": icon, "drawing": drawing,
    "structured_data": structured_data,
}  # fmt: skip
