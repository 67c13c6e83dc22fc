"""Who is away today, and for whom somebody stands in."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from editorial.accounts.models import Reviewer, User
from editorial.editions.compiled_questions import DAY, has_rows

from .models import Absence


def find_absence(user: User) -> Absence | None:
    """The absence of this person today."""
    return Absence.objects.on(timezone.localdate()).filter(user=user).select_related("user", "deputy").first()


def find_absences() -> list[Absence]:
    """All of today, with who is away. One query where nobody is, else two."""
    day = timezone.localdate()
    is_any = has_rows(_ask_absence, day=day)
    return list(Absence.objects.on(day).select_related("user")) if is_any else []


def _ask_absence() -> QuerySet[Absence, Any]:
    return Absence.objects.on(DAY).order_by().values_list("pk")[:1]


def find_absentees(user: User) -> dict[User, Reviewer]:
    """{person who is away today: their credentials} of those for whom this person stands in. Two queries."""
    absences = Absence.objects.on(timezone.localdate()).filter(deputy=user)
    reviewers = Reviewer.objects.filter(user__in=absences.values("user")).select_related("user")
    return {reviewer.user: reviewer for reviewer in reviewers.prefetch_related("languages")}
