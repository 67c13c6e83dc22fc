"""Open remarks where a page is written: each beside the field that it is about, and answered there."""

from collections.abc import Iterable
from typing import Any

from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.checks.report import Hrefs
from editorial.reviews.threads import Thread

FIELD = "#field-"  # what links to fields begin with, before the field's name in its form


def place_remarks(threads: Iterable[Thread], hrefs: Hrefs, user: User) -> dict[str, Any]:
    """What a writing form's templates need: all threads, each with the link to its field ("" where no field is shown
    that it is about), and {name of a field: its threads}. What is gone stands at the first field of its section.
    """
    placed = [(thread, _find_link(thread, hrefs)) for thread in threads]
    by_field: dict[str, list[Thread]] = {}
    for thread, link in placed:
        if link:
            by_field.setdefault(link.removeprefix(FIELD), []).append(thread)
    return {"remarks": placed, "remarks_by_field": by_field, "can_remark": user.can(Permission.REMARK)}


def _find_link(thread: Thread, hrefs: Hrefs) -> str:
    places = [thread.section_id] if thread.is_gone else [thread.node_id, thread.section_id]
    return next((hrefs[place, ""] for place in places if place and (place, "") in hrefs), "")
