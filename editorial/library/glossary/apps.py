from django.apps import AppConfig


class GlossaryConfig(AppConfig):
    name = "editorial.library.glossary"
    label = "glossary"  # its tables are the library's

    def ready(self) -> None:
        from . import kind  # noqa: F401 (registers it)
