from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "editorial.people"
    label = "people"

    def ready(self) -> None:
        from .letters import register_letters
        from .services.links import register_link_letters

        register_letters()
        register_link_letters()
