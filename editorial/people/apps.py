from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "editorial.people"
    label = "people"

    def ready(self) -> None:
        from editorial.editions.verifying import register_verification

        from .verification import find_lone_changes

        register_verification(find_lone_changes)
