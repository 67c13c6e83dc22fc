from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DrugsConfig(AppConfig):
    name = "drugs"
    verbose_name = _("Drugs")

    def ready(self) -> None:
        from . import kind, listing, timeline_sources  # noqa: F401 (registers them)
