"""What the demonstration's pages share: references, glossary entries, site words; for figures see figures.py."""

from django.conf import settings
from django.db import transaction

from editorial.editions.models import Document
from editorial.editions.working.copies import version_token
from editorial.editions.working.pages import create_page, save_page
from editorial.library.glossary.models import GlossaryEntry
from editorial.library.models import Reference
from editorial.library.services import create_reference
from editorial.library.site_words.models import SiteWords
from editorial.library.site_words.services import create_site_words
from editorial.translations.models import Term
from editorial.translations.terms.csv_files import read_terms
from editorial.translations.terms.imports import import_terms

from .content_files import TERMS, Words, plain_words, prose_words, read_content, translated_languages
from .signing import REASON, is_signed, sign, translate


def load_references(names: list[str], people: dict) -> None:
    for data in (reference for name in names for reference in read_content(name)["references"]):
        if not Reference.objects.filter(key=data["key"]).exists():
            fields = {name: data[name] for name in ("key", "title", "source", "doi", "pmid", "url")}
            fields |= {name: data[name] for name in ("set_id", "label_version", "label_date") if name in data}
            create_reference(user=people["author"], accessed_on=data["accessed"], **fields)


def load_terms(people: dict) -> None:
    """What translators decided. Nobody qualified has checked the translations."""
    if not Term.objects.exists():
        import_terms(read_terms(TERMS.read_bytes()), user=people["head"])


# --- Site words ---


@transaction.atomic
def load_site_words(data: dict, people: dict) -> bool:
    """Site words in every language; False if they were loaded before."""
    if Document.objects.filter(kind="site-words", slug=data["slug"]).exists():
        return False
    phrases = data.get("phrases", [])
    site_words = create_site_words(
        data["slug"],
        data["title"]["en"],
        data["body"]["en"],
        phrases=[{"key": phrase["key"], "text": phrase["text"]["en"]} for phrase in phrases],
        is_page=f"site-words/{data['slug']}" in settings.SITE_PAGES,
        user=people["author"],
    )
    sign(site_words.document, "en", people)
    site_words = SiteWords.objects.get(pk=site_words.pk)
    for language in translated_languages(data["title"]):
        words = plain_words(("site-words", "title"), data["title"], language)
        for phrase, phrase_data in zip(site_words.phrases.all(), phrases, strict=True):
            words |= plain_words((phrase.block_id, "text"), phrase_data["text"], language)
        words |= prose_words(site_words.body_en or "", data["body"], language)
        translate(site_words.document, language, words, people)
    return True


# --- Glossary entries ---


def begin_glossary_entry(data: dict, people: dict) -> Document:
    """The entry with nothing but its word, so that other pages can link to it."""
    existing = Document.objects.filter(kind="glossary", slug=data["slug"]).first()
    return existing or create_page("glossary", data["slug"], data["title"]["en"], user=people["author"]).document


@transaction.atomic
def load_glossary_entry(data: dict, people: dict) -> bool:
    """One entry in every language that it has; False if it was loaded before."""
    document = begin_glossary_entry(data, people)
    if is_signed(document):
        return False
    save_page(
        document,
        user=people["author"],
        token=version_token(document, "en"),
        reason=REASON,
        fields={"short": data["short"]["en"], "body": data.get("body", {}).get("en", "")},
    )
    sign(document, "en", people)
    for language in translated_languages(data["title"]):
        translate(document, language, _entry_words(document, data, language), people)
    return True


def _entry_words(document: Document, data: dict, language: str) -> Words:
    entry = GlossaryEntry.objects.get(document=document)
    words = prose_words(entry.body_en or "", data.get("body", {}), language)
    for field in ("title", "short"):
        words |= plain_words(("entry", field), data[field], language)
    return words
