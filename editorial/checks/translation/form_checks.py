"""Checks of a translation's form: untranslated, too long or short, spaces, doubled words, direction, quotes."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .contract import Difference, TranslationCheck, differs
from .languages import find_words
from .text_pairs import TextPair

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_LATIN_RUN = re.compile(r"(?<![A-Za-z'’,;-])[A-Za-z][A-Za-z'’,;-]*+(?:\s++[A-Za-z'’(),;-]++){3,}+")
_OPENED, _CLOSED = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068", "\u202c\u2069"
_QUOTES = '"“”„‟«»‹›「」『』《》〈〉〝〞＂'


class Untranslated(TranslationCheck):
    id = "untranslated"
    name = gettext_lazy("Text left untranslated")
    why = gettext_lazy("Readers of this language cannot read it. Translate it.")

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        source, target = pair.source.marks.plain, pair.target.marks.plain
        own = [word for word in _WORD.findall(source) if word.islower() and len(word) > 2]
        if not target.strip():
            if source.strip():
                yield Difference(source[:60], _("Nothing is translated."))
        elif target.strip() == source.strip():
            if len(own) >= 2:
                yield Difference(target[:60], _("It is the same as the source."))
        else:
            yield from self._left_over(pair, target)

    def _left_over(self, pair: TextPair, target: str) -> Iterator[Difference]:
        english, words = find_words("en"), find_words(pair.language)
        common = re.compile(rf"\b(?:{english.common})\b", re.IGNORECASE) if english else None
        for run in _LATIN_RUN.finditer(target):
            # Names and titles of studies stay: two little words of English, and none of the language's own.
            has_own = words and words.has_spaces and re.search(rf"\b(?:{words.common})\b", run[0], re.IGNORECASE)
            if common and len(common.findall(run[0])) >= 2 and not has_own:
                yield Difference(run[0][:60], _("These words are not translated."))


class UnlikelyLength(TranslationCheck):
    id = "unlikely-length"
    name = gettext_lazy("Much longer or shorter than the source")
    why = gettext_lazy("Something may be missing, or have been added. Compare both texts.")

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        words = find_words(pair.language)
        long, here = len(pair.source.marks.plain), len(pair.target.marks.plain)
        if words is None or long < 40 or not here or pair.source.marks.plain.count(";") > 2:  # a list of search words
            return
        least, most = words.length
        if not least <= here / long <= most:
            message = _("The source has %(source)d characters, the translation %(target)d.")
            yield Difference(pair.target.marks.plain[:60], message % {"source": long, "target": here})


class Spacing(TranslationCheck):
    id = "spacing"
    name = gettext_lazy("Spaces")
    why = gettext_lazy("Two spaces, one before a comma or none after it. Readers stumble; it changes nothing else.")
    needs_words = False

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        text = pair.target.raw
        if re.search(r"(?<=\S)[ \u00a0]{2,}(?=\S)", text):
            yield Difference("", _("There are two spaces in a row."))
        if match := re.search(r"\S{0,20}\s++(?:[.,;:!?](?!\d|\.\.)|[،؛؟。，；：！？])", pair.target.marks.plain):
            yield Difference(match[0], _("There is a space before a punctuation mark."))
        match = re.search(r"(?<![^\W\d_])[^\W\d_]{2,40}[,;:،؛](?=[^\W\d_]{2,})", pair.target.marks.words)
        if match and pair.language != "zh-hans":
            yield Difference(match[0], _("There is no space after a punctuation mark."))
        if text != text.strip() and pair.source.raw == pair.source.raw.strip():
            yield Difference("", _("There is a space at the beginning or the end."))


class DoubledWord(TranslationCheck):
    id = "doubled-word"
    name = gettext_lazy("Word that stands twice")
    why = gettext_lazy("Mostly a slip. Take one out.")

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        words = find_words(pair.language)
        if words is None or not words.has_spaces:
            return
        for match in re.finditer(r"(?<!\w)([^\W\d_]{2,})[ \u00a0]+\1(?!\w)", pair.target.marks.plain, re.IGNORECASE):
            twice = re.compile(rf"(?<!\w){re.escape(match[1])}\s+{re.escape(match[1])}(?!\w)", re.IGNORECASE)
            if match[1].lower() not in words.doubled and not twice.search(pair.source.marks.plain):
                yield Difference(match[0], "")


class BidiMarks(TranslationCheck):
    id = "bidi-marks"
    name = gettext_lazy("Marks of writing direction")
    why = gettext_lazy(
        "An open mark turns round what follows it, and a number may be read backwards. Close it, or take it out."
    )
    needs_words = False

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        text = pair.target.marks.plain
        if "\u202d" in text or "\u202e" in text:
            yield Difference("", _("A mark forces the direction of letters."))
        elif sum(text.count(sign) for sign in _OPENED) != sum(text.count(sign) for sign in _CLOSED):
            yield Difference("", _("A mark of direction is opened and not closed, or closed and not opened."))


class QuotationMarks(TranslationCheck):
    id = "quotation-marks"
    name = gettext_lazy("Quotation marks of another language")
    why = gettext_lazy("Use those of this language, and close what is opened.")

    def compare(self, pair: TextPair) -> Iterator[Difference]:
        words, text = find_words(pair.language), pair.target.marks.plain
        if words is None:
            return
        foreign = [sign for sign in text if sign in _QUOTES and sign not in words.quotes]
        if foreign:
            yield Difference(foreign[0], differs("", foreign[0]) if foreign[0] not in pair.source.marks.plain else "")
        for opening, closing in ("“”", "«»", "「」", "《》"):
            if text.count(opening) != text.count(closing):
                yield Difference(opening, _("A quotation is opened and not closed, or closed and not opened."))
