"""On a desk in any language, words of a page keep theirs, and what is chosen from a list reads as in the list."""

import html

import pytest

from editorial.library.models import CareLevel
from editorial.library.services.topics import save_topic
from tests.desk.forms import filled
from tests.desk.test_typing import ENTRY, MONOGRAPH, REFERENCE, WORDS, WRITE, renamed, told
from tests.factories import pages
from tests.reading import rendered


@pytest.mark.parametrize(("address", "who"), [(WRITE, "author"), (ENTRY, "author"), (MONOGRAPH, "drug_admin")])
def test_boxes_for_words_of_the_page_say_their_language_on_a_desk_in_another(signed_in, world, address, who):
    page = signed_in(getattr(world, who)).get(address.format(**vars(world)), headers={"Accept-Language": "ar"})
    root = rendered.parsed(page)
    assert root.get("dir") == "rtl"
    boxes = {node.get("name"): node for node in (*root.iter("input"), *root.iter("textarea"))}
    marks = {name: (box.get("lang"), box.get("dir")) for name, box in boxes.items()}
    assert marks["title"] == ("en", "ltr")
    assert marks["reason"] == (None, "auto")
    texts = {marks[name] for name, box in boxes.items() if box.tag == "textarea" and name != "reason"}
    assert texts == {("en", "ltr")}
    assert {node.get("lang") for node in root.iter("h1")} == {"en"}


def test_what_was_chosen_from_a_list_is_shown_in_a_conflict_as_the_list_shows_it(signed_in, world):
    client, address = signed_in(world.author), WRITE.format(**vars(world))
    opened = client.get(address)
    section = {**renamed(world.live, "A heading")[0], "body": "<p>x</p>", "care_level": "emergency"}
    topics = [save_topic(slug, "Alike", user=world.author) for slug in ("one", "other")]
    pages.edit(world.live, world.head, is_minor=True, topics=topics[:1], sections=[section])
    mine = {"sections__0__care_level": "urgent", "topics": "other"}
    refused = client.post(address, filled(opened, **mine))
    assert refused.status_code == 409
    panel = next(node for node in rendered.parsed(refused).iter("div") if "stale" in (node.get("class") or "").split())
    shown = [" ".join(node.itertext()) for node in panel.iter() if node.get("class") == "diff"]
    assert not {"emergency", "urgent", "True", "['one']"} & set(shown)
    for words in (str(CareLevel.EMERGENCY.label), str(CareLevel.URGENT.label), "Alike (one)", "Yes"):
        assert any(words in item for item in shown), (words, shown)


@pytest.mark.parametrize(
    ("address", "who", "other"),
    [
        (WORDS, "author", "head"), (ENTRY, "author", "head"), (MONOGRAPH, "drug_admin", "other_drug_admin"),
        (REFERENCE, "author", "head"),
    ],
)  # fmt: skip
def test_a_stale_save_of_any_kind_keeps_what_was_typed_and_can_be_saved_then(signed_in, world, address, who, other):
    client, address = signed_in(getattr(world, who)), address.format(**vars(world))
    opened = client.get(address)
    signed_in(getattr(world, other)).post(address, filled(opened, title="Theirs"))
    refused = client.post(address, filled(opened, title="Mine"))
    assert refused.status_code == 409
    assert filled(refused)["title"] == "Mine"
    assert "Theirs" in told(refused)
    compared = [node for node in rendered.parsed(refused).iter("p") if node.get("class") == "diff"]
    assert compared
    assert {(item.get("lang"), item.get("dir")) for item in compared} == {("en", "ltr")}
    assert getattr(world, other).name in html.unescape(refused.content.decode())
    assert client.post(address, filled(refused)).status_code == 302
    assert filled(client.get(address))["title"] == "Mine"
