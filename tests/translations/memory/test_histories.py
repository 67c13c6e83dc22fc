"""Whatever happens to pages, the memory offers what readers can read now, word by word, and nothing else."""

from contextlib import ExitStack, suppress

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from editorial.editions.blockers import Blocked
from editorial.editions.freezing import find_signed_source
from editorial.editions.models import Document, Edition, Release, SignOff
from editorial.editions.tree.units import find_units
from editorial.editions.validity import is_valid
from editorial.editions.working.translated_words import typed_words
from editorial.editions.working.unit_states import unit_states
from editorial.reviews.services import revoke_sign_off, withdraw
from editorial.translations.memory.fill import fill_from_memory, find_suggested_units
from editorial.translations.memory.lookup import find_suggestions
from editorial.translations.memory.rows import find_memory_problems
from tests import PROVING
from tests.databases import on_postgres
from tests.editions.concurrent_workers import Workers
from tests.factories import pages, people
from tests.layers import layer

from .conftest import FEVER, SIGNED, publish_both

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TEXTS = (FEVER, "Show your nurse each new rash, even a small one.")


class Desk:
    """Two pages, one of them in Spanish too, and what people do to them."""

    def __init__(self, author, reviewer, translator, documents: list[Document]) -> None:
        self.author, self.reviewer, self.translator, self.documents = author, reviewer, translator, documents

    def edit(self, document: Document, turn: int) -> None:
        section = {"heading": "When to call", "body": f"<p>{TEXTS[turn]}</p>"}
        pages.edit(document, self.author, sections=[section], title=f"Page {document.pk}")
        pages.publish(document, self.author, self.reviewer)

    def translate(self, document: Document, turn: int) -> None:
        source = find_signed_source(document)
        if source:
            words = {place: f"{text} {'!' * turn}" for place, text in pages.typed_translation(source, "es").items()}
            pages.translate(document, "es", self.translator, words)
            pages.publish(document, self.translator, self.reviewer, "es")

    def fill(self, document: Document, turn: int) -> None:
        source = find_signed_source(document)
        if source:
            before = typed_words(document, "es")
            fill_from_memory(document, "es", source, user=self.translator)
            assert typed_words(document, "es") == before

    def withdraw(self, document: Document, turn: int) -> None:
        withdraw(document, ("es", "en")[turn], user=self.reviewer, reason="Wrong.")

    def revoke(self, document: Document, turn: int) -> None:
        signed = SignOff.objects.filter(document=document, language=("es", "en")[turn], revocation__isnull=True)
        if newest := signed.order_by("sequence").last():
            revoke_sign_off(newest, user=self.reviewer, reason="Wrong.")

    def bring_back(self, document: Document, turn: int) -> None:
        editions = Edition.objects.filter(document=document, language=("es", "en")[turn], releases__isnull=False)
        if newest := editions.order_by("number").last():
            pages.bring_back(newest, self.reviewer)


def readable() -> set[int]:
    """Keys of the Spanish editions that can be read now and whose signatures stand."""
    editions = Edition.objects.filter(releases__in=Release.objects.live(timezone.now()), language="es")
    assert all(is_valid(edition) for edition in editions)
    return {edition.pk for edition in editions}


def said(edition: Edition) -> set[str]:
    return {str(words) for node in edition.tree.walk() for words in (node.plain(name) for name in node.words)}


def check(documents: list[Document]) -> None:
    live = readable()
    for text in TEXTS:
        suggestions = find_suggestions(text, "es")
        exact = set()
        for suggestion in suggestions:
            edition = Edition.objects.get(pk=suggestion.edition.pk)
            assert edition.pk in live
            assert suggestion.text.words in said(edition)
            if suggestion.is_exact:
                exact.add(suggestion.text.words)
        for edition in Edition.objects.filter(pk__in=live):
            units = find_units(edition.source_edition.tree)
            if any(unit.place for unit in units if text in str(unit.source)):
                assert exact & said(edition), "what can be read is offered"
    for document in documents:
        states = unit_states(document, "es")
        suggested = {states[place].suggested_from_id for place in find_suggested_units(states)}
        assert suggested - {None} <= live


@layer
def documents(author, reviewer, translator) -> list[Document]:
    body = f"<p>{FEVER}</p>"
    first = publish_both(author, reviewer, translator, "First", body).document
    second = pages.article(author, title="Second", sections=[{"heading": "When to call", "body": body}])
    pages.publish(second, author, reviewer)
    return [first, second]


acts = st.sampled_from([name for name in vars(Desk) if not name.startswith("_")])


@pytest.mark.long
@settings(
    max_examples=40 if PROVING else 1 if on_postgres() else 2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@example(steps=[("fill", 1, 0), ("translate", 1, 1), ("withdraw", 0, 0), ("revoke", 1, 1), ("bring_back", 0, 0)])
@given(steps=st.lists(st.tuples(acts, st.integers(0, 1), st.integers(0, 1)), max_size=5))
def test_whatever_happens_only_what_can_be_read_is_offered(author, reviewer, translator, documents, steps):
    with transaction.atomic():
        desk = Desk(author, reviewer, translator, documents)
        for act, page, turn in steps:
            with suppress(Blocked), transaction.atomic():
                getattr(desk, act)(Document.objects.get(pk=documents[page].pk), turn)
            check(documents)
        assert list(find_memory_problems()) == []
        transaction.set_rollback(True)


def test_what_was_withdrawn_is_gone_for_everybody_at_once(fresh_connection, fresh_database):
    """In a process of its own, whose connection was open before."""
    author, reviewer, translator = people.author(), people.reviewer(), people.translator("es")
    signed = publish_both(author, reviewer, translator, "Fever", f"<p>{FEVER}</p>")
    with ExitStack() as stack:
        workers = Workers(fresh_database, stack)
        workers.hire("find_in_memory", translator, text=FEVER, language="es")
        workers.begin()
        assert workers.round() == [[SIGNED]]
        withdraw(signed.document, "es", user=reviewer, reason="Wrong.")
        assert workers.round() == [[]]
        pages.bring_back(signed, reviewer)
        assert workers.round() == [[SIGNED]]
        revoke_sign_off(SignOff.objects.filter(edition=signed).last(), user=reviewer, reason="Wrong.")
        assert workers.round() == [[]] or SignOff.objects.filter(edition=signed, revocation__isnull=True).exists()
