"""What helps a translator with the unit that is open: each aid is registered here and shown beside it, in this order.

An aid renders HTML. In it, an element with `data-take` offers a whole text for the unit, as it stands in its box
(`OpenUnit.tagged`): the editor numbers the first nine, and takes one in place of what is typed.
An element with `data-insert` offers words to put in at the cursor.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from editorial.accounts.models import User
from editorial.editions.models import Document, Edition
from editorial.editions.tree.units import Unit

from .tags import find_tags, tag_typed


@dataclass(frozen=True, slots=True)
class OpenUnit:
    """A unit of the signed source edition that somebody is translating; `typed` is what stands in its box.

    `suggested` is what is suggested for it already, "" for nothing; both as they would be typed.
    """

    document: Document
    language: str
    source: Edition
    unit: Unit
    typed: str
    user: User
    suggested: str = ""

    def tagged(self, typed: str) -> str:
        """What would be typed for the unit, HTML where it is rich, as it stands in its box: text with tags."""
        return tag_typed(typed, self.unit, find_tags(self.unit))


Aid = Callable[[OpenUnit], SafeString]

_AIDS: dict[str, Aid] = {}


def add_unit_aid(name: str, aid: Aid) -> None:
    """Register an aid under a name of its own ("memory"); "" is rendered where it has nothing to offer."""
    _AIDS[name] = aid


def unit_aids(opened: OpenUnit) -> dict[str, SafeString]:
    """{name: what the aid shows} of those that have something to offer."""
    shown = {name: aid(opened) for name, aid in _AIDS.items()}
    return {name: html for name, html in shown.items() if html}
