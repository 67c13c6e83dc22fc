"""The menu of every page: the lists of all kinds, in the order that the site sets."""

from tests.reading import rendered


def menu(response) -> list[str]:
    [navigation] = [element for element in rendered.parsed(response).iter("nav") if element.get("class") == "site-nav"]
    return [link.get("href") for link in navigation.iter("a")]


def test_the_kinds_that_the_site_names_come_first(client, article, settings):
    before = menu(client.get("/en/articles/a-page/"))
    assert before[0] == "/en/articles/"
    settings.MENU_FIRST = ["leaflet", "monograph"]
    after = menu(client.get("/en/articles/a-page/"))
    assert after[:2] == ["/en/leaflets/", "/en/drugs/"]
    assert sorted(after) == sorted(before)


def test_a_message_leads_to_the_first_list(client, article, settings):
    settings.MENU_FIRST = ["leaflet"]
    response = client.get("/en/articles/never-was/")
    [links] = [element for element in rendered.parsed(response).iter("ul") if element.get("class") == "next-links"]
    assert [link.get("href") for link in links.iter("a")] == ["/en/leaflets/", "/en/"]
