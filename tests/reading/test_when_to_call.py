"""When to call, as readers of an article see it: whom, for what first, and the way to it."""

import pytest

from tests.factories import pages
from tests.layers import layer
from tests.reading import rendered

PATH = "/en/articles/main/"
LABELS = {"emergency": "Emergency!", "urgent": "Call today!", "non-urgent": "Office hours!"}
PHRASES = [
    *({"key": f"care-{level}", "text": text} for level, text in LABELS.items()),
    {"key": "group-when-to-call", "text": "When to call"},
    {"key": "team-number", "text": "The number that your team gave you."},
    {"key": "emergency-signs", "text": "zebra stripes; zebra hooves"},
]


@layer
def words(desk):
    number = [{"key": "US", "text": "Call 911"}, {"key": "elsewhere", "text": "Elsewhere: your local number."}]
    for slug, phrases in (("article-words", PHRASES), ("emergency-number", number)):
        document = pages.site_words(desk.author, slug, slug, "", phrases=phrases)
        pages.publish(document, desk.author, desk.reviewer)


def section(heading: str, care: str = "", group: str = "when-to-call") -> dict:
    return {"heading": heading, "body": f"<p>Words of {heading}.</p>", "group": group, "care_level": care}


def read(client, desk, *sections: dict):
    document = pages.article(desk.author, slug="main", title="Main", sections=list(sections))
    pages.publish(document, desk.author, desk.reviewer)
    return client.get(PATH)


def cards(response) -> list[tuple[str, list[str]]]:
    """[(level, headings)] of the cards on a page, in reading order."""
    elements = [e for e in rendered.parsed(response).iter("div") if (e.get("class") or "").startswith("care ")]
    return [(e.get("class").split("care-")[1], [heading.text for heading in e.iter("h3")]) for e in elements]


def test_a_level_is_one_card_with_its_label_once_and_an_emergency_comes_first(client, desk, words):
    said = [section("Fever", "urgent"), section("Itching", "non-urgent"), section("Rash", "urgent")]
    response = read(client, desk, *said, section("Breath", "emergency"))
    assert cards(response) == [
        ("emergency", ["Breath"]), ("urgent", ["Fever", "Rash"]), ("non-urgent", ["Itching"])
    ]  # fmt: skip
    for label in LABELS.values():
        assert rendered.words(response).count(label) == 1


def test_the_emergency_number_dials_and_readers_elsewhere_learn_whom_to_call(client, desk, words):
    response = read(client, desk, section("Breath", "emergency"))
    assert rendered.links(response).count("tel:911") == 1
    assert "Elsewhere: your local number." in rendered.words(response)


@pytest.mark.parametrize("is_staffed", [True, False])
def test_the_care_team_has_its_staffed_number_and_hours_or_the_words_for_ones_own(client, desk, words, is_staffed):
    if is_staffed:
        phrases = [{"key": "number", "text": "Our nurses: +1-555-0100"}, {"key": "hours", "text": "8 a.m. to 6 p.m."}]
        helpline = pages.site_words(desk.author, "helpline", "Help", "<p>Help.</p>", is_page=True, phrases=phrases)
        pages.publish(helpline, desk.author, desk.reviewer)
    response = read(client, desk, section("Fever", "urgent"))
    assert ("tel:+15550100" in rendered.links(response)) is is_staffed
    assert ("8 a.m. to 6 p.m." in rendered.words(response)) is is_staffed
    assert ("The number that your team gave you." in rendered.words(response)) is not is_staffed


# (the sections, where the bar leads, whether the signed signs of an emergency stand on the page)
WAYS = [
    ([section("Breath", "emergency")], "#group-when-to-call", 0),
    ([section("Fever", "urgent")], "#group-when-to-call", 1),
    ([section("What it is", group="overview")], "#emergency", 1),
]


@pytest.mark.parametrize(("sections", "target", "count"), WAYS)
def test_the_bar_leads_to_when_to_call_or_to_the_signed_signs_which_stand_once(
    client, desk, words, sections, target, count
):
    response = read(client, desk, *sections)
    bar = rendered.only(response, ".//p[@class='call-bar']/a")
    assert bar.get("href") == target
    assert [e for e in rendered.parsed(response).iter() if f"#{e.get('id')}" == target]
    assert rendered.words(response).count("zebra stripes") == count


def test_where_no_words_are_signed_there_is_no_bar_and_no_number(client, desk):
    response = read(client, desk, section("Breath", "emergency"))
    assert "call-bar" not in response.content.decode()
    assert not [link for link in rendered.links(response) if link.startswith("tel:")]


def test_the_foot_says_who_wrote_the_edition(client, desk):
    response = read(client, desk, section("Breath", "emergency"))
    assert "Written by:" in rendered.words(response)
    assert desk.author.name in rendered.words(response)
