"""Figures in the desk's templates: the function is that of readers' pages."""

from django import template

from ..figure_layout import picture

register = template.Library()
register.filter("picture", picture)
