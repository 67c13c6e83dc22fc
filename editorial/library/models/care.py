"""How soon a reader has to act: the same three levels on every kind of page."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CareLevel(models.TextChoices):
    """What people choose on the desk; what readers see of it are signed site words."""

    NON_URGENT = "non-urgent", _("Call during office hours")
    URGENT = "urgent", _("Call today")
    EMERGENCY = "emergency", _("Emergency")
