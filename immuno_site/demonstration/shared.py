"""What the demonstration's pages share: references, glossary entries, site words; for figures see figures.py."""

from django.conf import settings
from django.db import transaction

from editorial.editions.models import Document
from editorial.editions.working.copies import version_token
from editorial.library.models import GlossaryEntry, Reference, SiteWords
from editorial.library.services import create_glossary_entry, create_reference, create_site_words, save_glossary_entry

from .reading import Words, blocks, languages, plain, read
from .signing import REASON, is_signed, sign, translate


def load_references(names: list[str], people: dict) -> None:
    for data in (each for name in names for each in read(name)["references"]):
        if not Reference.objects.filter(key=data["key"]).exists():
            fields = {name: data[name] for name in ("key", "title", "source", "doi", "pmid", "url")}
            create_reference(user=people["author"], accessed_on=data["accessed"], **fields)


# --- Site words ---


@transaction.atomic
def load_words(data: dict, people: dict) -> bool:
    """Site words in every language; False when they were loaded before."""
    if Document.objects.filter(kind="site-words", slug=data["slug"]).exists():
        return False
    phrases = data.get("phrases", [])
    words = create_site_words(
        data["slug"],
        data["title"]["en"],
        data["body"]["en"],
        phrases=[{"key": each["key"], "text": each["text"]["en"]} for each in phrases],
        is_page=f"site-words/{data['slug']}" in settings.SITE_PAGES,
        user=people["author"],
    )
    sign(words.document, "en", people)
    words = SiteWords.objects.get(pk=words.pk)
    for language in languages(data["title"]):
        told = plain(("site-words", "title"), data["title"], language)
        for phrase, each in zip(words.phrases.all(), phrases, strict=True):
            told |= plain((phrase.block_id, "text"), each["text"], language)
        translate(words.document, language, told | blocks(words.body_en or "", data["body"], language), people)
    return True


# --- Glossary entries ---


def begin_entry(data: dict, people: dict) -> Document:
    """The entry with nothing but its word, so that other pages can lead to it."""
    known = Document.objects.filter(kind="glossary", slug=data["slug"]).first()
    return known or create_glossary_entry(data["slug"], data["title"]["en"], user=people["author"]).document


@transaction.atomic
def load_entry(data: dict, people: dict) -> bool:
    """One entry in every language that it has; False when it was loaded before."""
    document = begin_entry(data, people)
    if is_signed(document):
        return False
    save_glossary_entry(
        document,
        user=people["author"],
        token=version_token(document, "en"),
        reason=REASON,
        short=data["short"]["en"],
        body=data.get("body", {}).get("en", ""),
    )
    sign(document, "en", people)
    for language in languages(data["title"]):
        translate(document, language, _entry_words(document, data, language), people)
    if newer := data["short"].get("newer"):  # its translations are of the edition before: outdated
        token = version_token(document, "en")
        save_glossary_entry(document, user=people["author"], token=token, reason=REASON, short=newer)
        sign(document, "en", people)
    return True


def _entry_words(document: Document, data: dict, language: str) -> Words:
    entry = GlossaryEntry.objects.get(document=document)
    words = blocks(entry.body_en or "", data.get("body", {}), language)
    for field in ("title", "short"):
        words |= plain(("entry", field), data[field], language)
    return words
