"""Text as it is let in: composed, and without characters that nobody can see and that change what is read.

Everything that somebody types or imports passes here before it is kept. What stays although it cannot be seen is what
Arabic and its numbers need: joiners, left-to-right and right-to-left marks, and isolates that are closed again.
"""

import re
import unicodedata

# Zero-width spaces, soft hyphens, embeddings and overrides, invisible operators, annotations and tags, letters that
# are blank, controls, halves of characters, and code points that are none.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b"
    "\u202a-\u202e\u2060-\u2065\u206a-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_LINE_ENDS = re.compile("[\u0085\u2028\u2029]")
_ISOLATES = "\u2066\u2067\u2068"
_ISOLATE_END = "\u2069"
_SPACES = re.compile("[ \t\r\n\f\v]+")
_NO_BREAK_SPACE = re.compile("[\u00a0\u2007\u202f]")
# What stays and yet says nothing alone: joiners, directional marks, isolates, selectors of a character's form.
_SILENT = re.compile("[\\s\u061c\u200c-\u200f\u2066-\u2069\u2800\ufe00-\ufe0f]*")
_TAG_OR_TEXT = re.compile("(<[^>]*>)|[^<]+|<")
_BLOCK = re.compile(r"</?(?:p|h[1-6]|ul|ol|li|div|blockquote|table|caption|thead|tbody|tr|th|td)\b", re.IGNORECASE)


def clean_text(text: str) -> str:
    """A text that was typed or imported, as it may be kept; "" where nothing in it can be seen.

    Composed (NFC), as the texts that it is compared with. White space stays as it is, no-break spaces too.
    """
    text = _compose(_close_isolates(_strip(text)))
    return "" if is_blank(text) else text


def clean_line(text: str) -> str:
    """The same of a text of one line: its white space folded, except no-break spaces."""
    return _SPACES.sub(" ", clean_text(text)).strip(" ")


def clean_html(html: str) -> str:
    """The same of the text in sanitised HTML, between its tags. Isolates are closed within their block."""
    if html.isascii():
        return html
    pieces = [(match[0], bool(match[1])) for match in _TAG_OR_TEXT.finditer(_UNSEEN.sub("", html))]
    pieces = [(piece if is_tag else _strip(piece), is_tag) for piece, is_tag in pieces]
    blocks: list[str] = [""]
    for piece, is_tag in pieces:
        if is_tag and _BLOCK.match(piece):
            blocks += [piece, ""]
        else:
            blocks[-1] += piece
    # Text for text: a tag's ">" before a stroke would become one sign with it.
    return _TAG_OR_TEXT.sub(
        lambda match: match[0] if match[1] else _compose(match[0]), "".join(map(_close_isolates, blocks))
    )


def is_blank(text: str) -> bool:
    """Whether nothing of a text can be seen."""
    return bool(_SILENT.fullmatch(_UNSEEN.sub("", text)))


def count_unseen(text: str) -> int:
    """How many of its characters `clean_text` leaves out because nobody can see them."""
    return 0 if text.isascii() else len(_UNSEEN.findall(text))


def fold_no_break_spaces(text: str) -> str:
    """The text for comparing: a no-break space keeps words on a line, and is no other word than a space."""
    return _NO_BREAK_SPACE.sub(" ", text)


def is_same_without_spaces(one: str, other: str) -> bool:
    """Whether two texts have the same characters in the same order but for white space of any sort."""
    return "".join(one.split()) == "".join(other.split())


def _strip(text: str) -> str:
    return _compose(_LINE_ENDS.sub("\n", _UNSEEN.sub("", text)))


def _compose(text: str) -> str:
    """NFC; again after what stood between a letter and its accent was taken out."""
    return unicodedata.normalize("NFC", text)


def _close_isolates(text: str) -> str:
    """Without isolates that nothing closes, and without ends of what was never opened."""
    if not any(sign in text for sign in (*_ISOLATES, _ISOLATE_END)):
        return text
    signs = list(text)
    opened: list[int] = []
    for place, sign in enumerate(signs):
        if sign in _ISOLATES:
            opened.append(place)
        elif sign == _ISOLATE_END:
            if opened:
                opened.pop()
            else:
                signs[place] = ""
    for place in opened:
        signs[place] = ""
    return "".join(signs)
