"""Checks about links: where they lead, and what they are called."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy

from editorial.editions.freezing import dead_links
from editorial.editions.tree import inline
from editorial.editions.tree.nodes import Node

from .checked_pages import CheckedPage
from .contract import Check, FindingPlace


class BrokenLink(Check):
    id = "broken-link"
    name = gettext_lazy("Link that leads to no page of this site")
    why = gettext_lazy("A reader who follows it finds nothing. Put its address right, or take it out.")
    is_blocker = True

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        dead = dead_links(page.tree) if page.dead_links is None else page.dead_links
        for node in page.nodes.values() if dead else ():
            for link in dict.fromkeys(map(inline.address, _runs(node))):
                if link in dead:
                    yield FindingPlace(node, link, dead[link])


def _runs(node: Node) -> Iterator[dict[str, Any]]:
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
    languages = frozenset(_EMPTY_LINKS)

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        for node in page.nodes.values():
            # A link of which a part is bold is one link in two runs.
            for link, runs in groupby(_runs(node), key=inline.address):
                text = inline.plain(list(runs)).strip(" .:,。：，،")
                if link and (text.casefold() in _EMPTY_LINKS[page.language] or text == link):
                    yield FindingPlace(node, text)
