from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DrugsConfig(AppConfig):
    name = "drugs"
    verbose_name = _("Drugs")

    def ready(self) -> None:
        from editorial.editions.verifying import register_verification
        from editorial.reading.list_rows import rebuild_along
        from editorial.reviews.pending_facts import register_facts_to_verify

        from . import drug_list, kind, timeline_sources, unverified_events  # noqa: F401 (registers them)

        register_facts_to_verify(unverified_events.UNVERIFIED_EVENTS)
        register_verification(unverified_events.find_row_problems)
        rebuild_along(unverified_events.rebuild_rows)
