"""Which changes of a source put its translations behind, and what of them readers may come to harm by."""

import pytest

from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.editions.models import Edition, EditionWording, UnitState
from editorial.editions.states import PublicState, load_states
from editorial.editions.tree import prose
from editorial.editions.tree.units import digest_words, find_units
from editorial.reading.list_rows import find_list_problems, rebuild_lists
from editorial.reading.models import ListedPage
from editorial.reviews.models import Cause, Recheck
from editorial.reviews.wordings import Degree, find_wording_problems, judge_texts
from editorial.translations.models import ListedTranslation, TranslationState
from tests.factories import pages

BODY = (
    "<p>Take 5 mg of carboplatin, and call <a href='tel:+1555'>us</a> if <a href='https://a.example/'>it</a> hurts.</p>"
    "<p>Rest; then eat.</p>"
)


def translated(desk, body: str = BODY) -> Edition:
    """An article and its Spanish translation, both live."""
    section = {**pages.SECTION, "id": desk.document.article.sections.get().pk}
    pages.edit(desk.document, desk.author, sections=[{**section, "body": body}])
    pages.publish(desk.document, desk.author, desk.reviewer)
    return pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)


def renew(desk, body: str, **fields) -> Edition:
    """Publish the source with another text in the place of that."""
    section = {**pages.SECTION, "id": desk.document.article.sections.get().pk, "body": body}
    is_minor = fields.pop("is_minor", False)
    pages.edit(desk.document, desk.author, sections=[{**section, **fields}], is_minor=is_minor)
    return pages.publish(desk.document, desk.author, desk.reviewer)


def is_outdated(desk) -> bool:
    """What the state says, when every kept row says the same."""
    state = load_states([desk.document.pk])[desk.document.pk]["es"].public
    listed = ListedPage.objects.filter(document=desk.document, language="es", listed_until=None)
    said = set(listed.values_list("is_outdated", flat=True))
    to_do = ListedTranslation.objects.filter(document=desk.document, language="es", state=TranslationState.OUTDATED)
    is_waiting = to_do.exists()
    assert said == {state == PublicState.OUTDATED} == {is_waiting}
    assert [*find_list_problems(), *find_wording_problems()] == []
    return state == PublicState.OUTDATED


def units_to_do(desk) -> list[str]:
    source = freezing.find_signed_source(desk.document)
    return [unit.node.plain(unit.place[1]) for unit in freezing.find_unchecked_units(desk.document, "es", source)]


TYPOGRAPHY = [
    ("hurts.", "hurts"), ("Rest; then", "Rest, then"), ("5 mg", "5mg"), ("Rest", "<em>Rest</em>"), ("Rest", "“Rest”"),
]  # fmt: skip
WORDS = [("Rest; then", "Sleep; then"), ("Take", "You take"), ("hurts.", "hurts?")]
CRITICAL = [
    ("5 mg", "6 mg"), ("5 mg", "5 mcg"), ("Take 5", "Take > 5"), ("Take 5", "Do not take 5"),
    ("5 mg", "5<sup>2</sup> mg"), ("5 mg", "0.5 mg"), ("carboplatin", "cisplatin"), ("+1555", "+1556"),
    ("a.example", "b.example"), (" hurts.", " hurts in March."),
]  # fmt: skip


@pytest.mark.both_databases
def test_a_mended_full_stop_makes_no_translation_and_no_unit_stale(desk):
    translated(desk)
    source = renew(desk, BODY.replace("hurts.", "hurts"))
    assert freezing.find_signed_source(desk.document) == source
    assert not is_outdated(desk)
    assert units_to_do(desk) == []
    assert not Recheck.objects.filter(cause=Cause.SOURCE).exists()


@pytest.mark.parametrize(("before", "after"), TYPOGRAPHY)
def test_typography_alone_puts_no_translation_behind(desk, before, after):
    translated(desk)
    renew(desk, BODY.replace(before, after))
    assert not is_outdated(desk)
    assert units_to_do(desk) == []


@pytest.mark.both_databases
@pytest.mark.parametrize(("before", "after"), [*WORDS, *CRITICAL])
def test_other_words_put_a_translation_behind_and_their_unit_alone_is_to_do(desk, before, after):
    translated(desk)
    renew(desk, BODY.replace(before, after))
    assert is_outdated(desk)
    assert len(units_to_do(desk)) == 1
    assert Recheck.objects.filter(cause=Cause.SOURCE, edition__language="es").exists()


@pytest.mark.parametrize(("before", "after"), [*WORDS, *CRITICAL])
def test_what_a_patient_may_come_to_harm_by_is_told_with_its_section(desk, before, after):
    translated(desk)
    edition = renew(desk, BODY.replace(before, after))
    sections = [key for key, _sorts in edition.wording.critical]
    assert sections == ([edition.tree.root.of_type("section")[0].id] if (before, after) in CRITICAL else [])


def test_another_care_level_is_told_with_its_section(desk):
    translated(desk)
    edition = renew(desk, BODY, group="when-to-call", care_level="urgent")
    [(section, sorts)] = edition.wording.critical
    assert (section, "care" in sorts) == (edition.tree.root.of_type("section")[0].id, True)
    assert is_outdated(desk)


def test_words_that_were_signed_as_minor_leave_translations_as_they_are(desk):
    spanish = translated(desk)
    renew(desk, BODY.replace("Take", "You take"), is_minor=True)
    assert not is_outdated(desk)
    assert len(units_to_do(desk)) == 1  # it waits until somebody translates more
    renew(desk, BODY.replace("Take", "You take").replace("hurts.", "hurts"))
    assert not is_outdated(desk)
    renew(desk, BODY.replace("Take", "We take"))
    assert is_outdated(desk)
    assert [edition.wording.says_as.number for edition in Edition.objects.filter(language="en").order_by("pk")] == [
        1, 1, 1, 4,
    ]  # fmt: skip
    assert spanish.wording.says_as == spanish.source_edition


def test_a_mended_full_stop_brings_no_outdated_translation_back(desk):
    translated(desk)
    changed = BODY.replace("5 mg", "6 mg")
    renew(desk, changed)
    renew(desk, changed.replace("hurts.", "hurts"))
    assert is_outdated(desk)
    pages.publish_translation(desk.document, "es", desk.translator, desk.reviewer)
    assert not is_outdated(desk)


def test_the_same_words_are_submitted_again_where_they_are_still_right_for_a_source_that_changed(desk):
    first = translated(desk)
    renew(desk, BODY.replace("Rest; then", "Rest a while; then"))
    assert is_outdated(desk)
    source = freezing.find_signed_source(desk.document)
    places = [unit.place for unit in freezing.find_unchecked_units(desk.document, "es", source)]
    pages.translate(desk.document, "es", desk.translator, {}, checked=places)
    second = pages.submit(desk.document, "es", user=desk.translator)
    assert (second.content_digest, second.source_edition) == (first.content_digest, source)
    pages.sign(second, desk.reviewer)
    assert not is_outdated(desk)
    with pytest.raises(Blocked, match="Nothing has changed"):
        pages.submit(desk.document, "es", user=desk.translator)


def test_what_moves_goes_with_its_words_and_what_is_new_is_to_do(desk):
    translated(desk, "<p>One.</p><p>Two.</p>")
    first, second = (node.id for node in Edition.objects.get(language="en").tree.root.of_type("section")[0].children)
    renew(desk, f'<p data-id="{second}">Two.</p><p data-id="{first}">One.</p><p>Three.</p>')
    assert is_outdated(desk)
    assert units_to_do(desk) == ["Three."]


def test_what_is_gone_leaves_nothing_to_do(desk):
    translated(desk)
    renew(desk, "<p>Rest; then eat.</p>")
    assert is_outdated(desk)
    assert units_to_do(desk) == []


def test_units_that_were_checked_before_there_was_the_rule_stay_so_when_a_full_stop_is_mended(desk):
    translated(desk)
    units = {unit.place: unit for unit in find_units(freezing.find_signed_source(desk.document).tree)}
    for state in UnitState.objects.filter(document=desk.document, language="es"):
        state.source_digest = digest_words(units[state.node_id, state.word].source)
        state.save()
    stale = UnitState.objects.filter(document=desk.document, word="title").first()
    stale.source_digest = digest_words("Some other title")
    stale.save()
    assert units_to_do(desk) == ["Immunotherapy"]
    renew(desk, BODY.replace("hurts.", "hurts"))
    assert units_to_do(desk) == ["Immunotherapy"]
    assert not is_outdated(desk)


@pytest.mark.both_databases
def test_lists_are_made_anew_with_what_editions_say(desk):
    translated(desk)
    renew(desk, BODY.replace("hurts.", "hurts"))
    assert not is_outdated(desk)
    EditionWording.objects.all().delete()  # as after an upgrade, until `migrate` has made them
    assert len(list(find_wording_problems())) == 3
    rebuild_lists()
    assert not is_outdated(desk)


@pytest.mark.parametrize(("before", "after"), [*TYPOGRAPHY, *WORDS, *CRITICAL])
def test_one_rule_judges_a_text(before, after):
    degree = next(
        degree
        for pairs, degree in ((TYPOGRAPHY, Degree.TYPOGRAPHY), (WORDS, Degree.WORDS), (CRITICAL, Degree.CRITICAL))
        if (before, after) in pairs
    )
    texts = [read(text) for text in (BODY, BODY.replace(before, after))]
    changes = [judge_texts(old, new, "en") for old, new in zip(*texts, strict=True)]
    assert sorted(change.degree for change in changes if change.degree != Degree.SAME) in ([degree], [])


def read(body: str) -> list:
    return [node.words["text"] for node in prose.parse(body)]
