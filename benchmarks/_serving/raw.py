"""The smallest WSGI application that answers with the bytes and headers in the folder that RAW_FOLDER names."""

import json
import os
from pathlib import Path

_FOLDER = Path(os.environ["RAW_FOLDER"])
_BODY = (_FOLDER / "body").read_bytes()
_HEADERS = [tuple(pair) for pair in json.loads((_FOLDER / "headers.json").read_text())]


def application(_environ, start_response):
    start_response("200 OK", _HEADERS)
    return [_BODY]
