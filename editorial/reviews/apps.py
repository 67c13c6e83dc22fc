from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "editorial.reviews"
    label = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        from editorial.editions.verifying import register_verification
        from editorial.people.outbox import register_letter
        from editorial.reading.list_rows import keep_along, rebuild_before

        from .mail.policy_letters import POLICY, compose_policy_letter
        from .policy_verification import find_policy_problems
        from .queue_rows import find_queue_row_problems, rebuild_open_rechecks, refresh_queue_rows
        from .wordings import find_wording_problems, rebuild_wordings

        rebuild_before(rebuild_wordings)
        keep_along(refresh_queue_rows, rebuild_open_rechecks)
        register_verification(find_queue_row_problems)
        register_verification(find_policy_problems)
        register_verification(find_wording_problems)
        register_letter(POLICY, compose_policy_letter)
