from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    name = "editorial.editions"
    label = "editions"
    verbose_name = _("Editions")

    def ready(self) -> None:
        from .system_checks import check_checkpoint_settings, check_checkpoints_leave, check_triggers
        from .triggers import install_after_migrate, lift_before_migrate
        from .working.search_texts import keep_missing_search_texts
        from .working.text_writers import keep_missing_writers

        pre_migrate.connect(lift_before_migrate, sender=self, dispatch_uid="editions.lift_triggers")
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="editions.triggers")
        post_migrate.connect(keep_missing_search_texts, sender=self, dispatch_uid="editions.search_texts")
        post_migrate.connect(keep_missing_writers, sender=self, dispatch_uid="editions.writers")
        checks.register(check_triggers, checks.Tags.database)
        checks.register(check_checkpoint_settings)
        checks.register(check_checkpoints_leave, checks.Tags.security, deploy=True)
