"""Asking an ASGI application over one event loop, as a server does."""

import asyncio
from urllib.parse import unquote

from .asking import Told

HOST = (b"host", b"testserver")
Headers = list[tuple[bytes, bytes]]


def scope(path: str, method: str = "GET", headers: Headers | None = None, **more) -> dict:
    raw, _mark, query = path.encode().partition(b"?")
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(raw.decode()),
        "raw_path": raw,
        "query_string": query,
        "root_path": "",
        "headers": [HOST] if headers is None else headers,
        "server": ("testserver", 80),
        "client": ("192.0.2.7", 5000),
        **more,
    }


class Client:
    """Asks `application`, each time over the same loop."""

    def __init__(self, application, runner: asyncio.Runner):
        self.application, self.run = application, runner.run

    def ask(self, path: str, method: str = "GET", **more) -> Told:
        return self.run(self.answer(path, method, **more))

    async def answer(
        self, path: str, method: str = "GET", headers: Headers | None = None, chunks: list[bytes] | None = None
    ) -> Told:
        """`chunks` are what arrives of a body; the client leaves where the last one is not b""."""
        asked, events = list(chunks or [b""]), []

        async def receive():
            if not asked:
                return {"type": "http.disconnect"}
            chunk = asked.pop(0)
            return {"type": "http.request", "body": chunk, "more_body": bool(chunk)}

        async def send(event):
            events.append(event)

        await self.application(scope(path, method, headers), receive, send)
        begin, *bodies = events
        assert [event.get("more_body", False) for event in bodies] == [True] * (len(bodies) - 1) + [False]
        names = [name for name, _value in begin["headers"]]
        assert len(set(names)) == len(names), "no header twice"
        return Told(
            begin["status"],
            {name.decode(): value.decode("latin-1") for name, value in begin["headers"]},
            b"".join(event["body"] for event in bodies),
        )
