"""Previews as those see them who have the link: no account, nothing kept, nothing else opened, and marked as drafts."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from editorial.editions.models import Edition
from editorial.reading.models import PreviewLink
from editorial.reading.preview_links import create_preview_link, revoke_preview_link
from editorial.reviews.services import withdraw
from tests.factories import drugs, pages, people
from tests.layers import layer
from tests.reading import rendered
from tests.reading.test_unreleased import tamper

NOT_REVIEWED = {
    "en": "Not reviewed: not medical advice.",
    "es": "Sin revisar: no es un consejo médico.",
    "ar": "لم تُراجَع: ليست نصيحة طبية.",
}


@layer
def draft(article, desk):
    """The article with words that nobody has signed."""
    pages.edit(article, desk.author, title="Draft title", lead="Draft lead.", sections=[pages.SECTION])
    return article


def link_to(document, user, language: str = "en") -> str:
    return f"/preview/{create_preview_link(document, language, user=user)[1]}/"


@pytest.fixture
def path(draft, desk) -> str:
    return link_to(draft, desk.author)


def revoked(desk, draft) -> str:
    link, token = create_preview_link(draft, "en", user=desk.author)
    revoke_preview_link(link, user=desk.author)
    return f"/preview/{token}/"


def expired(desk, draft) -> str:
    link, token = create_preview_link(draft, "en", user=desk.author)
    link.made_at, link.expires_at = link.made_at - timezone.timedelta(days=9), timezone.now()
    link.save()
    return f"/preview/{token}/"


CLOSED = {
    "revoked": revoked,
    "expired": expired,
    "never was": lambda desk, draft: f"/preview/{'A' * 43}/",
    "digest": lambda desk, draft: f"/preview/{create_preview_link(draft, 'en', user=desk.author)[0].token_digest}/",
    "odd": lambda desk, draft: "/preview/%00%F0%9F%98%80'/",
    "long": lambda desk, draft: f"/preview/{'x' * 5000}/",
}


def headers(response) -> dict:
    return dict(response.headers)


def test_whoever_has_the_link_sees_the_working_copy_as_a_reader_would(client, path):
    response = client.get(path)
    assert response.status_code == 200
    said = rendered.words(response)
    assert "Draft title" in said and "Draft lead." in said
    assert "Zebra" not in said
    assert rendered.parsed(response).get("lang") == "en"


def test_it_is_marked_as_not_reviewed_before_everything_else(client, path):
    body = rendered.parsed(client.get(path)).find("body")
    first = next(element for element in body if element.get("class") != "skip")
    assert first.get("class") == "not-reviewed"
    assert NOT_REVIEWED["en"] in "".join(first.itertext())
    assert "only after a named clinician has signed it" not in rendered.words(client.get(path))


def test_nobody_keeps_it_lists_it_frames_it_or_learns_its_address(client, path):
    response = client.get(path)
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert rendered.robots(response) == ["noindex, nofollow"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["Content-Language"] == "en"
    assert "ETag" not in response
    assert path not in response.content.decode()
    assert "canonical" not in response.content.decode()


def test_its_policy_is_that_of_every_page(client, path):
    for answer in (client.get(path), client.get("/preview/nothing/")):
        assert answer["Content-Security-Policy"] == client.get("/en/")["Content-Security-Policy"]
        text = answer.content.decode().replace('<script type="module" src="/static/js/page.js">', "")  # ours
        assert "<script" not in text and "style=" not in text and "<style" not in text


@pytest.mark.parametrize("name", CLOSED)
def test_links_that_do_not_work_answer_alike_whatever_was_there(client, draft, desk, name):
    response, unknown = client.get(CLOSED[name](desk, draft)), client.get("/preview/nothing/")
    assert response.status_code == 404
    assert response.content == unknown.content
    assert headers(response) == headers(unknown)
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "Ask whoever sent it to you for a new one." in rendered.words(response)
    assert "Draft" not in rendered.words(response)


def test_a_link_that_does_not_work_says_so_in_the_browsers_language(client, db):
    response = client.get("/preview/nothing/", headers={"accept-language": "ar"})
    assert (rendered.parsed(response).get("lang"), rendered.parsed(response).get("dir")) == ("ar", "rtl")
    assert response["Content-Language"] == "ar"


@pytest.mark.parametrize("accepted", ["es", "ar", ""])
@pytest.mark.parametrize("link", [None, "/preview/nothing/"])
def test_no_cookie_is_set_or_looked_at(draft, desk, accepted, link):
    response = Client().get(link or link_to(draft, desk.author), headers={"accept-language": accepted})
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_is_done_through_a_link(client, path, method):
    response = getattr(client, method)(path)
    assert response.status_code == 405
    assert response["Cache-Control"] == "no-store"


def test_head_answers_as_get_does(client, path):
    assert headers(client.head(path)) == headers(client.get(path))


def test_a_link_opens_nothing_else(draft, desk):
    client, other = Client(), pages.article(desk.author, slug="other", title="Other draft")
    client.get(link_to(draft, desk.author))
    addresses = [
        "/admin/desk/", f"/admin/desk/documents/{draft.pk}/", f"/admin/desk/documents/{draft.pk}/en/preview/",
        f"/admin/desk/documents/{draft.pk}/previews/", f"/admin/desk/documents/{other.pk}/en/preview/",
    ]  # fmt: skip
    for address in addresses:
        assert client.get(address)["Location"].startswith("/admin/login/")
    page = client.get(link_to(draft, desk.author))
    assert not [link for link in rendered.links(page) if link and "/admin/" in link]
    assert "Draft" not in rendered.words(client.get("/en/articles/a-page/"))


def test_an_edit_shows_at_once_and_readers_see_what_was_signed(client, path, draft, desk):
    public = client.get("/en/articles/a-page/")
    before = Edition.objects.count()
    pages.edit(draft, desk.author, title="Newer draft", sections=[pages.SECTION])
    assert "Newer draft" in rendered.words(client.get(path))
    after = client.get("/en/articles/a-page/")
    assert (after.content, after["ETag"]) == (public.content, public["ETag"])
    assert Edition.objects.count() == before


def test_a_page_that_was_never_signed_has_a_preview_and_no_page(client, desk):
    hidden = pages.article(desk.author, slug="hidden", title="Zebra")
    assert "Zebra" in rendered.words(client.get(link_to(hidden, desk.author)))
    assert client.get("/en/articles/hidden/").status_code == 404
    assert "Zebra" not in rendered.words(client.get("/en/articles/"))


def test_pieces_and_words_of_the_glossary_stand_on_it_as_on_the_page(client, draft, desk):
    entry = pages.glossary_entry(desk.author)
    pages.publish(entry, desk.author, desk.reviewer)
    drug_admin = drugs.drug_admin()
    drug = drugs.monograph(drug_admin, title="Zebramab")
    drugs.verified(drug, drug_admin, desk.reviewer)
    pages.publish(drug, drug_admin, people.reviewer())
    pages.edit(
        draft, desk.author, title="Draft",
        sections=[
            {"heading": "H", "body": '<p>Know <a href="/glossary/pd-l1/">this word</a>.</p>'},
            {"heading": "Drug", "body": "", "piece_of": drug, "piece": "card"},
        ],
    )  # fmt: skip
    response = client.get(link_to(draft, desk.author))
    said = rendered.words(response)
    assert "A protein on cells." in said
    assert "Zebramab" in said
    assert [element for element in rendered.parsed(response).iter("button") if element.get("class") == "word"]


def whole_monograph(desk):
    writer = drugs.drug_admin()
    document = drugs.monograph(writer)
    drugs.verified(document, writer, desk.reviewer)
    return document, writer


def bare(make):
    return lambda desk: (make(desk.author), desk.author)


KINDS = {
    "article": bare(lambda user: pages.article(user, title="Seen")),
    "article, hardly begun": bare(lambda user: pages.article(user, title="Seen", lead="", sections=[])),
    "glossary entry": bare(lambda user: pages.glossary_entry(user, title="Seen")),
    "glossary entry, hardly begun": bare(lambda user: pages.glossary_entry(user, title="Seen", short="")),
    "site words": bare(lambda user: pages.site_words(user, title="Seen", phrases=[{"key": "a", "text": "A phrase"}])),
    "site words, hardly begun": bare(lambda user: pages.site_words(user, title="Seen", body="")),
    "monograph": whole_monograph,
    "monograph without decisions": lambda desk: ((writer := drugs.drug_admin()) and drugs.monograph(writer), writer),
    "monograph, hardly begun": lambda desk: (
        (writer := drugs.drug_admin()) and drugs.create_monograph("bare", "Zebramab", user=writer).document, writer,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_page_has_a_preview_however_little_is_written(client, desk, name):
    document, writer = KINDS[name](desk)
    response = client.get(link_to(document, writer))
    assert response.status_code == 200
    assert rendered.only(response, ".//h1").text or list(rendered.only(response, ".//h1"))
    assert NOT_REVIEWED["en"] in rendered.words(response)


@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_translation_is_shown_in_its_language_alone(client, draft, desk, language):
    pages.translate(draft, language, desk.translator, {("article", "title"): "Xyz"})
    response = client.get(link_to(draft, desk.translator, language))
    root = rendered.parsed(response)
    assert (root.get("lang"), root.get("dir")) == (language, "rtl" if language == "ar" else "ltr")
    assert response["Content-Language"] == language
    said = rendered.words(response)
    assert "Xyz" in said and NOT_REVIEWED[language] in said
    assert "Zebra" not in said and "immune" not in said
    assert not [text for text in rendered.texts(response) if text.lang == "en" and text.words != "English"]


def test_a_translation_without_a_signed_source_says_what_is_missing(client, draft, desk):
    path = link_to(draft, desk.translator, "es")
    withdraw(draft, "en", user=desk.operator, reason="wrong")
    response = client.get(path)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store"
    assert rendered.parsed(response).get("lang") == "es"
    assert "Draft" not in rendered.words(response) and "Zebra" not in rendered.words(response)


def test_a_translation_whose_source_does_not_verify_is_not_shown_and_its_address_is_not_logged(
    client, draft, desk, caplog
):
    path = link_to(draft, desk.translator, "es")
    tamper(Edition, "content", b'{"version": 1, "title": "Forged"}')
    response = client.get(path)
    assert response.status_code == 503
    assert response["Cache-Control"] == "no-store"
    assert "Forged" not in rendered.words(response)
    assert [record.levelname for record in caplog.records if record.name.startswith("editorial")] == ["CRITICAL"]
    assert "/preview/…" in caplog.text
    assert path.strip("/").rpartition("/")[2] not in caplog.text


def test_it_takes_the_same_queries_however_much_there_is(client, draft, desk):
    entries = [pages.glossary_entry(desk.author, f"word-{number}", f"Word {number}") for number in range(12)]
    english, spanish = link_to(draft, desk.author), link_to(draft, desk.translator, "es")

    def measured(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    def write(amount: int):
        links = " ".join(f'<a href="/glossary/{entry.slug}/">w</a>' for entry in entries[:amount])
        listed = [pages.reference(f"source-{number}") for number in range(amount)]
        cited = "".join(f"[@{reference['key']}]" for reference in listed)
        pages.edit(
            draft, desk.author, references=listed, key_points=[{"text": f"A point{cited}"}] * amount,
            sections=[pages.SECTION | {"body": f"<p>{links}</p>"}] * amount,
        )  # fmt: skip
        pages.publish(draft, desk.author, desk.reviewer)
        pages.translate(draft, "es", desk.translator)

    for entry in entries:
        pages.publish(entry, desk.author, desk.reviewer)
    write(1)
    few = measured(english), measured(spanish)
    write(12)
    assert (measured(english), measured(spanish)) == few
    assert max(few) <= 20


def test_links_are_not_told_apart_from_each_other_by_their_rows(draft, desk):
    tokens = {create_preview_link(draft, "en", user=desk.author)[1] for _number in range(20)}
    assert len(tokens) == PreviewLink.objects.count() == 20


@pytest.mark.parametrize("path", ["/preview/a-key-that-opens/", "/admin/reset/MQ/a-key-that-opens/"])
def test_the_key_is_not_logged_either_when_somebody_sends_something_to_it(db, caplog, path):
    assert Client(enforce_csrf_checks=True).post(path, {"x": "y"}).status_code == 403
    assert "Forbidden" in caplog.text
    assert "a-key-that-opens" not in caplog.text
