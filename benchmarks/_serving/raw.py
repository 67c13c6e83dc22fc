"""The smallest WSGI and ASGI applications that answer with the bytes and headers in the folder RAW_FOLDER."""

import json
import os
from pathlib import Path

_FOLDER = Path(os.environ["RAW_FOLDER"])
_BODY = (_FOLDER / "body").read_bytes()
_HEADERS = [tuple(pair) for pair in json.loads((_FOLDER / "headers.json").read_text())]


def application(_environ, start_response):
    start_response("200 OK", _HEADERS)
    return [_BODY]


_BEGIN = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(name.lower().encode(), value.encode()) for name, value in _HEADERS],
}
_ALL = {"type": "http.response.body", "body": _BODY}


async def asgi_application(_scope, _receive, send):
    await send(_BEGIN)
    await send(_ALL)
