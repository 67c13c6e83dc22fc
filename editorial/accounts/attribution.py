"""Who did something, under which name, and when: three columns that many tables have under names of their own.

The name is copied, because a person's name may change later and what is recorded under it may not.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from editorial.text_hygiene import clean_text

from .models import NAME_LENGTH, User

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


class Attributed(models.Model):
    """A row that somebody made. It declares the three columns with `actor_key`, `actor_name` and a DateTimeField.

    `ATTRIBUTION` says what they are called there, in this order: ("opened_by", "opened_by_name", "opened_at"). The
    names stay the tables' own: digests of records cover them, and "settled by" says more than "by".
    What people type, `TYPED`, is cleaned before it is kept.
    """

    ATTRIBUTION: ClassVar[tuple[str, str, str]]
    TYPED: ClassVar[tuple[str, ...]] = ()  # the columns with what people type

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:  # what was kept before stays as it is
            self.clean_typed()
        super().save(*args, **kwargs)

    def clean_typed(self) -> None:
        """Clean what people typed, as text_hygiene.py says. Of a record, before its digest is taken."""
        for name in self.TYPED:
            setattr(self, name, clean_text(getattr(self, name)).strip())

    @classmethod
    def attribution(cls, user: User, at: datetime | None = None) -> dict[str, Any]:
        """{column: value} of the three columns, for `create`; `at` is now unless it is given."""
        return dict(zip(cls.ATTRIBUTION, (user, user.name, at or timezone.now()), strict=True))

    def attribute_to(self, user: User, at: datetime | None = None) -> None:
        """Set the three columns; the row is not saved."""
        for column, value in self.attribution(user, at).items():
            setattr(self, column, value)


def actor_key(**options: Any) -> "models.ForeignKey[User, User]":
    """The column for who did it. Users are never deleted; nothing is asked from their side."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)


def actor_name(label: "StrOrPromise | None" = None, **options: Any) -> "models.CharField[str, str]":
    """The column for their name as it was then."""
    return models.CharField(label, max_length=NAME_LENGTH, **options)
