from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "immuno_site"

    def ready(self):
        from django.contrib import admin

        from editorial.reviews import findings

        from .findings import CHECKS

        # The desk has its own navigation; nobody here thinks in tables.
        admin.site.enable_nav_sidebar = False
        findings.use(CHECKS)
