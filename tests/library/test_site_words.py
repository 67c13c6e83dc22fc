"""Site words: written, signed and translated like any document, and shown only when they are signed."""

import pytest
from django.utils import timezone

from editorial.editions import freezing
from editorial.editions.beside import explanation
from editorial.editions.blockers import Blocked
from editorial.editions.working.copies import Stale, version
from editorial.library.models import SiteWords
from editorial.library.services import create_site_words, save_site_words
from editorial.reviews.services import submit, withdraw
from tests.factories import pages, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return people.author()


def told(language: str = "en", document=None) -> str | None:
    found = explanation(language, timezone.now(), document)
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


@pytest.mark.parametrize(
    ("title", "body", "blockers"),
    [
        ("", "<p>Words.</p>", ["These words need a title."]),
        ("Title", "<script>x</script>", ["These words have no text yet."]),
        ("", "", ["These words need a title.", "These words have no text yet."]),
    ],
)
def test_submitting_is_refused(author, title, body, blockers):
    with pytest.raises(Blocked) as caught:
        submit(pages.site_words(author, title=title, body=body), "en", user=author)
    assert caught.value.blockers == blockers


def test_saving_keeps_ids_and_history_and_refuses_what_is_stale(author):
    document = pages.site_words(author, body="<p>We check it now.</p>")
    before = freezing.candidate(document, "en").tree.root.children[0].id
    token = version(document, "en")
    save_site_words(document, "Title", "<p>We check it again now.</p>", user=author, token=token, reason="clearer")
    assert freezing.candidate(document, "en").tree.root.children[0].id == before
    assert SiteWords.history.latest("history_id").history_change_reason == "clearer"
    with pytest.raises(Stale):
        save_site_words(document, "Late", "<p>Late</p>", user=author, token=token)


@pytest.mark.parametrize("person", [people.reviewer, people.operator, lambda: people.translator("es")])
def test_only_those_who_write_make_words(person):
    with pytest.raises(Blocked, match="Your role does not write"):
        create_site_words("key", "Title", "<p>Words.</p>", user=person())
    assert not SiteWords.objects.exists()
