from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "editorial.library"
    label = "library"
    verbose_name = _("Library")

    def ready(self) -> None:
        from editorial.editions.verifying import register_verification

        from . import row_search
        from .figure_integrity import find_damaged_files

        register_verification(find_damaged_files)
        row_search.connect()
