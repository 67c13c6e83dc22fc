from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "editorial.library"
    label = "library"
    verbose_name = _("Library")

    def ready(self) -> None:
        from editorial.editions.verifying import register_verification

        from .figure_integrity import find_damaged_files
        from .glossary import kind as glossary_kind  # noqa: F401 (registers it)
        from .site_words import kind as site_words_kind  # noqa: F401 (registers it)

        register_verification(find_damaged_files)
