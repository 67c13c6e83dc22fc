"""A WSGI application behind an event loop: it reads what was sent, and no slow client keeps a thread."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from editorial.reading.kept_pages.wsgi_threads import (
    MOST_READ_AHEAD,
    MOST_SENT_AHEAD,
    ClientGoneError,
    answer_in_thread,
    make_environ,
)

from .event_loops import HOST, Client, scope


@pytest.fixture
def runner():
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def threads():
    with ThreadPoolExecutor(1) as threads:
        yield threads


def client(application, threads, runner) -> Client:
    return Client(partial(answer_in_thread, application, threads), runner)


def echo(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def test_a_head_has_no_body(threads, runner):
    def answer(environ, start_response):
        start_response("200 OK", [("Content-Length", "4")])
        return [b"body"]

    told = client(answer, threads, runner).ask("/", "HEAD")
    assert told == (200, {"content-length": "4"}, b"")


LONG = [bytes([number % 256]) * 70_000 for number in range(12)]


@pytest.mark.parametrize("chunks", [[b"a=1", b""], [b"a", b"=", b"1", b""], [*LONG, b""]])
def test_a_body_is_read_whole_however_it_arrives(threads, runner, chunks):
    sent = b"".join(chunks)
    headers = [HOST, (b"content-length", str(len(sent)).encode())]
    told = client(echo, threads, runner).ask("/", "POST", headers=headers, chunks=chunks)
    assert (told.status, told.body) == (200, sent)


def test_django_reads_an_uploaded_file_that_arrives_in_pieces(threads, runner):
    def upload(environ, start_response):
        request = WSGIRequest(environ)
        file = request.FILES["file"].read()
        start_response("200 OK", [("Content-Length", str(len(file)))])
        return [file]

    content = b"".join(LONG)
    body = encode_multipart(BOUNDARY, {"name": "figure", "file": SimpleUploadedFile("figure.png", content)})
    chunks = [body[start : start + 65_536] for start in range(0, len(body), 65_536)]
    headers = [
        HOST,
        (b"content-type", MULTIPART_CONTENT.encode()),
        (b"content-length", str(len(body)).encode()),
    ]
    told = client(upload, threads, runner).ask("/", "POST", headers=headers, chunks=[*chunks, b""])
    assert told.body == content


def test_lines_of_a_body_are_read_one_by_one(threads, runner):
    def read_lines(environ, start_response):
        start_response("200 OK", [])
        return [b"|".join([environ["wsgi.input"].readline(), *environ["wsgi.input"]])]

    asked = client(read_lines, threads, runner)
    headers = [HOST, (b"transfer-encoding", b"chunked")]
    assert asked.ask("/", "POST", headers=headers, chunks=[b"one\ntw", b"o\nthree", b""]).body == b"one\n|two\n|three"


def test_a_client_that_leaves_while_it_sends_takes_no_thread(runner):
    headers = [HOST, (b"content-length", b"10")]
    assert client(echo, None, runner).ask("/", "POST", headers=headers, chunks=[b"half"]).status == 408


def test_a_client_that_leaves_while_a_long_body_is_read_is_an_error_of_reading(threads, runner):
    raised = []

    def read(environ, start_response):
        try:
            environ["wsgi.input"].read()
        except OSError as error:
            raised.append(type(error))
        start_response("400 Bad Request", [])
        return []

    chunks = [b"x" * MOST_READ_AHEAD, b"y"]
    headers = [HOST, (b"content-length", b"1000000")]
    assert client(read, threads, runner).ask("/", "POST", headers=headers, chunks=chunks).status == 400
    assert raised == [ClientGoneError]


class Stream:
    """An answer without an end, that counts what was taken of it."""

    def __init__(self):
        self.taken, self.closed_in, self.is_closed = 0, None, threading.Event()

    def __call__(self, environ, start_response):
        start_response("200 OK", [("Content-Type", "text/csv")])
        return self

    def __iter__(self):
        while True:
            self.taken += 1
            self.thread = threading.current_thread()
            yield b"x" * 50_000

    def close(self):
        self.closed_in = threading.current_thread()
        self.is_closed.set()


def test_an_answer_is_made_as_it_is_taken_and_closed_in_its_thread_when_the_client_leaves(threads, runner):
    stream = Stream()

    async def leave():
        got = asyncio.Event()

        async def send(event):
            got.set()
            await asyncio.Event().wait()  # never takes more

        task = asyncio.create_task(answer_in_thread(stream, threads, scope("/"), None, send))
        await got.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    runner.run(leave())
    assert stream.is_closed.wait(10)
    assert stream.taken <= MOST_SENT_AHEAD / 50_000 + 2
    assert stream.closed_in is stream.thread


def test_a_thread_is_free_as_soon_as_a_usual_answer_is_made(threads, runner):
    def answer(environ, start_response):
        start_response("200 OK", [("Content-Length", "500000")])
        return [b"x" * 500_000]

    async def ask_beside_a_client_that_never_reads():
        async def never(event):
            await asyncio.Event().wait()

        slow = asyncio.create_task(answer_in_thread(answer, threads, scope("/"), None, never))
        told = await client(answer, threads, runner).answer("/")
        slow.cancel()
        return told

    assert len(runner.run(ask_beside_a_client_that_never_reads()).body) == 500_000


@pytest.mark.parametrize("chunks_before", [0, 2])
def test_what_an_application_raises_the_server_hears(threads, runner, chunks_before):
    def fail(environ, start_response):
        start_response("200 OK", [])
        for _number in range(chunks_before):
            yield b"x"
        raise KeyError("gone")

    with pytest.raises(RuntimeError) as raised:
        client(fail, threads, runner).ask("/")
    assert isinstance(raised.value.__cause__, KeyError)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"path": "/a%20b/%D8%B5?q=%20+"}, {"PATH_INFO": "/a b/\xd8\xb5", "QUERY_STRING": "q=%20+"}),
        ({"path": "/%FF/"}, {"PATH_INFO": "/\xff/"}),
        ({"path": "http://testserver/a/?b"}, {"PATH_INFO": "/a/", "QUERY_STRING": "b"}),
        ({"path": "/sub/a", "root_path": "/sub"}, {"SCRIPT_NAME": "/sub", "PATH_INFO": "/a"}),
        ({"scheme": "https"}, {"wsgi.url_scheme": "https"}),
        ({"server": None, "headers": [(b"host", b"a:81")]}, {"SERVER_NAME": "a", "SERVER_PORT": "81"}),
        ({"server": ("/run/socket", None)}, {"SERVER_NAME": "testserver", "SERVER_PORT": "80"}),
        ({"client": None}, {"REMOTE_ADDR": ""}),
        ({}, {"REMOTE_ADDR": "192.0.2.7", "REMOTE_PORT": "5000", "SERVER_PORT": "80", "HTTP_HOST": "testserver"}),
        ({"headers": [(b"accept", b"a"), (b"accept", b"b")]}, {"HTTP_ACCEPT": "a,b"}),
        ({"headers": [(b"x-a", b"1"), (b"x_a", b"2")]}, {"HTTP_X_A": "1"}),
        ({"headers": [(b"content-type", b"a/b")]}, {"CONTENT_TYPE": "a/b"}),
        ({"headers": [(b"cookie", "é".encode("latin-1"))]}, {"HTTP_COOKIE": "é"}),
    ],
)
def test_an_environment_is_as_servers_make_it(given, expected):
    environ = make_environ(scope(**{"path": "/", **given}), BytesIO())
    assert {name: environ.get(name) for name in expected} == expected
