"""What the desk's first page shows somebody besides what waits for them: apps above say what they could do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from editorial.accounts.models import User


@dataclass(frozen=True, slots=True)
class TranslationWork:
    """A page that somebody could translate, by its title in the source language; `cell` is what its template shows."""

    title: str
    cell: Any


Finder = Callable[[User, int], list[TranslationWork]]

_finders: list[Finder] = []


def add_translation_work(find: Finder) -> None:
    """Let an app above say what there is to translate: (user, how many at most), the most important first."""
    _finders.append(find)


def find_translation_work(user: User, limit: int) -> list[TranslationWork]:
    return [work for find in _finders for work in find(user, limit)][:limit]
