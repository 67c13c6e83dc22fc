"""What was signed for a text, or for one that is like it, is offered while it holds, and nothing else."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.reviews.services import revoke_sign_off, withdraw
from editorial.translations.memory.likeness import compare_facts
from editorial.translations.memory.lookup import find_exact, find_suggestions
from editorial.translations.memory.rows import find_memory_problems
from editorial.translations.memory.texts import digest_source
from editorial.translations.models import MemoryEdition, MemoryText, MemoryUse
from tests.factories import pages
from tests.reading.query_plans import explain

from .conftest import FEVER, SIGNED, publish_both

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def found(text: str, language: str = "es", **options) -> list[tuple[str, int]]:
    return [(one.text.words, one.likeness) for one in find_suggestions(text, language, **options)]


def test_the_very_same_text_comes_first(signed):
    assert found(FEVER) == [(SIGNED, 100)]
    (suggestion,) = find_suggestions(FEVER, "es")
    assert suggestion.edition.pk == signed.pk
    assert suggestion.signed.pk == signed.sign_offs.get().pk
    assert suggestion.parts == (("same", FEVER),)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Call your care team the same day if your fever is over 38 °C!", 95, 99),
        ("Call your care team the same day if your fever is over 39 °C.", 60, 89),
        ("Do not call your care team the same day if your fever is over 38 °C.", 60, 89),
        ("Call your care team the next day if your fever is over 38 °C.", 90, 99),
        ("Call your nurse on the same day if you have a fever over 38 °C.", 60, 89),
        ("Call your care team the same day if your fever is over\u00a038\u00a0°C.", 100, 100),
    ],
)
def test_what_is_like_it_is_offered_by_how_much(signed, text, least, most):
    ((_words, likeness),) = found(text)
    assert least <= likeness <= most


@pytest.mark.parametrize("text", ["", "Eat well.", "38 °C", "x" * 5000])
def test_what_is_not_like_it_is_not(signed, text):
    assert found(text) == []


def test_numbers_that_differ_are_told(signed):
    (suggestion,) = find_suggestions("Do not call your care team the same day if your fever is over 39 °C.", "es")
    told = {difference.sort: (difference.theirs, difference.ours) for difference in suggestion.differences}
    assert told["negation"] == ((), ("not call",))
    assert told["number"][0][0].startswith("38")
    assert told["number"][1][0].startswith("39")


@pytest.mark.parametrize(
    ("theirs", "ours", "differ"),
    [
        ("Pembrolizumab can cause a rash.", "Keytruda can cause a rash.", ""),
        ("Pembrolizumab can cause a rash.", "Atezolizumab can cause a rash.", "name"),
        ("Take two tablets.", "Take 2 tablets.", ""),
        ("Take two tablets.", "Take three tablets.", "number"),
        ("Take it with food.", "Do not take it with food.", "negation"),
        ("Over 38 °C", "Under 38 °C", "comparison"),
        ("Come on March 3, 2026.", "Come on May 3, 2026.", "date"),
        ("Call +1 555 010 0000.", "Call +1 555 010 0001.", "phone"),
        ("Rest well.", "Rest a little.", ""),
    ],
)
def test_what_a_patient_may_act_on_is_compared(theirs, ours, differ):
    assert [str(difference.sort) for difference in compare_facts(theirs, ours)] == ([differ] if differ else [])


def test_other_languages_and_the_page_itself_may_be_left_out(signed):
    assert found(FEVER, "ar") == []
    assert found(FEVER, except_document=signed.document_id) == []


def test_a_heading_is_the_same_as_a_paragraph_without_marks(signed):
    assert found([{"text": FEVER}]) == [(SIGNED, 100)]
    ((_words, likeness),) = found([{"text": FEVER, "marks": ["strong"]}])
    assert likeness < 100


def test_what_is_revoked_is_gone_at_once(signed, reviewer):
    revoke_sign_off(signed.sign_offs.get(), user=reviewer, reason="Wrong.")
    assert found(FEVER) == []
    assert MemoryEdition.objects.count() == MemoryUse.objects.count() == MemoryText.objects.count() == 0


@pytest.mark.parametrize("language", ["es", "en"])
def test_what_is_withdrawn_is_gone_at_once(signed, reviewer, language):
    withdraw(signed.document, language, user=reviewer, reason="Wrong.")
    assert found(FEVER) == []


def test_what_was_corrected_is_not_offered_any_more(signed, reviewer, translator):
    """Whoever corrected it need not correct it again."""
    place = next(place for place, text in pages.typed_translation(signed.source_edition, "es").items() if "38" in text)
    pages.translate(signed.document, "es", translator, {place: f"<p>{SIGNED} Ahora.</p>"})
    pages.publish(signed.document, translator, reviewer, "es")
    assert found(FEVER) == [(f"{SIGNED} Ahora.", 100)]
    assert list(find_memory_problems()) == []


def test_a_repeated_text_is_kept_once(signed, author, reviewer, translator):
    texts = MemoryText.objects.count()
    edition = publish_both(author, reviewer, translator, "Chills", f"<p>{FEVER}</p>")
    assert MemoryText.objects.count() == texts + 1  # the title
    assert find_suggestions(FEVER, "es")[0].edition.pk == edition.pk
    withdraw(edition.document, "es", user=reviewer, reason="Wrong.")
    assert find_suggestions(FEVER, "es")[0].edition.pk == signed.pk
    assert MemoryText.objects.count() == texts


def test_a_whole_page_is_looked_up_at_once(signed):
    result = find_exact([FEVER, "When to call", "Nothing is like it"], "es")
    assert {digest: one.text.words for digest, one in result.items()} == {
        digest_source(FEVER): SIGNED,
        digest_source("When to call"): "es When to call",
    }


def test_looking_up_takes_the_same_few_queries_however_many_texts_are_alike(signed, author, reviewer, translator):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            find_suggestions(FEVER.replace("same", "next"), "es")
        return len(queries)

    find_suggestions(FEVER, "es")
    before = count()
    sections = [
        {"heading": f"Part {n}", "body": f"<p>{FEVER[:-1]} or {word}.</p>"} for n, word in enumerate("abcdefghij")
    ]
    document = pages.article(author, title="Many", sections=sections)
    pages.publish(document, author, reviewer)
    pages.publish_translation(document, "es", translator, reviewer)
    assert count() == before <= 6
    assert len(find_suggestions(FEVER, "es")) == 9


def test_no_table_is_read_to_its_end(signed):
    """Of what both databases plan; the parts of a question are no tables."""
    plan = explain(lambda: find_suggestions(FEVER.replace("same", "next"), "es"))
    assert re.findall(r"(?:^SCAN (?!those|.*USING)|Seq Scan on) *(\w+)", plan, re.MULTILINE) == []
