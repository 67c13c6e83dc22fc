"""Readers who ask without a pause while pages change, and which of them were shown what was no longer so."""

import http.client
import re
import threading
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from time import monotonic
from typing import NamedTuple
from urllib.parse import urlsplit

from .newsroom import Newsroom

PAGE = "/en/articles/page/"
ACTS = ("renew_page", "renew_piece", "take_down_page", "bring_back_page", "reaffirm", "revoke_reaffirmation")
READERS = 4
_LEAD, _PIECE = re.compile("Another lead [0-9]+"), re.compile("(?:Newer title [0-9]+|Piece title)")

Sight = tuple[str, str]  # the page's lead and its piece's title; both "" while it is down


class Change(NamedTuple):
    """What was so from some moment between `began` and `ended`, by the monotonic clock."""

    began: float
    ended: float
    sight: Sight


class Answer(NamedTuple):
    asked: float
    heard: float
    sight: Sight


class RunningClock:
    """For a newsroom whose time passes by itself."""

    def shift(self, _delta: timedelta) -> None:
        pass


def see(status: int, body: bytes) -> Sight:
    text = body.decode()
    assert status in (200, 410), (status, re.findall("<h1[^>]*>(.*?)</h1>", text))
    if status == 410:
        return "", ""
    lead, piece = _LEAD.search(text), _PIECE.search(text)
    return lead[0] if lead else "", piece[0] if piece else ""


def find_stale(answers: Sequence[Answer], changes: Sequence[Change]) -> list[Answer]:
    """Answers that show what was over before they were asked for, or what had not begun when they were heard."""
    lasted = [change.ended for change in changes[1:]] + [float("inf")]
    return [
        answer
        for answer in answers
        if not any(
            change.sight == answer.sight and change.began <= answer.heard and until >= answer.asked
            for change, until in zip(changes, lasted, strict=True)
        )
    ]


def change_under_load(address: str, newsroom: Newsroom, count: int) -> tuple[list[Answer], list[Change]]:
    """Do so many of ACTS, one after the other, while READERS ask the site at `address` for the page."""
    answers: list[Answer] = []
    failed: list[Exception] = []
    over = threading.Event()
    newsroom.do("renew_page")
    with closing(_connect(address)) as connection:
        sight = see(*_ask(connection))
    assert all(sight), sight
    changes = [Change(0.0, monotonic(), sight)]

    def read() -> None:
        try:
            with closing(_connect(address)) as connection:
                while not over.is_set():
                    asked = monotonic()
                    status, body = _ask(connection)
                    answers.append(Answer(asked, monotonic(), see(status, body)))
        except Exception as error:
            failed.append(error)

    readers = [threading.Thread(target=read) for _reader in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        for number in range(count):
            act = ACTS[number % len(ACTS)]
            began = monotonic()
            newsroom.do(act)
            sight = _sight_after(act, sight, newsroom, changes)
            changes.append(Change(began, monotonic(), sight))
    finally:
        over.set()
        for reader in readers:
            reader.join()
    assert not failed, failed
    return answers, changes


def _sight_after(act: str, sight: Sight, newsroom: Newsroom, changes: list[Change]) -> Sight:
    match act:
        case "renew_page":
            return newsroom.last_words, sight[1]
        case "renew_piece":
            return sight[0], newsroom.last_words
        case "take_down_page":
            return "", ""
        case "bring_back_page":
            return changes[-2].sight
    return sight


def _connect(address: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)


def _ask(connection: http.client.HTTPConnection) -> tuple[int, bytes]:
    """(status, body); again on a new connection where the server had closed this one, as it does when it was idle."""
    try:
        connection.request("GET", PAGE)
        answer = connection.getresponse()
    except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
        connection.close()
        connection.request("GET", PAGE)
        answer = connection.getresponse()
    return answer.status, answer.read()
