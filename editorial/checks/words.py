"""Checks about single words and what became of them: names of links, headings, notes, dead links."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.editions.freezing import dead_links
from editorial.editions.tree import inline
from editorial.editions.tree.nodes import Node

from .contract import Check, Spot
from .pages import Page
from .sentences import shortened


class BrokenLink(Check):
    id = "broken-link"
    name = gettext_lazy("Link that leads to no page of this site")
    why = gettext_lazy("A reader who follows it finds nothing. Put its address right, or take it out.")
    is_blocker = True

    def find(self, page: Page) -> Iterator[Spot]:
        dead = dead_links(page.tree)
        for node in page.nodes.values() if dead else ():
            for link in dict.fromkeys(run["link"] for run in _runs(node) if run.get("link") in dead):
                yield Spot(node, link, dead[link])


def _runs(node: Node) -> Iterator[dict]:
    for words in node.words.values():
        if not isinstance(words, str):
            yield from words


_EMPTY_LINKS = {
    "en": {
        "click here", "here", "this", "this link", "this page", "link", "read more", "more", "learn more", "see more",
        "find out more", "this article", "this website",
    },
    "es": {
        "haga clic aquí", "clic aquí", "pulse aquí", "aquí", "este enlace", "esta página", "este artículo", "enlace",
        "leer más", "más", "ver más",
    },
    "ar": {"اضغط هنا", "انقر هنا", "هنا", "هذا الرابط", "الرابط", "المزيد", "اقرأ المزيد", "هذه الصفحة"},
    "zh-hans": {
        "点击这里", "点击此处", "点击", "这里", "此处", "链接", "此链接", "本页", "更多", "了解更多", "阅读更多",
    },
    "vi": {"bấm vào đây", "nhấn vào đây", "tại đây", "ở đây", "liên kết này", "trang này", "đọc thêm", "xem thêm"},
}  # fmt: skip


class ClickHere(Check):
    id = "click-here"
    name = gettext_lazy("Link that does not say where it leads")
    why = gettext_lazy("Screen readers list links without the text around them. Link the words that name the page.")

    def find(self, page: Page) -> Iterator[Spot]:
        for node in page.nodes.values():
            # A link of which a part is bold is one link in two runs.
            for link, runs in groupby(_runs(node), key=lambda run: run.get("link")):
                text = inline.plain(list(runs)).strip(" .:,。：，،")
                if link and (text.casefold() in _EMPTY_LINKS[page.language] or text == link):
                    yield Spot(node, text)


class Headings(Check):
    """A page has two levels below its title, so none can be skipped; what is a heading and looks like none can.

    A bold paragraph that ends as a sentence does is one that matters, such as when to call, and no heading.
    """

    id = "headings"
    name = gettext_lazy("Heading without text, or a line that only looks like one")
    why = gettext_lazy("People and screen readers find their way by headings. Each needs a text of its own under it.")

    def find(self, page: Page) -> Iterator[Spot]:
        for parent in page.nodes.values():
            for place, node in enumerate(parent.children):
                after = parent.children[place + 1] if place + 1 < len(parent.children) else None
                if node.type == "subheading" and (after is None or after.type in ("subheading", "references")):
                    yield Spot(node, shortened(node.plain("text")), _("nothing stands under it"))
                if node.type == "paragraph" and _is_bold(node) and after is not None:
                    yield Spot(node, shortened(node.plain("text")), _("all of it is bold: make it a subheading"))


def _is_bold(node: Node) -> bool:
    texts = [run for run in node.words["text"] if run.get("text", "").strip(" :.")]
    text = node.plain("text")
    return (
        len(text) <= 80
        and not text.endswith((".", "!", "。", "！"))
        and bool(texts)
        and all("strong" in run.get("marks", ()) for run in texts)
    )


class OldNote(Check):
    id = "old-note"
    name = gettext_lazy("Note for readers that is still the last edition's")
    why = gettext_lazy(
        "Readers see in it what changed on the page. Say what is different this time, or leave it empty."
    )

    def find(self, page: Page) -> Iterator[Spot]:
        root, before = page.tree.root, page.base.root if page.base else None
        note = root.plain("change_note")
        if before and note and note == before.plain("change_note") and root != before:
            yield Spot(root, shortened(note), word="change_note", before=before)
