from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class EditionsConfig(AppConfig):
    name = "editorial.editions"
    label = "editions"
    verbose_name = _("Editions")

    def ready(self) -> None:
        from .system_checks import check_triggers
        from .triggers import install_after_migrate, lift_before_migrate

        pre_migrate.connect(lift_before_migrate, sender=self, dispatch_uid="editions.lift_triggers")
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="editions.triggers")
        checks.register(check_triggers, checks.Tags.database)
