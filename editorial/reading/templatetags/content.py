"""What the desk's templates lay out of a tree: the functions are those of readers' pages."""

from django import template

from .. import layout

register = template.Library()
register.filter("words", layout.plain_words)
register.filter("plain", layout.plain)
register.simple_tag(layout.source_lang)
