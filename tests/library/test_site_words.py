"""Site words: written, signed and translated like any document, and shown only when they are signed."""

import pytest
from django.utils import timezone

from editorial.accounts.roles import Role
from editorial.editions import freezing
from editorial.editions.blockers import Blocked
from editorial.editions.working.copies import WorkingCopyChanged, version_token
from editorial.editions.working.translated_words import typed_words
from editorial.library.site_words.models import SiteWords
from editorial.library.site_words.services import create_site_words, save_site_words
from editorial.reading.embeds import find_explanation
from editorial.reviews.services import withdraw
from tests.factories import pages, people
from tests.factories.pages import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return people.author()


def told(language: str = "en", document=None) -> str | None:
    found = find_explanation(language, timezone.now(), document and document.pk)
    return found and found.edition.title


def test_words_say_nothing_until_they_are_signed(author):
    document = pages.site_words(author, title="Taken down")
    assert told() is None
    pages.publish(document, author, people.reviewer())
    assert told() == "Taken down"
    assert told("es") is None


def test_words_of_a_withdrawal_give_way_to_the_stock_ones_until_they_are_signed(author):
    reviewer = people.reviewer()
    pages.publish(pages.site_words(author, title="Stock"), author, reviewer)
    own = pages.site_words(author, "a-mistake", "We made a mistake")
    assert told(document=own) == "Stock"
    pages.publish(own, author, reviewer)
    assert told(document=own) == "We made a mistake"
    withdraw(own, "en", user=reviewer, reason="Wrong words.")
    assert told(document=own) == "Stock"


def test_words_are_translated_from_the_signed_ones(author):
    document = pages.site_words(author)
    pages.publish(document, author, people.reviewer())
    spanish = pages.publish_translation(document, "es", people.translator("es"), people.reviewer())
    assert told("es") == spanish.title == "es This page was taken down"


CITING = "Site words cite no sources, because other pages show them. Take [@%s] out, and link to the source instead."


@pytest.mark.parametrize(
    ("words", "blockers"),
    [
        ({"title": ""}, ["These words need a title."]),
        ({"body": "<script>x</script>"}, ["These words have no text yet."]),
        ({"title": "", "body": ""}, ["These words need a title.", "These words have no text yet."]),
        ({"body": "", "phrases": [{"key": "a", "text": "A", "retired": True}]}, ["These words have no text yet."]),
        ({"phrases": [{"key": "a", "text": " "}]}, ["The phrase “a” is empty. Write it or retire it."]),
        (
            {"body": "", "phrases": [{"key": "a", "text": "A"}], "is_page": True},
            ["A page needs a text of its own besides its phrases."],
        ),
        ({"body": "<p>Call[@a-b][@c].</p><p>Us[@c].</p>"}, [CITING % "a-b", CITING % "c"]),
        ({"phrases": [{"key": "a", "text": "A[@c]"}]}, [CITING % "c"]),
        (
            {"slug": "privacy"},
            ["Every page of the site leads to these words: make them a page of their own."],
        ),
    ],
)
def test_submitting_is_refused(author, words, blockers):
    with pytest.raises(Blocked) as caught:
        submit(pages.site_words(author, **words), "en", user=author)
    assert caught.value.blockers == blockers


def test_phrases_alone_are_words_enough(author):
    document = pages.site_words(author, body="", phrases=[{"key": "a", "text": "A"}, {"key": "b", "text": "B"}])
    root = pages.publish(document, author, people.reviewer()).tree.root
    assert [(item.attrs, item.words) for item in root.of_type("phrase")] == [
        ({"key": "a"}, {"text": "A"}),
        ({"key": "b"}, {"text": "B"}),
    ]


def first_phrase(document) -> int:
    return SiteWords.objects.get(document=document).phrases.first().pk


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([{"key": "a", "text": "x"}], "has the key “a”"),
        ([{"key": "c"}, {"key": "c"}], "has the key “c”"),
        ([{"key": "not a key"}], "Use letters, digits and hyphens."),
        ([{"text": "without a key"}], "“”: This field cannot be blank."),
        ([{"id": first_phrase, "key": "b"}], "has the key “b”"),
    ],
)
def test_phrases_have_keys_of_their_own(author, rows, told):
    document = pages.site_words(author, phrases=[{"key": "a", "text": "A"}, {"key": "b", "text": "B", "retired": True}])
    rows = [{name: value(document) if callable(value) else value for name, value in row.items()} for row in rows]
    with pytest.raises(Blocked, match=told):
        save_site_words(document, "Title", "", phrases=rows, user=author, token=version_token(document, "en"))
    assert SiteWords.objects.get(document=document).title_en == "This page was taken down"


def test_a_changed_phrase_keeps_its_place_for_translators(author):
    document = pages.site_words(author, body="", phrases=[{"key": "a", "text": "A"}])
    pages.publish(document, author, people.reviewer())
    pages.publish_translation(document, "es", people.translator("es"), people.reviewer())
    rows = [{"text": "B first", "key": "b"}, {"id": first_phrase(document), "text": "A again"}]
    save_site_words(document, "Title", "", phrases=rows, user=author, token=version_token(document, "en"))
    pages.publish(document, author, people.reviewer())
    stale = {
        unit.source for unit in freezing.find_unchecked_units(document, "es", freezing.find_signed_source(document))
    }
    assert stale == {"Title", "B first", "A again"}
    assert {"es A"} == {words for words in typed_words(document, "es").values() if words.endswith("A")}


def test_a_phrase_that_comes_back_comes_back_with_whoever_gave_it_its_key(author):
    both = people.person(Role.AUTHOR, Role.REVIEWER, signs_in=["en"])
    document = pages.site_words(author, phrases=[{"key": "a", "text": "A", "retired": True}])

    def save(user, **phrase):
        row = {"id": first_phrase(document), **phrase}
        save_site_words(
            document, "Title", "<p>Words.</p>", phrases=[row], user=user, token=version_token(document, "en")
        )

    save(both, key="b")
    pages.publish(document, author, people.reviewer())  # without the phrase
    save(author, retired=False)
    with pytest.raises(Blocked, match="You contributed"):
        pages.publish(document, author, both)


def test_saving_keeps_ids_and_history_and_refuses_what_is_stale(author):
    document = pages.site_words(author, body="<p>We check it now.</p>")
    before = freezing.build_candidate(document, "en").tree.root.children[0].id
    token = version_token(document, "en")
    save_site_words(document, "Title", "<p>We check it again now.</p>", user=author, token=token, reason="clearer")
    assert freezing.build_candidate(document, "en").tree.root.children[0].id == before
    assert SiteWords.history.latest("history_id").history_change_reason == "clearer"
    with pytest.raises(WorkingCopyChanged):
        save_site_words(document, "Late", "<p>Late</p>", user=author, token=token)


@pytest.mark.parametrize("person", [people.reviewer, people.operator, lambda: people.translator("es")])
def test_only_those_who_write_make_words(person):
    with pytest.raises(Blocked, match="Your role can't edit"):
        create_site_words("key", "Title", "<p>Words.</p>", user=person())
    assert not SiteWords.objects.exists()
