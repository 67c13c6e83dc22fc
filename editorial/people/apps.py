from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "editorial.people"
    label = "people"

    def ready(self) -> None:
        from editorial.editions.verifying import register_verification

        from .letters import register_letters
        from .services.links import register_link_letters
        from .verification import find_unrecorded_changes

        register_verification(find_unrecorded_changes)
        register_letters()
        register_link_letters()
