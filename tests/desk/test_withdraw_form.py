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


def offered(client, query: str = "") -> dict[str, str]:
    choices = client.get("/admin/desk/explanations/", {"q": query}).json()["choices"]
    return {choice["value"]: choice["name"] for choice in choices}


def live_in(document) -> set[str]:
    return set(Release.objects.live(timezone.now()).filter(document=document).values_list("language", flat=True))


def take_down(client, document, language: str, *languages: str):
    address = f"/admin/desk/documents/{document.pk}/{language}/withdraw/"
    return client.post(address, {"reason": "A dose is wrong.", "languages": languages})


@pytest.mark.parametrize("query", ["", "perime", "CADUCÓ pagina", "out-of"])
def test_explanations_are_found_by_their_titles_and_addresses(signed_in, query):
    author = people.author()
    pages.site_words(author, "out-of-date", "La página caducó, perimée", "<p>Words.</p>")
    pages.site_words(author, "another", "", "<p>Words.</p>")
    assert offered(signed_in(people.operator()), query) == {"out-of-date": "La página caducó, perimée"}


@pytest.mark.parametrize("slug", ["withdrawn", "page-words", "emergency-number"])
def test_words_that_the_site_needs_otherwise_are_not_offered_as_explanations(signed_in, slug):
    pages.site_words(people.author(), slug, "Words of the site", "<p>Words.</p>")
    assert offered(signed_in(people.operator())) == {}
    form = WithdrawForm({"explanation": slug, "reason": "A reason."})
    assert not form.is_valid()
    assert "explanation" in form.errors


def test_the_chosen_explanation_is_named_beside_its_address_and_recorded(signed_in, page, world):
    words = pages.site_words(world.author, "out-of-date", "This page is out of date", "<p>Words.</p>")
    client = signed_in(world.operator)
    address = f"/admin/desk/documents/{page.pk}/es/withdraw/"
    refused = client.post(address, {"reason": "", "languages": ["es"], "explanation": "out-of-date"})
    assert '<output class="choice-name" dir="auto">This page is out of date</output>' in refused.content.decode()
    wrong = client.post(
        address, {"reason": "A dose.", "languages": ["es"], "explanation": "date page"}
    ).content.decode()
    assert "out-of-date (This page is out of date)" in wrong
    assert 'value="date page"' in wrong
    assert live_in(page) == {"en", "es", "ar"}
    client.post(address, {"reason": "A dose.", "languages": ["es"], "explanation": "out-of-date"})
    assert Withdrawal.objects.get(document=page).explanation_id == words.pk


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
