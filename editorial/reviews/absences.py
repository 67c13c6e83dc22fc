"""Who is away today, and for whom somebody stands in."""

from django.utils import timezone

from editorial.accounts.models import Reviewer, User

from .models import Absence


def find_absence(user: User) -> Absence | None:
    """The absence of this person today."""
    return Absence.objects.on(timezone.localdate()).filter(user=user).select_related("user", "deputy").first()


def find_absentees(user: User) -> dict[User, Reviewer]:
    """{person who is away today: their credentials} of those for whom this person stands in. Two queries."""
    absences = Absence.objects.on(timezone.localdate()).filter(deputy=user)
    reviewers = Reviewer.objects.filter(user__in=absences.values("user")).select_related("user")
    return {reviewer.user: reviewer for reviewer in reviewers.prefetch_related("languages")}
