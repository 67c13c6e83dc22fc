"""A page of the demonstration whose fever limit changed, and its translation, through the services that people use."""

from articles.models import Article
from articles.services import save_article
from editorial.accounts.models import User
from editorial.checks.dismissals import dismiss_finding, read_working_page
from editorial.checks.registry import find_what_needs_reasons
from editorial.editions import freezing
from editorial.editions.models import Document, Edition
from editorial.editions.working.copies import version_token
from editorial.editions.working.translated_words import typed_words, write_translation
from editorial.reviews import services
from editorial.reviews.models import SignOffPolicy

PAGE = "side-effects-of-immunotherapy"
OLD, NEW = "100.4", "102.2"
REASON = "The unit is written so in the region."


def _user(name: str) -> User:
    return User.objects.get(username=name)


def change_source() -> str:
    """Another temperature, and in the lead one word more; returns the address of the edition."""
    document, author = Document.objects.get(slug=PAGE), _user("author")
    article = Article.objects.get(document=document)
    sections = [
        {"id": row.pk, "heading": row.heading_en, "body": row.body_en.replace(OLD, NEW), "care_level": row.care_level}
        for row in article.sections.all()
    ]
    save_article(
        document,
        user=author,
        token=version_token(document, "en"),
        fields={"lead": article.lead_en.replace(".", " today.", 1)},
        topics=None,
        key_points=[{"id": row.pk, "text": row.text_en.replace(OLD, NEW)} for row in article.key_points.all()],
        sections=sections,
    )
    edition = services.submit(document, "en", user=author, note="The temperature at which to call is another one.")
    return f"/admin/desk/editions/{edition.pk}/"


def submit_translation(language: str, *, is_right: bool) -> str:
    """The address of the edition; where it is not right, the first text keeps the old temperature, with a reason."""
    document, translator = Document.objects.get(slug=PAGE), _user("translator")
    source, typed = freezing.find_signed_source(document), typed_words(document, language)
    old = [place for place, text in typed.items() if OLD in text]
    words = {place: typed[place].replace(OLD, NEW) for place in old[0 if is_right else 1 :]}
    lead, added = next(place for place in typed if place[1] == "lead"), " hoy." if language == "es" else " اليوم."
    words[lead] = typed[lead].removesuffix(added).rstrip(".") + added
    checked = [unit.place for unit in freezing.find_unchecked_units(document, language, source)]
    write_translation(
        document, language, words, source=source, user=translator, token=version_token(document, language),
        checked=checked, reason="translated",
    )  # fmt: skip
    for finding in () if is_right else find_what_needs_reasons(read_working_page(document, language)):
        dismiss_finding(
            document, language, check=finding.check.id, node_id=finding.node.id, user=translator, reason=REASON
        )
    return f"/admin/desk/editions/{services.submit(document, language, user=translator).pk}/"


def ask_back_checks(language: str) -> None:
    SignOffPolicy.objects.create(language=language, back_check=True)


def is_live(address: str) -> bool:
    return Edition.objects.get(pk=address.split("/")[4]).releases.exists()
