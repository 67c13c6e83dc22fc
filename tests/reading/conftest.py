"""People and pages that the tests of public pages share."""

from types import SimpleNamespace

from tests.factories import pages, people
from tests.layers import layer


@layer
def desk():
    """Who works here: one of each whom a page needs."""
    return SimpleNamespace(
        author=people.author(),
        reviewer=people.reviewer(),
        translator=people.translator("es", "ar", "zh-hans", "vi"),
        operator=people.operator(),
        head=people.head(),
    )


@layer
def article(desk):
    """An article that is live in English, at /en/articles/a-page/."""
    document = pages.article(desk.author, slug="a-page", title="Zebra title", lead="Zebra lead.")
    pages.publish(document, desk.author, desk.reviewer)
    return document


@layer
def spanish(article, desk):
    """The same article, live in Spanish too."""
    pages.publish_translation(article, "es", desk.translator, desk.reviewer)
    return article


@layer
def stock(desk):
    """The stock explanation of a withdrawn page, signed in English and Spanish."""
    document = pages.site_words(desk.author, "withdrawn", "Stock title", "<p>Stock words.</p>")
    pages.publish(document, desk.author, desk.reviewer)
    pages.publish_translation(document, "es", desk.translator, desk.reviewer)
    return document
