from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ReadingConfig(AppConfig):
    name = "editorial.reading"
    label = "reading"

    def ready(self) -> None:
        from editorial.editions.verifying import register_verification

        from .list_rows import find_list_problems, rebuild_outdated_lists

        post_migrate.connect(rebuild_outdated_lists, sender=self, dispatch_uid="reading.lists")
        register_verification(find_list_problems)
