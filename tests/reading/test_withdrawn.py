"""A page that was taken down says so, in signed words of the reader's language or in none, and where to go."""

import pytest
from django.utils import timezone

from editorial.editions.models import Edition, SignOff
from editorial.library.site_words.services import save_site_words
from editorial.reading import list_questions
from editorial.reviews.services import revoke_sign_off, withdraw
from tests.factories import pages, people
from tests.layers import layer
from tests.reading import rendered

LANGUAGES = ["en", "es", "ar", "zh-hans", "vi"]
OWN_WORDS = ("Zebra", "immune")  # in every edition of the article


@layer
def everywhere(article, desk):
    """Live in all five languages."""
    for language in LANGUAGES[1:]:
        pages.publish_translation(article, language, desk.translator, desk.reviewer)
    return article


@layer
def chosen(desk, stock):
    """An explanation that somebody wrote for the occasion, and nobody signed yet."""
    return pages.site_words(desk.author, "why-this-one", "Chosen title", "<p>Chosen words.</p>")


def read(client, language: str, status: int = 410):
    response = client.get(f"/{language}/articles/a-page/")
    assert response.status_code == status
    return response


def down(document, desk, language: str = "en", **keywords):
    return withdraw(document, language, user=desk.operator, reason="Zebra reason", **keywords)


@pytest.mark.parametrize("language", LANGUAGES)
def test_withdrawing_the_source_takes_every_language_down_at_once(client, everywhere, desk, stock, language):
    assert OWN_WORDS[0] in rendered.words(read(client, language, 200))
    down(everywhere, desk)
    said = rendered.words(read(client, language))
    assert [word for word in OWN_WORDS if word in said] == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", ("Stock title", "Stock words.")), ("es", ("es Stock title", "es Stock words."))],
)
def test_the_signed_explanation_stands_there_in_the_readers_language(
    client, everywhere, desk, stock, language, expected
):
    down(everywhere, desk)
    response = read(client, language)
    texts = [text for text in rendered.texts(response) if "Stock" in text.words]
    assert {text.words for text in texts} == set(expected)
    assert {text.lang for text in texts} == {language}
    assert desk.reviewer.reviewer.name in rendered.words(response)


@pytest.mark.parametrize("language", ["ar", "zh-hans", "vi"])
def test_an_explanation_that_is_not_signed_in_a_language_is_not_shown_there(client, everywhere, desk, stock, language):
    down(everywhere, desk)
    assert "Stock" not in rendered.words(read(client, language))


def test_without_any_signed_explanation_nothing_is_said(client, everywhere, desk):
    pages.site_words(desk.author, "withdrawn", "Stock title", "<p>Stock words.</p>")
    down(everywhere, desk)
    assert "Stock" not in rendered.words(read(client, "en"))


def test_a_withdrawal_stands_whatever_becomes_of_the_explanation(client, everywhere, desk, stock):
    down(everywhere, desk)
    revoke_sign_off(SignOff.objects.get(document=stock, language="en"), user=desk.head, reason="no")
    assert "Stock" not in rendered.words(read(client, "en"))


def test_free_words_stay_invisible_until_they_are_signed(client, everywhere, desk, chosen):
    down(everywhere, desk, explanation=chosen)
    before = rendered.words(read(client, "en"))
    assert "Chosen" not in before
    assert "Stock words." in before
    pages.publish(chosen, desk.author, desk.reviewer)
    after = rendered.words(read(client, "en"))
    assert "Chosen words." in after
    assert "Stock" not in after
    assert "es Stock words." in rendered.words(read(client, "es"))
    pages.publish_translation(chosen, "es", desk.translator, desk.reviewer)
    assert "es Chosen words." in rendered.words(read(client, "es"))


def test_free_words_that_are_only_submitted_stay_invisible(client, everywhere, desk, chosen):
    down(everywhere, desk, explanation=chosen)
    pages.submit(chosen, "en", user=desk.author)
    assert "Chosen" not in rendered.words(read(client, "en"))


def test_editing_a_signed_explanation_changes_nothing_until_it_is_signed(client, everywhere, desk, stock):
    down(everywhere, desk)
    before = read(client, "en").content
    save_site_words(
        stock, "Typed title", "<p>Typed words.</p>", user=desk.author, token=pages.version_token(stock, "en")
    )
    assert read(client, "en").content == before


def test_the_reason_for_the_record_is_not_shown(client, everywhere, desk, stock):
    down(everywhere, desk)
    assert "reason" not in rendered.words(read(client, "en"))


def test_one_language_can_go_alone(client, everywhere, desk, stock):
    down(everywhere, desk, "es")
    said = rendered.words(read(client, "es"))
    assert [word for word in OWN_WORDS if word in said] == []
    assert "es Stock words." in said
    for language in ("en", "ar", "zh-hans", "vi"):
        assert OWN_WORDS[0] in rendered.words(read(client, language, 200))


def test_a_page_withdrawn_in_one_language_leads_to_the_others(client, everywhere, desk, stock):
    down(everywhere, desk, "es")
    leads = rendered.links(read(client, "es"))
    for language in ("en", "ar", "zh-hans", "vi"):
        assert f"/{language}/articles/a-page/" in leads


def test_a_page_withdrawn_in_one_language_does_not_lead_to_languages_that_are_not_offered(
    client, everywhere, desk, stock, settings
):
    settings.PUBLIC_LANGUAGES = ["en", "es"]
    down(everywhere, desk, "es")
    assert not [link for link in rendered.links(read(client, "es")) if link.startswith(("/ar/", "/vi/", "/zh-hans/"))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_somewhere_to_go(client, everywhere, desk, stock, language):
    down(everywhere, desk)
    response = read(client, language)
    assert {f"/{language}/", f"/{language}/articles/"} <= set(rendered.links(response))
    assert rendered.robots(response) == ["noindex"]


def test_a_withdrawn_page_is_in_no_list(client, everywhere, desk, stock):
    down(everywhere, desk)
    for path in ("/en/", "/es/", "/en/articles/", "/es/articles/"):
        assert "Zebra" not in rendered.words(client.get(path))


def test_a_page_withdrawn_in_one_language_is_not_listed_there(client, everywhere, desk, stock):
    """Its address answers 410 in Spanish, so a Spanish list must not lead there."""
    down(everywhere, desk, "es")
    for path in ("/es/", "/es/articles/"):
        assert "/es/articles/a-page/" not in [link for link in _card_links(client.get(path))]


def _card_links(response) -> list[str]:
    cards = [element for element in rendered.parsed(response).iter("li") if element.get("class") == "card"]
    return [link.get("href") for card in cards for link in card.iter("a")]


def test_a_page_that_is_signed_again_comes_back(client, everywhere, desk, stock):
    down(everywhere, desk)
    pages.publish(everywhere, desk.author, desk.reviewer)
    assert "Zebra" in rendered.words(read(client, "en", 200))


def test_a_translation_does_not_come_back_with_its_source(client, everywhere, desk, stock):
    down(everywhere, desk)
    pages.publish(everywhere, desk.author, desk.reviewer)
    assert "es Zebra" not in rendered.words(client.get("/es/articles/a-page/"))


def test_an_explanation_shows_its_signer_and_not_the_withdrawn_pages(client, everywhere, desk, stock):
    down(everywhere, desk)
    assert f"/en/reviewers/{desk.reviewer.reviewer.slug}/" in rendered.links(read(client, "en"))


@pytest.mark.parametrize("is_new", [False, True])
def test_a_language_that_was_read_again_after_its_own_take_down_follows_the_source(client, article, desk, is_new):
    """Down alone, read again, then down with the source: once the source is back, readers get that."""
    edition = pages.publish_translation(article, "es", desk.translator, desk.reviewer)
    down(article, desk, "es")
    read(client, "es")
    if is_new:
        pages.publish_translation(article, "es", desk.translator, desk.reviewer)
    else:
        pages.bring_back(edition, people.reviewer("es"))
    read(client, "es", 200)
    down(article, desk)
    read(client, "es")
    pages.bring_back(Edition.objects.get(document=article, language="en"), people.reviewer())
    for language in ("en", "es"):
        read(client, language, 200)
        assert "/articles/a-page/" in client.get(f"/{language}/articles/").content.decode()
    listed = list_questions.find_pages("article", "es", timezone.now(), number=1, per_page=9)
    assert listed.count == 1
