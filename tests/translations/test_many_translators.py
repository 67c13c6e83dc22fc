"""Many translators on one document at once, each in a process of their own: nothing that was saved is lost."""

from contextlib import ExitStack

import pytest

from editorial.editions import freezing
from editorial.editions.kinds import kind_of
from editorial.editions.models import Contribution, UnitState
from editorial.editions.tree import inline
from editorial.editions.tree.units import find_units
from editorial.editions.working.copies import version_token
from tests.editions.concurrent_workers import Workers
from tests.factories import pages, people

pytestmark = [pytest.mark.both_databases, pytest.mark.prove, pytest.mark.race]

LANGUAGES = ("es", "ar", "vi", "zh-hans")
SAVES = 500


@pytest.fixture
def workers(fresh_connection, fresh_database):
    with ExitStack() as stack:
        yield Workers(fresh_database, stack)


@pytest.fixture
def document(fresh_connection):
    author, reviewer = people.author(), people.reviewer()
    document = pages.article(author)
    pages.publish(document, author, reviewer)
    return document


def words_of(document, language: str) -> dict:
    kind = kind_of(document)
    words = kind.words(kind.read_copy(document), language)
    return {place: inline.plain(text) for place, text in words.items()}


def test_four_translators_in_four_languages_lose_none_of_500_saves(workers, document):
    for language in LANGUAGES:
        workers.hire("translate_unit", people.translator(language), document=document.pk, language=language)
    units = find_units(freezing.find_signed_source(document).tree)
    last: dict = {language: {} for language in LANGUAGES}
    rounds = SAVES // len(LANGUAGES)
    for number, told in enumerate(workers.rounds(rounds)):
        for language, (what, _was, text) in zip(LANGUAGES, told, strict=True):
            assert what == "saved"
            last[language][units[number % len(units)].place] = text
    for language in LANGUAGES:
        assert words_of(document, language) == last[language]
        assert version_token(document, language) == rounds
        assert Contribution.objects.filter(document=document, language=language).count() == rounds
        assert freezing.find_unchecked_units(document, language, freezing.find_signed_source(document)) == []
    assert not UnitState.objects.exclude(suggestion="").exists()


def test_two_translators_in_one_language_overwrite_nothing_that_they_did_not_see(workers, document):
    for _translator in range(2):
        workers.hire("translate_unit", people.translator("es"), document=document.pk, language="es")
    units = find_units(freezing.find_signed_source(document).tree)
    now: dict = {}

    def check(number, told):
        place = units[number % len(units)].place
        text = now.get(place, "")
        saved = {was: new for what, was, new in told if what == "saved"}
        assert len(saved) == [what for what, _was, _new in told].count("saved") > 0
        while text in saved:  # each was saved over what its translator had open
            text = saved.pop(text)
        assert saved == {}
        assert words_of(document, "es").get(place) == text
        now[place] = text

    workers.rounds(SAVES // 4, check)
