"""The terms of the open unit: shown beside it, with translations to put in at the cursor, and marked in its source."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import chain, repeat

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from editorial.accounts.languages import bcp47, direction
from editorial.checks.translation.term_base import FoundTerm
from editorial.editions.tree import inline

from ..models.terms import Level
from ..unit_aids import OpenUnit
from .kept_terms import find_terms

SIGNS = {Level.REQUIRED: "✓", Level.PREFERRED: "○", Level.FORBIDDEN: "✗"}
_TAG_OR_TEXT = re.compile(r"(<[^>]*>)|[^<]+")


def show_terms(opened: OpenUnit) -> SafeString:
    """The aid: every term of the source once, in reading order, with what is decided about it; "" for none."""
    found = find_terms(opened.language).find(inline.plain(opened.unit.source))
    rows = list({row.terms: row for row in found}.values())
    if not rows:
        return mark_safe("")
    keys = chain(map(str, range(1, 10)), repeat(""))
    context = {
        "rows": [_describe(row, keys) for row in rows],
        "lang": bcp47(opened.language),
        "dir": direction(opened.language),
    }
    return render_to_string("translations/desk/_unit_terms.html", context)


def _describe(found: FoundTerm, keys: Iterator[str]) -> dict[str, object]:
    """One term for the template. `keys` are the digits by which the editor puts in what is offered, in that order."""
    is_kept = any(term.is_kept for term in found.terms)
    kept_key = next(keys) if is_kept else ""
    translations = [
        {
            "text": translation.text,
            "level": translation.level,
            "level_name": Level(translation.level).label,
            "sign": SIGNS[Level(translation.level)],
            "note": translation.note,
            "decided_by": translation.decided_by,
            "is_offered": translation.level != Level.FORBIDDEN,
            "key": next(keys) if translation.level != Level.FORBIDDEN else "",
        }
        for term in found.terms
        for translation in term.translations
    ]
    return {
        "written": found.written,
        "notes": [term.note for term in found.terms if term.note],
        "is_kept": is_kept,
        "key": kept_key,
        "translations": translations,
    }


def mark_terms(html: str, language: str) -> SafeString:
    """Sanitised HTML of a source with its terms in <mark>, whose title says what they are called in `language`."""
    base = find_terms(language)
    pieces = [
        piece[0] if piece[1] else _mark_text(unescape(piece[0]), base.find(unescape(piece[0])))
        for piece in _TAG_OR_TEXT.finditer(html)
    ]
    return mark_safe("".join(pieces))  # noqa: S308 (tags as they were; all else is escaped here)


def _mark_text(text: str, found: list[FoundTerm]) -> str:
    marked, place = "", 0
    for row in found:
        start = text.find(row.written, place)
        if start < 0:  # it is composed otherwise there
            continue
        title = escape(_summary(row))
        marked += f'{escape(text[place:start])}<mark class="term" title="{title}">{escape(row.written)}</mark>'
        place = start + len(row.written)
    return marked + escape(text[place:])


def _summary(found: FoundTerm) -> str:
    if any(term.is_kept for term in found.terms):
        return _("do not translate")
    texts = [text for term in found.terms for text in term.with_level(Level.REQUIRED, Level.PREFERRED)]
    return " / ".join(dict.fromkeys(texts))
