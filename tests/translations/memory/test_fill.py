"""Empty units get what is right for the very same source as a suggestion: nobody's text until a person takes it."""

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.editions.models import Edition, UnitState
from editorial.editions.tree.units import find_units
from editorial.editions.working.copies import version_token
from editorial.editions.working.translated_words import typed_words
from editorial.editions.working.unit_states import unit_states
from editorial.reviews.services import revoke_sign_off, withdraw
from editorial.translations.memory.fill import fill_from_memory, find_suggested_units
from editorial.translations.models import SuggestedUnit
from editorial.translations.unit_aids import OpenUnit, unit_aids
from tests.factories import pages, people
from tests.layers import layer

from .conftest import FEVER, SIGNED

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

SECTION = {"heading": "When to call", "body": f"<p>{FEVER}</p><p>Rest.</p><p>Rest.</p>"}


@layer
def source(author, reviewer) -> Edition:
    """A page in English alone, of which the memory knows two texts, and which says one twice."""
    return pages.publish(pages.article(author, title="Chills", sections=[SECTION]), author, reviewer)


def place_of(source: Edition, text: str, turn: int = 0):
    return [unit.place for unit in find_units(source.tree) if text in str(unit.source)][turn]


def fill(source, user, language="es"):
    return fill_from_memory(source.document, language, source, user=user)


def repeats(source, user) -> dict:
    return {place: unit.text for place, unit in fill(source, user).items() if unit.origin == "repeat"}


def suggested(source) -> set:
    return find_suggested_units(unit_states(source.document, "es"))


def states(source) -> dict[str, UnitState]:
    return {state.suggestion: state for state in UnitState.objects.filter(document=source.document, language="es")}


def test_what_was_signed_for_the_very_same_is_suggested_and_counts_for_nothing(signed, source, translator):
    before, token = typed_words(source.document, "es"), version_token(source.document, "es")
    filled = fill(source, translator)
    assert {one.text for one in filled.values()} == {SIGNED, "es When to call", "es What it is and whom it helps."}
    state = states(source)[SIGNED]
    assert (state.origin, state.likeness, state.suggested_from_id) == ("memory", 100, signed.pk)
    assert (state.source_digest, state.target_digest) == ("", "")
    assert typed_words(source.document, "es") == before
    assert version_token(source.document, "es") == token
    assert len(freezing.find_unchecked_units(source.document, "es", source)) == len(find_units(source.tree))
    with pytest.raises(Blocked):
        pages.submit(source.document, "es", user=translator)


def test_what_is_suggested_goes_with_the_edition_that_it_comes_from(signed, source, translator, reviewer):
    fill(source, translator)
    assert suggested(source)
    revoke_sign_off(signed.sign_offs.get(), user=reviewer, reason="Wrong.")
    assert suggested(source) == set()
    assert set(states(source)) == {""}
    assert not SuggestedUnit.objects.exists()
    assert fill(source, translator) == {}


def test_a_repeat_is_suggested_once_a_person_confirmed_the_text(source, translator):
    first, second = (place_of(source, "Rest.", turn) for turn in (0, 1))
    assert repeats(source, translator) == {}
    pages.translate(source.document, "es", translator, {first: "<p>Descanse.</p>"})
    assert repeats(source, translator) == {second: "Descanse."}
    assert fill(source, translator)[second].origin == "repeat"
    UnitState.objects.filter(document=source.document, word=first[1], node_id=first[0]).update(needs_work=True)
    assert repeats(source, translator) == {}
    assert second not in fill(source, translator)
    assert second not in suggested(source)


def test_a_text_that_changed_by_another_way_is_confirmed_by_nobody(source, translator):
    first = place_of(source, "Rest.")
    pages.translate(source.document, "es", translator, {first: "<p>Descanse.</p>"})
    UnitState.objects.filter(node_id=first[0]).update(target_digest="0" * 64)
    assert repeats(source, translator) == {}


def test_what_a_person_wrote_and_what_others_suggested_stays(signed, source, translator):
    written, imported = place_of(source, FEVER), place_of(source, "When to call")
    pages.translate(source.document, "es", translator, {written: "<p>Llame.</p>"})
    UnitState.objects.create(
        document=source.document, language="es", node_id=imported[0], word=imported[1], suggestion="Cuándo llamar",
        origin="import",
    )  # fmt: skip
    filled = fill(source, translator)
    assert not {written, imported} & filled.keys()
    assert typed_words(source.document, "es")[written] == "Llame."
    assert "Cuándo llamar" in states(source)
    withdraw(signed.document, "es", user=people.reviewer(), reason="Wrong.")
    assert "Cuándo llamar" in states(source)


def test_filling_again_changes_nothing(signed, source, translator):
    filled = fill(source, translator)
    before = list(UnitState.objects.order_by("pk").values())
    assert fill(source, translator) == filled
    assert list(UnitState.objects.order_by("pk").values()) == before


@pytest.mark.parametrize(
    "who", [people.author, people.reviewer, people.head, people.site_admin, lambda: people.translator("ar")]
)
def test_only_translators_of_the_language_fill_it(signed, source, who):
    with pytest.raises(Blocked):
        fill(source, who())
    assert not UnitState.objects.filter(document=source.document).exists()


def test_nobody_fills_the_source_language(signed, source, translator):
    with pytest.raises(Blocked):
        fill(source, translator, "en")


def test_whoever_lost_the_language_meanwhile_fills_nothing(signed, source, translator):
    translator.roles.all().delete()
    with pytest.raises(Blocked):
        fill(source, translator)


def test_filling_takes_as_many_queries_for_many_units(signed, source, author, reviewer, translator):
    def count(page) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert fill(page, translator)
        return len(queries)

    sections = [{**SECTION, "heading": f"Part {number}"} for number in range(12)]
    longer = pages.publish(pages.article(author, title="Long", sections=sections), author, reviewer)
    count(source)
    few, many = count(source), count(longer)
    assert many <= few + 2


# --- Beside the open unit ------------------------------------------------------------------------------------


def shown(source, text: str, translator):
    unit = next(unit for unit in find_units(source.tree) if text in str(unit.source))
    html = unit_aids(OpenUnit(source.document, "es", source, unit, "", translator)).get("memory", "")
    return html and lxml.html.fromstring(html)


def test_the_aid_offers_texts_to_take(signed, source, translator):
    root = shown(source, FEVER, translator)
    (button,) = [element for element in root.iter() if element.get("data-take")]
    assert button.tag == "button"
    assert button.get("data-take") == SIGNED
    assert (button.get("data-origin"), button.get("data-from"), button.get("data-likeness")) == (
        "memory", str(signed.pk), "100",
    )  # fmt: skip
    text = " ".join(root.itertext())
    assert signed.sign_offs.get().signer_name in text
    assert "es Fever" in text


def test_the_aid_says_nothing_where_nothing_is_alike(signed, source, translator):
    assert shown(source, "Rest.", translator) == ""


def test_what_is_taken_is_escaped(author, reviewer, translator):
    body = '<p>Is 2 &lt; 3 &amp; "so" on <strong>each</strong> day of the week?</p>'
    pages.publish(
        document := pages.article(author, title="One", sections=[{**SECTION, "body": body}]), author, reviewer
    )
    edition = pages.publish_translation(document, "es", translator, reviewer)
    other = pages.publish(pages.article(author, title="Two", sections=[{**SECTION, "body": body}]), author, reviewer)
    unit = next(unit for unit in find_units(other.tree) if "each" in str(unit.source))
    html = unit_aids(OpenUnit(other.document, "es", other, unit, "", translator))["memory"]
    typed = "es Is 2 &lt; 3 &amp; &quot;so&quot; on <strong>each</strong> day of the week?"
    boxed = 'es Is 2 < 3 & "so" on ⟦1⟧each⟦/1⟧ day of the week?'
    assert f'data-take="{escape(boxed)}"' in html
    pages.translate(other.document, "es", translator, {unit.place: f"<p>{typed}</p>"})
    place = next(unit.place for unit in find_units(edition.source_edition.tree) if "each" in str(unit.source))
    node = next(node for node in edition.tree.walk() if node.id == place[0])
    assert typed_words(other.document, "es")[unit.place] == typed
    assert "each" in node.plain("text")
