"""The site before: a page that was signed in two languages. Run as a program, in the copy."""

import django

django.setup()

from tests.factories import pages, people  # noqa: E402 (models are there only now)

if __name__ == "__main__":
    writer, signer = people.author(username="writer"), people.reviewer("en", "es", username="signer")
    translator = people.translator("es", username="translator")
    page = pages.article(writer, slug="a-page", sections=[{"heading": "More", "body": "<p>Call your care team.</p>"}])
    pages.publish(page, writer, signer)
    pages.publish_translation(page, "es", translator, signer)
    words = pages.site_words(writer, "page-words", phrases=[{"key": "fallback-title", "text": "Not translated yet"}])
    pages.publish(words, writer, signer)
