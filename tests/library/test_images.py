"""An uploaded picture: what it is by its content, what is left of it, and what is refused in words that help."""

import hashlib
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image, PngImagePlugin

from editorial.library.images import PIXELS, UnreadableImage, make_image_files
from tests.factories.figures import drawing, picture, saved


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


def bomb() -> bytes:
    """A few hundred bytes that say they are a picture of a billion pixels."""
    plain = bytearray(saved(Image.new("1", (8, 8)), "PNG"))
    plain[16:24] = (40_000).to_bytes(4, "big") + (25_000).to_bytes(4, "big")
    plain[29:33] = zlib.crc32(plain[12:29]).to_bytes(4, "big")
    return bytes(plain)


def broken(color: str = "teal") -> bytes:
    return picture(900, 600, "JPEG", color)[:-700]


def moving(format_: str) -> bytes:
    frames = [Image.new("RGB", (40, 40), color) for color in ("red", "blue")]
    return saved(frames[0], format_, save_all=True, append_images=frames[1:], duration=100)


def with_doctype(inside: str) -> bytes:
    return f"<!DOCTYPE svg [{inside}]>{drawing('<text>&a;</text>').decode()}".encode()


LAUGHS = "".join(f'<!ENTITY {new} "{f"&{old};" * 9}">' for old, new in ("ab", "bc", "cd", "de", "ef", "fg"))
BAD = {
    # What it is, and not what it is called.
    "empty": (b"", "empty"),
    "a program called picture.png": (b"MZ\x90\x00" + bytes(500), "PNG, JPEG, WebP or SVG"),
    "a page": (b"<!doctype html><p>Hi</p>", "plain SVG"),
    "a GIF": (saved(Image.new("P", (50, 50)), "GIF"), "PNG, JPEG, WebP or SVG"),
    "a TIFF": (saved(Image.new("RGB", (50, 50)), "TIFF"), "PNG, JPEG, WebP or SVG"),
    "a PDF": (saved(Image.new("RGB", (50, 50)), "PDF"), "PNG, JPEG, WebP or SVG"),
    # Broken, or meant to break.
    "a JPEG cut short": (broken(), "damaged or incomplete"),
    "a PNG cut short": (picture(300, 300)[:-60], "damaged or incomplete"),
    "a PNG whose checksum is wrong": (picture()[:60] + b"\0\0\0\0" + picture()[64:], "damaged or incomplete"),
    "a WebP cut short": (picture(900, 600, "WEBP")[:-300], "damaged or incomplete"),
    "a bomb": (bomb(), "too many pixels"),
    "many pixels": (saved(Image.new("1", (8000, PIXELS // 8000 + 1)), "PNG"), "too many pixels"),
    "a very long picture": (saved(Image.new("1", (12_001, 2)), "PNG"), "too many pixels"),
    "too many bytes": (picture() + bytes(15 * 1024 * 1024), "larger than 15 MB"),
    "a moving PNG": (moving("PNG"), "animated"),
    "a moving WebP": (moving("WEBP"), "animated"),
    # Drawings that do more than show something.
    "a script": (drawing("<script>alert(1)</script>"), "<script>"),
    "a script in a namespace of its own": (
        drawing('<a:script xmlns:a="http://www.w3.org/2000/svg">x</a:script>'), "<script>",
    ),
    "onload": (drawing(attributes='viewBox="0 0 9 9" onload="alert(1)"'), "onload"),
    "onclick below": (drawing('<g><path d="M0 0" onclick="x()"/></g>'), "onclick"),
    "an image from elsewhere": (drawing('<image href="https://example.org/a.png"/>'), "<image>"),
    "an image within": (drawing('<image href="data:image/png;base64,AAAA"/>'), "<image>"),
    "a link": (drawing('<a href="https://example.org"><path d="M0 0"/></a>'), "<a>"),
    "use of a file elsewhere": (drawing('<use href="https://example.org/a.svg#b"/>'), "<use>"),
    "use that unfolds": (drawing('<g id="a"><path d="M0 0"/></g><use href="#a"/>'), "<use>"),
    "a foreign page": (drawing("<foreignObject><p>x</p></foreignObject>"), "<foreignObject>"),
    "an animation that sets a link": (drawing('<set attributeName="href" to="javascript:x"/>'), "<set>"),
    "an href on a shape": (
        drawing('<path d="M0 0" xlink:href="x" xmlns:xlink="http://www.w3.org/1999/xlink"/>'), "href",
    ),
    "a foreign element": (drawing('<x:thing xmlns:x="urn:x"/>'), "<thing>"),
    "a drawing within a drawing": (drawing('<svg viewBox="0 0 9 9"><path d="M0 0"/></svg>'), "<svg>"),
    "a paint from elsewhere": (drawing('<path d="M0 0" fill="url(https://example.org/a#b)"/>'), "reach out"),
    "a paint from elsewhere, written in escapes": (
        drawing(r'<path d="M0 0" fill="\75 rl(https://example.org/a)"/>'), "reach out",
    ),
    "a style from elsewhere": (drawing('<path d="M0 0" style="fill:url(//example.org/a)"/>'), "reach out"),
    "a sheet with @import": (drawing("<style>@import 'https://example.org/a.css';</style><path/>"), "reach out"),
    "a sheet with url()": (drawing("<style>path{fill:url(//example.org/a)}</style><path/>"), "reach out"),
    "a sheet with URL ()": (drawing("<style>path{fill:URL(//example.org/a)}</style><path/>"), "reach out"),
    "a sheet with image-set()": (drawing("<style>path{mask:image-set('//example.org/a')}</style><path/>"), "reach out"),
    "a sheet with escapes": (drawing(r"<style>path{fill:u\72l(//example.org)}</style><path/>"), "reach out"),
    "a sheet that hides in what looks like a comment": (
        drawing('<style>a{x:"/*";fill:url(//example.org/a);y:"*/"}</style><path/>'), "reach out",
    ),
    "a sheet that hides between entities": (drawing("<style>p{fill:&#117;rl(//example.org)}</style><path/>"), "reach"),
    "a sheet with a font": (drawing("<style>@font-face{src:x}</style><path/>"), "reach out"),
    "an entity": (with_doctype('<!ENTITY a "b">'), "DOCTYPE"),
    "an entity from a file": (with_doctype('<!ENTITY a SYSTEM "file:///etc/passwd">'), "DOCTYPE"),
    "a billion laughs": (with_doctype(f'<!ENTITY a "ha">{LAUGHS}'), "DOCTYPE"),
    "XML that is not closed": (b'<svg xmlns="http://www.w3.org/2000/svg">', "plain SVG"),
    "XML in no known encoding": (b'<?xml version="1.0" encoding="rot13"?><svg/>', "plain SVG"),
    "another kind of XML": (b"<rss/>", "no SVG drawing"),
    "svg in no namespace": (b'<svg viewBox="0 0 9 9"><path d="M0 0"/></svg>', "no SVG drawing"),
    "a drawing without a size": (drawing(attributes='width="9" height="9"'), "viewBox"),
    "a drawing of no size": (drawing(attributes='viewBox="0 0 0 9"'), "viewBox"),
    "a drawing of infinite size": (drawing(attributes='viewBox="0 0 inf 9"'), "viewBox"),
    "a drawing of nothing": (drawing("<g/>"), "nothing in the drawing"),
    "a drawing with too many parts": (drawing('<path d="M0 0"/>' * 5001), "too many parts"),
    "a drawing too deep": (drawing("<g>" * 5000 + "<path/>" + "</g>" * 5000), "nested too deeply"),
    "a drawing too large": (drawing(f'<path d="{"M0 0" * 200_000}"/>'), "larger than 512 kB"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_words_that_say_what_to_do(name):
    content, told = BAD[name]
    with pytest.raises(UnreadableImage) as caught:
        make_image_files(content)
    assert told in str(caught.value)
    assert len(str(caught.value)) < 250


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"<", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP"])
)
def test_no_bytes_break_it(rest, start):
    with pytest.raises(UnreadableImage):
        make_image_files(start + rest)


@given(st.data())
def test_a_damaged_picture_is_refused_or_shown_and_never_breaks_it(data):
    content = bytearray(data.draw(st.sampled_from([picture(60, 40), picture(60, 40, "JPEG"), picture(60, 40, "WEBP")])))
    for _each in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(UnreadableImage):
        assert make_image_files(bytes(content))


# --- What is made -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (3000, [(1600, "image/webp"), (960, "image/webp"), (960, "image/jpeg"), (480, "image/webp")]),
        (1000, [(1000, "image/webp"), (960, "image/webp"), (960, "image/jpeg"), (480, "image/webp")]),
        (960, [(960, "image/webp"), (960, "image/jpeg"), (480, "image/webp")]),
        (700, [(700, "image/webp"), (700, "image/jpeg"), (480, "image/webp")]),
        (480, [(480, "image/webp"), (480, "image/jpeg")]),
        (1, [(1, "image/webp"), (1, "image/jpeg")]),
    ],
)
def test_several_widths_are_made_and_none_is_enlarged(width, expected):
    files = make_image_files(picture(width, width))
    assert [(file.width, file.type) for file in files] == expected
    for file in files:
        found = opened(file.content)
        assert (found.size, found.get_format_mimetype()) == ((file.width, file.height), file.type)
        assert file.digest == hashlib.sha256(file.content).hexdigest()


def test_what_can_be_seen_through_stays_so():
    files = make_image_files(saved(Image.new("RGBA", (600, 400), (200, 0, 0, 90)), "PNG"))
    assert {file.type for file in files} == {"image/webp", "image/png"}
    for file in files:
        assert opened(file.content).convert("RGBA").getpixel((5, 5))[3] == 90


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_kind_keep_their_shade(mode):
    gray = Image.new("RGB", (40, 40), "gray")
    made = {"I;16": Image.new("I;16", (40, 40), 32_768), "1": Image.new("1", (40, 40), 1), "P": gray.quantize(4)}
    middle = made.get(mode) or gray.convert(mode)
    content = saved(middle, "JPEG" if mode == "CMYK" else "PNG")
    shade = opened(make_image_files(content)[0].content).convert("L").getpixel((20, 20))
    assert abs(shade - (255 if mode == "1" else 128)) < 4


def test_of_a_photograph_with_a_second_picture_behind_it_the_first_is_shown():
    pictures = [Image.new("RGB", (40, 30), color) for color in ("red", "blue")]
    content = saved(pictures[0], "MPO", save_all=True, append_images=pictures[1:])
    assert Image.open(BytesIO(content)).format == "MPO"
    for file in make_image_files(content):
        assert opened(file.content).convert("RGB").getpixel((20, 15))[0] > 200


def full_of_secrets(format_: str) -> bytes:
    """A picture lying on its side that says where and with what it was taken, in every place that can."""
    image = Image.new("RGB", (600, 400), "teal")
    image.paste("red", (0, 0, 100, 400))
    exif = image.getexif()
    exif[ExifTags.Base.Orientation] = 6  # a quarter turn to the right
    exif[ExifTags.Base.Make] = "Secretcamera"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (40.0, 44.0, 54.0)
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.UserComment] = b"Secretcomment"
    options = {"exif": exif}
    if format_ == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Author", "Secretname")
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", "<x>Secretxmp</x>")
    elif format_ == "JPEG":
        options |= {"comment": "Secretcomment", "xmp": b"<x>Secretxmp</x>"}
    else:
        options["xmp"] = b"<x>Secretxmp</x>"
    return saved(image, format_, **options) + b"Secrettrailer"


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "WEBP"])
def test_nothing_of_an_upload_is_left_but_its_pixels(format_):
    content = full_of_secrets(format_)
    assert b"Secret" in content
    assert opened(content).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    for file in make_image_files(content):
        found = opened(file.content)
        assert b"Secret" not in file.content
        assert dict(found.getexif()) == {}
        assert not {"exif", "xmp", "comment", "icc_profile", "Author"} & found.info.keys()
        # Turned first, because what said how to turn it is gone.
        assert (found.width < found.height) is True
        assert found.convert("RGB").getpixel((found.width // 2, 5))[0] > 200


def test_an_upload_that_comes_again_makes_the_same_files():
    assert make_image_files(picture()) == make_image_files(picture())


# --- Drawings -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "inside",
    [
        '<linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient><path d="M0 0h9" fill="url(#a)"/>',
        '<clipPath id="a"><circle r="4"/></clipPath><rect width="9" height="9" clip-path="url(\'#a\')"/>',
        "<style>.a{fill:#fff}@media (prefers-color-scheme: dark){.a{fill:rgb(1 2 3)}}</style><path d='M0 0'/>",
        '<rect width="90" height="60" fill="#fff"/>'
        '<text x="1" y="20" style="font-weight:700">1 &lt; 2<tspan dx="1">3</tspan>4</text>',
        '<g transform="rotate(4)"><polygon points="0,0"/><polyline points="0,0"/><line x1="1"/><ellipse rx="1"/></g>',
    ],
)
def test_what_a_drawing_needs_is_kept(inside):
    [file] = make_image_files(drawing(inside))
    assert (file.type, file.width, file.height) == ("image/svg+xml", 90, 60)
    root, before = fromstring(file.content), fromstring(drawing(inside))
    assert (root.get("width"), root.get("height")) == ("90", "60")
    assert [(node.tag, node.text, node.tail) for node in root.iter()] == [
        (node.tag, node.text, node.tail) for node in before.iter()
    ]
    assert [node.attrib for node in list(root.iter())[1:]] == [node.attrib for node in list(before.iter())[1:]]


def test_words_comments_and_other_programs_notes_are_left_out_of_a_drawing():
    inside = (
        "<title>Secret</title><desc>Secret</desc><!-- Secret --><?xml-stylesheet href='Secret'?>"
        "<metadata><a xmlns='urn:x'>Secret</a></metadata><path d='M0 0h9' aria-label='Secret'/>Secret"
    )
    [file] = make_image_files(b"\xef\xbb\xbf<?xml version='1.0'?>\n" + drawing(inside))
    assert b"Secret" not in file.content
    assert b'<path d="M0 0h9" />' in file.content


def test_a_cleaned_drawing_is_clean():
    [file] = make_image_files(drawing('<rect width="90" height="60" fill="#fff"/><text y="20">a &amp; b</text>'))
    assert make_image_files(file.content) == [file]
