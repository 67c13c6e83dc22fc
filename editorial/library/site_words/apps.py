from django.apps import AppConfig


class SiteWordsConfig(AppConfig):
    name = "editorial.library.site_words"
    label = "site_words"  # its tables are the library's

    def ready(self) -> None:
        from . import kind  # noqa: F401 (registers it)
