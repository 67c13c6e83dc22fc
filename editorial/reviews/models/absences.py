"""Absences: a reviewer is away for some days, and names somebody who stands in.

Deputising asks and reminds; who may sign is decided by rules.py, which never looks here.
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from editorial.accounts.attribution import Attributed, actor_key, actor_name


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> "AbsenceQuerySet":
        """Those of a day at home."""
        return self.between(day, day)

    def between(self, first: date, last: date) -> "AbsenceQuerySet":
        """Those that cover one of these days."""
        return self.filter(ended_at__isnull=True, from_day__lte=last, until_day__gte=first)


class Absence(Attributed):
    """From the first day to the last one, both at home and included. Ended before its time, it counts no more."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who is away"))
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("deputy"))
    from_day = models.DateField(_("first day away"))
    until_day = models.DateField(_("last day away"))
    noted_at = models.DateTimeField()
    noted_by = actor_key()
    noted_by_name = actor_name()
    ended_at = models.DateTimeField(null=True)

    ATTRIBUTION = ("noted_by", "noted_by_name", "noted_at")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["from_day", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until_day__gte=F("from_day")), name="an_absence_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(user=F("deputy")), name="nobody_stands_in_for_themselves"),
        ]
        indexes = [models.Index(fields=["until_day", "from_day"], name="absences_by_day")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.deputy_id}: {self.from_day} – {self.until_day}"
