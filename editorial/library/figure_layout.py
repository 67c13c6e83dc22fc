"""Figures in readers' templates."""

import re
from typing import Any

from django.urls import reverse

from editorial.editions.labels import shown_file
from editorial.editions.tree.nodes import Node

from .figure_storage import file_name

WEBP = "image/webp"
# Pixels. A picture is never shown taller: a phone has its words on the same screen.
TALLEST = 300
# "1:" at the start or after a space; Chinese writes the colon wide and no spaces.
_STEP = re.compile(r"(?:^|\s|(?<=[。；，！？]))([1-9])\s?[:：]\s*")


def address(file: dict[str, Any]) -> str:
    """Where one file of a figure is served."""
    return reverse("figure", args=[file_name(file["digest"], file["type"])])


def picture(figure: Node) -> dict[str, Any]:
    """What an <img> and its <source> need: `src`, the size in pixels at which it is shown where there is room, and the
    `srcset` of WebP files, narrowest first.

    The size is said in the page and not in the style sheet, so that its place is kept while it loads.
    """
    files = figure.attrs["files"]
    webp = [file for file in reversed(files) if file["type"] == WEBP]
    shown = shown_file(files)
    width, height = figure.attrs["width"], figure.attrs["height"]
    scale = min(1, TALLEST / height)
    return {
        "src": address(shown),
        "width": max(1, round(width * scale)),
        "height": max(1, round(height * scale)),
        "srcset": ", ".join(f"{address(file)} {file['width']}w" for file in webp),
    }


def steps(caption: str) -> dict[str, Any]:
    """A caption as `before` and the `steps` that it numbers, "1: … 2: …", as the numbers in the picture do.

    Without at least two that count up from one, all of it is `before`.
    """
    marks = list(_STEP.finditer(caption))
    if len(marks) < 2 or [int(mark[1]) for mark in marks] != list(range(1, len(marks) + 1)):
        return {"before": caption, "steps": []}
    ends = [*(mark.start() for mark in marks[1:]), len(caption)]
    texts = [caption[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True)]
    return {"before": caption[: marks[0].start()].strip(), "steps": texts}


FILTERS = {"picture": picture, "steps": steps}
FUNCTIONS: dict[str, Any] = {}
