"""A translation that is behind says since when; where somebody may come to harm by it, it names the parts and offers
the source's.
"""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.editions.models import Edition
from editorial.editions.working.copies import version_token
from editorial.editions.working.pages import save_page
from editorial.reading import source_updates, verified_releases
from editorial.reading.source_updates import steps_between
from tests.factories import pages
from tests.factories.bulk_editions import add_editions
from tests.layers import layer
from tests.reading import rendered
from tests.reading.query_plans import tables_scanned

pytestmark = pytest.mark.django_db

PATH, ARABIC = "/es/articles/dosing/", "/ar/articles/dosing/"
START = datetime(2026, 1, 5, 17, tzinfo=UTC)
DAY, LATER = timedelta(days=1), START + timedelta(days=10)
LINE = "El original de esta página es más reciente que esta traducción"
UPDATED = "Se actualizó el 15 de enero de 2026."
SECTIONS = [
    {"heading": "How much", "body": "<p>Take 5 mg a day. <a href='https://a.example/'>More</a></p>"},
    {"heading": "With food", "body": "<p>Eat first.</p>"},
]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@layer
def dosing(desk):
    """An article that is live in English, Spanish and Arabic."""
    with time_machine.travel(START, tick=False):
        document = pages.article(desk.author, slug="dosing", title="Dosing", lead="For you.", sections=SECTIONS)
        pages.publish(document, desk.author, desk.reviewer)
        for language in ("es", "ar"):
            pages.publish_translation(document, language, desk.translator, desk.reviewer)
    return document


def renew(dosing, desk, bodies=(), more=(), **fields) -> Edition:
    """Publish the source with these texts of its sections, and with more sections."""
    changed = {row["id"] for row in more if "id" in row}
    rows = [{"id": row.pk} for row in dosing.article.sections.filter(retired=False) if row.pk not in changed]
    rows = [row | ({"body": body} if body else {}) for row, body in zip(rows, [*bodies, "", ""], strict=False)]
    pages.edit(dosing, desk.author, sections=[*rows, *more], **fields)
    return pages.publish(dosing, desk.author, desk.reviewer)


def page(client, path: str = PATH):
    response = client.get(path)
    assert response.status_code == 200
    return rendered.parsed(response)


def of_class(element, name: str) -> list:
    return element.xpath(f".//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")


def notice(client, path: str = PATH) -> str:
    return " ".join(" ".join(part.text_content() for part in of_class(page(client, path), "notices")).split())


def offered(client, path: str = PATH) -> list[tuple[str, str, str, str]]:
    """(id around it, language, direction, words) of each part of the source that a page offers."""
    return [
        (
            next((around.get("id") for around in words.iterancestors() if around.get("id")), ""),
            words.get("lang"),
            words.get("dir"),
            " ".join(words.text_content().split()),
        )
        for words in page(client, path).xpath("//*[@class='fold source-words']/*[@class='prose']")
    ]


def section_ids(dosing) -> list[str]:
    return [row.block_id for row in dosing.article.sections.filter(retired=False)]


def test_other_words_are_told_in_one_line_with_the_day(client, dosing, desk, clock):
    clock.move_to(LATER)
    renew(dosing, desk, ["", "<p>Eat something first.</p>"])
    assert notice(client).startswith(f"{LINE} · {UPDATED}")
    assert [*of_class(page(client), "notice-changed"), *of_class(page(client), "source-words")] == []


@pytest.mark.parametrize("fields", [{"bodies": ["", "<p>Eat first!</p>"]}, {"lead": "Just for you.", "is_minor": True}])
def test_typography_and_what_is_minor_are_not_told(client, dosing, desk, clock, fields):
    clock.move_to(LATER)
    renew(dosing, desk, **fields)
    assert notice(client) == ""


def test_a_comma_that_is_mended_later_does_not_move_the_day(client, dosing, desk, clock):
    clock.move_to(LATER)
    renew(dosing, desk, ["", "<p>Eat something first.</p>"])
    clock.move_to(LATER + 9 * DAY)
    renew(dosing, desk, ["", "<p>Eat something, first.</p>"])
    assert UPDATED in notice(client)


def test_a_changed_dose_names_its_section_and_offers_the_sources_in_its_place(client, dosing, desk, clock):
    clock.move_to(LATER)
    renew(dosing, desk, ["<p>Take 6 mg a day. <a href='https://b.example/'>More</a></p>"])
    first, _second = section_ids(dosing)
    for path in (PATH, ARABIC):
        shown = page(client, path)
        [link] = shown.xpath("//*[@class='changed-parts']//a")
        assert (link.get("href"), link.text_content().strip()) == (f"#source-part-{first}", f"{path[1:3]} How much")
        assert offered(client, path) == [(f"source-part-{first}", "en", "ltr", "How much Take 6 mg a day. More")]
        assert shown.xpath(f"//*[@id='source-part-{first}']//a[@href='https://b.example/']")
        place, section = (shown.get_element_by_id(key) for key in (f"source-part-{first}", first))
        assert place.getnext() is section
        ids = [element.get("id") for element in shown.xpath("//*[@id]")]
        assert len(ids) == len(set(ids))
    assert "El original se actualizó el 15 de enero de 2026." in notice(client)


def test_what_harms_stays_told_when_other_words_changed_since(client, dosing, desk, clock):
    clock.move_to(LATER)
    renew(dosing, desk, ["<p>Take 6 mg a day.</p>"])
    clock.move_to(LATER + 9 * DAY)
    renew(dosing, desk, ["", "<p>Eat something first.</p>"])
    assert "El original se actualizó el 24 de enero de 2026." in notice(client)
    [part] = of_class(page(client), "source-part")
    assert "15 de enero de 2026" in part.text_content()


def test_a_part_that_is_only_in_the_source_is_offered_below_the_notice(client, dosing, desk, clock):
    clock.move_to(LATER)
    renew(dosing, desk, more=[{"heading": "Never", "body": "<p>Do not drive.</p>"}])
    assert [(where, words) for where, _lang, _dir, words in offered(client)] == [("content", "Never Do not drive.")]
    [name] = page(client).xpath("//*[@class='changed-parts']//bdi")
    assert (name.get("lang"), name.get("dir"), name.text_content()) == ("en", "ltr", "Never")


def test_a_part_that_the_source_has_no_more_is_told_in_its_place(client, dosing, desk, clock):
    first, _second = section_ids(dosing)
    clock.move_to(LATER)
    row = dosing.article.sections.get(block_id=first)
    renew(dosing, desk, more=[{"id": row.pk, "retired": True}])
    place = page(client).get_element_by_id(f"source-part-{first}")
    assert [link.get("href") for link in place.xpath(".//a")] == ["/en/articles/dosing/"]
    assert offered(client) == []


def test_a_number_in_the_lead_is_offered_below_the_notice(client, dosing, desk, clock):
    clock.move_to(LATER)
    renew(dosing, desk, lead="For 3 of 4 of you.")
    assert [words for *_place, words in offered(client)] == ["Dosing For 3 of 4 of you."]


def test_what_stands_in_no_part_is_offered_whole(client, desk, clock):
    entry = pages.glossary_entry(desk.author, "dose", "Dose", "How much.", "<p>Take 5 mg.</p><p>Then rest.</p>")
    pages.publish(entry, desk.author, desk.reviewer)
    pages.publish_translation(entry, "es", desk.translator, desk.reviewer)
    clock.move_to(LATER)
    fields = {"body": "<p>Take 6 mg.</p><p>Then rest.</p>"}
    save_page(entry, user=desk.author, token=version_token(entry, "en"), reason="dose", fields=fields)
    pages.publish(entry, desk.author, desk.reviewer)
    assert [words for *_place, words in offered(client, "/es/glossary/dose/")] == [
        "Dose How much. Take 6 mg.Then rest."
    ]


def test_words_of_a_source_that_is_not_what_was_signed_are_never_shown(client, dosing, desk, clock, monkeypatch):
    clock.move_to(LATER)
    edition = renew(dosing, desk, ["<p>Take 6 mg a day.</p>"])
    read = verified_releases.read_edition
    monkeypatch.setattr(
        verified_releases,
        "read_edition",
        lambda values: row._replace(is_intact=False) if (row := read(values)).pk == edition.pk else row,
    )
    assert "El original se actualizó" in notice(client)
    assert offered(client) == []


def test_a_page_that_is_translated_anew_says_nothing_of_it(client, dosing, desk, clock):
    clock.move_to(LATER)
    renew(dosing, desk, ["<p>Take 6 mg a day.</p>"])
    pages.publish_translation(dosing, "es", desk.translator, desk.reviewer)
    assert notice(client) == ""
    assert notice(client, ARABIC) != ""


def test_only_outdated_translations_take_one_statement_more(client, dosing, desk, clock):
    def measure() -> list[int]:
        counts = []
        for path in ("/en/articles/dosing/", PATH, "/vi/articles/dosing/"):
            with CaptureQueriesContext(connection) as queries:
                page(client, path)
            counts.append(len(queries))
        return counts

    before = measure()
    clock.move_to(LATER)
    renew(dosing, desk, ["<p>Take 6 mg a day.</p>"])
    assert measure() == [count + more for count, more in zip(before, [0, 1, 0], strict=True)]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan is SQLite's")
def test_editions_between_are_found_without_reading_those_of_other_pages(dosing):
    spanish = Edition.objects.get(document=dosing, language="es")
    assert tables_scanned(lambda: list(steps_between(spanish.pk, dosing.pk, "en", 9))) == []


def test_of_a_source_that_is_far_ahead_only_the_newest_editions_are_read(client, dosing, desk, clock):
    clock.move_to(LATER)
    renewed = renew(dosing, desk, ["<p>Take 6 mg a day.</p>"])
    newest = add_editions(renewed, 3 * source_updates.MOST)
    spanish = Edition.objects.get(document=dosing, language="es")
    assert len(steps_between(spanish.pk, dosing.pk, "en", newest.number)) == source_updates.MOST
    assert of_class(page(client), "notice-changed")


def test_each_change_gives_the_page_another_tag(client, dosing, desk, clock):
    clock.move_to(LATER)
    renew(dosing, desk, ["<p>Take 6 mg a day.</p>"])
    tag = client.get(PATH)["ETag"]
    renew(dosing, desk, ["<p>Take 7 mg a day.</p>"])
    assert client.get(PATH, headers={"If-None-Match": tag}).status_code == 200


def test_a_part_of_the_source_that_cites_anew_is_offered_without_a_dead_link(client, dosing, desk, clock):
    clock.move_to(LATER)
    pages.put_references(desk.author, pages.reference("new-2026"))
    renew(dosing, desk, ["<p>Take 6 mg a day.[@new-2026]</p>"])
    [(_where, _lang, _dir, words)] = offered(client)
    assert "Take 6 mg a day." in words
    assert not page(client).xpath("//details[contains(@class, 'source-words')]//a[starts-with(@href, '#')]")
