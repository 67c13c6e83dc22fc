from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "editorial.reviews"
    label = "reviews"
    verbose_name = _("Reviews")

    def ready(self) -> None:
        from editorial.editions.verifying import register_verification
        from editorial.people.outbox import register_letter

        from .mail.policy_letters import POLICY, compose_policy_letter
        from .policy_verification import find_policy_problems

        register_verification(find_policy_problems)
        register_letter(POLICY, compose_policy_letter)
