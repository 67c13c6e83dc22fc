"""Figures in templates."""

from django import template
from django.urls import reverse

from editorial.editions.tree.nodes import Node

from ..stored import file_name

register = template.Library()
WEBP = "image/webp"


def address(file: dict) -> str:
    """Where one file of a figure is served."""
    return reverse("figure", args=[file_name(file["digest"], file["type"])])


@register.filter
def picture(figure: Node) -> dict:
    """What an <img> and its <source> need: `src` with its size, and the `srcset` of WebP files, narrowest first."""
    files = figure.attrs["files"]
    webp = [file for file in reversed(files) if file["type"] == WEBP]
    shown = next((file for file in files if file["type"] != WEBP), files[0])
    return {
        "src": address(shown),
        "width": figure.attrs["width"],
        "height": figure.attrs["height"],
        "srcset": ", ".join(f"{address(file)} {file['width']}w" for file in webp),
    }
