"""Who works here, and a signed translation."""

from editorial.editions.models import Edition
from tests.factories import pages, people
from tests.layers import layer

FEVER = "Call your care team the same day if your fever is over 38 °C."
SIGNED = f"es {FEVER}"


@layer
def author():
    return people.author()


@layer
def reviewer():
    return people.reviewer()


@layer
def translator():
    return people.translator("es", "ar")


@layer
def signed(author, reviewer, translator) -> Edition:
    """A page in Spanish that says this."""
    return publish_both(author, reviewer, translator, "Fever", f"<p>{FEVER}</p>")


def publish_both(author, reviewer, translator, title: str, body: str, **parts) -> Edition:
    """A page that is live in English and Spanish; returns the Spanish edition."""
    document = pages.article(author, title=title, sections=[{"heading": "When to call", "body": body}], **parts)
    pages.publish(document, author, reviewer)
    return pages.publish_translation(document, "es", translator, reviewer)
