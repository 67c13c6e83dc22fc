"""What the processes of test_concurrency.py do, by name: each takes its user, the round's number and its arguments."""

from datetime import date

from articles.models import Article
from articles.services import save_article
from editorial.accounts.models import User
from editorial.editions import freezing
from editorial.editions.kinds import kind_of
from editorial.editions.models import Document, Edition
from editorial.editions.tree import inline
from editorial.editions.tree.units import find_units
from editorial.editions.working.copies import version_token
from editorial.editions.working.discards import discard_draft
from editorial.editions.working.translated_words import write_translation
from editorial.people import services as people_services
from editorial.people.models import PersonRecord
from editorial.reviews import services
from editorial.reviews.mail import worker
from editorial.reviews.models import PolicyRecord
from editorial.translations.memory.lookup import find_suggestions
from editorial.translations.saving import OpenedUnit, UnitChanged, save_unit, words_digest
from tests.factories import pages


def translate(user, number: int, *, document: int, language: str) -> str:
    document = Document.objects.get(pk=document)
    source = freezing.find_signed_source(document)
    words = {unit.place: f"{language} {number} {unit.place[1]}" for unit in find_units(source.tree)}
    write_translation(
        document, language, words, source=source, user=user, token=version_token(document, language), reason="round"
    )
    return "saved"


def translate_unit(user, number: int, *, document: int, language: str) -> tuple[str, str, str]:
    """Opens one text and saves other words for it: (what became of it, the words that were open, the new ones)."""
    document = Document.objects.get(pk=document)
    source = freezing.find_signed_source(document)
    units = find_units(source.tree)
    place = units[number % len(units)].place
    kind = kind_of(document)
    was = kind.words(kind.read_copy(document), language).get(place, "")
    text = f"{language} {number} {user.pk}"
    try:
        save_unit(document, language, OpenedUnit(place, words_digest(was), source.number), text, user=user)
    except UnitChanged:
        return "refused", inline.plain(was), text
    return "saved", inline.plain(was), text


def retitle(user, number: int, *, document: int) -> str:
    pages.edit(Document.objects.get(pk=document), user, title=f"Title {number}")
    return "saved"


def retitle_from_one_form(user, number: int, *, document: int, token: int) -> str:
    """Each round's form was opened when the round before it was over: one save a round."""
    fields = {"title": f"Title {number} of {user.pk}"}
    save_article(Document.objects.get(pk=document), user=user, token=token + number, fields=fields)
    return "saved"


def sign(user, number: int, *, document: int) -> str:
    edition = Edition.objects.filter(document=document, language="en").latest("number")
    pages.sign(edition, user)
    return "signed"


def remark(user, number: int, *, document: int) -> str:
    edition = Edition.objects.filter(document=document, language="en").latest("number")
    services.add_remark(edition, user=user, text=f"Round {number}")
    return "remarked"


def submit_one(user, number: int, *, documents: list[int]) -> str:
    services.submit(Document.objects.get(pk=documents[number]), "en", user=user, has_no_note=True)
    return "submitted"


def discard_one(user, number: int, *, documents: list[int]) -> str:
    discard_draft(Document.objects.get(pk=documents[number]), user=user)
    return "discarded"


def mark_everything(user, number: int, *, document: int) -> str:
    article = Article.objects.get(pk=document)
    mark = f"mark{number}"
    pages.edit(
        article.document, user, title=mark, lead=mark,
        sections=[{"id": section.pk, "heading": mark, "body": f"<p>{mark}</p>"} for section in article.sections.all()],
    )  # fmt: skip
    return "saved"


def submit(user, number: int, *, document: int) -> int:
    return services.submit(Document.objects.get(pk=document), "en", user=user, has_no_note=True).number


def bring_back(user, number: int, *, edition: int) -> str:
    pages.bring_back(Edition.objects.get(pk=edition), user)
    return "back"


def withdraw(user, number: int, *, document: int) -> str:
    services.withdraw(Document.objects.get(pk=document), "en", user=user, reason="An error.")
    return "withdrawn"


def withdraw_overdue(user, number: int) -> int:
    return len(services.withdraw_overdue())


def revoke_since(user, number: int, *, signer: int) -> int:
    signer = User.objects.get(pk=signer)
    return len(services.revoke_sign_offs_since(signer, date(2000, 1, 1), user=user, reason="An error."))


def end_sessions(user, number: int) -> str:
    people_services.end_sessions(user, user=user)
    return "ended"


def answer_request(user, number: int, *, requests: list[int], agrees: bool) -> str:
    request = PersonRecord.objects.get(pk=requests[number])
    people_services.answer_request(request, agrees=agrees, user=user, reason="A round.")
    return "answered"


def set_policy(user, number: int, *, kind: str, sign_offs: int) -> str:
    services.change_sign_off_policy(kind, "", {"sign_offs": sign_offs, "grave_sign_offs": 3}, user=user)
    return "set"


def answer_policy_request(user, number: int, *, request: int) -> str:
    services.answer_policy_request(PolicyRecord.objects.get(pk=request), agrees=True, user=user)
    return "answered"


def send_waiting(user, number: int) -> int:
    return worker.send_waiting().sent


def find_in_memory(user, number: int, *, text: str, language: str) -> list[str]:
    return [suggestion.text.words for suggestion in find_suggestions(text, language)]


ACTS = {
    act.__name__: act
    for act in (
        translate, translate_unit, retitle, retitle_from_one_form, sign, mark_everything, submit, withdraw,
        withdraw_overdue, revoke_since, remark, submit_one, discard_one, bring_back, end_sessions, answer_request,
        set_policy, answer_policy_request, send_waiting, find_in_memory,
    )
}  # fmt: skip
