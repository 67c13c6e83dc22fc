"""Why something cannot be done, in the editor's words, all reasons at once."""

from collections.abc import Iterable


class Blocked(Exception):
    """A service refused. `blockers` says everything that stands in the way; nothing was changed."""

    def __init__(self, blockers: Iterable[str]):
        self.blockers = [str(blocker) for blocker in blockers]
        super().__init__(" ".join(self.blockers))


def refuse_if(blockers: Iterable[str]) -> None:
    """Raise Blocked when there is at least one blocker."""
    if found := list(blockers):
        raise Blocked(found)
