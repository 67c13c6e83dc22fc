from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "immuno_site"

    def ready(self):
        from django.contrib import admin

        # The desk has its own navigation; nobody here thinks in tables.
        admin.site.enable_nav_sidebar = False
