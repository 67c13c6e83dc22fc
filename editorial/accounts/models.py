"""People: users, the roles they hold, and reviewers' credentials."""

import unicodedata
from datetime import date

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .languages import LANGUAGE_CHOICES
from .roles import GRANTS, Permission, Role

# A first name, a space and a last name, as the user model allows them.
NAME_LENGTH = 301


class MailChoice(models.TextChoices):
    """When somebody gets mail about what happens on the desk."""

    AT_ONCE = "at-once", _("Immediately, one email each")
    DAILY = "daily", _("Once a day, all in one email")
    NONE = "none", _("No email")


class User(AbstractUser):
    """Somebody who works here. Never deleted (records name them), only deactivated."""

    is_active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Clear this when somebody leaves. Accounts are never deleted, because records name them."),
    )
    is_staff = models.BooleanField(
        _("can log in to the desk"), default=False, help_text=_("What they can do there depends on their roles.")
    )
    mail_choice = models.CharField(
        _("when to receive email"), max_length=10, choices=MailChoice, default=MailChoice.AT_ONCE
    )
    mail_language = models.CharField(
        _("email language"), max_length=10, choices=LANGUAGE_CHOICES, default=settings.SOURCE_LANGUAGE
    )

    email_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    sessions_ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's, and another once all sessions were ended: those that began before then end with it."""
        digest: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]  # Django's stubs lack it
        if self.sessions_ended_at is None:
            return digest
        return salted_hmac(digest, self.sessions_ended_at.isoformat(), algorithm="sha256").hexdigest()

    @property
    def name(self) -> str:
        """The name as it is copied into records, never empty."""
        return self.get_full_name() or self.username

    @property
    def role_grants(self) -> list[tuple[Role, str]]:
        """[(role, language)] of this user, read once per instance; [] when the account is not active."""
        if not self.is_active:
            return []
        if not hasattr(self, "_role_grants"):
            self._role_grants = [(Role(grant.role), grant.language) for grant in self.roles.all()]
        return self._role_grants

    def can(self, permission: Permission, *, language: str = "") -> bool:
        """Whether a role of this user grants `permission`; with `language`, whether it covers that language.

        Superusers get no more here: nobody signs, writes or hides without the role for it.
        """
        return any(
            permission in GRANTS[role] and (not language or covered in ("", language))
            for role, covered in self.role_grants
        )


class RoleGrant(models.Model):
    """One role held by one user; a translator's for one language."""

    user = models.ForeignKey(User, models.CASCADE, related_name="roles", verbose_name=_("user"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        choices=LANGUAGE_CHOICES,
        help_text=_("For translators: the language that they write. Leave empty for other roles."),
    )

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "language"], name="one_grant_of_each_role"),
            models.CheckConstraint(
                condition=models.Q(role=Role.TRANSLATOR) ^ models.Q(language=""),
                name="translators_have_a_language",
                violation_error_message=_("A translator's role needs a language; other roles have none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.language}".strip()


class Specialty(models.TextChoices):
    ONCOLOGY = "medical-oncology", pgettext_lazy("specialty", "Medical oncology")
    SURGERY = "breast-surgery", pgettext_lazy("specialty", "Breast surgery")
    RADIATION = "radiation-oncology", pgettext_lazy("specialty", "Radiation oncology")
    NURSING = "oncology-nursing", pgettext_lazy("specialty", "Oncology nursing")
    PHARMACY = "oncology-pharmacy", pgettext_lazy("specialty", "Oncology pharmacy")
    PATHOLOGY = "pathology", pgettext_lazy("specialty", "Pathology")
    FAMILY = "family-medicine", pgettext_lazy("specialty", "Family medicine")


class Reviewer(models.Model):
    """A clinician's credentials. Copied into every record they sign, so later edits here change no record."""

    user = models.OneToOneField(User, models.PROTECT, related_name="reviewer", verbose_name=_("user"))
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120, help_text=_("As readers see it, for example Ana Ruiz."))
    letters = models.CharField(_("letters"), max_length=80, help_text=_("For example MD, PhD or RN, OCN."))
    specialty = models.CharField(_("specialty"), max_length=40, choices=Specialty)
    valid_until = models.DateField(_("registration valid until"))
    distinction = models.CharField(
        _("line that tells them apart"),
        max_length=120,
        blank=True,
        help_text=_("Needed where another reviewer has the same name: for example the hospital and its city."),
    )

    class Meta:
        verbose_name = _("reviewer's credentials")
        verbose_name_plural = _("reviewers' credentials")
        constraints = [models.UniqueConstraint(Lower("slug"), name="reviewer_slug_unique_in_any_case")]

    def __str__(self) -> str:
        return f"{self.name}, {self.letters}" + (f" ({self.distinction})" if self.distinction else "")

    def clean(self) -> None:
        """Two reviewers of one name, however it is spaced and capitalised, each have a line of their own."""
        namesakes = [
            other for other in Reviewer.objects.exclude(pk=self.pk) if _plain_name(other.name) == _plain_name(self.name)
        ]
        if namesakes and not self.distinction.strip():
            raise ValidationError(
                {"distinction": _("Another reviewer has this name. Add a line that tells them apart.")}
            )
        if any(_plain_name(other.distinction) == _plain_name(self.distinction) for other in namesakes):
            raise ValidationError({"distinction": _("The other reviewer of this name has the same line. Change it.")})

    def is_valid_on(self, day: date) -> bool:
        return day <= self.valid_until

    def has_language(self, language: str) -> bool:
        """Whether this reviewer may sign in `language`."""
        return any(spoken.language == language for spoken in self.languages.all())


def _plain_name(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


class ReviewerLanguage(models.Model):
    """A language that a reviewer may sign in."""

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="languages")
    language = models.CharField(_("language"), max_length=10, choices=LANGUAGE_CHOICES)

    class Meta:
        verbose_name = _("language that they may sign in")
        verbose_name_plural = _("languages that they may sign in")
        constraints = [models.UniqueConstraint(fields=["reviewer", "language"], name="one_row_per_language")]

    def __str__(self) -> str:
        return self.get_language_display()
