"""What machines ask of every site."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

ADDRESSES = ["/robots.txt", "/.well-known/security.txt"]


@pytest.fixture(autouse=True)
def contact(settings):
    settings.SECURITY_CONTACT = ["mailto:security@example.org", "https://example.org/tell"]


def test_crawlers_are_led_to_the_sitemap_and_away_from_what_people_type(client, db):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert {"Disallow: /admin/", "Disallow: /preview/", "Disallow: /en/search/", "Disallow: /ar/search/"} <= set(lines)
    assert "Disallow: /" not in lines


def test_security_txt_names_the_contacts_and_a_day_that_is_still_to_come(client, db):
    response = client.get("/.well-known/security.txt")
    fields = [line.split(": ", 1) for line in response.content.decode().splitlines()]
    assert [value for name, value in fields if name == "Contact"] == [
        "mailto:security@example.org", "https://example.org/tell",
    ]  # fmt: skip
    [expires] = [datetime.fromisoformat(value) for name, value in fields if name == "Expires"]
    assert timezone.now() + timedelta(days=30) < expires < timezone.now() + timedelta(days=365)
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_there_is_none_where_nobody_is_named(client, db, settings):
    settings.SECURITY_CONTACT = []
    assert client.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_they_are_sent_again_only_when_they_changed(client, db, address):
    etag = client.get(address)["ETag"]
    assert client.get(address, HTTP_IF_NONE_MATCH=etag).status_code == 304
    assert client.post(address).status_code == 405
    assert "Set-Cookie" not in client.get(address)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert client.get(address, HTTP_IF_NONE_MATCH=etag).status_code == 200
