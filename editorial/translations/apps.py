from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationsConfig(AppConfig):
    name = "editorial.translations"
    label = "translations"
    verbose_name = _("Translations")

    def ready(self) -> None:
        from editorial.checks.translation.term_base import set_term_source
        from editorial.editions.verifying import register_verification
        from editorial.editions.working.copies import follow_saves
        from editorial.reading.list_rows import keep_along
        from editorial.reviews.queue_rows import keep_with_queue
        from editorial.reviews.services.submit import follow_submissions

        from .memory.aid import show_memory
        from .memory.rows import delete_unused, find_memory_problems, refresh_memory
        from .memory.texts import RULES
        from .numbers.counts import count_translation
        from .overview.list_rows import find_translation_row_problems, keep_progress, refresh_translations
        from .terms.kept_terms import find_terms
        from .terms.unit_terms import show_terms
        from .unit_aids import add_unit_aid

        set_term_source(find_terms)
        keep_along(refresh_memory, delete_unused, rules=("memory", RULES))
        register_verification(find_memory_problems)
        add_unit_aid("memory", show_memory)
        add_unit_aid("terms", show_terms)
        keep_with_queue(refresh_translations)
        follow_saves(keep_progress)
        follow_submissions(count_translation)
        register_verification(find_translation_row_problems)
