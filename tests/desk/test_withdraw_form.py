"""What the form for taking a page down offers, and in which languages it does."""

import pytest
from django.utils import timezone

from editorial.desk.forms import WithdrawForm
from editorial.editions.models import Release, Withdrawal
from tests.factories import pages, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(world):
    """A page that is live in English, Spanish and Arabic."""
    pages.publish_translation(world.live, "ar", people.translator("ar"), world.other_reviewer)
    return world.live


def labels() -> list[str]:
    return [str(label) for _value, label in WithdrawForm().fields["explanation"].choices]


def live_in(document) -> set[str]:
    return set(Release.objects.live(timezone.now()).filter(document=document).values_list("language", flat=True))


def take_down(client, document, language: str, *languages: str):
    address = f"/admin/desk/documents/{document.pk}/{language}/withdraw/"
    return client.post(address, {"reason": "A dose is wrong.", "languages": languages})


def test_explanations_are_offered_by_their_titles(db):
    pages.site_words(people.author(), "out-of-date", "This page is out of date", "<p>Words.</p>")
    assert "This page is out of date" in labels()
    assert "out-of-date" not in labels()


@pytest.mark.parametrize("slug", ["withdrawn", "page-words", "emergency-number"])
def test_words_that_the_site_needs_otherwise_are_not_offered_as_explanations(db, slug):
    pages.site_words(people.author(), slug, "Words of the site", "<p>Words.</p>")
    assert labels() == ["Default explanation"]


@pytest.mark.parametrize(
    ("language", "ticked"), [("en", ["ar", "en", "es"]), ("es", ["es"]), ("ar", ["ar"]), ("vi", [])]
)
def test_the_language_one_comes_from_is_ticked_and_with_the_source_all_that_are_live(
    signed_in, page, world, language, ticked
):
    answer = signed_in(world.operator).get(f"/admin/desk/documents/{page.pk}/{language}/withdraw/")
    form = answer.context["form"]
    assert [code for code, _name in form.fields["languages"].choices] == ["en", "es", "ar"]
    assert form.initial["languages"] == ticked


@pytest.mark.parametrize(
    ("languages", "left", "records"),
    [
        (["es"], {"en", "ar"}, ["es"]),
        (["es", "ar"], {"en"}, ["ar", "es"]),
        (["en"], set(), [""]),
        (["en", "es"], set(), [""]),  # a browser locks the others; they go in any case
    ],
)
def test_the_languages_that_were_chosen_are_taken_down_and_no_others(signed_in, page, world, languages, left, records):
    assert take_down(signed_in(world.operator), page, "en", *languages).status_code == 302
    assert live_in(page) == left
    assert sorted(Withdrawal.objects.filter(document=page).values_list("language", flat=True)) == records


@pytest.mark.parametrize(
    ("languages", "status", "told"),
    [
        ([], 409, "Choose the languages to take down."),
        (["xx"], 400, "Select a valid choice"),
        (["es", "vi"], 400, "Select a valid choice"),
    ],
)
def test_what_cannot_be_taken_down_is_refused_in_words_and_nothing_is(signed_in, page, world, languages, status, told):
    answer = take_down(signed_in(world.operator), page, "es", *languages)
    assert answer.status_code == status
    assert told in answer.content.decode()
    assert "A dose is wrong." in answer.content.decode()
    assert live_in(page) == {"en", "es", "ar"}
