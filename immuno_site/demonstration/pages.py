"""Loads the demonstration's pages through the same services that people use, with their history and sign-offs."""

import tomllib
from pathlib import Path

from django.conf import settings

from articles.models import Article, Topic
from articles.services import create_article, save_article, save_topic
from editorial.accounts.languages import column, target_languages
from editorial.editions import freezing
from editorial.editions.models import Document
from editorial.editions.tree import inline, prose
from editorial.editions.working.copies import version
from editorial.editions.working.words import write_words
from editorial.library.models import Reference, SiteWords
from editorial.library.services import create_reference, create_site_words
from editorial.reviews.services import sign_off, submit

from .figures import figure_words, find_figure
from .people import PASSWORD

CONTENT = Path(__file__).parent / "content"
REASON = "demonstration"
TRANSLATORS = {"es": "translator", "ar": "translator", "zh-hans": "translator2", "vi": "translator2"}
# Left waiting, so that there is something to review at the first sign-in.
WAITING = {("how-our-pages-are-checked", "es")}


def read(name: str) -> dict:
    with (CONTENT / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def load_site_words(people: dict) -> int:
    """Load the stock explanations in every language; returns how many were new."""
    made = 0
    for data in read("site_words")["site_words"]:
        if Document.objects.filter(kind="site-words", slug=data["slug"]).exists():
            continue
        words = create_site_words(
            data["slug"],
            data["title"]["en"],
            data["body"]["en"],
            phrases=[{"key": each["key"], "text": each["text"]["en"]} for each in data.get("phrases", [])],
            is_page=f"site-words/{data['slug']}" in settings.SITE_PAGES,
            user=people["author"],
        )
        _sign(words.document, "en", people)
        for language in target_languages():
            code = column(language)
            if code in data["title"]:
                _translate(words.document, language, _site_words(words.document, data, code), people)
        made += 1
    return made


def _site_words(document: Document, data: dict, code: str) -> dict:
    words = SiteWords.objects.get(document=document)
    found = {("site-words", "title"): data["title"][code]}
    for phrase, told in zip(words.phrases.all(), data.get("phrases", []), strict=True):
        found[phrase.block_id, "text"] = told["text"][code]
    return found | _prose_words(words.body_en or "", data["body"][code])


def load_topics(people: dict) -> None:
    for data in read("topics")["topics"]:
        if not Topic.objects.filter(slug=data["slug"]).exists():
            save_topic(data["slug"], data["name"]["en"], user=people["author"])
            for language, username in TRANSLATORS.items():
                save_topic(data["slug"], data["name"][column(language)], language=language, user=people[username])


def load_article(name: str, people: dict) -> bool:
    """Load one article in every language that its file has; False when it is there already."""
    data = read(name)
    if Document.objects.filter(kind="article", slug=data["slug"]).exists():
        return False
    for reference in data.get("references", []):
        _load_reference(reference, people)
    document = create_article(data["slug"], data["title"]["en"], user=people["author"]).document
    save_article(
        document,
        user=people["author"],
        token=version(document, "en"),
        reason=REASON,
        fields={
            "lead": data["lead"]["en"],
            "change_note": data["change_note"]["en"],
            "review_interval_months": data["review_interval_months"],
        },
        topics=Topic.objects.filter(slug__in=data["topics"]),
        key_points=[{"text": point["en"]} for point in data["key_points"]],
        sections=[
            {
                "heading": section["heading"]["en"],
                "body": section["body"]["en"],
                "group": section["group"],
                "care_level": section["care_level"],
                "figure": find_figure(section.get("figure")),
            }
            for section in data["sections"]
        ],
    )
    _sign(document, "en", people)
    for language in target_languages():
        if column(language) in data["title"]:
            _translate(document, language, _article_words(document, data, column(language)), people)
    return True


def _load_reference(data: dict, people: dict) -> None:
    """A source that another page brought along is there already."""
    if not Reference.objects.filter(key=data["key"]).exists():
        fields = {name: data[name] for name in ("key", "title", "source", "doi", "pmid", "url")}
        create_reference(**fields, accessed_on=data["accessed"], user=people["author"])


def _article_words(document: Document, data: dict, code: str) -> dict:
    article = Article.objects.get(document=document)
    words = {("article", field): data[field][code] for field in ("title", "lead", "change_note")}
    for point, told in zip(article.key_points.all(), data["key_points"], strict=True):
        words[point.block_id, "text"] = told[code]
    for section, told in zip(article.sections.all(), data["sections"], strict=True):
        words[section.block_id, "heading"] = told["heading"][code]
        words |= _prose_words(section.body_en, told["body"][code])
        words |= figure_words(told.get("figure"), code)
    return words


def _prose_words(source: str, target: str) -> dict:
    """{place: HTML}: the translated blocks under the ids of the source's, which come in the same order."""
    pairs = zip(_texts(source), _texts(target), strict=True)
    return {(old.id, "text"): inline.to_html(new.words["text"]) for old, new in pairs}


def _texts(html: str) -> list:
    return [node for block in prose.parse(html) for node in block.walk() if node.words.get("text")]


def _translate(document: Document, language: str, words: dict, people: dict) -> None:
    translator = people[TRANSLATORS[language]]
    source = freezing.signed_source(document)
    every = frozenset(unit.place for unit in freezing.unchecked(document, language, source))
    write_words(
        document, language, words, source=source, user=translator, token=version(document, language),
        checked=every, reason=REASON,
    )  # fmt: skip
    _sign(document, language, people)


def _sign(document: Document, language: str, people: dict) -> None:
    writer = people["author"] if language == "en" else people[TRANSLATORS[language]]
    edition = submit(document, language, user=writer)
    if (document.slug, language) not in WAITING:
        signer = people["reviewer" if language == "en" else "reviewer2"]
        sign_off(edition, user=signer, password=PASSWORD)
