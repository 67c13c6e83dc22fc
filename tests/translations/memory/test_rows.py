"""What the memory is asked from follows from what was released, and is made anew and proved."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.editions.models import Edition, SignOff
from editorial.reading.list_rows import refresh_lists, rules_digest
from editorial.reviews.services import withdraw
from editorial.translations.memory import rows
from editorial.translations.memory.lookup import find_exact, find_suggestions
from editorial.translations.models import MemoryEdition, MemoryGram, MemoryText, MemoryUse
from tests.factories import pages
from tests.factories.unguarded import unguarded

from .conftest import FEVER, SIGNED, publish_both

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def contents() -> list:
    texts = {text.pk: bytes(text.pair_digest) for text in MemoryText.objects.all()}
    return [
        sorted(texts.values()),
        sorted((texts[text], gram) for gram, text in MemoryGram.objects.values_list("gram", "text_id")),
        sorted(MemoryEdition.objects.values_list("edition_id", "document_id", "texts", "rules")),
        sorted(
            (texts[text], *rest) for text, *rest in MemoryUse.objects.values_list("text", "holder", "node_id", "word")
        ),
    ]


def test_the_services_leave_the_rows_as_a_rebuild_makes_them(signed, author, reviewer, translator):
    publish_both(author, reviewer, translator, "Chills", f"<p>{FEVER}</p>")
    withdrawn = publish_both(author, reviewer, translator, "Rash", "<p>Show your nurse each new rash.</p>")
    withdraw(withdrawn.document, "es", user=reviewer, reason="Wrong.")
    pages.edit(signed.document, author, title="Fever at home")
    pages.publish(signed.document, author, reviewer)
    pages.publish_translation(signed.document, "es", translator, reviewer)
    before, said = contents(), io.StringIO()
    assert list(rows.find_memory_problems()) == []
    call_command("rebuild_memory", stdout=said)
    assert contents() == before
    assert said.getvalue() == "The memory has the live translations of 3 documents.\n"


@pytest.mark.parametrize("model", [MemoryEdition, MemoryUse, MemoryText])
def test_what_it_lacks_is_found_and_mended(signed, model):
    before = contents()
    model.objects.all().delete()
    (problem,) = rows.find_memory_problems()
    assert "rebuild_memory" in problem
    assert find_suggestions(FEVER, "es") == []
    call_command("rebuild_memory", stdout=io.StringIO())
    assert contents() == before
    assert list(rows.find_memory_problems()) == []


def test_rows_made_by_other_rules_are_made_anew_with_the_lists(signed, monkeypatch):
    before = contents()
    MemoryEdition.objects.update(rules=0)
    assert len(list(rows.find_memory_problems())) == 1
    call_command("rebuild_lists", verbosity=0)
    assert contents() == before
    digest = rules_digest()
    monkeypatch.setattr("editorial.reading.list_rows._further_rules", [("memory", 0)])
    assert rules_digest() != digest


def test_a_sign_off_of_what_the_memory_has_takes_two_questions(signed):
    with CaptureQueriesContext(connection) as queries:
        rows.refresh_memory([signed.document_id], signed.recorded_at)
    assert len(queries) == 2


@pytest.mark.parametrize("columns", [{"content_digest": "0" * 64}, {"title": "Other"}, {"contributors": []}])
def test_an_edition_that_is_not_what_was_frozen_is_never_offered(signed, columns, caplog):
    with unguarded():
        Edition.objects.filter(pk=signed.pk).update(**columns)
    assert find_suggestions(FEVER, "es") == []
    assert find_exact([FEVER], "es") == {}
    assert "do not verify" in caplog.text


def test_bytes_that_fail_their_digest_are_never_offered(signed):
    content = bytes(signed.content).replace(b"38", b"39")
    with unguarded():
        edition = Edition.objects.get(pk=signed.pk)
        edition.content = content
        Edition.objects.filter(pk=signed.pk).update(content=content)
    assert find_suggestions(FEVER, "es") == []


def test_a_sign_off_that_was_forged_makes_nothing_trusted(signed):
    with unguarded():
        SignOff.objects.filter(edition=signed).update(signer_name="Somebody else")
    assert find_suggestions(FEVER, "es") == []


def test_a_row_that_says_something_else_is_not_believed(signed):
    MemoryText.objects.filter(target__contains="38").update(target='"Tome 99 pastillas."')
    assert find_suggestions(FEVER, "es") == []


def test_another_copy_of_the_text_is_offered_where_one_fails(signed, author, reviewer, translator):
    newest = publish_both(author, reviewer, translator, "Chills", f"<p>{FEVER}</p>")
    assert find_suggestions(FEVER, "es")[0].edition.pk == newest.pk
    with unguarded():
        SignOff.objects.filter(edition=newest).update(signer_name="Somebody else")
    (suggestion,) = find_suggestions(FEVER, "es")
    assert (suggestion.edition.pk, suggestion.text.words) == (signed.pk, SIGNED)


def test_an_edition_that_cannot_be_read_does_not_stop_a_release(signed, author):
    MemoryEdition.objects.all().delete()
    with unguarded():
        Edition.objects.filter(pk=signed.source_edition_id).update(content_digest="0" * 64)
    refresh_lists([signed.document_id], signed.recorded_at)
    assert MemoryEdition.objects.get().texts == 0
