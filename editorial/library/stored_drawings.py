"""The words of drawings that are stored. Those uploaded before words were read off drawings are read once, afterwards.

A file's words follow from its bytes, so they are kept by its digest: no figure changes, and no edition.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from . import figure_storage, svg
from .models import DrawingWords, Figure

SVG = "image/svg+xml"


def words_in(figure: Figure) -> list[str]:
    """What is drawn in a figure, in its order; [] for a photograph, and for a drawing whose words were never read."""
    unread = _unread(figure.files)
    kept = dict(DrawingWords.objects.filter(digest__in=unread).values_list("digest", "words")) if unread else {}
    return [text for file in figure.files for text in file.get("words", kept.get(file["digest"], []))]


def has_unread_words(files: Iterable[Mapping[str, Any]]) -> bool:
    """Whether one of these files, as a figure keeps them, is a drawing whose words were never read."""
    digests = _unread(files)
    return DrawingWords.objects.filter(digest__in=digests).count() < len(digests) if digests else False


def read_drawings() -> tuple[int, list[str]]:
    """(how many drawings were read now, why others could not be: one sentence each). Another run reads no more twice.

    One drawing is in memory at a time, and is at most as large as an upload may be.
    """
    count, problems = 0, []
    for key, digest in list(_unread_drawings()):
        try:
            words = _read(digest)
        except ValueError as error:
            problems.append(f"Figure {key}: {error}")
        else:
            DrawingWords.objects.get_or_create(digest=digest, defaults={"words": words})
            count += 1
    return count, problems


def _unread_drawings() -> Iterator[tuple[str, str]]:
    """(key of a figure that shows it, digest) of each drawing whose words were never read."""
    known = set(DrawingWords.objects.values_list("digest", flat=True))
    for key, files in Figure.objects.order_by("key").values_list("key", "files").iterator(chunk_size=1000):
        for digest in sorted(_unread(files) - known):
            known.add(digest)
            yield key, digest


def _unread(files: Iterable[Mapping[str, Any]]) -> set[str]:
    return {file["digest"] for file in files if file["type"] == SVG and "words" not in file}


def _read(digest: str) -> list[str]:
    """Raises ValueError, which says what is wrong and what to do."""
    try:
        content = figure_storage.read_file(figure_storage.file_name(digest, SVG))
    except OSError as error:
        raise ValueError("The drawing's file cannot be read. Look at MEDIA_ROOT, then try again.") from error
    if content is None:
        raise ValueError("The drawing's file is missing or damaged. Restore it from a backup, or upload it again.")
    return svg.clean_svg(content).words
