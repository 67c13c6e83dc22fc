"""An uploaded picture made safe to show: bytes in, files out. Nothing here knows of the database or of a disk.

What a picture is, its content says and never its name. Photographs are decoded and written anew, so that nothing of
the upload survives but its pixels: no place where it was taken, no camera, no comment, no hidden second file.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from . import svg

FORMATS = ("PNG", "JPEG", "WEBP")
WIDTHS = (480, 960, 1600)  # of the files that are made, never wider than the picture itself
FALLBACK = 960  # the widest file for browsers that do not know WebP
LARGEST = 15 * 1024 * 1024  # bytes of an upload
PIXELS = 40_000_000  # more would take a server's memory when decoded, however few bytes they are sent in
SIDE = 12_000  # pixels; WebP ends at 16,383
EXTENSIONS = {"image/webp": "webp", "image/jpeg": "jpg", "image/png": "png", "image/svg+xml": "svg"}
QUALITY = 82


class UnreadableImage(ValueError):
    """Not a picture that can be shown; the message says what to do about it."""


@dataclass(frozen=True, slots=True)
class ImageFile:
    """One file of a picture, as it is stored and served."""

    width: int
    height: int
    type: str
    content: bytes
    words: tuple[str, ...] = ()  # drawn in it, which no translation changes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """What a figure and the editions that show it keep of the file."""
        kept: dict[str, Any] = {"width": self.width, "height": self.height, "digest": self.digest, "type": self.type}
        # Of a drawing always, so that those whose words were never read are known: see stored_drawings.py.
        return kept | ({"words": list(self.words)} if self.type == "image/svg+xml" else {})


def make_image_files(content: bytes) -> list[ImageFile]:
    """The files to store for an upload, largest first; at equal width the fallback comes last.

    A drawing is one SVG file. Raises UnreadableImage.
    """
    if not content:
        raise UnreadableImage(_("The file is empty. Choose the picture again."))
    if len(content) > LARGEST:
        raise UnreadableImage(_("The file is larger than 15 MB. Save the picture smaller and upload it again."))
    if svg.looks_like_xml(content):
        try:
            drawing = svg.clean_svg(content)
        except svg.UnsafeSvg as error:
            raise UnreadableImage(str(error)) from error
        return [ImageFile(drawing.width, drawing.height, "image/svg+xml", drawing.content, tuple(drawing.words))]
    image, is_lossless = _decoded(content)
    return sorted(_encoded(image, is_lossless), key=lambda file: (-file.width, file.type != "image/webp"))


def _decoded(content: bytes) -> tuple[Image.Image, bool]:
    """(pixels alone, upright, in sRGB, as RGB or RGBA; whether they came from a lossless file)."""
    try:
        image = Image.open(BytesIO(content), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise UnreadableImage(
            _("This is no picture that the site can show. Upload a PNG, JPEG, WebP or SVG file.")
        ) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except Exception as error:  # whatever a decoder stumbles over in bytes that were made for it
        raise _damaged() from error
    width, height = image.size
    if width * height > PIXELS or max(width, height) > SIDE:
        raise _too_large()
    # A photograph of some telephones holds a second picture, such as its depth; the first is the one that people see.
    if getattr(image, "is_animated", False) and image.format != "MPO":
        raise UnreadableImage(_("The image is animated. Upload a still one: motion makes the page hard to read."))
    try:
        is_lossless = image.format == "PNG"
        image.load()
        profile = image.info.get("icc_profile")
        pixels = _plain(ImageOps.exif_transpose(image), profile)
    except Exception as error:  # the same: cut short, wrong checksums, impossible tables
        raise _damaged() from error
    pixels.info = {}  # some encoders write what they find here into the file
    return pixels, is_lossless


def _too_large() -> UnreadableImage:
    return UnreadableImage(_("The picture has too many pixels. Make it at most 6,000 pixels wide and high."))


def _damaged() -> UnreadableImage:
    return UnreadableImage(
        _("The file is damaged or incomplete. Open the image, save it again, and upload the new file.")
    )


def _plain(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture as sRGB: as RGB, or RGBA where some of it can be seen through."""
    if image.mode.startswith("I"):  # 16 bits a pixel, which a plain conversion would clip to white
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    if alpha and alpha.getextrema() == (255, 255):
        alpha = None
    if image.mode not in ("RGB", "L", "CMYK"):
        image = image.convert("RGB")
    converted = (_in_srgb(image, profile) if profile else image).convert("RGB")
    if alpha:
        converted.putalpha(alpha)
    return converted


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The colours that the profile meant; as they are where it does not fit the picture."""
    try:
        meant = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, meant, ImageCms.createProfile("sRGB"), outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _encoded(image: Image.Image, is_lossless: bool) -> Iterator[ImageFile]:
    sizes = sorted({min(width, image.width) for width in WIDTHS})
    for width in sizes:
        yield _webp(_scaled(image, width), is_lossless)
    fallback = _scaled(image, max(width for width in sizes if width <= FALLBACK or width == sizes[0]))
    if image.mode == "RGBA":
        yield _file(fallback, "image/png", _bytes(fallback, "PNG", optimize=True))
    else:
        yield _file(fallback, "image/jpeg", _bytes(fallback, "JPEG", quality=QUALITY, optimize=True, progressive=True))


def _scaled(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _webp(image: Image.Image, is_lossless: bool) -> ImageFile:
    """A diagram that came without losses keeps every pixel where that takes no more room."""
    chosen = _bytes(image, "WEBP", quality=QUALITY, method=4)
    if is_lossless and len(exact := _bytes(image, "WEBP", lossless=True, quality=60, method=4)) <= len(chosen):
        chosen = exact
    return _file(image, "image/webp", chosen)


def _file(image: Image.Image, type_: str, content: bytes) -> ImageFile:
    return ImageFile(image.width, image.height, type_, content)


def _bytes(image: Image.Image, format_: str, **options: Any) -> bytes:
    written = BytesIO()
    image.save(written, format_, **options)
    return written.getvalue()
