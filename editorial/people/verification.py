"""Proving that people are what was recorded last: who changed their rows past everything here is found out."""

from collections import defaultdict
from collections.abc import Iterator

from editorial.accounts.models import User

from .facts import Changes, Facts, compare_facts, describe_person, is_described, makes_trusted
from .models import Act, PersonRecord

CHANGING = (Act.CHANGED, Act.AGREED, Act.SERVER, Act.FOUND)


def recorded_facts(*people: User) -> dict[int, Facts]:
    """{key of a person: what the records say, None for what is not there}; of everybody unless some are given."""
    facts: dict[int, Facts] = defaultdict(dict)
    records = PersonRecord.objects.filter(act__in=CHANGING).order_by("sequence")
    for record in records.filter(person__in=people) if people else records:
        changes: Changes = record.changes
        facts[record.person_id] |= {what: after for what, (_before, after) in changes.items()}
    return facts


def find_unrecorded_changes() -> Iterator[str]:
    """Where a person's row, roles or credentials are not as they were recorded last.

    Once anybody is on record, whoever signs or agrees has to be: a row that came past everything here has no record.
    """
    recorded = recorded_facts()
    if not recorded:
        return
    for person in User.objects.order_by("pk"):
        now, known = describe_person(person), recorded.get(person.pk, {})
        name = f"{person.name} ({person.username})"
        if not is_described(known) and any(makes_trusted(what) and what not in known for what in now):
            yield f"{name} signs, or lets others sign, and no record says who made them so."
        seen = now if is_described(known) else {what: now.get(what) for what in known}
        for what, (before, after) in compare_facts(known, seen).items():
            yield f"{name}: {what} is {after!r}, and was recorded last as {before!r}."
