"""Pages as trees. Whole pages are large, and lxml reads them many times faster than the parser of the product."""

from django.http import HttpResponse
from lxml import html


def parse_page(page: HttpResponse | str) -> html.HtmlElement:
    """The root element of a page; comments are left out."""
    content = page if isinstance(page, str) else page.content.decode()
    return html.document_fromstring(content.encode(), parser=html.HTMLParser(encoding="utf-8", remove_comments=True))


def without_language(page: HttpResponse, language: str) -> tuple[str, str]:
    """(HTML of a page without what it has in that language, which says so; HTML of that)"""
    root = parse_page(page)
    elements = root.xpath("//*[@lang=$language and not(ancestor::*[@lang=$language])]", language=language)
    taken = "".join(html.tostring(element, with_tail=False, encoding="unicode") for element in elements)
    for element in elements:
        element.clear(keep_tail=True)
    return html.tostring(root, encoding="unicode"), taken
