"""What search engines are told of a page, and what is told to whoever shows a link to it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.reading.structured_data import write_json
from editorial.reviews.services import withdraw
from tests.factories import pages
from tests.parsing import parse_page
from tests.reading import rendered

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.sampled_from(["</script>", "<!--<script>", "]]>", "\u2028&amp;"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(JSON)
def test_nothing_leaves_the_element_that_holds_it(data):
    text = str(write_json(data))
    assert json.loads(text) == data
    assert not set(text) & set("<>&\u2028\u2029")
    page = parse_page(
        f'<!doctype html><html><head><title>t</title><script type="a">{text}</script></head><body><p>b</p>'
    )
    assert [element.text for element in page.iter("script")] == [text]
    assert [element.text for element in page.iter("p")] == ["b"]


def graph(response) -> dict:
    """{type: what is said of it}"""
    [element] = rendered.parsed(response).iterfind(".//script[@type='application/ld+json']")
    data = json.loads(element.text)
    assert data["@context"] == "https://schema.org"
    page, trail = data["@graph"]
    assert trail["@type"] == "BreadcrumbList"
    return {"page": page, "trail": trail["itemListElement"]}


def metadata(response) -> dict[str, str]:
    elements = rendered.parsed(response).iter("meta")
    return {element.get("property") or element.get("name"): element.get("content") for element in elements}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_page_says_what_its_records_say(client, spanish, desk, language):
    said = graph(client.get(f"/{language}/articles/a-page/"))
    page, address = said["page"], f"http://testserver/{language}/articles/a-page/"
    reviewer = desk.reviewer.reviewer
    assert page["@id"] == page["url"] == address
    assert page["inLanguage"] == language
    [person] = page["reviewedBy"]
    assert person["name"] == desk.reviewer.get_full_name()
    assert person["honorificSuffix"]
    assert person["url"] == f"http://testserver/{language}/reviewers/{reviewer.slug}/"
    assert len(page["lastReviewed"]) == len("2026-01-01")
    assert page["audience"]["audienceType"] == "Patient"
    assert [step["position"] for step in said["trail"]] == [1, 2, 3]
    assert [step["item"] for step in said["trail"]] == [
        f"http://testserver/{language}/", f"http://testserver/{language}/articles/", address,
    ]  # fmt: skip


def test_headings_that_are_questions_are_answered_by_their_sections(client, desk):
    sections = [
        {"heading": "What is it?", "body": "<p>One.</p><ul><li><p>Two.</p></li></ul>"},
        {"heading": "Not asked", "body": "<p>Three.</p>"},
    ]
    document = pages.article(desk.author, slug="asked", sections=sections, references=[pages.reference()])
    pages.edit(document, desk.author, lead="Lead.")
    pages.publish(document, desk.author, desk.reviewer)
    page = graph(client.get("/en/articles/asked/"))["page"]
    assert page["@type"] == ["MedicalWebPage", "FAQPage"]
    [question] = page["mainEntity"]
    assert (question["name"], question["acceptedAnswer"]["text"]) == ("What is it?", "One.\nTwo.")
    assert metadata(client.get("/en/articles/asked/"))["description"] == "Lead."


def test_what_is_no_live_page_says_nothing(client, article, desk):
    assert "ld+json" not in client.get("/ar/articles/a-page/").content.decode()  # the English page in its place
    assert "ld+json" not in client.get("/en/articles/").content.decode()
    withdraw(article, "en", user=desk.operator, reason="wrong")
    response = client.get("/en/articles/a-page/")
    assert "ld+json" not in response.content.decode()
    assert "og:title" not in metadata(response)


@pytest.mark.parametrize("path", ["", "articles/", "articles/a-page/", "reviewers/{slug}/", "search/"])
@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_every_page_has_a_description_and_a_feed(client, spanish, desk, path, language):
    response = client.get(f"/{language}/{path.format(slug=desk.reviewer.reviewer.slug)}")
    assert metadata(response)["description"]
    feeds = [
        link.get("href")
        for link in rendered.parsed(response).iter("link")
        if link.get("type") == "application/atom+xml"
    ]
    assert feeds == [f"/{language}/feed/"]


def test_a_link_that_is_shown_elsewhere_has_a_picture_in_its_language(client, spanish):
    said = metadata(client.get("/es/articles/a-page/"))
    assert said["og:url"] == "http://testserver/es/articles/a-page/"
    assert said["og:image"].startswith("http://testserver/static/img/share-es")
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")


def test_readers_of_other_languages_are_led_to_the_source(client, spanish):
    def default(path):
        links = rendered.parsed(client.get(path)).iter("link")
        return [link.get("href") for link in links if link.get("hreflang") == "x-default"]

    assert default("/es/articles/a-page/") == ["http://testserver/en/articles/a-page/"]
    assert default("/es/") == ["http://testserver/"]
    assert default("/ar/articles/a-page/") == []
