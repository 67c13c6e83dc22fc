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
from editorial.reviews.checklist import current_questions
from editorial.reviews.models import SignOffPolicy

PAGE = "side-effects-of-immunotherapy"
OLD, NEW = "100.4", "102.2"
REASON = "The unit is written so in the region."


def _user(name: str) -> User:
    return User.objects.get(username=name)


def _sign(edition, name: str, **more) -> None:
    answers = {question.pk: "yes" for question in current_questions(edition)}
    services.sign_off(edition, user=_user(name), password="demo", answers=answers, **more)


def change_source() -> None:
    """Another temperature, signed and read; in the lead, too, one word more."""
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
    for name in ("reviewer", "reviewer2"):
        if not edition.releases.exists():
            _sign(edition, name)


def submit_translation(language: str, *, is_right: bool) -> int:
    """The key of the edition; where it is not right, the key point keeps the old temperature, with a reason."""
    document, translator = Document.objects.get(slug=PAGE), _user("translator")
    source, typed = freezing.find_signed_source(document), typed_words(document, language)
    words = {
        place: text.replace(OLD, NEW) for place, text in typed.items() if OLD in text and (is_right or "<" in text)
    }
    lead = next(place for place in typed if place[1] == "lead")
    words[lead] = typed[lead].rstrip(".") + (" hoy." if language == "es" else " اليوم.")
    checked = [unit.place for unit in freezing.find_unchecked_units(document, language, source)]
    write_translation(
        document, language, words, source=source, user=translator, token=version_token(document, language),
        checked=checked, reason="translated",
    )  # fmt: skip
    for finding in () if is_right else find_what_needs_reasons(read_working_page(document, language)):
        dismiss_finding(
            document, language, check=finding.check.id, node_id=finding.node.id, user=translator, reason=REASON
        )
    return services.submit(document, language, user=translator).pk


def ask_back_checks(language: str) -> None:
    SignOffPolicy.objects.create(language=language, back_check=True)


def sign_edition(key: int, name: str) -> None:
    _sign(Edition.objects.get(pk=key), name)
