"""Processes that act at the same moment, round by round, on one database with real commits.

They are forked from a process that has loaded Django once, since each would take a second and a half to do so.
"""

import multiprocessing
from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import django
from django.apps import apps

if not apps.ready:  # in the process that the workers are forked from
    django.setup()

from django.conf import settings

from editorial.accounts.models import User
from editorial.editions.blockers import Blocked
from tests.databases import connected_to
from tests.editions.concurrent_actions import ACTS

# Seconds for a loaded machine to answer; an answer takes milliseconds.
PATIENCE = 60

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload([__name__])


class Workers:
    """Processes that wait for each other's start."""

    def __init__(self, database_url: str, stack: ExitStack):
        self.url, self.stack = database_url, stack
        self.lines: list[Connection] = []

    def hire(self, act: str, user: User, **arguments) -> None:
        """Starts a process that does `act` as `user` in each round."""
        here, there = processes.Pipe()
        process = processes.Process(target=_work, args=(there, self.url, act, user.pk, arguments), daemon=True)
        process.start()
        there.close()
        self.stack.callback(self.dismiss, process, here)
        self.lines.append(here)

    @staticmethod
    def dismiss(process: BaseProcess, line: Connection) -> None:
        line.close()
        process.join(PATIENCE)
        assert process.exitcode == 0
        process.close()

    def begin(self) -> None:
        assert self._answers() == ["ready"] * len(self.lines)

    def round(self) -> list:
        """All act at once; returns what each of them told."""
        for line in self.lines:
            line.send("go")
        return self._answers()

    def rounds(self, count: int, check: Callable = lambda number, told: None) -> list[list]:
        """What was told in each of so many rounds, after each of which `check` is called."""
        self.begin()
        found = []
        for number in range(count):
            found.append(self.round())
            check(number, found[-1])
        return found

    def _answers(self) -> list:
        assert [line.poll(PATIENCE) for line in self.lines] == [True] * len(self.lines)
        return [line.recv() for line in self.lines]


def _work(line: Connection, database_url: str, act: str, user: int, arguments: dict) -> None:
    """Says that it is ready, waits for each round's start, acts and says how that went, until the line is closed."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    with connected_to(database_url) as connection:
        connection.ensure_connection()
        line.send("ready")
        number = 0
        while _is_called(line):
            try:
                told = ACTS[act](User.objects.get(pk=user), number, **arguments)
            except Blocked as blocked:
                told = type(blocked).__name__
            line.send(told)
            number += 1


def _is_called(line: Connection) -> bool:
    """Waits for the next round; False when there is none."""
    try:
        line.recv()
    except EOFError:
        return False
    return True
