"""A new kind of page is one model, one template and one registration: every feature of the engine works for it."""

from types import SimpleNamespace

import pytest
from django.test import Client

from editorial.desk.history.timeline import Timeline, TimelineFilters
from editorial.editions import freezing, verifying
from editorial.editions.models import Edition
from editorial.editions.states import PublicState, load_states
from editorial.editions.working import restoration
from editorial.editions.working.copies import change_slug, version_token
from editorial.reviews.services import revoke_sign_off, send_back, withdraw
from tests.factories import pages, people
from tests.factories.leaflets import write_leaflet
from tests.factories.pages import submit
from tests.layers import layer
from tests.reading import rendered

pytestmark = pytest.mark.django_db
PAGE = "/en/leaflets/a-leaflet/"


@layer
def desk():
    return SimpleNamespace(
        author=people.author(),
        reviewer=people.reviewer(),
        translator=people.translator("es", "ar"),
        head=people.head(),
        operator=people.operator(),
    )


@layer
def leaflet(desk):
    document = write_leaflet(desk.author, "a-leaflet", "Zebra", "<p>Zebra words.</p><h3>More</h3><p>More words.</p>")
    pages.publish(document, desk.author, desk.reviewer)
    return document


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def status(path: str) -> int:
    return Client().get(path).status_code


def test_it_is_read_only_when_somebody_else_signed_it(client, desk):
    document = write_leaflet(desk.author, "a-leaflet", "Zebra", "<p>Zebra words.</p>")
    assert status(PAGE) == 404
    edition = submit(document, "en", user=desk.author)
    assert status(PAGE) == 404
    pages.sign(edition, desk.reviewer)
    response = client.get(PAGE)
    assert "Zebra words." in rendered.words(response)
    assert desk.reviewer.reviewer.name in rendered.words(response)


def test_it_is_written_on_a_page_of_its_own(desk):
    client = signed_in(desk.author)
    made = client.post("/admin/leaflets/leaflet/add/", {"title": "Zebra", "slug": "a-leaflet"})
    form = client.get(made.url).context["form"]
    assert list(form.content) == ["title", "body"]
    words = {"token": form["token"].value(), "title": "Zebra", "body": "<p>Zebra words.</p>", "reason": "A first text."}
    assert client.post(made.url, words).url == made.url
    assert "Zebra words." in client.get(made.url).content.decode()


def test_it_has_a_list_and_a_place_on_the_reviewers_page(client, leaflet, desk):
    assert PAGE in rendered.links(client.get("/en/leaflets/"))
    assert PAGE in rendered.links(client.get(f"/en/reviewers/{desk.reviewer.reviewer.slug}/"))


def test_it_is_translated_from_its_signed_source_and_falls_back_until_then(client, leaflet, desk):
    fallback = client.get("/es/leaflets/a-leaflet/")
    assert rendered.robots(fallback) == ["noindex"]
    edition = pages.publish_translation(leaflet, "es", desk.translator, desk.reviewer)
    assert edition.title == "es Zebra"
    assert "es Zebra words." in rendered.words(client.get("/es/leaflets/a-leaflet/"))
    write_leaflet(desk.author, "", "Zebra two", "<p>Zebra words.</p>", document=leaflet)
    pages.publish(leaflet, desk.author, desk.reviewer)
    assert load_states([leaflet.pk])[leaflet.pk]["es"].public == PublicState.OUTDATED


def test_it_is_withdrawn_moved_reaffirmed_and_sent_back(client, leaflet, desk):
    change_slug(leaflet, "another", user=desk.head)
    assert client.get(PAGE).headers["Location"] == "/en/leaflets/another/"
    edition = Edition.objects.get(document=leaflet)
    pages.confirm(edition, desk.reviewer)
    write_leaflet(desk.author, "", "Two", "<p>Two.</p>", document=leaflet)
    send_back(submit(leaflet, "en", user=desk.author), user=desk.reviewer, remarks="No.")
    withdraw(leaflet, "en", user=desk.operator, reason="An error.")
    assert status("/en/leaflets/another/") == 410


def test_it_leaves_when_its_sign_off_is_revoked(leaflet, desk):
    revoke_sign_off(Edition.objects.get(document=leaflet).sign_offs.get(), user=desk.head, reason="An error.")
    assert status(PAGE) == 410


def test_an_unchanged_page_is_not_sent_again(client, leaflet):
    tag = client.get(PAGE)["ETag"]
    assert client.get(PAGE, headers={"if-none-match": tag}).status_code == 304


def test_every_earlier_text_can_be_brought_back(leaflet, desk):
    write_leaflet(desk.author, "", "Wrong", "<p>Zebra words.</p>", document=leaflet)
    told = Timeline(leaflet, TimelineFilters(sort="edit")).page().entries
    past = next(item.edit for item in told if item.edit.texts[0].parts == [("added", "Zebra")])
    restoration.restore_words(
        leaflet, model="leaflet", row_id=leaflet.pk, field="title", language="en", history_id=past.history_id,
        user=desk.author, token=version_token(leaflet, "en"),
    )  # fmt: skip
    assert freezing.build_candidate(leaflet, "en").tree.root.words["title"] == "Zebra"


def test_its_records_verify(leaflet, desk):
    pages.publish_translation(leaflet, "ar", desk.translator, desk.reviewer)
    assert list(verifying.find_problems(leaflet)) == []


@pytest.mark.parametrize(
    "path",
    [
        "documents/{document}/", "documents/{document}/history/", "documents/{document}/en/submit/",
        "documents/{document}/en/withdraw/", "editions/{edition}/", "editions/{edition}/page/", "",
    ],
)  # fmt: skip
def test_the_desk_knows_it(leaflet, desk, path):
    edition = Edition.objects.get(document=leaflet)
    path = path.format(document=leaflet.pk, edition=edition.pk)
    assert signed_in(desk.reviewer).get(f"/admin/desk/{path}").status_code == 200


def test_the_translators_page_knows_it(leaflet, desk):
    response = signed_in(desk.translator).get(f"/admin/translate/{leaflet.pk}/es/?show=all")
    assert "Zebra words." in response.content.decode()


def test_other_pages_show_a_piece_of_it_and_open_it_in_place(client, leaflet, desk):
    body = '<p>About <a href="/leaflets/a-leaflet/">zebras</a>.</p>'
    article = pages.article(
        desk.author,
        slug="main",
        sections=[{"heading": "Here", "body": body, "piece_of": leaflet, "piece": "box"}],
    )
    pages.publish(article, desk.author, desk.reviewer)
    response = client.get("/en/articles/main/")
    page = rendered.parsed(response)
    [piece] = [node for node in page.iter("aside") if "piece-live" in (node.get("class") or "")]
    assert "Zebra words." in "".join(piece.itertext())
    [button] = [node for node in page.iter("button") if node.get("class") == "word"]
    [entry] = [node for node in page.iter("div") if node.get("id") == button.get("popovertarget")]
    assert "Zebra words." in "".join(entry.itertext())
