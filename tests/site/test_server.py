"""The server as it runs in production: what is no reader's page goes through it too, and slow clients stop nobody."""

import http.client
import re
import socket
import urllib.parse
import urllib.request
from contextlib import ExitStack, closing
from http.cookiejar import CookieJar
from urllib.parse import urlsplit

PAGE = "/en/articles/immunotherapy-for-breast-cancer/"
SLOW = 60  # clients; the site has four threads of each sort
SLOW_REQUESTS = (
    f"GET {PAGE} HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    "POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nslow",
    "POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nslow",
)


def test_somebody_logs_in_and_downloads_a_table(reading_server):
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with browser.open(f"{reading_server}/admin/login/") as answer:
        [token] = re.findall('csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())[:1]
    form = {"csrfmiddlewaretoken": token, "username": "head", "password": "demo", "next": "/admin/"}
    with browser.open(f"{reading_server}/admin/login/", urllib.parse.urlencode(form).encode()) as answer:
        assert (answer.status, urlsplit(answer.url).path) == (200, "/admin/desk/")
        assert "no-store" in answer.headers["Cache-Control"] or "private" in answer.headers["Cache-Control"]
    with browser.open(f"{reading_server}/admin/desk/table/?tab=all") as answer:
        assert answer.headers["Content-Type"].startswith("text/csv")
        assert len(answer.read().splitlines()) > 1


def test_readers_are_answered_beside_clients_that_send_slowly(reading_server):
    address = urlsplit(reading_server)
    with ExitStack() as stack:
        for number in range(SLOW):
            client = stack.enter_context(socket.create_connection((address.hostname, address.port)))
            client.sendall(SLOW_REQUESTS[number % len(SLOW_REQUESTS)].encode())
        for path in (PAGE, "/en/search/?q=pain", "/admin/login/"):
            with closing(http.client.HTTPConnection(address.netloc, timeout=30)) as reader:
                reader.request("GET", path)
                answer = reader.getresponse()
                assert (answer.status, bool(answer.read())) == (200, True), path
