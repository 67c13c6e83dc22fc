from django.apps import AppConfig
from django.urls import reverse

from editorial.reviews.mail.addresses import DeskAddresses, register_addresses


class DeskConfig(AppConfig):
    name = "editorial.desk"
    label = "desk"

    def ready(self) -> None:
        register_addresses(
            DeskAddresses(
                back_check=lambda pk: reverse("desk:back-check", args=[pk]),
                edition=lambda pk: reverse("desk:edition", args=[pk]),
                document=lambda pk: reverse("desk:document", args=[pk]),
                queue=lambda: reverse("desk:queue"),
                rechecks=lambda cause: f"{reverse('desk:queue')}?tab=again&reason={cause}",
                mail_settings=lambda: reverse("desk:mail"),
                policies=lambda: reverse("desk:policies"),
            )
        )
