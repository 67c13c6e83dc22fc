"""Pages as trees. Whole pages are large, and lxml reads them many times faster than the parser of the product."""

from django.http import HttpResponse
from lxml import html


def parse_page(page: HttpResponse | str) -> html.HtmlElement:
    """The root element of a page; comments are left out."""
    content = page if isinstance(page, str) else page.content.decode()
    return html.document_fromstring(content.encode(), parser=html.HTMLParser(encoding="utf-8", remove_comments=True))
