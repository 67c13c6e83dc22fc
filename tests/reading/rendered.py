"""Reading a page as a browser does: every text with the language and direction that it stands in."""

import re
from dataclasses import dataclass

from tests.parsing import parse_page

UNSEEN = {"script", "style", "template"}
# Attributes whose words somebody reads or hears, in the language of their element.
SPOKEN = ("aria-label", "title", "alt", "placeholder")
UNHEARD = re.compile(r'<span class="unbroken">(.*?)</span>')


@dataclass(frozen=True)
class Text:
    words: str
    lang: str
    dir: str


def parsed(response):
    """The page as it is heard: what only keeps a name on one line is left out."""
    return parse_page(UNHEARD.sub(r"\1", response.content.decode()))


def texts(response) -> list[Text]:
    """Every text of the page, head and spoken attributes included, in reading order."""
    return list(_texts(parsed(response), "", ""))


def _texts(element, lang: str, direction: str):
    if not isinstance(element.tag, str) or element.tag in UNSEEN:
        return
    lang, direction = element.get("lang", lang), element.get("dir", direction)
    said = [element.text, *(element.get(name) for name in SPOKEN)]
    if element.tag == "meta" and element.get("name") == "description":
        yield Text(element.get("content"), lang, "")  # nobody lays it out
    yield from (Text(" ".join(text.split()), lang, direction) for text in said if text and text.strip())
    for child in element:
        yield from _texts(child, lang, direction)
        if child.tail and child.tail.strip():
            yield Text(" ".join(child.tail.split()), lang, direction)


def words(response) -> str:
    """All texts in one, for asking whether something is there."""
    return "\n".join(text.words for text in texts(response))


def only(response, path: str):
    """The one element at an ElementTree path."""
    [element] = parsed(response).iterfind(path)
    return element


def links(response) -> list[str]:
    return [element.get("href") for element in parsed(response).iter("a")]


def robots(response) -> list[str]:
    return [element.get("content") for element in parsed(response).iter("meta") if element.get("name") == "robots"]


def canonical(response) -> str:
    [link] = [element for element in parsed(response).iter("link") if element.get("rel") == "canonical"]
    return link.get("href").removeprefix("http://testserver")
