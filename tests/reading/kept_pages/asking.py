"""Asking a WSGI application, as a server does."""

from io import BytesIO
from typing import NamedTuple


class Told(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


def environ(path: str, method: str = "GET", **more) -> dict:
    path, _mark, query = path.partition("?")
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "testserver",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(b""),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **more,
    }


def ask(application, path: str, method: str = "GET", **more) -> Told:
    heard = []
    chunks = application(environ(path, method, **more), lambda status, headers, *_: heard.append((status, headers)))
    body = b"".join(chunks)
    if close := getattr(chunks, "close", None):
        close()
    [(status, headers)] = heard
    assert len({name.lower() for name, _value in headers}) == len(headers), "no header twice"
    return Told(int(status[:3]), dict(headers), body)
