"""Texts out of bounds, and tables that cannot be kept: refused in words where they are typed, and kept in the form."""

import pytest

from editorial.editions.blockers import Blocked
from editorial.editions.tree import bounds
from editorial.editions.working.copies import version_token
from editorial.editions.working.pages import save_page
from editorial.editions.working.translated_words import typed_words
from tests.desk.conftest import state
from tests.desk.forms import filled
from tests.factories import drugs, pages

DEEP = "<b>" * 500 + "deep"
LONG = "x" * (bounds.LONGEST_TEXT + 1)
OUT_OF_BOUNDS = [(DEEP, "more than 50 levels deep"), (LONG, "200001 characters")]
RAGGED = ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "The rows of a table differ")

# (who, the page, the field)
TYPED = [
    ("author", "/admin/articles/article/{draft}/change/", "sections-0-body"),
    ("author", "/admin/library/sitewords/{words}/change/", "body"),
    ("author", "/admin/library/glossaryentry/{entry}/change/", "body"),
    ("drug_admin", "/admin/drugs/monograph/{drug}/change/", "how_it_works"),
]


@pytest.mark.parametrize(("text", "words"), [*OUT_OF_BOUNDS, RAGGED])
@pytest.mark.parametrize(("who", "page", "field"), TYPED)
def test_it_is_refused_while_typing_and_on_saving_and_stays_in_the_form(
    world, signed_in, who, page, field, text, words
):
    page = page.format(**{name: getattr(world, name).pk for name in ("draft", "words", "entry", "drug")})
    client = signed_in(getattr(world, who))
    opened = filled(client.get(page))
    before = state()
    answer = client.post(page.replace("/change/", "/findings/"), opened | {field: text})
    assert (answer.status_code, words in answer.content.decode()) == (200, True)
    answer = client.post(page, opened | {field: text})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert filled(answer)[field] == text
    assert state() == before


@pytest.mark.parametrize(("text", "words"), OUT_OF_BOUNDS[1:])  # it is no HTML
def test_a_translation_is_refused_while_typing_and_on_saving_and_stays_in_the_form(world, signed_in, text, words):
    client, page = signed_in(world.translator), f"/admin/translate/{world.live.pk}/es/"
    place = next(".".join(place) for place in typed_words(world.live, "es") if place[0].startswith("b-"))
    opened, before, field = filled(client.get(f"{page}?unit={place}")), state(), "words"
    answer = client.post(f"{page}findings/", opened | {field: text})
    assert (answer.status_code, words in answer.content.decode()) == (200, True)
    answer = client.post(page, opened | {field: text})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert filled(answer)[field] == text
    assert state() == before


def test_a_page_that_is_too_long_as_a_whole_is_refused(world, signed_in):
    client, page = signed_in(world.author), f"/admin/articles/article/{world.draft.pk}/change/"
    opened, text = filled(client.get(page)), "x" * (bounds.LONGEST_TEXT - 10)
    opened |= {"lead": text, "sections-0-body": text, "key_points-0-text": text}
    before = state()
    assert "This page has" in client.post(page.replace("/change/", "/findings/"), opened).content.decode()
    answer = client.post(page, opened)
    assert answer.status_code == 409
    assert "This page has" in answer.content.decode()
    assert filled(answer)["lead"] == text
    assert state() == before


SAVING = {
    "article": lambda world, text: pages.edit(
        world.draft, world.author, sections=[{"id": pages.working(world.draft).sections.first().pk, "body": text}]
    ),
    "glossary entry": lambda world, text: save_page(
        world.entry, user=world.author, token=version_token(world.entry, "en"), fields={"body": text}
    ),
    "site words": lambda world, text: pages.site_words(world.author, "new-words", body=text),
    "monograph": lambda world, text: drugs.edit(world.drug, world.drug_admin, how_given=text),
    "translation": lambda world, text: pages.translate(
        world.live, "es", world.translator, dict.fromkeys(_rich_places(world), text)
    ),
}


@pytest.mark.parametrize(("text", "words"), OUT_OF_BOUNDS)
@pytest.mark.parametrize("save", SAVING.values(), ids=SAVING)
def test_no_service_saves_it(world, save, text, words):
    before = state()
    with pytest.raises(Blocked, match=words):
        save(world, text)
    assert state() == before


def _rich_places(world) -> list[tuple[str, str]]:
    return [(node.id, "text") for node in world.edition.tree.walk() if node.type == "paragraph"]
