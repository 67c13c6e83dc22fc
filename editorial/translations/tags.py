"""Marks in a text as numbered tags: a link or bold words as ⟦1⟧…⟦/1⟧, a citation or what is asserted as ⟦2⟧.

What a translator types is plain text with these tags, so that no mark can be half there: the numbers are those of the
source, and the server refuses what it cannot read. A line break is a line break.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from editorial.editions.models.addresses import show_stored_addresses
from editorial.editions.tree import inline, prose
from editorial.editions.tree.units import Unit
from editorial.text_hygiene import clean_line, clean_text

HTML_NODES = ("paragraph", "item", "cell")  # blocks whose words may hold marks, and are typed as HTML
_TAG = re.compile(r"⟦\s*(/?)\s*(\d{1,3})\s*⟧")
_SINGLE = ("cite", "asserts")


@dataclass(frozen=True, slots=True)
class Tag:
    """One mark of a text: `run` is a run of it without its words. Those of a translation alone are not `is_source`."""

    number: int
    run: inline.Run
    is_source: bool = True

    @property
    def is_pair(self) -> bool:
        return not any(name in self.run for name in _SINGLE)

    @property
    def opening(self) -> str:
        return f"⟦{self.number}⟧"

    @property
    def closing(self) -> str:
        return f"⟦/{self.number}⟧" if self.is_pair else ""


def name_tags(tags: Sequence[Tag]) -> list[tuple[Tag, str]]:
    """(tag, what it is, in words) of each. One query at most."""
    names = {"strong": _("bold"), "em": _("italic"), "sub": _("subscript"), "sup": _("superscript")}
    links = list(dict.fromkeys(link for tag in tags if (link := inline.address(tag.run))))
    shown = dict(zip(links, show_stored_addresses(*links), strict=True))

    def name(run: inline.Run) -> str:
        if "cite" in run:
            return _("citation %(key)s") % {"key": run["cite"]}
        if "asserts" in run:
            return _("what is asserted: %(fact)s") % {"fact": run["asserts"]}
        marks = [names[mark] for mark in run.get("marks", ()) if mark in names]
        if address := inline.address(run):
            marks.append(_("link to %(address)s") % {"address": shown[address]})
        return ", ".join(marks)

    return [(tag, name(tag.run)) for tag in tags]


def is_html(unit: Unit) -> bool:
    """Whether its words are typed as HTML: they may hold marks. All others hold citations at most."""
    return unit.node.type in HTML_NODES and unit.is_rich


def find_tags(unit: Unit, words: str | inline.Runs = "") -> list[Tag]:
    """The tags of a unit's source; then those of its translation that are none of these."""
    tags: list[Tag] = []
    for run in unit.source if not isinstance(unit.source, str) else ():
        if mark := _mark(run):
            tags.append(Tag(len(tags) + 1, mark))
    for run in words if not isinstance(words, str) else ():
        mark = _mark(run)
        if mark and not any(tag.run == mark for tag in tags):
            tags.append(Tag(len(tags) + 1, mark, is_source=False))
    return tags


def _mark(run: inline.Run) -> inline.Run:
    """What a run is besides its words; empty where it is nothing more, or a line break."""
    return {} if "break" in run else {name: value for name, value in run.items() if name != "text"}


def write_tagged(words: str | inline.Runs, tags: Sequence[Tag]) -> str:
    """The words as a translator types them. Marks that are none of the tags are left out; their words stay."""
    if isinstance(words, str):
        return words
    left, parts = list(tags), []
    for run in words:
        mark = _mark(run)
        tag = next((tag for tag in [*left, *tags] if tag.run == mark), None) if mark else None
        if tag in left:
            left.remove(tag)
        text = "\n" if "break" in run else run.get("text", "")
        parts.append(f"{tag.opening}{text}{tag.closing}" if tag else text)
    return "".join(parts)


def tag_typed(typed: str, unit: Unit, tags: Sequence[Tag]) -> str:
    """What somebody or something offers for a unit, as it would be typed (HTML or text), with tags."""
    return write_tagged(read_typed(typed, unit), tags)


def show_tags(text: str) -> SafeString:
    """A text with its tags set apart from its words."""
    html = _TAG.sub(lambda tag: f'<span class="tag" dir="ltr">{tag[0]}</span>', escape(text)).replace("\n", "<br>")
    return mark_safe(html)  # noqa: S308 (escaped; what is put around tags is ours)


def read_typed(typed: str, unit: Unit) -> str | inline.Runs:
    """The words of what would be typed for a unit: HTML or text."""
    if is_html(unit):
        return prose.rich_words(typed)
    return inline.from_text(clean_text(typed)) if unit.is_rich else clean_line(typed)


def to_typed(words: str | inline.Runs, unit: Unit) -> str:
    """The way back: what `write_translation` takes."""
    return inline.to_html(words) if is_html(unit) else inline.typed_text(words)


@dataclass(frozen=True, slots=True)
class Tagged:
    """What was read of a text with tags: its words, what is wrong with its tags, and which of the source's it lacks."""

    words: str | inline.Runs
    problems: list[str]
    missing: list[Tag]


def read_tagged(text: str, unit: Unit, tags: Sequence[Tag]) -> Tagged:
    """The words of a text with tags. Where there are problems, the words are not to be kept."""
    if not unit.is_rich:
        line = clean_line(text)
        return Tagged(line, [_no_tag(tag[0]) for tag in _TAG.finditer(line) if tag[0] not in unit.source], [])
    numbered = {tag.number: tag for tag in tags}
    runs: inline.Runs = []
    problems: list[str] = []
    used: dict[int, int] = {}
    open_tag: Tag | None = None
    for piece, is_end, number in _pieces(clean_text(text)):
        added = _runs(piece, open_tag)
        if open_tag and inline.plain(added):
            used[open_tag.number] = used.get(open_tag.number, 0) + 1
        runs += added
        tag = numbered.get(number)
        if number < 0:
            continue
        if tag is None or (is_end and not tag.is_pair):
            problems.append(_no_tag(f"⟦{'/' if is_end else ''}{number}⟧"))
        elif not tag.is_pair:
            runs.append(dict(tag.run))
            used[number] = used.get(number, 0) + 1
        elif is_end:
            if open_tag is not tag:
                problems.append(_("⟦/%(number)d⟧ ends a tag that was not begun before it.") % {"number": number})
            open_tag = None
        elif open_tag:
            problems.append(
                _("⟦%(inner)d⟧ begins before ⟦%(outer)d⟧ has ended.") % {"inner": number, "outer": open_tag.number}
            )
        else:
            open_tag = tag
    if open_tag:
        problems.append(_("⟦%(number)d⟧ has no end: put ⟦/%(number)d⟧ after its words.") % {"number": open_tag.number})
    if any("⟦" in run.get("text", "") or "⟧" in run.get("text", "") for run in runs):
        problems.append(_("A tag is broken. Each is a number between ⟦ and ⟧: take it out, and put it in again."))
    problems += [
        _("⟦%(number)d⟧ stands here twice.") % {"number": tag.number}
        for tag in tags
        if not tag.is_pair and used.get(tag.number, 0) > 1
    ]
    words = inline.normalise(runs)
    return Tagged(words, problems, [tag for tag in tags if tag.is_source and not _is_there(tag, used, words)])


def _no_tag(tag: str) -> str:
    return _("The source has no tag ⟦%(number)s⟧.") % {"number": tag.strip("⟦⟧ ")}


def _pieces(text: str) -> Iterator[tuple[str, bool, int]]:
    """(text before it, whether it is an end, number) of each tag; of the text after the last one, the number is -1."""
    end = 0
    for match in _TAG.finditer(text):
        yield text[end : match.start()], bool(match[1]), int(match[2])
        end = match.end()
    yield text[end:], False, -1


def _runs(text: str, tag: Tag | None) -> inline.Runs:
    """Runs of a piece of text within a tag, or within none."""
    runs: inline.Runs = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
        runs += [{"break": True}] if number else []
        found = inline.marked(line, frozenset(), "")
        runs += [{**run, **tag.run} if tag and "text" in run else run for run in found]
    return runs


def _is_there(tag: Tag, used: dict[int, int], words: inline.Runs) -> bool:
    """Whether it stands in the text, or what it stands for was typed out ([@key])."""
    return tag.number in used or (not tag.is_pair and tag.run in words)
