from django.apps import AppConfig


class TranslationsConfig(AppConfig):
    name = "editorial.translations"
    label = "translations"

    def ready(self) -> None:
        from editorial.editions.verifying import register_verification
        from editorial.reading.list_rows import keep_along

        from .memory.aid import show_memory
        from .memory.rows import delete_unused, find_memory_problems, refresh_memory
        from .memory.texts import RULES
        from .unit_aids import add_unit_aid

        keep_along(refresh_memory, delete_unused, rules=("memory", RULES))
        register_verification(find_memory_problems)
        add_unit_aid("memory", show_memory)
