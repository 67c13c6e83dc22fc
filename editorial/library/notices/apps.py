from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "editorial.library.notices"
    label = "notices"  # its tables are the library's

    def ready(self) -> None:
        from . import kind  # noqa: F401 (registers it)
