from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "editorial.library"
    label = "library"
    verbose_name = _("Library")

    def ready(self):
        from editorial.editions.verifying import verify_too

        from . import glossary, site_words  # noqa: F401 (registers them)
        from .figure_integrity import lost_files

        verify_too(lost_files)
