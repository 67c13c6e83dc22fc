"""Under ASGI, each request is answered as under WSGI, and readers get what is kept without a thread."""

import asyncio
from functools import partial
from io import BytesIO

import pytest
from django.db import connection, connections

from editorial.reading.kept_pages import event_loop, loop_state
from editorial.reading.kept_pages.event_loop import EventLoopApplication
from editorial.reading.kept_pages.loop_state import LoopState, StateUnknownError
from editorial.reading.kept_pages.wsgi_threads import make_environ
from tests.databases import on_postgres
from tests.factories import pages, people

from .asking import Told, ask
from .event_loops import HOST, Client, scope

PAGE = "/en/articles/page/"
MOVE = "UPDATE editions_publicstate SET number = number + 1 WHERE scope = ''"
SAME = {
    "a page": (PAGE, "GET", {}),
    "its head": (PAGE, "HEAD", {}),
    "a coded page": (PAGE, "GET", {"accept-encoding": "gzip, br"}),
    "a page with unknown parameters": (f"{PAGE}?utm_source=x%20y", "GET", {}),
    "a page that the browser has": (PAGE, "GET", {"if-none-match": "*"}),
    "a list": ("/en/articles/?page=2", "GET", {}),
    "home": ("/es/", "GET", {}),
    "nothing there": ("/en/articles/nothing/", "GET", {}),
    "nothing there, in Arabic letters": ("/ar/articles/%D8%B5%D9%81%D8%AD%D8%A9/", "GET", {}),
    "no characters": ("/%FF/", "GET", {}),
    "a search": ("/en/search/?q=%C3%A9t%C3%A9", "GET", {}),
    "the desk": ("/admin/", "GET", {}),
    "a method that no page knows": (PAGE, "DELETE", {}),
    "another host": (PAGE, "GET", {"host": "elsewhere.example"}),
    "no slash": ("/en/articles", "GET", {}),
    "capitals": ("/en/Articles/", "GET", {}),
    "a browser's languages": ("/", "GET", {"accept-language": "vi,en"}),
    "a cookie": (PAGE, "GET", {"cookie": "sessionid=x"}),
    "whether it lives": ("/healthz", "GET", {}),
    "what a proxy saw": (PAGE, "GET", {"x-forwarded-proto": "https"}),
    "what a proxy saw in the clear": (PAGE, "GET", {"x-forwarded-proto": "http"}),
}


@pytest.fixture
def page(clock):
    author, reviewer = people.author(), people.reviewer()
    return pages.publish(pages.article(author, slug="page", title="Zebra title"), author, reviewer)


@pytest.fixture
def runner():
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def make_client(make_kept, runner, monkeypatch):
    """make_client() asks the application of one more process, with one thread of each sort."""
    monkeypatch.setattr(event_loop, "THREADS", 1)
    made = []

    def make() -> Client:
        application = EventLoopApplication(make_kept())
        made.append((application, (application._for_readers, application._for_desk)))
        return Client(application, runner)

    yield make
    for application, executors in made:
        for threads in executors:
            threads.submit(application._kept.keeper.state.close).result()
            threads.submit(connections.close_all).result()
            threads.shutdown()

        async def drop(state=application._state):
            if state is not None:
                state.drop()

        runner.run(drop())


@pytest.fixture
def client(make_client):
    return make_client()


def warm(client, path: str = PAGE) -> Told:
    """The page, once the loop serves it by itself."""
    for _time in range(50):
        told = client.ask(path)
        state = client.application._state
        if state is not None and state._connection is not None:
            return told
    raise AssertionError("no connection was opened")


def in_small_letters(told: Told) -> Told:
    return Told(told.status, {name.lower(): value for name, value in told.headers.items()}, told.body)


@pytest.mark.both_databases
@pytest.mark.parametrize("is_behind_proxy", [False, True])
def test_each_request_is_answered_as_under_wsgi_each_time(settings, make_client, page, is_behind_proxy):
    if is_behind_proxy:
        settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    client = make_client()
    kept = client.application._kept
    for name, (path, method, given) in SAME.items():
        headers = [(key.encode(), value.encode()) for key, value in ({"host": "testserver"} | given).items()]
        expected = in_small_letters(ask(kept, "", method, **make_environ(scope(path, method, headers), BytesIO())))
        for _time in range(3):
            told = client.ask(path, method, headers=headers)
            assert (told.status, told.headers) == (expected.status, expected.headers), name
            assert told.body == expected.body, name


@pytest.mark.both_databases
def test_what_is_kept_is_answered_without_a_thread(client, django, page, monkeypatch):
    told = warm(client)
    monkeypatch.setattr(client.application, "_for_readers", None)
    asked = len(django.asked)
    assert client.ask(PAGE) == told
    assert client.ask(PAGE, "HEAD")[:2] == told[:2]
    assert client.ask(PAGE, headers=[(b"if-none-match", told.headers["etag"].encode()), HOST]).status == 304
    assert len(django.asked) == asked


@pytest.mark.both_databases
def test_what_was_committed_before_a_request_is_in_its_answer(client, page):
    assert b"Zebra title" in warm(client).body
    for _time in range(3):
        with connection.cursor() as cursor:
            cursor.execute(MOVE)
        assert client.run(client.application._state.ask()) == client.application._kept.keeper.state.read()


@pytest.mark.parametrize("is_in_loop", [True, False])
def test_a_page_that_appears_is_no_longer_missing_though_others_like_it_still_are(client, page, is_in_loop):
    """Both say the same while they lead nowhere, and so share their bytes."""
    missing, coming = "/en/articles/missing/", "/en/articles/coming/"
    tell = client.ask if is_in_loop else partial(ask, client.application._kept)
    warm(client)
    for path in (missing, coming) * 2:
        assert tell(path).status == 404
    author, reviewer = people.author(), people.reviewer()
    pages.publish(pages.article(author, slug="coming", title="Title to come"), author, reviewer)
    for _time in range(2):
        assert (tell(missing).status, tell(coming).status) == (404, 200)


@pytest.mark.both_databases
def test_many_requests_share_a_question_that_is_sent_after_they_came(client, page, monkeypatch):
    told = warm(client)
    questions = client.application._state._questions
    sent, send = [], questions and questions._send
    if questions:
        monkeypatch.setattr(questions, "_send", lambda: sent.append(len(questions._waiting)) or send())

    async def ask_at_once():
        return await asyncio.gather(*[client.answer(PAGE) for _number in range(40)])

    assert client.run(ask_at_once()) == [told] * 40
    assert sent == ([40] if on_postgres() else [])


@pytest.mark.both_databases
def test_a_connection_that_broke_costs_a_thread_until_it_is_opened_again(client, page, monkeypatch):
    monkeypatch.setattr(loop_state, "PAUSE", 0)
    told = warm(client)
    client.application._state._connection.raw.close()
    assert client.ask(PAGE) == told
    assert warm(client) == told


@pytest.mark.both_databases
@pytest.mark.skipif(not on_postgres(), reason="SQLite's readers wait for nobody")
def test_a_database_that_does_not_answer_does_not_stop_the_loop(client, page, monkeypatch):
    monkeypatch.setattr(loop_state, "PATIENCE", 0.02)
    warm(client)
    with connection.cursor() as cursor:
        cursor.execute("BEGIN; LOCK TABLE editions_publicstate IN ACCESS EXCLUSIVE MODE")
        try:
            with pytest.raises(StateUnknownError):
                client.run(client.application._state.ask())
        finally:
            cursor.execute("ROLLBACK")
    assert client.ask(PAGE).status == 200


@pytest.mark.both_databases
def test_a_loop_that_has_no_connection_yet_waits_for_none(client, page):
    async def read():
        state = LoopState(client.application._for_readers)
        try:
            return await state.ask()
        finally:
            while state._is_opening:  # it is being opened meanwhile
                await asyncio.sleep(0)
            state.drop()

    with pytest.raises(StateUnknownError):
        client.run(read())


def test_a_worker_that_ends_says_so_with_each_answer(client, page):
    told = warm(client)
    client.application.is_ending = True
    for path in (PAGE, "/healthz"):
        assert client.ask(path).headers["connection"] == "close"
    client.application.is_ending = False
    assert client.ask(PAGE) == told, "what is kept was not changed"


def test_nothing_but_http_is_spoken(client):
    events = []

    async def send(event):
        events.append(event)

    client.run(client.application({"type": "websocket"}, None, send))
    assert events == [{"type": "websocket.close"}]
    with pytest.raises(ValueError, match="lifespan"):
        client.run(client.application({"type": "lifespan"}, None, send))
