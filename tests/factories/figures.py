"""Pictures and figures."""

from io import BytesIO
from itertools import count

from PIL import Image

from editorial.library.models import Figure
from editorial.library.services import create_figure

_numbers = count(1)


def picture(width: int = 600, height: int = 400, format_: str = "PNG", color: str = "teal", **options) -> bytes:
    """The bytes of a picture in one color."""
    return saved(Image.new("RGB", (width, height), color), format_, **options)


def saved(image: Image.Image, format_: str, **options) -> bytes:
    written = BytesIO()
    image.save(written, format_, **options)
    return written.getvalue()


def drawing(inside: str = '<path d="M0 0h9v9z"/>', attributes: str = 'viewBox="0 0 90 60"') -> bytes:
    """The bytes of an SVG drawing."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def fields(key: str = "", **changed) -> dict:
    """Fields of a figure; without a key, one that no other has."""
    return {
        "key": key or f"figure-{next(_numbers)}",
        "alt": "A drug covers the brake of a T cell.",
        "caption": "How the drug works.",
        "credit": "Drawing: Jo Doe.",
        "licence": "CC BY 4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        **changed,
    }


def figure(user, key: str = "", content: bytes | None = None, **changed) -> Figure:
    return create_figure(BytesIO(content or picture()), user=user, **fields(key, **changed))
