"""Being away, and who stands in meanwhile. Nobody's right to sign changes by it."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from editorial.accounts.models import Reviewer, User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import field_blocker, refuse_if
from editorial.editions.working.copies import refreshed_user

from ..models import Absence

LONGEST = timedelta(days=366)


def record_absence(absentee: User, *, deputy: User, from_day: date, until_day: date, user: User) -> Absence:
    """Say that a reviewer is away on these days and who stands in. Raises Blocked."""
    with transaction.atomic():
        absentee, user = User.objects.select_for_update(no_key=True).get(pk=absentee.pk), refreshed_user(user)
        blockers = [*_noter_blockers(absentee, user), *_day_blockers(absentee, from_day, until_day)]
        refuse_if([*blockers, *_deputy_blockers(absentee, refreshed_user(deputy), from_day, until_day)])
        return Absence.objects.create(
            user=absentee,
            deputy=deputy,
            from_day=from_day,
            until_day=until_day,
            **Absence.attribution(user),
        )


def end_absence(absence: Absence, *, user: User) -> Absence:
    """Say that somebody is back, or does not go. Raises Blocked."""
    with transaction.atomic():
        absence, user = Absence.objects.select_for_update().get(pk=absence.pk), refreshed_user(user)
        is_over = absence.ended_at is not None or absence.until_day < timezone.localdate()
        refuse_if([*_noter_blockers(absence.user, user), *([_("This absence has already ended.")] if is_over else [])])
        absence.ended_at = timezone.now()
        absence.save(update_fields=["ended_at"])
        return absence


def _noter_blockers(absentee: User, user: User) -> Iterator[str]:
    if user.pk != absentee.pk and not user.can(Permission.OVERSEE):
        yield _("Only the person who is away or a head of content can record an absence.")
    if not absentee.can(Permission.REVIEW):
        yield _("Only medical reviewers can have a deputy.")


def _day_blockers(absentee: User, from_day: date, until_day: date) -> Iterator[str]:
    if until_day < from_day:
        yield field_blocker("until_day", _("The last day is before the first day."))
    if until_day < timezone.localdate():
        yield field_blocker("until_day", _("These days have passed. Choose a last day that is today or later."))
    if until_day - from_day > LONGEST:
        yield field_blocker("until_day", _("An absence can last up to a year. Record another one after that."))
    for overlapping in Absence.objects.filter(user=absentee).between(from_day, until_day)[:1]:
        yield _("An absence from %(first)s to %(last)s is already recorded. End it first.") % _days(overlapping)


def _deputy_blockers(absentee: User, deputy: User, from_day: date, until_day: date) -> Iterator[str]:
    name = {"name": deputy.name}
    if deputy.pk == absentee.pk:
        yield field_blocker("deputy", _("The deputy must be someone else."))
        return
    credentials = Reviewer.objects.filter(user=deputy).first()
    if not deputy.can(Permission.REVIEW) or credentials is None:
        yield field_blocker("deputy", _("%(name)s is not an active medical reviewer. Choose someone who is.") % name)
    elif not credentials.is_valid_on(max(timezone.localdate(), until_day)):
        yield field_blocker(
            "deputy", _("The registration of %(name)s expires before the last day. Choose someone else.") % name
        )
    if Absence.objects.filter(user=deputy).between(from_day, until_day).exists():
        yield field_blocker("deputy", _("%(name)s is also away then. Choose someone else.") % name)


def _days(absence: Absence) -> dict[str, str]:
    return {
        "first": date_format(absence.from_day, "DATE_FORMAT"),
        "last": date_format(absence.until_day, "DATE_FORMAT"),
    }
