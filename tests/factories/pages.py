"""Pages in every state, made through the services that people use."""

import re
from datetime import date
from itertools import count

from articles.models import Article
from articles.services import create_article, save_article
from editorial.checks.dismissals import dismiss_finding, read_working_page
from editorial.checks.registry import find_what_needs_reasons
from editorial.editions import freezing
from editorial.editions.models import Document, Edition, SignOff
from editorial.editions.tree import inline
from editorial.editions.tree.units import find_units
from editorial.editions.working.copies import version_token
from editorial.editions.working.pages import create_page
from editorial.editions.working.translated_words import write_translation
from editorial.library.models import Reference
from editorial.library.services import create_reference, save_reference
from editorial.library.site_words.services import create_site_words
from editorial.reviews import services
from editorial.reviews.checklist import current_questions
from editorial.reviews.models import Answer
from editorial.reviews.services import reaffirm, sign_off
from tests.factories.people import PASSWORD

_numbers = count(1)
PROSE = ("paragraph", "item", "subheading")
SECTION = {
    "heading": "What is it?",
    "body": "<p>It helps the <strong>immune system</strong>.</p><ul><li><p>One</p></li><li><p>Two</p></li></ul>",
}


def reference(key: str = "schmid-2020", **fields) -> dict:
    """Fields of a reference; each key has a DOI of its own."""
    return {
        "key": key,
        "title": "Pembrolizumab for Early Triple-Negative Breast Cancer",
        "source": "N Engl J Med 2020;382:810-21",
        "doi": f"10.1056/{key}",
        "accessed_on": date(2026, 3, 1),
        **fields,
    }


def put_references(user, *rows: dict) -> None:
    """Put references into the library, or change those that are there under their keys."""
    for row in rows:
        known = Reference.objects.filter(key=row["key"]).first()
        if known:
            save_reference(known, user=user, **row)
        else:
            create_reference(user=user, **row)


def article(user, **parts) -> Document:
    """An article that is ready to be submitted; `parts` as in `edit`."""
    slug = parts.pop("slug", f"article-{next(_numbers)}")
    document = create_article(slug, parts.pop("title", "Immunotherapy"), user=user).document
    edit(document, user, **{"lead": "What it is and whom it helps.", "sections": [SECTION], **parts})
    return document


def edit(
    document: Document, user, *, reason: str = "", topics=None, key_points=(), sections=(), references=(), **fields
):
    """Save the source language, as from a form that was opened just now; `references` go into the library first."""
    put_references(user, *references)
    return save_article(
        document,
        user=user,
        token=version_token(document, "en"),
        reason=reason,
        fields=fields,
        topics=topics,
        key_points=key_points,
        sections=sections,
    )


def working(document: Document) -> Article:
    """The working copy, read fresh."""
    return Article.objects.get(document=document)


def in_digits(text: str) -> str:
    """With the numbers of our sources in digits, which are right in every language."""
    digits = {"one": "1", "two": "2", "second": "2", "three": "3", "four": "4"}
    return re.sub(r"\b(?:two|second|three|four)\b", lambda word: digits[word[0].lower()], text, flags=re.IGNORECASE)


def typed_translation(source: Edition, language: str) -> dict:
    """{place: what a translator types}: the source's words with the language before them, and numbers in digits."""

    def typed(unit):
        return inline.to_html(unit.source) if unit.node.type in PROSE else inline.typed_text(unit.source)

    return {unit.place: f"{language} {in_digits(typed(unit))}" for unit in find_units(source.tree)}


def translate(document: Document, language: str, user, words: dict | None = None, **keywords) -> None:
    """Translate the signed source edition; without `words`, all of it."""
    source = freezing.find_signed_source(document)
    keywords = {"token": version_token(document, language), "reason": "translated", **keywords}
    words = typed_translation(source, language) if words is None else words
    write_translation(document, language, words, source=source, user=user, **keywords)


def give_reasons(document: Document, language: str, user) -> None:
    """Write a reason at all that a translation that means something else may not be submitted without."""
    page = read_working_page(document, language)
    for finding in find_what_needs_reasons(page):
        dismiss_finding(
            document, language, check=finding.check.id, node_id=finding.node.id, user=user, reason="Made up."
        )


def answers(edition: Edition) -> dict[int, str]:
    """Yes to all of its checklist."""
    return {question.pk: Answer.YES for question in current_questions(edition)}


def sign(edition: Edition, user, **keywords) -> SignOff:
    return sign_off(edition, user=user, **{"password": PASSWORD, "answers": answers(edition), **keywords})


def confirm(edition: Edition, user, **keywords) -> SignOff:
    """Reaffirm it, with yes to all of its checklist."""
    return reaffirm(edition, user=user, **{"password": PASSWORD, "answers": answers(edition), **keywords})


def bring_back(edition: Edition, user, **keywords) -> SignOff:
    """Sign it again after its page was taken down, with yes to all of its checklist."""
    typed = {"password": PASSWORD, "answers": answers(edition), "remarks": "It was right after all.", **keywords}
    return services.bring_back(edition, user=user, **typed)


def submit(document: Document, language: str, *, user, **keywords) -> Edition:
    """As the service does; readers need no note about the change, unless a test says otherwise."""
    return services.submit(document, language, user=user, **{"has_no_note": True, **keywords})


def publish(document: Document, writer, signer, language: str = "en", **keywords) -> Edition:
    """Submit and sign the working copy in one language; returns the edition, which is released."""
    edition = submit(document, language, user=writer)
    sign(edition, signer, **keywords)
    return edition


def publish_translation(document: Document, language: str, writer, signer, **keywords) -> Edition:
    """Translate all of the signed source, submit and sign it."""
    translate(document, language, writer)
    return publish(document, writer, signer, language, **keywords)


def site_words(
    user, slug: str = "withdrawn", title: str = "This page was taken down", body: str = "<p>We check it.</p>", **more
):
    return create_site_words(slug, title, body, user=user, **more).document


def glossary_entry(user, slug: str = "pd-l1", title: str = "PD-L1", short: str = "A protein on cells.", body: str = ""):
    return create_page("glossary", slug, title, user=user, short=short, body=body).document
