"""What readers may not see: unreleased pages, languages that are not offered, records that do not verify."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from editorial.editions import triggers
from editorial.editions.models import Edition, Release, ReleaseEnd, Review, SignOff
from editorial.editions.working.copies import change_slug
from editorial.reviews.services import revoke_sign_off, send_back
from tests.factories import pages
from tests.factories.pages import submit
from tests.reading import rendered

LANGUAGES = ["en", "es", "ar", "zh-hans", "vi"]
PATH = "/en/articles/a-page/"


def typed(desk):
    return pages.article(desk.author, slug="hidden", title="Zebra")


def submitted(desk):
    document = typed(desk)
    submit(document, "en", user=desk.author)
    return document


def sent_back(desk):
    document = typed(desk)
    send_back(submit(document, "en", user=desk.author), user=desk.reviewer, remarks="No.")
    return document


def scheduled(desk):
    document = typed(desk)
    pages.publish(document, desk.author, desk.reviewer, publish_at=timezone.now() + timedelta(days=1))
    return document


def schedule_revoked(desk):
    document = scheduled(desk)
    revoke_sign_off(SignOff.objects.get(document=document), user=desk.head, reason="no")
    return document


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", [typed, submitted, sent_back, scheduled, schedule_revoked])
def test_an_unreleased_page_answers_as_one_that_never_was(client, desk, state, language):
    state(desk)
    hidden, unknown = client.get(f"/{language}/articles/hidden/"), client.get(f"/{language}/articles/nothing/")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content == unknown.content
    assert hidden.headers == unknown.headers
    assert rendered.robots(hidden) == ["noindex"]


@pytest.mark.parametrize("state", [typed, submitted, sent_back, scheduled, schedule_revoked])
def test_an_unreleased_page_that_was_moved_gives_nothing_away_at_its_old_address(client, desk, state):
    change_slug(state(desk), "a-secret-plan", user=desk.head)
    hidden, unknown = client.get("/en/articles/hidden/"), client.get("/en/articles/nothing/")
    assert (hidden.status_code, hidden.content) == (unknown.status_code, unknown.content)


@pytest.mark.parametrize("state", [typed, submitted, scheduled])
def test_an_unreleased_page_is_in_no_list(client, desk, state):
    state(desk)
    assert b"Zebra" not in client.get("/en/").content + client.get("/en/articles/").content
    assert client.get(f"/en/reviewers/{desk.reviewer.reviewer.slug}/").status_code == 404


def test_a_scheduled_page_comes_by_itself(client, desk):
    scheduled(desk)
    assert client.get("/en/articles/hidden/").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=1, seconds=1), tick=False):
        assert client.get("/en/articles/hidden/").status_code == 200


@pytest.mark.parametrize("path", ["/ar/", "/ar/articles/", "/ar/articles/a-page/", "/ar/reviewers/{reviewer}/"])
def test_a_language_that_is_not_offered_has_no_pages(client, article, desk, settings, path):
    pages.publish_translation(article, "ar", desk.translator, desk.reviewer)
    settings.PUBLIC_LANGUAGES = ["en", "es"]
    response = client.get(path.format(reviewer=desk.reviewer.reviewer.slug))
    assert response.status_code == 404
    assert rendered.parsed(response).get("lang") == "en"


def test_a_language_that_is_not_offered_is_in_no_switch(client, article, settings):
    settings.PUBLIC_LANGUAGES = ["en", "es"]
    assert not [link for link in rendered.links(client.get(PATH)) if link.startswith(("/ar/", "/vi/"))]


@pytest.mark.parametrize("path", ["/en/site-words/withdrawn/", "/en/site-words/", "/en/withdrawn/", "/en//withdrawn/"])
def test_site_words_have_no_page_of_their_own(client, stock, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("number", ["2", "0", "-1", "x", "99999999999999999999", "1" * 5000, ""])
def test_any_page_number_of_a_list_shows_a_list(client, article, number):
    response = client.get("/en/articles/", {"page": number})
    assert response.status_code == 200
    assert "Zebra title" in rendered.words(response)


# --- Records that are not what was written ---


def tamper(model, column: str, value, where: str = "1 = 1") -> None:
    """Changes rows as somebody with the database's password could: past every trigger."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        for name, on in triggers.installed(connection).items():
            if on == table:
                cursor.execute(f'DROP TRIGGER "{name}"' + (f' ON "{on}"' if connection.vendor == "postgresql" else ""))
        cursor.execute(f'UPDATE "{table}" SET "{column}" = %s WHERE {where}', [value])


TAMPERED = {
    "content": (Edition, "content", b'{"version": 1, "title": "Forged"}'),
    "content and digest": (Edition, "content_digest", "0" * 64),
    "contributors": (Edition, "contributors", "[]"),
    "requirement": (Edition, "required_sign_offs", 2),
    "signer": (SignOff, "signer_name", "Forged"),
    "credentials": (SignOff, "signer_letters", "Forged"),
    "review date": (SignOff, "review_due_on", "2099-01-01"),
    "verdict": (Review, "remarks", "Forged"),
    "start": (Release, "released_from", "2020-01-01 00:00:00+00:00"),
    "release's edition": (Release, "content_digest", "0" * 64),
}


def shows_nothing(response, desk) -> bool:
    said = rendered.words(response)
    return not [word for word in ("Zebra", "immune", "Forged", desk.reviewer.reviewer.name) if word in said]


def alarms(caplog) -> set[str]:
    return {record.levelname for record in caplog.records if record.name.startswith("editorial")}


@pytest.mark.parametrize("name", TAMPERED)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_page_whose_records_do_not_verify_is_not_shown(client, article, desk, caplog, language, name):
    tamper(*TAMPERED[name])
    response = client.get(f"/{language}/articles/a-page/")
    assert response.status_code == 503
    assert shows_nothing(response, desk)
    assert response["Cache-Control"] == "public, no-cache"
    assert "ETag" not in response
    assert not response.cookies
    assert alarms(caplog) == {"CRITICAL"}


@pytest.mark.parametrize("name", TAMPERED)
@pytest.mark.parametrize("path", ["/en/articles/", "/en/a-z/", "/en/reviewers/{reviewer}/"])
def test_a_page_whose_records_do_not_verify_is_in_no_list(client, article, desk, caplog, path, name):
    tamper(*TAMPERED[name])
    response = client.get(path.format(reviewer=desk.reviewer.reviewer.slug))
    assert response.status_code in (200, 404)
    assert shows_nothing(response, desk)
    assert alarms(caplog) == {"CRITICAL"}


def test_an_end_that_was_moved_to_the_future_does_not_bring_a_page_back(client, article, desk):
    pages.edit(article, desk.author, title="Newer")
    pages.publish(article, desk.author, desk.reviewer)
    tamper(ReleaseEnd, "released_until", timezone.now() + timedelta(days=30))
    response = client.get(PATH)
    assert "Zebra title" not in rendered.words(response)


def test_one_page_whose_records_do_not_verify_leaves_the_others_up(client, article, desk):
    other = pages.article(desk.author, slug="other")
    pages.publish(other, desk.author, desk.reviewer)
    tamper(Edition, "content", b"{}", where=f"document_id = {article.pk}")
    assert client.get("/en/articles/other/").status_code == 200
    assert client.get(PATH).status_code == 503
