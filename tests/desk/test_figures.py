"""Figures on the desk: found by their pictures, uploaded by what they are, and nothing that was typed lost."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from editorial.editions.labels import shown_file
from editorial.library.figure_layout import address
from editorial.library.models import Figure
from editorial.library.services import save_figure
from tests.desk.conftest import state
from tests.desk.forms import filled
from tests.desk.test_lists import queries
from tests.desk.test_typing import told
from tests.factories import figures, pages
from tests.reading import rendered

ALT = "A drug covers the brake of a T cell."
ADD, LIST = "/admin/library/figure/add/", "/admin/library/figure/"


def change(world) -> str:
    return f"/admin/library/figure/{world.figure.pk}/change/"


def upload(content: bytes, name: str = "picture.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def images(response) -> list[str]:
    return [image.get("src") for image in rendered.parsed(response).iter("img") if "/figures/" in image.get("src")]


def test_a_figure_is_added_with_its_picture_whatever_the_file_is_called(signed_in, world):
    client = signed_in(world.drug_admin)
    data = {**figures.fields("new"), "upload": upload(figures.picture(), "../../evil.exe")}
    response = client.post(ADD, data)
    made = Figure.objects.get(key="new")
    assert (response.status_code, response["Location"]) == (302, f"/admin/library/figure/{made.pk}/change/")
    assert made.history.get().history_user == world.drug_admin
    assert images(client.get(LIST)) == [address(figure.files[-1]) for figure in Figure.objects.all()]


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"MZ" + bytes(99), "picture.png", "PNG, JPEG, WebP or SVG"),
        (figures.drawing("<script>x</script>"), "picture.svg", "&lt;script&gt;"),
        (figures.picture(format_="JPEG")[:400], "picture.jpg", "damaged or incomplete"),
    ],
)
def test_a_bad_file_is_refused_and_the_words_are_kept(signed_in, world, content, name, told):
    before = state()
    data = {**figures.fields("new", caption="Words to keep."), "upload": upload(content, name)}
    response = signed_in(world.author).post(ADD, data)
    page = response.content.decode()
    assert response.status_code == 409
    assert told in page
    assert "Words to keep." in page
    assert "choose it again" in page
    assert state() == before


def test_an_empty_file_is_refused(signed_in, world):
    response = signed_in(world.author).post(ADD, {**figures.fields("new"), "upload": upload(b"")})
    assert response.status_code == 400
    assert not Figure.objects.filter(key="new").exists()


def test_a_new_picture_takes_the_old_ones_place_and_its_words_stay(signed_in, world):
    client = signed_in(world.author)
    data = filled(client.get(change(world))) | {"upload": upload(figures.drawing())}
    assert client.post(change(world), data).status_code == 302
    world.figure.refresh_from_db()
    assert [file["type"] for file in world.figure.files] == ["image/svg+xml"]
    assert world.figure.alt_en == ALT
    assert images(client.get(change(world))) == [address(world.figure.files[0])]


def test_a_save_of_the_form_as_it_stands_changes_nothing(signed_in, world):
    client, before = signed_in(world.author), state()
    assert client.post(change(world), filled(client.get(change(world)))).status_code == 302
    assert state() == before


def test_two_people_see_each_others_words_before_one_replaces_them(signed_in, world):
    client = signed_in(world.author)
    mine = filled(client.get(change(world)), caption="My caption.")
    save_figure(world.figure, user=world.head, caption="Their caption.", upload=BytesIO(figures.drawing()))
    refused = client.post(change(world), mine)
    assert refused.status_code == 409
    assert world.head.name in refused.content.decode()
    assert "Their caption." in told(refused)
    again = filled(refused)
    assert again["caption"] == "My caption."
    assert client.post(change(world), again).status_code == 302
    world.figure.refresh_from_db()
    assert (world.figure.caption_en, world.figure.files[0]["type"]) == ("My caption.", "image/svg+xml")


@pytest.mark.parametrize("who", ["reviewer", "translator", "operator"])
def test_who_only_reads_gets_no_button(signed_in, world, who):
    response = signed_in(getattr(world, who)).get(change(world))
    assert response.status_code == 200
    assert "You can view figures but not edit them." in response.content.decode()


def test_the_list_takes_the_same_queries_however_many_there_are(signed_in, world):
    client = signed_in(world.author)
    few = queries(client, LIST)
    for _number in range(6):
        figures.figure(world.author)
    assert queries(client, LIST) == few <= 8


def test_a_reviewer_sees_the_figure_that_waits_for_the_signature(signed_in, world):
    document = pages.article(world.author, sections=[{**pages.SECTION, "figure": world.figure}])
    edition = pages.submit(document, "en", user=world.author)
    client = signed_in(world.reviewer)
    assert images(client.get(f"/admin/desk/editions/{edition.pk}/page/"))
    page = client.get(f"/admin/desk/editions/{edition.pk}/").content.decode()
    assert ALT in page
    pages.sign(edition, world.reviewer)
    before, (was,) = edition.tree, images(client.get(f"/admin/desk/editions/{edition.pk}/"))
    words = '<rect width="90" height="60" fill="#fff"/><text x="5" y="30" font-size="10">Take 6 mg</text>'
    drawing = BytesIO(figures.drawing(words))
    figure = save_figure(world.figure, user=world.author, upload=drawing, alt="Two pills.")
    edition = pages.submit(document, "en", user=world.author)
    response = client.get(f"/admin/desk/editions/{edition.pk}/")
    page = response.content.decode().replace("\u2068", "").replace("\u2069", "")
    assert images(response) == [was, address(figure.files[0])] * 2, "in what changed, and side by side"
    assert re.findall(r'<img src="/figures/[^>]* alt="([^"]*)"', page) == [ALT, "Two pills."] * 2
    form = shown_file(figures_in(before)[0].attrs["files"])["type"].removeprefix("image/").upper()
    assert f"picture: {form}, 600 × 400 → SVG, 90 × 60" in page
    assert "words in the picture: none → Take 6 mg" in page
    assert "Alternative text</p>" in page
    assert "width:" not in page


def test_each_picture_on_an_editions_page_opens_beside_it_and_its_link_has_a_name(signed_in, world):
    figure = figures.figure(world.author, alt="", decorative=True)
    document = pages.article(world.author, sections=[{**pages.SECTION, "figure": figure}])
    pages.publish(document, world.author, world.reviewer)
    pages.edit(document, world.author, sections=[{**pages.SECTION, "figure": world.figure}])
    edition = pages.submit(document, "en", user=world.author)
    response = signed_in(world.reviewer).get(f"/admin/desk/editions/{edition.pk}/")
    links = [link for link in rendered.parsed(response).iter("a") if "/figures/" in link.get("href", "")]
    assert len(links) >= 2
    for link in links:
        assert link.get("target") == "_blank"
        assert link.get("aria-label") or next(link.iter("img")).get("alt")


def figures_in(*trees):
    return [node for tree in trees for node in tree.walk() if node.type == "figure"]


def test_an_article_leads_to_a_new_figure_and_other_pages_do_not(signed_in, world):
    client = signed_in(world.author)
    page = client.get(f"/admin/articles/article/{world.live.pk}/change/").content.decode()
    assert f'href="{ADD}" target="_blank"' in page


CHOICES = "/admin/library/figure/choices/"


def offered(client, address: str, query: str = "") -> list[str]:
    return [choice["value"] for choice in client.get(address, {"q": query}).json()["choices"]]


def test_the_choices_of_figures_are_told_to_the_desk_alone(client, signed_in, world):
    answer = signed_in(world.author).get(CHOICES)
    assert answer.json() == {"choices": [{"value": world.figure.key, "name": str(world.figure)}]}
    assert client.get(CHOICES).status_code == 302


@pytest.mark.both_databases
def test_a_few_letters_find_figures_and_sources_by_key_and_words_the_best_first(signed_in, world):
    for key, alt in {"b-cell": "About a T cell", "t-cell": "Plain", "other": "100% of % CELLS"}.items():
        figures.figure(world.author, key, alt=alt)
    client = signed_in(world.author)
    typed = {
        "cell": ["b-cell", "other", "t-cell"],
        "T CELL": ["t-cell", "b-cell", "other"],
        "plain t": ["t-cell"],
        "%": ["other"],
    }
    found = {query: offered(client, CHOICES, query) for query in typed}
    assert {query: [key for key in keys if key in typed["cell"]] for query, keys in found.items()} == typed
    assert offered(client, "/admin/library/reference/choices/", "schmid NEJM") == []
    assert offered(client, "/admin/library/reference/choices/", "SCHMID pembrolizumab") == ["schmid-2020"]


def test_choices_are_few_and_take_one_answer_however_long_the_library_is(signed_in, world):
    made = [figures.figure(world.author, f"picture-{number}").key for number in range(10)]
    client = signed_in(world.author)
    assert offered(client, CHOICES, "picture") == made[:8]
    assert offered(client, CHOICES) == made[:1:-1], "without a word, the newest"


def test_no_form_sends_the_figures_of_the_library_nor_its_sources(signed_in, world):
    keys = [figures.figure(world.author, f"picture-{number}").key for number in range(3)]
    pages.put_references(world.author, *(pages.reference(f"source-{number}") for number in range(3)))
    paths = [f"/admin/articles/article/{world.live.pk}/change/", f"/admin/drugs/monograph/{world.drug.pk}/record/"]
    sent = [signed_in(world.drug_admin).get(path).content.decode() for path in paths]
    assert [key for page in sent for key in keys if key in page] == []
    assert "source-1" not in sent[1]


def test_a_form_with_a_mistake_says_that_the_picture_must_be_chosen_again(signed_in, world):
    data = {
        **figures.fields("new", alt="Words to keep.", licence_url="no address"),
        "upload": upload(figures.picture()),
    }
    response = signed_in(world.author).post(ADD, data)
    assert response.status_code == 400
    assert "Words to keep." in response.content.decode()
    assert "choose it again" in response.content.decode()
