from django.apps import AppConfig


class LeafletsConfig(AppConfig):
    name = "tests.leaflets"
    label = "leaflets"

    def ready(self):
        from tests.leaflets import kind  # noqa: F401 (registers it)
