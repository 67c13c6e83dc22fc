"""The demonstration's articles: written, cited, translated and signed through the services."""

from django.db import transaction

from articles.models import Article
from articles.services import create_article, save_article
from editorial.accounts.languages import column
from editorial.editions.models import Document
from editorial.editions.working.copies import version_token
from editorial.library.models import Topic
from editorial.library.services.topics import save_topic
from editorial.reading.paths import arrange_path, find_path

from .content_files import Words, plain_words, prose_words, read_content, translated_languages
from .figures import figure_words, find_figure
from .signing import REASON, TRANSLATORS, is_signed, propose, sign, translate

FIELDS = ("title", "lead", "change_note")


def load_topics(people: dict) -> None:
    for data in read_content("topics")["topics"]:
        if not Topic.objects.filter(slug=data["slug"]).exists():
            save_topic(data["slug"], data["name"]["en"], user=people["author"])
            for language, username in TRANSLATORS.items():
                save_topic(data["slug"], data["name"][column(language)], language=language, user=people[username])


def arrange_paths(people: dict) -> None:
    """The order in which the articles about a topic are read, where the topic has one."""
    for data in read_content("topics")["topics"]:
        if "path" in data and not find_path(data["slug"]):
            pages = [Document.objects.get(kind="article", slug=slug) for slug in data["path"]]
            arrange_path(data["slug"], pages, user=people["head"])


def begin_article(name: str, people: dict) -> Document:
    """The article with nothing but its title, so that other pages can link to it."""
    data = read_content(name)
    existing = Document.objects.filter(kind="article", slug=data["slug"]).first()
    return existing or create_article(data["slug"], data["title"]["en"], user=people["author"]).document


@transaction.atomic
def load_article(name: str, people: dict) -> bool:
    """Write and sign one article in every language that its file has; False if that was done before.

    A file with a `newer` lead has it signed after the languages that it names as outdated, and before the others. A
    `waiting` lead of a language is submitted, and nobody signs it.
    """
    data, document = read_content(name), begin_article(name, people)
    if is_signed(document):
        return False
    save_article(
        document,
        user=people["author"],
        token=version_token(document, "en"),
        reason=REASON,
        fields={
            "lead": data["lead"]["en"],
            "change_note": data["change_note"]["en"],
            "review_interval_months": data["review_interval_months"],
        },
        topics=Topic.objects.filter(slug__in=data["topics"]),
        key_points=[{"text": point["en"]} for point in data["key_points"]],
        sections=[_section(section) for section in data["sections"]],
    )
    sign(document, "en", people)
    newer = data.get("newer", {})
    languages, outdated = translated_languages(data["title"]), newer.get("outdated", [])
    _translate(document, data, [language for language in languages if language in outdated], people)
    if newer:
        fields = {name: newer[name] for name in ("lead", "change_note")}
        token = version_token(document, "en")
        save_article(document, user=people["author"], token=token, reason=REASON, fields=fields)
        sign(document, "en", people)
    _translate(document, data, [language for language in languages if language not in outdated], people)
    for name, lead in data.get("waiting", {}).items():
        propose(document, name.replace("_", "-"), {("article", "lead"): lead}, people)
    return True


def _translate(document: Document, data: dict, languages: list[str], people: dict) -> None:
    for language in languages:
        translate(document, language, _words(document, data, language), people)


def _section(data: dict) -> dict:
    row = {
        "heading": data["heading"]["en"],
        "body": data["body"]["en"],
        "group": data["group"],
        "care_level": data["care_level"],
    }
    if "piece" in data:
        slug, row["piece"] = data["piece"].split(":")
        row["piece_of"] = Document.objects.get(kind="monograph", slug=slug)
    row["figure"] = find_figure(data.get("figure"))
    return row


def _words(document: Document, data: dict, language: str) -> Words:
    article, words = Article.objects.get(document=document), {}
    for field in FIELDS:
        words |= plain_words(("article", field), data[field], language)
    for point, point_data in zip(article.key_points.all(), data["key_points"], strict=True):
        words |= plain_words((point.block_id, "text"), point_data, language)
    for section, section_data in zip(article.sections.all(), data["sections"], strict=True):
        words |= plain_words((section.block_id, "heading"), section_data["heading"], language)
        words |= prose_words(section.body_en or "", section_data["body"], language)
        words |= figure_words(section_data.get("figure"), column(language))
    return words
