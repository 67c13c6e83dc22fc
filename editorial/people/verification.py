"""Proving that a second person agreed wherever one had to."""

from collections.abc import Iterator

from .models import Act, PersonRecord


def find_lone_changes() -> Iterator[str]:
    """Answers that nobody could give: to what they asked for, about themselves, or to something else."""
    for answer in PersonRecord.objects.exclude(request=None).select_related("request").order_by("sequence"):
        request = answer.request
        if request is None:
            continue
        name = f"Record of people {answer.sequence}"
        if request.act != Act.ASKED or request.person_id != answer.person_id or request.sequence > answer.sequence:
            yield f"{name} does not answer the request that it names."
        is_alone = answer.recorded_by_id in (request.recorded_by_id, request.person_id)
        if answer.act == Act.AGREED and answer.recorded_by_id is not None and is_alone:
            yield f"{name}: whoever agreed had asked for it, or is the person concerned."
        if answer.act == Act.AGREED and answer.changes != request.changes:
            yield f"{name}: something else was changed than was asked for."
