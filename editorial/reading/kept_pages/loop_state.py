"""The public state as an event loop asks for it: it never waits for the database, and many requests share a question.

A request has to see all that was committed before it came, so a question serves those alone that came before it was
sent. Those that come while one is under way wait for the next, which is sent when the answer is there.
"""

import asyncio
from concurrent.futures import Executor
from typing import Any

import psycopg
from psycopg.pq import ExecStatus

from .pages import State
from .public_state import STATE, StateConnection

PATIENCE = 1.0  # seconds for an answer; after that the connection counts as broken
PAUSE = 1.0  # seconds until a connection that broke, or could not be opened, is opened again
BUSY = 50  # milliseconds that SQLite may wait for a lock; readers of a write-ahead log hardly ever do
NO_PREPARING = 10**6  # a threshold that is set so high means that a pooler knows no prepared statements
_NAME = b"public_state"


class StateUnknownError(Exception):
    """There is no connection, or it does not answer: let a thread ask, which may wait."""


class LoopState:
    """The state for one event loop. Its connection is opened in a thread of `threads`, when somebody asks."""

    def __init__(self, threads: Executor) -> None:
        self._threads = threads
        self._loop = asyncio.get_running_loop()
        self._connection: StateConnection | None = None
        self._questions: _Questions | None = None
        self._is_opening = False
        self._open_from = 0.0  # by the loop's clock

    @property
    def is_at_hand(self) -> bool:
        """Whether nobody has to wait for it: that of SQLite, which is a look at the memory that it shares."""
        return self._questions is None

    def read_now(self) -> State | None:
        """The state, if it is at hand; None where the database has none yet. Raises StateUnknownError."""
        connection = self._connection
        if connection is None:
            self._begin_to_open()
            raise StateUnknownError
        try:
            return connection.read()
        except Exception as error:
            self.drop()
            raise StateUnknownError from error

    async def ask(self) -> State | None:
        """The same, if it is not at hand."""
        return self.read_now() if self._questions is None else await self._questions.ask()

    def _begin_to_open(self) -> None:
        if not self._is_opening and self._loop.time() >= self._open_from:
            self._is_opening = True
            self._loop.run_in_executor(self._threads, _open).add_done_callback(self._note)

    def _note(self, opening: "asyncio.Future[StateConnection]") -> None:
        self._is_opening = False
        self._open_from = self._loop.time() + PAUSE
        if opening.cancelled() or opening.exception() is not None:  # whoever asks in a thread will say what it is
            return
        self._connection = opening.result()
        if self._connection.wrapper.vendor == "postgresql":
            self._questions = _Questions(self._loop, self._connection.raw, self.drop)

    def drop(self) -> None:
        """Close the connection. It is opened again when somebody asks, after a pause."""
        opened, self._connection = self._connection, None
        questions, self._questions = self._questions, None
        if questions is not None:
            questions.end()
        self._open_from = self._loop.time() + PAUSE
        if opened is not None:
            opened.raw.close()


class _Questions:
    """Questions to PostgreSQL, one at a time, by libpq's own calls that do not wait."""

    def __init__(self, loop: asyncio.AbstractEventLoop, raw: "psycopg.Connection[Any]", on_broken: Any) -> None:
        self._loop, self._server, self._on_broken = loop, raw.pgconn, on_broken
        self._socket = self._server.socket
        self._is_prepared = _may_prepare(raw)
        self._waiting: list[asyncio.Future[State | None]] = []  # for a question that is not sent yet
        self._asked: list[asyncio.Future[State | None]] = []  # for the one that is
        self._is_planned = False  # that one is sent as soon as the loop has been through what is there
        self._is_over = False
        self._state: State | None = None
        self._limit: asyncio.TimerHandle | None = None
        loop.add_reader(self._socket, self._hear)

    def ask(self) -> "asyncio.Future[State | None]":
        future: asyncio.Future[State | None] = self._loop.create_future()
        self._waiting.append(future)
        self._plan()
        return future

    def _plan(self) -> None:
        if self._waiting and not self._asked and not self._is_planned:
            self._is_planned = True
            self._loop.call_soon(self._send)

    def _send(self) -> None:
        self._is_planned = False
        if self._is_over:
            return
        self._asked, self._waiting = self._waiting, []
        self._state = None
        self._limit = self._loop.call_later(PATIENCE, self._break)
        try:
            if self._is_prepared:
                self._server.send_query_prepared(_NAME, None)
            else:
                self._server.send_query(STATE.encode())
            if self._server.flush():  # not all of these few bytes could be sent
                self._break()
        except psycopg.Error:
            self._break()

    def _hear(self) -> None:
        server = self._server
        try:
            server.consume_input()
            while self._asked and not server.is_busy():
                result = server.get_result()
                if result is None:
                    self._tell()
                elif result.status == ExecStatus.TUPLES_OK:
                    self._state = _read_state(result)
                else:
                    self._break()
        except (psycopg.Error, ValueError):
            self._break()

    def _tell(self) -> None:
        asked, self._asked = self._asked, []
        if self._limit is not None:
            self._limit.cancel()
        for future in asked:
            if not future.done():
                future.set_result(self._state)
        self._plan()

    def _break(self) -> None:
        if not self._is_over:
            self.end()
            self._on_broken()

    def end(self) -> None:
        """Ask no more; whoever waits is told that nobody knows."""
        self._is_over = True
        self._loop.remove_reader(self._socket)
        if self._limit is not None:
            self._limit.cancel()
        broken = self._asked + self._waiting
        self._asked, self._waiting = [], []
        for future in broken:
            if not future.done():
                future.set_exception(StateUnknownError())


def _open() -> StateConnection:
    """In a thread, which may wait; the loop never does."""
    connection = StateConnection()
    if connection.wrapper.vendor == "postgresql":
        server = connection.raw.pgconn
        if _may_prepare(connection.raw) and server.prepare(_NAME, STATE.encode()).status != ExecStatus.COMMAND_OK:
            connection.raw.close()
            raise StateUnknownError
        server.nonblocking = 1
    else:
        connection.raw.execute(f"PRAGMA busy_timeout = {BUSY}")
    return connection


def _may_prepare(raw: "psycopg.Connection[Any]") -> bool:
    return raw.prepare_threshold is not None and raw.prepare_threshold < NO_PREPARING


def _read_state(result: Any) -> State | None:
    number, digest = result.get_value(0, 0), result.get_value(0, 1)
    if number is None or digest is None:
        return None
    return int(number), digest.decode()
